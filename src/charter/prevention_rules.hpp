#pragma once
// What a charter says of preventive measures: the powers over their register, beside those of
// charter.hpp, and the rules by which orders of neighbours are held to contradict each other.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/fields.hpp"

namespace veche::charter {

/// The desk that keeps the register, and the offices of members that order.
inline constexpr std::string_view prevention_powers[] = {"prevention", "order_measures"};

/// Kinds of measures in the coding of the Oxford COVID-19 Government Response Tracker, version 1.
enum class preventive_kind : std::uint8_t {
    c1,  ///< schools
    c2,  ///< workplaces
    c3,  ///< public events
    c4,  ///< gatherings
    c5,  ///< public transport
    c6,  ///< staying at home
    c7,  ///< movement within the country
    c8,  ///< travel from abroad
    e1,  ///< income
    e2,  ///< debts
    h1,  ///< information
    h2,  ///< testing
    h3,  ///< tracing
    h6,  ///< masks
    h7,  ///< vaccination
    h8,  ///< care of the elderly
    p1   ///< proofs that are issued; not of that coding, and in no index
};
VECHE_CHOICES(preventive_kind, c1, c2, c3, c4, c5, c6, c7, c8, e1, e2, h1, h2, h3, h6, h7, h8, p1)

/// What may contradict what. A day that several of the first four would name is named by the first
/// of them alone, so that one difference is one case; recognition stands beside them.
enum class clash_check : std::uint8_t {
    calendar,    ///< the same order begins or ends on different days
    door,        ///< one side closes a border that the other keeps open
    level_gap,   ///< levels are far apart
    scope_gap,   ///< general on one side, targeted on the other
    recognition  ///< one side asks for a proof that the other does not issue
};
VECHE_CHOICES(clash_check, calendar, door, level_gap, scope_gap, recognition)

/// Two members that touch, or a region of each.
struct neighbour_pair {
    member_id a;
    std::optional<std::string> a_region;
    member_id b;
    std::optional<std::string> b_region;
};
VECHE_FIELDS(neighbour_pair, (a, "A member."), (a_region, "Its region at the border."),
             (b, "Another member."), (b_region, "Its region at the border."))

/// What is not said is as the room of prevention has it.
struct prevention_procedure {
    std::vector<clash_check> checks;
    std::vector<preventive_kind> kinds;
    std::vector<neighbour_pair> neighbours;
    std::optional<std::int32_t> gap;
    std::optional<std::int32_t> calendar_days;
    std::optional<std::int32_t> door_closed;
    std::optional<std::int32_t> door_open;
    std::optional<std::int32_t> settle_days;
};
VECHE_FIELDS(prevention_procedure, (checks, "What is looked for; everything where empty."),
             (kinds, "Kinds that are compared; all where empty."),
             (neighbours, "Who is compared with whom; all members with each other where empty."),
             (gap, "Levels from which a difference is a clash; 2."),
             (calendar_days, "Days by which the same order may be late to be the same; 14."),
             (door_closed, "Level of travel from abroad at which a border is closed; 4."),
             (door_open, "Level of it up to which a border is open; 2."),
             (settle_days, "Days to settle a clash; 30."))

}  // namespace veche::charter
