#include "epidemic/serial_interval.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "epidemic/refusal.hpp"
#include "numerics/digits.hpp"
#include "numerics/elementary.hpp"
#include "numerics/gamma_distribution.hpp"
#include "numerics/sums.hpp"

namespace veche::epidemic {

result<serial_interval> discretised(double mean, double deviation, std::size_t days) {
    const bool sound = mean > 1 && deviation > 0 && std::isfinite(mean) && std::isfinite(deviation);
    if (!sound)
        return refuse(refusals::interval_unsound, "interval", numerics::digits(mean),
                      numerics::digits(deviation));
    const double shape = (mean - 1) * (mean - 1) / (deviation * deviation);
    const double scale = deviation * deviation / (mean - 1);
    const auto below = [&](double k, double a) {
        return k > 0 ? numerics::gamma_below(a, k / scale) : 0.0;
    };
    serial_interval out(days);
    for (std::size_t day = 0; day < days; ++day) {
        const auto k = static_cast<double>(day);
        const double weight =
            k * below(k, shape) + (k - 2) * below(k - 2, shape) -
            2 * (k - 1) * below(k - 1, shape) +
            shape * scale *
                (2 * below(k - 1, shape + 1) - below(k - 2, shape + 1) - below(k, shape + 1));
        out[day] = std::max(0.0, weight);
    }
    return out;
}

result<serial_interval> given(std::vector<double> weights) {
    const auto unsound = [](const std::string& why) {
        return refuse(refusals::weights_unsound, "interval", why);
    };
    if (weights.empty() || weights.front() != 0) return unsound("do not start with 0");
    numerics::compensated_sum sum;
    for (const double one : weights) {
        if (!(one >= 0)) return unsound("hold " + numerics::digits(one));
        sum.add(one);
    }
    if (!(std::abs(sum.value() - 1) <= 0.01))
        return unsound("add up to " + numerics::digits(sum.value()));
    return weights;
}

double mean_of(const serial_interval& w) {
    numerics::compensated_sum sum;
    for (std::size_t k = 0; k < w.size(); ++k) sum.add_product(static_cast<double>(k), w[k]);
    return sum.value();
}

double reproduction_of_growth(const serial_interval& w, double rate) {
    // A plain sum: it may be infinite, where shrinking is fast and the interval long.
    double sum = 0;
    for (std::size_t k = 1; k < w.size(); ++k)
        if (w[k] > 0) sum += w[k] * numerics::exponential(-rate * static_cast<double>(k));
    return 1 / sum;
}

double growth_of_reproduction(const serial_interval& w, double reproduction) {
    double low = -10, high = 10;
    if (!(reproduction >= reproduction_of_growth(w, low) &&
          reproduction <= reproduction_of_growth(w, high)))
        return std::numeric_limits<double>::quiet_NaN();
    for (int step = 0; step < 80; ++step) {
        const double middle = (low + high) / 2;
        (reproduction_of_growth(w, middle) < reproduction ? low : high) = middle;
    }
    return (low + high) / 2;
}

}  // namespace veche::epidemic
