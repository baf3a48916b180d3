#include "epidemic/reproduction.hpp"

#include <cmath>

#include "epidemic/refusal.hpp"
#include "numerics/digits.hpp"
#include "numerics/gamma_distribution.hpp"

namespace veche::epidemic {
namespace {

/// Made once: finding quantiles of the normal distribution takes longer than all the rest.
const std::array<numerics::gamma_quantile, reported_levels.size()>& quantiles_reported() {
    static const auto made = [] {
        const auto& p = reported_levels;
        using numerics::gamma_quantile;
        return std::array{gamma_quantile(p[0]), gamma_quantile(p[1]), gamma_quantile(p[2]),
                          gamma_quantile(p[3]), gamma_quantile(p[4]), gamma_quantile(p[5]),
                          gamma_quantile(p[6])};
    }();
    return made;
}

result<void> check(const incidence& of, const estimate_settings& how) {
    const std::size_t days = of.cases.size();
    if (how.window < 1 || how.window + 2 > days)
        return refuse(refusals::window_unsound, "window", std::to_string(how.window),
                      std::to_string(days));
    const bool prior = how.prior_mean > 0 && how.prior_deviation > 0 &&
                       std::isfinite(how.prior_mean) && std::isfinite(how.prior_deviation);
    if (!prior)
        return refuse(refusals::prior_unsound, "prior", numerics::digits(how.prior_mean),
                      numerics::digits(how.prior_deviation));
    for (std::size_t t = 0; t < days; ++t) {
        const double from_elsewhere = of.imported.empty() ? 0 : of.imported[t];
        const bool sound = of.cases[t] >= 0 && std::isfinite(of.cases[t]) && from_elsewhere >= 0 &&
                           from_elsewhere <= of.cases[t];
        if (!sound)
            return refuse(refusals::count_unsound, "cases", std::to_string(t + 1),
                          numerics::digits(of.cases[t]));
    }
    return {};
}

/// Cases that somebody here caused. No window holds the first day, whose cases count as imported.
std::vector<double> local_cases(const incidence& of) {
    std::vector<double> out = of.cases;
    for (std::size_t t = 0; t < of.imported.size(); ++t) out[t] -= of.imported[t];
    return out;
}

}  // namespace

double window_estimate::deviation() const {
    return std::sqrt(shape) * scale;
}

std::vector<double> infectivity_of(const incidence& of, const serial_interval& w) {
    const std::size_t days = of.cases.size();
    std::size_t reach = std::min(w.size(), days);
    while (reach > 0 && w[reach - 1] == 0) --reach;
    std::vector<double> out(days);
    // By day of the cause: each adds a stretch of the same weights.
    for (std::size_t from = 0; from < days; ++from) {
        if (of.cases[from] == 0) continue;
        for (std::size_t s = 1; s < reach && from + s < days; ++s)
            out[from + s] += w[s] * of.cases[from];
    }
    return out;
}

result<std::vector<window_estimate>> posteriors(const incidence& of, const serial_interval& w,
                                                const estimate_settings& how) {
    VECHE_CHECK(check(of, how));
    const std::vector<double> local = local_cases(of), infectivity = infectivity_of(of, w);
    const double spread = how.prior_deviation * how.prior_deviation;
    const double prior_shape = how.prior_mean * how.prior_mean / spread;
    const double prior_rate = how.prior_mean / spread;
    const double mean_interval = mean_of(w);
    std::vector<window_estimate> out;
    for (std::size_t from = 1; from + how.window <= of.cases.size(); ++from) {
        window_estimate one;
        one.from = from;
        one.to = from + how.window - 1;
        // As days count from 1: the last day must be past the mean interval.
        if (static_cast<double>(one.to + 1) <= mean_interval) continue;
        for (std::size_t t = from; t <= one.to; ++t) {
            one.cases += local[t];
            one.infectivity += infectivity[t];
        }
        one.shape = prior_shape + one.cases;
        one.scale = 1 / (prior_rate + one.infectivity);
        one.no_information = one.cases == 0 && one.infectivity == 0;
        out.push_back(one);
    }
    return out;
}

result<std::vector<window_estimate>> estimate(const incidence& of, const serial_interval& w,
                                              const estimate_settings& how) {
    std::vector<window_estimate> out = VECHE_TRY(posteriors(of, w, how));
    const auto& levels = quantiles_reported();
    for (window_estimate& one : out) {
        for (std::size_t q = 0; q < levels.size(); ++q)
            one.quantiles[q] = levels[q](one.shape) * one.scale;
        one.above_one = numerics::gamma_above(one.shape, 1 / one.scale);
    }
    return out;
}

}  // namespace veche::epidemic
