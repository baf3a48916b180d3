#include "gravity/bands.hpp"

#include <algorithm>
#include <cmath>

#include "numerics/distributions.hpp"
#include "numerics/elementary.hpp"
#include "numerics/random_stream.hpp"
#include "numerics/symmetric.hpp"

namespace veche::gravity {
namespace {

/// "year::1990:log(dist)" -> "year:log(dist)"; "" for what is no dummy of a level.
std::string series_name(const std::string& regressor) {
    const std::size_t factor = regressor.find("::");
    if (factor == std::string::npos) return {};
    const std::size_t product = regressor.find(':', factor + 2);
    return regressor.substr(0, factor) +
           (product == std::string::npos ? std::string() : regressor.substr(product));
}

/// Chi-squared by a gamma variable (Marsaglia and Tsang 2000); `degrees` is at least 1.
double chi_squared(double degrees, numerics::random_stream& random) {
    const double shape = degrees / 2;
    // Below 1 a variable of shape + 1 is taken, times a power of a uniform one.
    const bool low = shape < 1;
    const double d = (low ? shape + 1 : shape) - 1.0 / 3;
    const double c = 1 / std::sqrt(9 * d);
    const double shrink =
        low ? numerics::exponential(numerics::logarithm(1 - random.uniform()) / shape) : 1;
    while (true) {
        const double x = random.normal();
        const double root = 1 + c * x;
        if (!(root > 0)) continue;
        const double v = root * root * root;
        const double u = 1 - random.uniform();
        if (numerics::logarithm(u) < 0.5 * x * x + d - d * v + d * numerics::logarithm(v))
            return 2 * d * v * shrink;
    }
}

/// Root of the correlations of some coefficients; those that follow from others are 0 in it.
std::vector<double> root_of(const covariance& c, std::size_t k,
                            const std::vector<std::size_t>& of) {
    const std::size_t n = of.size();
    std::vector<double> correlation(n * n);
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) {
            const double scale = c.standard_error[of[i]] * c.standard_error[of[j]];
            correlation[i * n + j] = scale > 0 ? c.v[of[i] * k + of[j]] / scale : 0;
        }
    // By eigenvalues, as a covariance in several ways may have some at 0.
    const numerics::eigen_system eigen = numerics::eigen(n, correlation);
    std::vector<double> out(n * n);
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t at = 0; at < n; ++at)
            out[i * n + at] =
                eigen.vectors[at * n + i] * std::sqrt(std::max(eigen.values[at], 0.0));
    return out;
}

double simultaneous_value(const covariance& c, std::size_t k, const std::vector<std::size_t>& of,
                          double level, int draws, std::uint64_t seed) {
    const std::size_t n = of.size();
    const std::vector<double> root = root_of(c, k, of);
    numerics::random_stream random(seed);
    std::vector<double> greatest;
    std::vector<double> normal(n);
    for (int draw = 0; draw < draws; ++draw) {
        for (double& one : normal) one = random.normal();
        double most = 0;
        for (std::size_t i = 0; i < n; ++i) {
            double sum = 0;
            for (std::size_t j = 0; j < n; ++j) sum += root[i * n + j] * normal[j];
            most = std::max(most, std::abs(sum));
        }
        if (std::isfinite(c.degrees)) most *= std::sqrt(c.degrees / chi_squared(c.degrees, random));
        greatest.push_back(most);
    }
    const auto rank = static_cast<std::size_t>(std::ceil(level * draws)) - 1;
    const auto at = greatest.begin() + static_cast<std::ptrdiff_t>(rank);
    std::nth_element(greatest.begin(), at, greatest.end());
    return *at;
}

}  // namespace

std::vector<coefficient_series> series_of(const estimation& e, const covariance& c, double level,
                                          int draws, std::uint64_t seed) {
    std::vector<coefficient_series> all;
    for (std::size_t j = 0; j < e.rows.k; ++j) {
        const std::string name = series_name(e.rows.names[j]);
        if (name.empty()) continue;
        auto at = std::find_if(all.begin(), all.end(),
                               [&](const coefficient_series& one) { return one.name == name; });
        if (at == all.end()) at = all.insert(all.end(), coefficient_series{name, {}, 0, 0});
        at->members.push_back(j);
    }
    all.erase(std::remove_if(all.begin(), all.end(),
                             [](const auto& one) { return one.members.size() < 2; }),
              all.end());
    for (coefficient_series& one : all) {
        one.pointwise = numerics::student_quantile((1 + level) / 2, c.degrees);
        one.simultaneous = simultaneous_value(c, e.rows.k, one.members, level, draws, seed);
    }
    return all;
}

}  // namespace veche::gravity
