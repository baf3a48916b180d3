#pragma once
// Days from the onset of a case to that of a case it caused, as weights by whole days.

#include <cstddef>
#include <vector>

#include "kernel/result.hpp"

namespace veche::epidemic {

/// Weights by day from 0; day 0 has none. They are not made to add up to 1.
using serial_interval = std::vector<double>;

/// A gamma distribution with that mean and standard deviation, shifted by a day and cut into whole
/// days, for days 0 to `days` - 1 (Cori et al. 2013, web appendix 11). Mean above 1, in days.
result<serial_interval> discretised(double mean, double deviation, std::size_t days);

/// Weights as they were given. Refuses those that do not start with 0, are below 0 or do not add up
/// to 1 within 0.01.
result<serial_interval> given(std::vector<double> weights);

/// The mean in days: the sum of day times weight.
double mean_of(const serial_interval&);

/// The reproduction number that goes with cases growing as e^(rate day): 1 over the sum of
/// w e^(-rate day) (Wallinga and Lipsitch 2007, 2.7).
double reproduction_of_growth(const serial_interval&, double rate);
/// Its inverse: the growth per day that goes with a reproduction number above 0. NaN where none
/// within 10 a day does.
double growth_of_reproduction(const serial_interval&, double reproduction);

}  // namespace veche::epidemic
