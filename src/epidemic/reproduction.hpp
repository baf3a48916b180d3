#pragma once
// The reproduction number of each window of days after Cori et al. 2013, with the posterior exactly
// as EpiEstim 3.0.0 computes it. Days count from 0 here; results for people count from 1.

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "epidemic/serial_interval.hpp"
#include "kernel/result.hpp"

namespace veche::epidemic {

/// New cases by day; `imported` of them came from elsewhere (empty: none did). The first day's
/// cases count as imported, whatever is said.
struct incidence {
    std::vector<double> cases;
    std::vector<double> imported;
};

struct estimate_settings {
    std::size_t window = 7;  ///< days
    double prior_mean = 5;
    double prior_deviation = 5;
};

inline constexpr std::array<double, 7> reported_levels = {0.025, 0.05, 0.25, 0.5,
                                                          0.75,  0.95, 0.975};

/// One window. The posterior of R is a gamma distribution; its quantiles stand at
/// `reported_levels`.
struct window_estimate {
    std::size_t from = 0, to = 0;  ///< days of the series, both within
    double shape = 0, scale = 0;
    double infectivity = 0;  ///< the sum of its days: what 1 would multiply
    double cases = 0;        ///< local ones
    std::array<double, reported_levels.size()> quantiles{};
    double above_one = 0;  ///< probability that R exceeds 1
    /// Neither cases nor anyone to catch it from: the posterior is the prior, and says nothing.
    bool no_information = false;
    [[nodiscard]] double mean() const { return shape * scale; }
    [[nodiscard]] double deviation() const;
};

/// How much of each day's cases 1 would be: sum of w_s I_(t-s) over all cases before t. The first
/// day has none.
std::vector<double> infectivity_of(const incidence&, const serial_interval&);

/// The same windows with their posteriors alone: no quantiles, which take nearly all of the time.
result<std::vector<window_estimate>> posteriors(const incidence&, const serial_interval&,
                                                const estimate_settings& = {});

/// All windows from that of days 1 to `window` on whose last day is past the mean of the serial
/// interval. Refuses unsound counts, priors and windows.
result<std::vector<window_estimate>> estimate(const incidence&, const serial_interval&,
                                              const estimate_settings& = {});

}  // namespace veche::epidemic
