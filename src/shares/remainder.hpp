#pragma once
// Proportion within bounds, and its rounding to whole units by largest remainders.

#include <optional>
#include <span>
#include <vector>

#include "shares/divisor.hpp"
#include "shares/wide.hpp"

namespace veche::shares {

/// The level at which the sum of weight x level, each kept between its bounds, is the amount: what
/// rises like water and stops at the brims. `least` may be empty for zeros. The caller has seen to
/// it that the bounds leave room for the amount, where without weight there is only the minimum.
/// All numbers up to most_votes. O(n log n).
fraction fill_level(std::span<const std::int64_t> weights, std::span<const std::int64_t> least,
                    std::span<const std::int64_t> most, std::int64_t amount);

/// Whole parts and rests over one denominator.
struct parts {
    std::vector<std::int64_t> whole;
    std::vector<uint128> rest;
};

/// votes x level, kept between the bounds.
parts parts_of(const columns&, const fraction& level);

/// Gives whole parts, and one unit more to the largest rests until all units are given. Nothing
/// where even one more for everybody who has a rest is too little: then `left` says how many.
std::optional<divided> round_by_rests(const parts&, std::int64_t units, std::int64_t& left);

/// Largest remainders by the level 1/quota. More whole quotas than seats are possible where all
/// votes are whole multiples of votes / (seats + 1): then those stand equal for the seats.
parts quota_parts(const columns&, const fraction& level, std::int64_t seats);

}  // namespace veche::shares
