#pragma once
// Quantiles of what was drawn.

#include <algorithm>
#include <cmath>
#include <vector>

namespace veche::trade {

/// Between the two nearest of the sorted values, in proportion (Hyndman, Fan 1996, definition 7).
/// There is at least one.
inline double quantile_of(const std::vector<double>& sorted, double p) {
    const double at = p * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace veche::trade
