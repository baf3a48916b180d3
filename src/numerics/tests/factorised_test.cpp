// Systems beside a plain elimination written here, and what is singular.

#include "numerics/factorised.hpp"

#include <cmath>
#include <random>

#include <doctest/doctest.h>

#include "numerics/sums.hpp"

using namespace veche::numerics;

namespace {

dense random_system(std::size_t n, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    dense a(n, n);
    for (double& cell : a.cells) cell = static_cast<double>(random() % 2001) / 1000.0 - 1.0;
    for (std::size_t i = 0; i < n; ++i) a(i, i) += 3;
    return a;
}

/// Gauss-Jordan with rows exchanged, in long doubles.
std::vector<double> solved_plainly(const dense& a, const std::vector<double>& b, bool transposed) {
    const std::size_t n = a.rows;
    std::vector<std::vector<long double>> rows(n, std::vector<long double>(n + 1));
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) rows[i][j] = transposed ? a(j, i) : a(i, j);
        rows[i][n] = b[i];
    }
    for (std::size_t k = 0; k < n; ++k) {
        std::size_t best = k;
        for (std::size_t i = k; i < n; ++i)
            if (std::abs(rows[i][k]) > std::abs(rows[best][k])) best = i;
        std::swap(rows[k], rows[best]);
        for (std::size_t i = 0; i < n; ++i) {
            if (i == k) continue;
            const long double factor = rows[i][k] / rows[k][k];
            for (std::size_t j = k; j <= n; ++j) rows[i][j] -= factor * rows[k][j];
        }
    }
    std::vector<double> x(n);
    for (std::size_t i = 0; i < n; ++i) x[i] = static_cast<double>(rows[i][n] / rows[i][i]);
    return x;
}

}  // namespace

TEST_CASE("systems come out as plain elimination has them, transposed too") {
    for (const std::size_t n : {1, 2, 5, 37}) {
        const dense a = random_system(n, n);
        const factorised by(a);
        REQUIRE(!by.singular_at());
        for (const bool transposed : {false, true}) {
            std::vector<double> b(n);
            for (std::size_t i = 0; i < n; ++i) b[i] = static_cast<double>(i) - 1.5;
            std::vector<double> x = b;
            by.solve(x, transposed);
            const auto expected = solved_plainly(a, b, transposed);
            for (std::size_t i = 0; i < n; ++i)
                CHECK(x[i] == doctest::Approx(expected[i]).epsilon(1e-12));
            const double left = refine(a, by, b, x, transposed);
            CHECK(left < 1e-12);
            CHECK(refine(a, by, b, x, transposed) <= 1e-14);
        }
    }
}

TEST_CASE("several right sides are solved at once, and a product puts them back") {
    const dense a = random_system(20, 7);
    dense b(20, 3);
    for (std::size_t k = 0; k < b.cells.size(); ++k) b.cells[k] = static_cast<double>(k % 11);
    dense x = b;
    factorised(a).solve(x);
    const dense again = product(a, x);
    for (std::size_t k = 0; k < b.cells.size(); ++k)
        CHECK(again.cells[k] == doctest::Approx(b.cells[k]).epsilon(1e-12));
    const dense turned = product(a, b, true);
    CHECK(turned(4, 2) == doctest::Approx(dot(a.column(4), b.column(2))));
}

TEST_CASE("a singular matrix is known, with its row") {
    dense a(3, 3);
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j) a(i, j) = static_cast<double>(i + j);
    a(0, 0) = 1;
    a(2, 0) = 2 * a(1, 0) - a(0, 0);
    CHECK(factorised(dense(2, 2)).singular_at() == 0);
    CHECK(factorised(dense(2, 2)).reciprocal_condition() == 0);
    CHECK(factorised(a).reciprocal_condition() < 1e-15);
}

TEST_CASE("the condition of a diagonal matrix is known") {
    dense a(3, 3);
    a(0, 0) = 1;
    a(1, 1) = 10;
    a(2, 2) = 1000;
    CHECK(factorised(a).reciprocal_condition() == doctest::Approx(1e-3));
    CHECK(factorised(dense()).reciprocal_condition() == 1);
}
