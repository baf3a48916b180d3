#include "numerics/distributions.hpp"

#include <atomic>
#include <cmath>

#include <doctest/doctest.h>

#include "numerics/elementary.hpp"
#include "numerics/random_stream.hpp"
#include "numerics/symmetric.hpp"
#include "numerics/workers.hpp"

using namespace veche;

namespace {

doctest::Approx close_to(double value, double relative) {
    return doctest::Approx(value).epsilon(relative).scale(1);
}

}  // namespace

TEST_CASE("elementary functions and distributions agree with known values") {
    for (double x = -700; x < 700; x += 0.37) {
        CHECK(numerics::exponential(x) == doctest::Approx(std::exp(x)).epsilon(4e-16).scale(0));
        const double y = std::exp(x / 3);
        CHECK(numerics::logarithm(y) == doctest::Approx(std::log(y)).epsilon(4e-16).scale(1));
        CHECK(numerics::log_gamma(y) == doctest::Approx(std::lgamma(y)).epsilon(2e-14).scale(1));
    }
    CHECK(numerics::exponential(-800) == 0);
    CHECK(numerics::normal_above(1.959963984540054) == close_to(0.025, 1e-13));
    CHECK(numerics::normal_above(6) == doctest::Approx(9.865876450376946e-10).epsilon(1e-12));
    CHECK(numerics::normal_quantile(0.975) == close_to(1.959963984540054, 1e-13));
    CHECK(numerics::student_quantile(0.975, 10) == close_to(2.2281388519649385, 1e-11));
    CHECK(numerics::student_above(2, 5) == close_to(0.05096973941492917, 1e-12));
}

TEST_CASE("normal numbers of a seed are the same ones and have mean 0 and variance 1") {
    numerics::random_stream a(5);
    numerics::random_stream b(5);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 100'000; ++i) {
        const double x = a.normal();
        REQUIRE(x == b.normal());
        sum += x;
        squares += x * x;
    }
    CHECK(std::abs(sum / 100'000) < 0.02);
    CHECK(std::abs(squares / 100'000 - 1) < 0.02);
}

TEST_CASE("a dependent row is named, and the others are solved") {
    // The third row is the sum of the first two.
    const std::vector<double> a = {4, 1, 5, 1, 3, 4, 5, 4, 9};
    const numerics::cholesky_factor f = numerics::cholesky(3, a, 1e-12);
    CHECK(f.dependent == std::vector<std::size_t>{2});
    double v[] = {5, 4, 0};
    f.solve(v);
    CHECK(v[0] == close_to(1, 1e-14));
    CHECK(v[1] == close_to(1, 1e-14));
    const numerics::eigen_system e = numerics::eigen(3, a);
    CHECK(std::abs(e.values[0]) < 1e-13);
    CHECK(e.values[0] + e.values[1] + e.values[2] == close_to(16, 1e-13));
}

TEST_CASE("workers do each piece once") {
    numerics::workers crew(3);
    for (int round = 0; round < 50; ++round) {
        std::vector<std::atomic<int>> done(17);
        crew.run(17, [&](std::size_t i) { ++done[i]; });
        for (const auto& one : done) CHECK(one == 1);
    }
}
