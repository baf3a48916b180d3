#pragma once
// Several posteriors of one window as one: where the serial interval or the latest counts are not
// known for sure, each possible one has its own, by quadrature and without random numbers.

#include <array>
#include <cstddef>
#include <vector>

#include "epidemic/reproduction.hpp"

namespace veche::epidemic {

/// The posterior of a window over all that may be, equally likely each. Its quantiles stand at
/// `reported_levels`.
struct mixed_estimate {
    std::size_t from = 0, to = 0;
    double mean = 0;
    double deviation = 0;
    std::array<double, reported_levels.size()> quantiles{};
    double above_one = 0;
    bool no_information = false;
};

/// `parts`: the same window of each. At least one.
mixed_estimate mixed(const std::vector<window_estimate>& parts);

/// Where a serial interval is known by a mean and a deviation that are uncertain themselves, as
/// normal ones, cut off at three deviations, at a mean of 1 and at a deviation of 0.
struct uncertain_interval {
    double mean = 0, mean_deviation = 0;
    double deviation = 0, deviation_deviation = 0;
    std::size_t points = 7;  ///< of each, equally likely: the middles of as many slices
};
/// Each of points times points intervals, for days 0 to `days` - 1.
result<std::vector<serial_interval>> intervals_of(const uncertain_interval&, std::size_t days);

/// The windows of `estimate`, over all intervals.
result<std::vector<mixed_estimate>> estimate_over(const incidence&,
                                                  const std::vector<serial_interval>&,
                                                  const estimate_settings&);

}  // namespace veche::epidemic
