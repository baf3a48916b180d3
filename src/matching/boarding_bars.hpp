#pragma once
// Boarding houses beside programmes: a place in a programme may be asked together with a bed. Each
// house has an order of its applicants and a bar: only who stands before the bar may be offered a
// place with a bed. Bars begin behind the last and are lowered until no house has more than its
// beds; what remains is the greatest set of bars under which no house overflows, whatever the order
// of lowering (algorithmes-de-parcoursup, 2022: admission bars; its property P6 asks that nothing
// higher would do, which boarding_bars_check.hpp verifies).

#include <cstdint>
#include <vector>

#include "kernel/fields.hpp"
#include "matching/market.hpp"

namespace veche::matching {

/// One line of a programme's order of calls.
struct boarding_call {
    std::uint32_t applicant = 0;
    std::uint32_t house = nobody;  ///< nobody: no bed is asked
    /// In the house's order, from 0; the same wherever the applicant asks for this house, and no
    /// other's there.
    std::uint32_t house_rank = 0;
};

struct boarding_group {
    std::uint32_t seats = 0;
    std::vector<boarding_call> calls;  ///< in the order called
};

struct boarding_market {
    std::uint32_t applicants = 0;
    std::vector<boarding_group> groups;
    /// Beds of each house. Whoever is offered places in two programmes with a bed in one house
    /// takes one bed.
    std::vector<std::uint32_t> beds;
};

/// A lowering, and its proof: under the bars before its round, more than its beds stand at or
/// before `bar`, so no set of bars that holds has this house's bar beyond it.
struct bar_step {
    std::int64_t round = 0;
    std::int64_t house = 0;
    std::int64_t bar = 0;
    bool operator==(const bar_step&) const = default;
};
VECHE_FIELDS(bar_step, (round, "Which round of lowering, from 1."), (house, "The house, from 0."),
             (bar, "The bar it is lowered to: who stands at a lower number may have a bed."))

struct boarding_certificate {
    std::vector<std::int64_t> bars;
    std::vector<bar_step> steps;
    std::vector<std::vector<std::int64_t>> offers;
    bool operator==(const boarding_certificate&) const = default;
};
VECHE_FIELDS(boarding_certificate, (bars, "The bar of each house."),
             (steps, "Every lowering, round by round."),
             (offers, "Who is offered a place, programme by programme, in the order called."))

/// The bar behind everybody who asks for the house.
std::vector<std::uint32_t> highest_bars(const boarding_market&);

/// Refuses applicants, houses that do not exist, and two ranks of one person or two persons of one
/// rank in a house.
result<boarding_certificate> boarding_bars(const boarding_market&);

}  // namespace veche::matching
