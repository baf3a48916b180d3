#pragma once
// Bounds of the rule language. They keep every sum and product of the tally within 128 bits:
// weights below 2^53, a million voters, fractions below 10^9, so products stay below 2^104.

#include <cstdint>

#include "kernel/ratio.hpp"

namespace veche::charter {

inline constexpr std::int64_t max_rule_number = 1'000'000'000;
inline constexpr std::int32_t max_silence_days = 3660;
/// Conditions inside one another; a journal entry nests at most 16 deep in all.
inline constexpr int max_condition_depth = 12;
/// Levels of JSON that a charter's rule may have, so that a motion can still carry its amendment.
inline constexpr int max_charter_rule_levels = 8;
inline constexpr std::size_t max_rule_text = 8192;

inline bool is_proper(ratio share) {
    return share.num >= 0 && share.num <= share.den && share.den <= max_rule_number;
}

}  // namespace veche::charter
