#pragma once
// Methods that go seat by seat, so that a tie on the way may change what follows: the quota method
// and the Dutch law. Both find every outcome that the ties allow.

#include <span>
#include <vector>

#include "kernel/result.hpp"
#include "shares/shares.hpp"

namespace veche::shares {

/// Parties times seats times tied states that are gone through at most.
inline constexpr std::int64_t most_steps = 100'000'000;
/// Tied states, or ways in which lots can fall, that are followed at most.
inline constexpr std::int64_t most_ways = 4096;

struct seat_by_seat {
    std::vector<std::int64_t> given;  ///< by the rule for ties
    std::vector<award> awards;
    std::vector<std::int64_t> certain;           ///< what every outcome gives
    std::int64_t outcomes = 1;                   ///< counted up to most_votes
    std::vector<std::vector<std::int64_t>> all;  ///< in ascending order, where few enough
};

/// Balinski and Young 1975: seat h goes to the greatest votes / (seats + 1) among those who stay
/// below their quota votes x h / all, rounded up. `rank`: who comes first where several stand
/// equal, lowest first.
result<seat_by_seat> by_quota_method(const contest&, std::span<const std::size_t> rank);

/// Kieswet, articles P 5 to P 10 (as they stood in January 2026). Whole quotas; what is left below
/// 19 seats to the largest remainders of lists with three quarters of a quota, one each, then to
/// the highest averages, one each, then to the highest averages; from 19 seats on to the highest
/// averages. A list with the majority of votes and not of seats gets the seat that was won by the
/// least. What a list cannot fill (`most` candidates) passes on by the same rules.
result<seat_by_seat> by_dutch_law(const contest&, std::span<const std::size_t> rank);

}  // namespace veche::shares
