#include "gravity/average_effects.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "numerics/distributions.hpp"
#include "numerics/elementary.hpp"

namespace veche::gravity {
namespace {

using numerics::exponential;

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr effect_estimate no_estimate{none, none, none, none};

bool starts_with_log(const std::string& name) {
    return name.substr(0, 4) == "log(";
}

/// The part of a name after "factor::level:".
std::string without_level(const std::string& name) {
    const std::size_t factor = name.find("::");
    const std::size_t product = factor == std::string::npos ? factor : name.find(':', factor + 2);
    return product == std::string::npos ? name : name.substr(product + 1);
}

regressor_kind kind_of(const model& m, const panel& p, std::size_t j) {
    const std::span<const double> x = m.regressors[p.source[j]].values;
    bool all = true;
    for (std::size_t i = 0; i < p.n && all; ++i) all = x[p.row[i]] == 0 || x[p.row[i]] == 1;
    if (all) return regressor_kind::dummy;
    const std::string name = without_level(p.names[j]);
    const bool product = name.find(':') != std::string::npos;
    return starts_with_log(name) && !product ? regressor_kind::logarithm : regressor_kind::other;
}

/// A sum over rows and its gradient by all coefficients, effects at their best values throughout.
struct average {
    double value = 0;
    std::vector<double> gradient;
};

double fitted_mean(const estimation& e, std::size_t i) {
    return e.weight[i] / e.rows.weight_of(i);
}

/// Mean of mu at x = 1 less mu at x = 0.
average of_dummy(const model& m, const estimation& e, std::size_t j) {
    const panel& p = e.rows;
    average out{0, std::vector<double>(p.k)};
    const std::span<const double> x = m.regressors[p.source[j]].values;
    double weights = 0;
    for (std::size_t i = 0; i < p.n; ++i) {
        const double w = p.weight_of(i);
        const double mu = fitted_mean(e, i);
        const double at = x[p.row[i]];
        const double with = mu * exponential(e.b[j] * (1 - at));
        const double without = mu * exponential(-e.b[j] * at);
        weights += w;
        out.value += w * (with - without);
        for (std::size_t l = 0; l < p.k; ++l)
            out.gradient[l] += w * (with - without) * p.x[i * p.k + l];
        out.gradient[j] += w * (with * (1 - at) + without * at);
    }
    out.value /= weights;
    for (double& one : out.gradient) one /= weights;
    return out;
}

/// b times the mean of mu.
average of_slope(const estimation& e, std::size_t j) {
    const panel& p = e.rows;
    average out{0, std::vector<double>(p.k)};
    double weights = 0;
    double mean = 0;
    for (std::size_t i = 0; i < p.n; ++i) {
        const double w = p.weight_of(i);
        weights += w;
        mean += w * fitted_mean(e, i);
        for (std::size_t l = 0; l < p.k; ++l)
            out.gradient[l] += w * e.b[j] * fitted_mean(e, i) * p.x[i * p.k + l];
    }
    out.value = e.b[j] * mean / weights;
    out.gradient[j] += mean;
    for (double& one : out.gradient) one /= weights;
    return out;
}

effect_estimate estimate_of(const average& a, const covariance& c, double reach, double times) {
    const std::size_t k = a.gradient.size();
    double variance = 0;
    for (std::size_t j = 0; j < k; ++j)
        for (std::size_t l = 0; l < k; ++l)
            variance += a.gradient[j] * c.v[j * k + l] * a.gradient[l];
    const double error = std::sqrt(std::max(variance, 0.0)) * times;
    const double value = a.value * times;
    return {value, error, value - reach * error, value + reach * error};
}

effect_estimate relative_of(regressor_kind kind, const inference& i) {
    if (kind == regressor_kind::logarithm) return {i.estimate, i.standard_error, i.low, i.high};
    const auto percent = [](double b) { return 100 * (exponential(b) - 1); };
    return {percent(i.estimate), 100 * exponential(i.estimate) * i.standard_error, percent(i.low),
            percent(i.high)};
}

}  // namespace

std::vector<average_effect> average_effects(const model& m, const estimation& e,
                                            const covariance& c, double level) {
    const panel& p = e.rows;
    const bool poisson = e.of == family::poisson;
    const bool of_log = starts_with_log(m.outcome_name);
    const double reach = numerics::student_quantile((1 + level) / 2, c.degrees);
    std::vector<average_effect> out;
    for (std::size_t j = 0; j < p.k; ++j) {
        if (p.source[j] >= m.regressors.size()) continue;
        average_effect one{p.names[j], kind_of(m, p, j), no_estimate, no_estimate};
        const inference i = infer(e, c, j, level);
        if (poisson || of_log) one.relative = relative_of(one.kind, i);
        // One percent more of what the logarithm is of adds a hundredth to the logarithm.
        const double times = one.kind == regressor_kind::logarithm ? 0.01 : 1;
        if (poisson)
            one.absolute =
                estimate_of(one.kind == regressor_kind::dummy ? of_dummy(m, e, j) : of_slope(e, j),
                            c, reach, times);
        else if (!of_log)
            one.absolute = {times * i.estimate, times * i.standard_error, times * i.low,
                            times * i.high};
        out.push_back(std::move(one));
    }
    return out;
}

}  // namespace veche::gravity
