#include "epidemic/window_choice.hpp"

#include <algorithm>
#include <cmath>

#include "numerics/elementary.hpp"

namespace veche::epidemic {
namespace {

double log_of_count(double count, double size, double mean) {
    using numerics::log_gamma, numerics::logarithm;
    const double chance = logarithm(size / (size + mean)) * size;
    const double rest = count == 0 ? 0 : count * logarithm(mean / (size + mean));
    return log_gamma(count + size) - log_gamma(size) - log_gamma(count + 1) + chance + rest;
}

}  // namespace

result<window_choice> choose_window(const incidence& of, const serial_interval& w,
                                    const estimate_settings& how, std::size_t most) {
    window_choice out;
    out.chosen = how.window;
    const std::size_t days = of.cases.size();
    if (days < 4) return out;
    most = std::min(most, days - 3);
    const std::vector<double> infectivity = infectivity_of(of, w);
    estimate_settings each = how;
    each.window = most;
    const auto longest = VECHE_TRY(posteriors(of, w, each));
    if (longest.empty()) return out;
    const std::size_t first = longest.front().to + 1;
    for (std::size_t day = first; day < days; ++day) out.days += infectivity[day] > 0 ? 1 : 0;
    if (out.days == 0) return out;
    double best = 0;
    for (std::size_t length = 1; length <= most; ++length) {
        each.window = length;
        window_weight one{length, 0, 0};
        for (const window_estimate& window : VECHE_TRY(posteriors(of, w, each))) {
            const std::size_t day = window.to + 1;
            if (day < first || day >= days || infectivity[day] <= 0) continue;
            one.log_likelihood +=
                log_of_count(of.cases[day], window.shape, window.mean() * infectivity[day]);
        }
        if (length == 1 || one.log_likelihood > best) {
            best = one.log_likelihood;
            out.chosen = length;
        }
        out.weights.push_back(one);
    }
    double sum = 0;
    for (window_weight& one : out.weights)
        sum += one.weight = numerics::exponential(one.log_likelihood - best);
    for (window_weight& one : out.weights) one.weight /= sum;
    return out;
}

}  // namespace veche::epidemic
