#include "epidemic/mixture.hpp"

#include <algorithm>
#include <cmath>

#include "epidemic/refusal.hpp"
#include "numerics/digits.hpp"
#include "numerics/distributions.hpp"
#include "numerics/gamma_distribution.hpp"

namespace veche::epidemic {
namespace {

double below_in(const std::vector<window_estimate>& parts, double x) {
    double sum = 0;
    for (const window_estimate& one : parts) sum += numerics::gamma_below(one.shape, x / one.scale);
    return sum / static_cast<double>(parts.size());
}

/// Between the least and the greatest quantile of the parts lies that of all.
double quantile_in(const std::vector<window_estimate>& parts, const numerics::gamma_quantile& of) {
    double low = 1e300, high = 0;
    for (const window_estimate& one : parts) {
        const double x = of(one.shape) * one.scale;
        low = std::min(low, x);
        high = std::max(high, x);
    }
    for (int step = 0; step < 60 && high - low > 1e-11 * high; ++step) {
        const double middle = low + (high - low) / 2;
        (below_in(parts, middle) < of.probability() ? low : high) = middle;
    }
    return low + (high - low) / 2;
}

/// Middles of slices of equal probability of a normal distribution that is cut off.
std::vector<double> slices_of(double mean, double deviation, double least, std::size_t count) {
    if (deviation == 0) return {mean};
    const double low = std::max(least, mean - 3 * deviation), high = mean + 3 * deviation;
    const double from = 1 - numerics::normal_above((low - mean) / deviation);
    const double to = 1 - numerics::normal_above((high - mean) / deviation);
    std::vector<double> out;
    for (std::size_t i = 0; i < count; ++i) {
        const double part = (static_cast<double>(i) + 0.5) / static_cast<double>(count);
        out.push_back(mean + deviation * numerics::normal_quantile(from + (to - from) * part));
    }
    return out;
}

}  // namespace

mixed_estimate mixed(const std::vector<window_estimate>& parts) {
    static const auto levels = [] {
        std::vector<numerics::gamma_quantile> made;
        for (const double one : reported_levels) made.emplace_back(one);
        return made;
    }();
    mixed_estimate out;
    out.from = parts.front().from;
    out.to = parts.front().to;
    const auto count = static_cast<double>(parts.size());
    double square = 0;
    out.no_information = true;
    for (const window_estimate& one : parts) {
        out.mean += one.mean() / count;
        square += (one.deviation() * one.deviation() + one.mean() * one.mean()) / count;
        out.above_one += numerics::gamma_above(one.shape, 1 / one.scale) / count;
        out.no_information = out.no_information && one.no_information;
    }
    out.deviation = std::sqrt(std::max(0.0, square - out.mean * out.mean));
    for (std::size_t q = 0; q < levels.size(); ++q)
        out.quantiles[q] = quantile_in(parts, levels[q]);
    return out;
}

result<std::vector<serial_interval>> intervals_of(const uncertain_interval& of, std::size_t days) {
    const bool sound = of.mean_deviation >= 0 && of.deviation_deviation >= 0 && of.mean > 1 &&
                       of.deviation > 0 && of.points > 0;
    if (!sound)
        return refuse(refusals::uncertainty_unsound, "interval",
                      numerics::digits(of.mean_deviation),
                      numerics::digits(of.deviation_deviation));
    std::vector<serial_interval> out;
    for (const double mean : slices_of(of.mean, of.mean_deviation, 1, of.points))
        for (const double deviation : slices_of(of.deviation, of.deviation_deviation, 0, of.points))
            out.push_back(VECHE_TRY(discretised(mean, deviation, days)));
    return out;
}

result<std::vector<mixed_estimate>> estimate_over(const incidence& of,
                                                  const std::vector<serial_interval>& intervals,
                                                  const estimate_settings& how) {
    std::vector<std::vector<window_estimate>> each;
    std::size_t first = 0;  // the latest first window of all: a longer mean interval begins later
    for (const serial_interval& w : intervals) {
        each.push_back(VECHE_TRY(posteriors(of, w, how)));
        if (!each.back().empty()) first = std::max(first, each.back().front().from);
    }
    std::vector<mixed_estimate> out;
    if (each.empty() || each.front().empty()) return out;
    for (std::size_t from = first; from <= each.front().back().from; ++from) {
        std::vector<window_estimate> parts;
        for (const auto& windows : each) parts.push_back(windows[from - windows.front().from]);
        out.push_back(mixed(parts));
    }
    return out;
}

}  // namespace veche::epidemic
