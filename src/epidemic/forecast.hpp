#pragma once
// How far counts can be trusted: each day foretold from the days before it, and the intervals of
// the reproduction number widened until they hold what comes.
//
// The posterior of Cori takes counts for Poisson's. They are not: they are reported in batches, by
// weekdays, late. So each count is foretold from the window that ends the day before, as negative
// binomial with
//   m = f m0,  m0 = shape scale infectivity,   v = m + m^2 / shape,
// f a weekday factor (1 + counts of the same weekday in 8 weeks) / (1 + what was foretold of them),
// and the spread phi = max(1, mean over 28 days of (I - m)^2 / v) multiplies v. The level follows
// past misses: alpha starts at 0.05 and moves by 0.005 (0.05 - [missed]) a day (adaptive conformal
// inference, Gibbs and Candes 2021). Nothing of a day is used before it has come.

#include <cstddef>
#include <vector>

#include "epidemic/reproduction.hpp"

namespace veche::epidemic {

/// A day foretold. Both intervals are of 95 %, by counts.
struct day_forecast {
    std::size_t day = 0;
    double mean = 0;                       ///< with the weekday factor
    double plain_mean = 0;                 ///< without
    double shape = 0;                      ///< of the window that ends the day before
    double spread = 1;                     ///< phi
    double level = 0.05;                   ///< alpha of the wide interval
    double plain_low = 0, plain_high = 0;  ///< as the posterior alone has it
    double low = 0, high = 0;
    double seen = 0;
    [[nodiscard]] bool held() const { return low <= seen && seen <= high; }
    [[nodiscard]] bool plain_held() const { return plain_low <= seen && seen <= plain_high; }
};

struct foretold {
    std::vector<day_forecast> days;  ///< each that a window with information goes before
    std::vector<double> spread;      ///< for each window: phi as known at its end
};
/// `infectivity` by day, of the same counts.
foretold foretell(const incidence&, const std::vector<window_estimate>&,
                  const std::vector<double>& infectivity);

/// The posterior of a window with its variance times the spread: an interval of R of 95 %.
struct wide_interval {
    double low = 0, high = 0;
};
wide_interval widened(const window_estimate&, double spread);
/// The probability that R exceeds 1 by the widened posterior.
double above_one_widened(const window_estimate&, double spread);

/// How often the intervals held what came, from a day on.
struct coverage {
    std::size_t days = 0;
    double plain = 0;         ///< share of days
    double wide = 0;          ///< the same of the wide interval
    double median_width = 0;  ///< of high - low over max(1, mean), wide
    /// Mean of (I - m0)^2 / (m0 + m0^2 / shape), without factor or floor: 1 where counts are as
    /// random as counting, far below it where they are smoother, above it where rougher.
    double dispersion = 0;
};
coverage coverage_from(const std::vector<day_forecast>&, std::size_t first_day);

}  // namespace veche::epidemic
