// Sums that keep what a plain one loses, and numbers as text.

#include "numerics/digits.hpp"

#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include "numerics/sums.hpp"

using namespace veche::numerics;

TEST_CASE("a sum keeps small terms between large ones") {
    const std::vector<double> terms = {1, 1e100, 1, -1e100};
    CHECK(sum_of(terms) == 2);
    CHECK(sum_of({}) == 0);
    const double near = 1 + 1e-9;
    CHECK(dot(std::vector<double>{near, -1}, std::vector<double>{near, 1 + 2e-9}) ==
          doctest::Approx(1e-18).epsilon(1e-6));
}

TEST_CASE("numbers are written with the digits asked for") {
    CHECK(digits(0.1 + 0.2) == "0.3");
    CHECK(digits(-0.0) == "0");
    CHECK(digits(1234567.891, 4) == "1.235e+06");
    CHECK(digits(std::numeric_limits<double>::quiet_NaN()) == "nan");
    CHECK(digits(-std::numeric_limits<double>::infinity()) == "-inf");
    CHECK(shortest(0.1 + 0.2) == "0.30000000000000004");
    CHECK(decimals(2.005, 1) == "2.0");
    CHECK(decimals(-0.001, 2) == "0.00");
    CHECK(decimals(-12.345, 2) == "-12.35");
}
