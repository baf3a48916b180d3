#pragma once
// Divisor methods on plain rows of numbers, exactly. A seat goes to the greatest quotient of votes
// and divisor, one after another (Balinski and Young 1982); found by a jump to a multiplier and
// exact steps around it (Pukelsheim 2014, "jump-and-step"; Reitzig and Wild 2015 for the choice of
// the best few). Floating point only guesses where to look: who gets a seat is decided by products
// of whole numbers, and a pass over all parties compares the last seat won with the first missed.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "shares/shares.hpp"
#include "shares/wide.hpp"

namespace veche::shares {

/// The divisor d(s) of a party's seat s + 1.
struct divisor_series {
    enum class kind : std::uint8_t { row, geometric, harmonic } what = kind::row;
    divisor_row row;  ///< read only for kind::row
};

/// Nothing where the method is none of divisors.
std::optional<divisor_series> series_of(method, const std::optional<divisor_row>&);

/// votes / d(seat - 1) of the seat-th seat, from 1. A divisor of zero (Adams, Huntington-Hill and
/// Dean give everyone a first seat) is above all others, by votes: nothing then.
std::optional<fraction> quotient(const divisor_series&, std::int64_t votes, std::int64_t seat);

/// Rows of one length; `least` and `most` may be empty.
struct columns {
    std::span<const std::int64_t> votes;
    std::span<const std::int64_t> least;
    std::span<const std::int64_t> most;
};

struct party_seat {
    std::uint32_t party = 0;
    std::int64_t seat = 1;
};

struct divided {
    std::vector<std::int64_t> seats;
    std::optional<party_seat> lowest_won;    ///< beyond the minima
    std::optional<party_seat> highest_lost;  ///< within the maxima
    /// Whose quotient is that of both; `places` of them hold a seat for it. Empty where the two
    /// differ, which is where there is one outcome.
    std::vector<std::uint32_t> tied;
    std::vector<bool> holds;  ///< of the tied
    std::int64_t places = 0;
};

/// The caller has seen to it: votes and minima are not negative, votes sum to 1 to most_votes,
/// least <= most, and the minima, and the maxima of those who have votes, leave room for exactly
/// `seats`. A party without votes gets its minimum.
divided divide(const columns&, std::int64_t seats, const divisor_series&);

}  // namespace veche::shares
