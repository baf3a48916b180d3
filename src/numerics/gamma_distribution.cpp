#include "numerics/gamma_distribution.hpp"

#include <cmath>
#include <limits>
#include <numbers>

#include "numerics/distributions.hpp"
#include "numerics/elementary.hpp"
#include "numerics/gamma_series.hpp"

namespace veche::numerics {
namespace {

constexpr double large_shape = 20;
constexpr double near_the_mean = 0.45;  // abs(x/a - 1) up to which Temme's series are good
constexpr int most_terms = 100'000;

double by_powers(const double* from, std::size_t count, double of) {
    double sum = 0;
    for (std::size_t k = count; k-- > 0;) sum = sum * of + from[k];
    return sum;
}

/// x^a e^-x / gamma(a + 1).
double front_of(double a, double x) {
    if (a < large_shape) return exponential(a * logarithm(x) - x - log_gamma(a + 1));
    const double star = by_powers(gamma_series::stirling, std::size(gamma_series::stirling), 1 / a);
    return exponential(-a * log_excess((x - a) / a)) / (std::sqrt(2 * std::numbers::pi * a) * star);
}

/// P(a, x) by its power series, for x up to a or so.
double below_by_series(double a, double x) {
    double term = 1, sum = 1;
    for (int n = 1; n < most_terms && term > 1e-17 * sum; ++n) {
        term *= x / (a + n);
        sum += term;
    }
    return front_of(a, x) * sum;
}

/// Q(a, x) by its continued fraction (Lentz's method), for x above a + 1.
double above_by_fraction(double a, double x) {
    constexpr double smallest = 1e-300;
    double b = x + 1 - a, c = 1 / smallest, d = 1 / b, h = d;
    for (int n = 1; n < most_terms; ++n) {
        const double by = -n * (n - a);
        b += 2;
        d = by * d + b;
        if (std::abs(d) < smallest) d = smallest;
        c = b + by / c;
        if (std::abs(c) < smallest) c = smallest;
        d = 1 / d;
        h *= d * c;
        if (std::abs(d * c - 1) < 1e-16) break;
    }
    return front_of(a, x) * a * h;
}

/// What the expansion adds to the normal distribution's probability above.
double temme_term(double a, double eta, double half_square) {
    double sum = 0;
    for (std::size_t k = gamma_series::c.size(); k-- > 0;)
        sum = sum / a + by_powers(gamma_series::c[k].data(), gamma_series::widest, eta);
    return exponential(-a * half_square) / std::sqrt(2 * std::numbers::pi * a) * sum;
}

struct both {
    double below = 0, above = 0;
};

both by_temme(double a, double x) {
    const double mu = (x - a) / a;
    const double half_square = log_excess(mu);
    const double eta = std::copysign(std::sqrt(2 * half_square), mu);
    const double add = temme_term(a, eta, half_square);
    const double z = eta * std::sqrt(a);
    return {normal_above(-z) - add, normal_above(z) + add};
}

both probabilities(double a, double x) {
    if (!(x > 0)) return {0, 1};
    if (x == std::numeric_limits<double>::infinity()) return {1, 0};
    if (a >= large_shape && std::abs(x - a) <= near_the_mean * a) return by_temme(a, x);
    if (x < a + 1) {
        const double below = below_by_series(a, x);
        return {below, 1 - below};
    }
    const double above = above_by_fraction(a, x);
    return {1 - above, above};
}

/// By the normal distribution of the cube root (Wilson and Hilferty 1931); near 0 by the first
/// term of the series.
double start_of_small(double a, double p, double normal) {
    const double cube = 1 - 1 / (9 * a) + normal / (3 * std::sqrt(a));
    if (a >= 1 && cube > 0.3) return a * cube * cube * cube;
    return exponential((logarithm(p) + log_gamma(a + 1)) / a);
}

}  // namespace

double gamma_below(double shape, double x) {
    return probabilities(shape, x).below;
}

double gamma_above(double shape, double x) {
    return probabilities(shape, x).above;
}

gamma_quantile::gamma_quantile(double p) : p_(p), normal_(normal_quantile(p)) {}

double gamma_quantile::start(double shape) const {
    const double eta = normal_ / std::sqrt(shape);
    if (shape < large_shape || std::abs(eta) > near_the_mean)
        return start_of_small(shape, p_, normal_);
    const double better = eta + by_powers(gamma_series::first_correction,
                                          std::size(gamma_series::first_correction), eta) /
                                    shape;
    return shape * (1 + better * by_powers(gamma_series::mu_of_eta,
                                           std::size(gamma_series::mu_of_eta), better));
}

double gamma_quantile::operator()(double shape) const {
    // Halley's steps from a good start, kept inside what is known to hold the answer.
    double low = 0, high = std::numeric_limits<double>::infinity();
    double x = start(shape);
    if (x == 0) return 0;  // below every double
    for (int step = 0; step < 100; ++step) {
        const both at = probabilities(shape, x);
        const double miss = p_ < 0.5 ? at.below - p_ : (1 - p_) - at.above;
        (miss > 0 ? high : low) = x;
        const double density = front_of(shape, x) * shape / x;
        const double newton = miss / density;
        const double bend = 1 - newton / 2 * ((shape - 1) / x - 1);
        double next = x - newton / (bend > 0.5 ? bend : 0.5);
        // Halley's method cubes what is left: after a step this small nothing is left.
        const double enough = 1e-5 * x * (shape < 1 ? 1e-6 : 1 / std::sqrt(shape));
        if (std::abs(next - x) <= enough) return next;
        if (!(next > low && next < high))
            next = high == std::numeric_limits<double>::infinity() ? 2 * x : (low + high) / 2;
        x = next;
    }
    return x;
}

}  // namespace veche::numerics
