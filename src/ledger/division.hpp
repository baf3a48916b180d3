#pragma once
// Exact division: a total into shares, an amount by a rate.

#include <optional>
#include <string_view>
#include <vector>

#include "ledger/operations.hpp"

namespace veche::ledger {

/// Divides a total by weights: floors, then one more to the largest remainders, ties to the earlier
/// (Hamilton's method). The parts sum to the total. Nothing where there is nothing to divide by: a
/// weight or the total is negative, all weights are zero, or a product leaves 128 bits.
std::optional<std::vector<int128>> divide_by_largest_remainder(int128 total,
                                                               const std::vector<int128>& weights);

/// `minor` × num / den, rounded as told. Nothing where the product leaves 128 bits. All are above
/// zero. half_even is ISO 80000-1 annex B, rule A; half_up its rule B; down cuts.
std::optional<int128> converted(int128 minor, const rate&, rounding);

/// Decimal numbers ("48.5", "3") as integers in one proportion: times the same power of ten.
/// Nothing where one is not of digits with at most one point, or of more than 18 digits.
std::optional<std::vector<int128>> weights_of(const std::vector<std::string>& decimals);

}  // namespace veche::ledger
