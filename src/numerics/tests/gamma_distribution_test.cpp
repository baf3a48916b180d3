// The gamma distribution beside closed forms, sums of Poisson terms, and itself.

#include "numerics/gamma_distribution.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "numerics/elementary.hpp"

using namespace veche::numerics;

namespace {

/// P(a, x) for whole a: one less the Poisson terms below a, each by logarithms.
double below_of_whole(int a, double x) {
    long double above = 0;
    for (int k = 0; k < a; ++k)
        above += std::exp(static_cast<long double>(k) * std::log(static_cast<long double>(x)) - x -
                          std::lgamma(static_cast<long double>(k) + 1));
    return static_cast<double>(1 - above);
}

}  // namespace

TEST_CASE("probabilities of whole shapes are sums of Poisson terms") {
    for (const int a : {1, 2, 3, 7, 18, 19, 20, 21, 35, 90, 400, 3000})
        for (const double t : {-3.5, -2.0, -1.0, -0.3, 0.0, 0.01, 0.7, 1.6, 2.5, 4.0}) {
            const double x = a + t * std::sqrt(a);
            if (x <= 0) continue;
            CAPTURE(a);
            CAPTURE(x);
            const double want = below_of_whole(a, x);
            CHECK(std::abs(gamma_below(a, x) - want) < 2e-13);
            CHECK(std::abs(gamma_above(a, x) - (1 - want)) < 2e-13);
        }
}

TEST_CASE("far tails keep their digits, and the ways agree where they meet") {
    CHECK(gamma_above(1, 50) == doctest::Approx(std::exp(-50.0)).epsilon(1e-12));
    CHECK(gamma_below(1, 1e-12) == doctest::Approx(1e-12).epsilon(1e-11));
    CHECK(gamma_below(0.5, 2) == doctest::Approx(std::erf(std::sqrt(2.0))).epsilon(1e-13));
    for (const double a : {20.0, 20.5, 50.0, 1234.5, 1e5, 1e7})
        for (const double side : {-0.45, 0.45}) {
            // On both sides of the border between the expansion and the others.
            const double in = a * (1 + side * 0.999999), out = a * (1 + side * 1.000001);
            const double p = side < 0 ? gamma_below(a, in) : gamma_above(a, in);
            const double q = side < 0 ? gamma_below(a, out) : gamma_above(a, out);
            if (p < 1e-280) continue;
            const double slope = a * 0.9e-6 * std::abs(side / (1 + side)) * 1.4;
            CHECK(std::abs(p / q - 1) < slope + 1e-9);
        }
    CHECK(gamma_below(3, 0) == 0);
    CHECK(gamma_above(3, 0) == 1);
    CHECK(gamma_below(1e6, 1e6) == doctest::Approx(0.5 + 1 / (3 * std::sqrt(2 * M_PI * 1e6))));
}

TEST_CASE("quantiles give their probability back") {
    for (const double p : {1e-6, 0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975, 0.999999}) {
        const gamma_quantile q(p);
        for (const double a : {0.05, 0.3, 1.0, 1.7, 5.0, 19.9, 20.0, 33.0, 777.0, 1e5, 3e7}) {
            CAPTURE(a);
            CAPTURE(p);
            const double x = q(a);
            const double density = std::exp((a - 1) * std::log(x) - x - std::lgamma(a));
            const double miss = p < 0.5 ? gamma_below(a, x) - p : (1 - p) - gamma_above(a, x);
            // In units of x: what the quantile is off by.
            CHECK(std::abs(miss / density) < 1e-11 * x + 1e-300);
        }
    }
    CHECK(gamma_quantile(0.5)(1) == doctest::Approx(std::log(2.0)).epsilon(1e-13));
}
