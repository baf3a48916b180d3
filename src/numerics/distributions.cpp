#include "numerics/distributions.hpp"

#include <cmath>
#include <initializer_list>

#include "numerics/elementary.hpp"

namespace veche::numerics {
namespace {

constexpr double sqrt_two_pi = 2.50662827463100050242;
constexpr double tiny = 1e-300;

/// What a distribution stays below with probability p, by halving an interval that holds it.
template <class Above>
double quantile_of(double p, Above above) {
    double low = -1;
    double high = 1;
    while (above(high) > 1 - p && high < 1e300) high *= 2;
    while (above(low) < 1 - p && low > -1e300) low *= 2;
    for (int step = 0; step < 200 && low < high; ++step) {
        const double middle = low + (high - low) / 2;
        if (middle == low || middle == high) break;
        (above(middle) > 1 - p ? low : high) = middle;
    }
    return low + (high - low) / 2;
}

double beta_fraction(double a, double b, double x) {
    double c = 1;
    double d = 1 - (a + b) * x / (a + 1);
    d = 1 / (std::abs(d) < tiny ? tiny : d);
    double h = d;
    for (int i = 1; i <= 10000; ++i) {
        const double m = i;
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        for (const double term : {even, odd}) {
            d = 1 + term * d;
            c = 1 + term / c;
            d = 1 / (std::abs(d) < tiny ? tiny : d);
            if (std::abs(c) < tiny) c = tiny;
            h *= d * c;
        }
        if (std::abs(d * c - 1) < 1e-16) break;
    }
    return h;
}

}  // namespace

double normal_above(double x) {
    if (x < 0) return 1 - normal_above(-x);
    const double density = exponential(-x * x / 2) / sqrt_two_pi;
    if (x < 2.5) {
        // P(0 < X < x) = density * sum of x^(2n+1) / (1 3 5 .. (2n+1)).
        double term = x;
        double sum = x;
        for (int n = 1; n < 200 && term > 1e-17 * sum; ++n) {
            term *= x * x / (2 * n + 1);
            sum += term;
        }
        return 0.5 - density * sum;
    }
    // Laplace's continued fraction 1 / (x + 1 / (x + 2 / (x + ..))), from its far end.
    double tail = x;
    for (int n = 120; n >= 1; --n) tail = x + n / tail;
    return density / tail;
}

double normal_quantile(double p) {
    return quantile_of(p, normal_above);
}

double incomplete_beta(double a, double b, double x) {
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    const double front = exponential(log_gamma(a + b) - log_gamma(a) - log_gamma(b) +
                                     a * logarithm(x) + b * logarithm(1 - x));
    // The fraction converges quickly on the near side of the mean.
    if (x < (a + 1) / (a + b + 2)) return front * beta_fraction(a, b, x) / a;
    return 1 - front * beta_fraction(b, a, 1 - x) / b;
}

double student_above(double x, double degrees) {
    if (!(degrees < 1e9)) return normal_above(x);
    const double half = incomplete_beta(degrees / 2, 0.5, degrees / (degrees + x * x)) / 2;
    return x > 0 ? half : 1 - half;
}

double student_quantile(double p, double degrees) {
    return quantile_of(p, [degrees](double x) { return student_above(x, degrees); });
}

}  // namespace veche::numerics
