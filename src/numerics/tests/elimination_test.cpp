// Exact factors of D'WD against a dense one.

#include <cmath>

#include <doctest/doctest.h>

#include "numerics/elimination_factor.hpp"
#include "numerics/random_stream.hpp"
#include "numerics/symmetric.hpp"

using namespace veche::numerics;

namespace {

/// Rows that bear one unknown of each of three lists.
std::vector<std::int32_t> made_rows(random_stream& random, std::size_t rows, int levels) {
    std::vector<std::int32_t> out;
    for (std::size_t i = 0; i < rows; ++i)
        for (int q = 0; q < 3; ++q)
            out.push_back(q * levels + static_cast<int>(levels * random.uniform()));
    return out;
}

std::vector<double> dense_matrix(std::size_t n, const std::vector<std::int32_t>& member,
                                 const std::vector<double>& weight) {
    std::vector<double> out(n * n);
    for (std::size_t i = 0; i < weight.size(); ++i)
        for (int a = 0; a < 3; ++a)
            for (int b = 0; b < 3; ++b) out[member[i * 3 + a] * n + member[i * 3 + b]] += weight[i];
    return out;
}

}  // namespace

TEST_CASE("solutions are those of the matrix; as many unknowns are dependent as it lacks in rank") {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        random_stream random(seed);
        const int levels = 1 + static_cast<int>(60 * random.uniform());
        const auto rows = static_cast<std::size_t>(1 + 250 * random.uniform());
        const auto n = static_cast<std::size_t>(3 * levels);
        const std::vector<std::int32_t> member = made_rows(random, rows, levels);
        const auto plan = plan_elimination(n, 3, member, 1e12);
        REQUIRE(plan.has_value());
        std::vector<double> weight(rows, 1.0);
        elimination_factor factor(*plan, member, weight);
        const auto dense = dense_matrix(n, member, weight);
        REQUIRE(factor.dependent().size() == cholesky(n, dense, 1e-9).dependent.size());
        for (double& w : weight) w = std::exp(3 * random.normal());
        factor.make(weight);
        const auto weighted = dense_matrix(n, member, weight);
        std::vector<double> a(n), b(n);
        for (double& one : a) one = random.normal();
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j) b[i] += weighted[i * n + j] * a[j];
        std::vector<double> x = b;
        factor.solve(x.data());
        // Where unknowns depend on others x need not be a, but A x must be b.
        for (std::size_t i = 0; i < n; ++i) {
            double sum = 0;
            for (std::size_t j = 0; j < n; ++j) sum += weighted[i * n + j] * x[j];
            REQUIRE(std::abs(sum - b[i]) <= 1e-7 * (1 + std::abs(b[i])));
        }
    }
}

TEST_CASE("a plan that takes too much work is given up") {
    random_stream random(3);
    const std::vector<std::int32_t> member = made_rows(random, 400, 40);
    const auto plan = plan_elimination(120, 3, member, 1e12);
    REQUIRE(plan);
    CHECK(!plan_elimination(120, 3, member, plan->multiplications / 4));
    std::vector<bool> taken(120);
    std::size_t rows = 0;
    for (const front& f : plan->fronts) {
        rows += f.rows.size();
        for (std::int32_t p = 0; p < f.pivots; ++p) {
            CHECK(!taken[f.unknown[p]]);
            taken[f.unknown[p]] = true;
        }
    }
    CHECK(rows == 400);
}
