#pragma once
// K: how many parameters a rule of standard errors counts (docs/gravity.md).

#include <cstdint>
#include <string_view>
#include <vector>

#include "gravity/estimate.hpp"

namespace veche::gravity {

/// Rows in groups, by row in use.
struct groups {
    std::vector<std::int32_t> code;
    std::int32_t count = 0;
};

/// K of the rule by that name; `clusters` are those of the standard errors.
std::int64_t count_parameters(const estimation&, std::string_view rule,
                              const std::vector<groups>& clusters);

/// The rank of the dummies of all effects together: exact for one and two effects, and for more
/// with up to `most_exact_levels` levels beside the largest effect. Above that, levels less what
/// pairs of effects make redundant, which can be more than the rank.
inline constexpr std::size_t most_exact_levels = 1'500;
std::int64_t rank_of_effects(const panel&);

}  // namespace veche::gravity
