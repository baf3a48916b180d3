// The correction of three-way models: another, slower way to the same numbers, and trials by
// chance.

#include "gravity/three_way.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "gravity/report.hpp"
#include "gravity/tests/data.hpp"
#include "numerics/random_stream.hpp"
#include "numerics/symmetric.hpp"

using namespace veche;
using namespace veche::gravity;
using namespace veche::gravity::testing;

namespace {

/// Countries by years; outcomes scatter about their means with variance 1 (or `zeros` of them are
/// 0), and the regressor goes with the effects: the first design of the paper's trials.
owned_model three_way_world(std::uint64_t seed, int countries, int years, double zeros) {
    numerics::random_stream random(seed);
    text_table t;
    std::vector<double> y, x, from, to;
    for (int i = 0; i < countries * years; ++i) {
        from.push_back(0.25 * random.normal());
        to.push_back(0.25 * random.normal());
    }
    for (int i = 0; i < countries; ++i)
        for (int j = 0; j < countries; ++j) {
            if (i == j) continue;
            const double pair = 0.25 * random.normal();
            double last = pair + 0.5 * random.normal();
            double noise = random.normal();
            for (int year = 0; year < years; ++year) {
                t.columns["i"].push_back(std::to_string(i));
                t.columns["j"].push_back(std::to_string(j));
                t.columns["year"].push_back(std::to_string(year));
                ++t.rows;
                const double effects = from[i * years + year] + to[j * years + year] + pair;
                last = last / 2 + effects + 0.5 * random.normal();
                noise = 0.3 * noise + std::sqrt(1 - 0.09) * random.normal();
                x.push_back(last);
                const double mean = std::exp(effects + last);
                const double spread = std::log(1 + 1 / (mean * mean));
                y.push_back(random.uniform() < zeros
                                ? 0
                                : mean * std::exp(std::sqrt(spread) * noise - spread / 2));
            }
        }
    owned_model o(t);
    o.outcome("y", y);
    o.regressor("x", x);
    o.effect("i^year");
    o.effect("j^year");
    o.effect("i^j");
    o.m.clusters = {o.m.effects[2]};
    return o;
}

/// The bias by the definitions: full tensors of third derivatives, by country and year.
double slow_bias(const owned_model& o, const estimation& e, int countries, int years) {
    const auto at = [&](int i, int j, int t) { return (i * countries + j) * years + t; };
    std::vector<double> m(countries * countries * years), s(m.size()), x(m.size());
    for (std::size_t r = 0; r < e.rows.n; ++r) {
        const std::size_t row = e.rows.row[r];
        const int cell = at(std::stoi(o.table.cell("i", row)), std::stoi(o.table.cell("j", row)),
                            std::stoi(o.table.cell("year", row)));
        m[cell] = e.weight[r];
        s[cell] = e.error[r];
        x[cell] = e.rows.x[r];
    }
    const auto n = static_cast<std::size_t>(years);
    double out = 0;
    for (const bool exporter : {true, false})
        for (int i = 0; i < countries; ++i) {
            std::vector<double> h(n * n), ss(n * n), hxs(n * n), gx(n * n);
            for (int j = 0; j < countries; ++j) {
                const int first = exporter ? at(i, j, 0) : at(j, i, 0);
                double sum = 0;
                for (int t = 0; t < years; ++t) sum += m[first + t];
                if (sum == 0) continue;
                const auto share = [&](int t) { return m[first + t] / sum; };
                for (int t = 0; t < years; ++t)
                    for (int u = 0; u < years; ++u) {
                        const std::size_t c = static_cast<std::size_t>(t) * n + u;
                        h[c] += sum * share(t) * ((t == u) - share(u));
                        ss[c] += s[first + t] * s[first + u];
                        for (int r = 0; r < years; ++r) {
                            hxs[c] += sum * share(t) * ((t == r) - share(r)) * x[first + r] *
                                      s[first + u];
                            // The third cumulant of one draw by the shares.
                            const double third = (t == u && u == r ? share(t) : 0) -
                                                 (t == u ? share(t) * share(r) : 0) -
                                                 (t == r ? share(t) * share(u) : 0) -
                                                 (u == r ? share(u) * share(t) : 0) +
                                                 2 * share(t) * share(u) * share(r);
                            gx[c] -= sum * third * x[first + r];
                        }
                    }
            }
            const auto eigen = numerics::eigen(n, h);
            std::vector<double> a(n * n);
            for (std::size_t v = 1; v < n; ++v)
                for (std::size_t t = 0; t < n; ++t)
                    for (std::size_t u = 0; u < n; ++u)
                        a[t * n + u] +=
                            eigen.vectors[v * n + t] * eigen.vectors[v * n + u] / eigen.values[v];
            const auto trace = [&](const std::vector<double>& one) {
                double sum = 0;
                for (std::size_t t = 0; t < n; ++t) sum += one[t * n + t];
                return sum;
            };
            const auto times = [&](const std::vector<double>& p, const std::vector<double>& q) {
                return numerics::product(n, p, q);
            };
            out += countries / (countries - 1.0) *
                   (trace(times(gx, times(a, times(ss, a)))) / 2 - trace(times(a, hxs)));
        }
    return out * e.inverse[0];
}

}  // namespace

TEST_CASE("the bias is that of the definitions, with zeros and missing rows too") {
    for (const double zeros : {0.0, 0.3}) {
        const owned_model o = three_way_world(5, 9, 4, zeros);
        const auto e = estimate(o.m, {});
        REQUIRE_MESSAGE(e, why(e));
        const auto c = correct_three_way(o.m, *e);
        REQUIRE(c);
        CHECK(c->exporters == 9);
        CHECK(c->bias[0] == doctest::Approx(slow_bias(o, *e, 9, 4)).epsilon(1e-8));
        CHECK(c->b[0] == e->b[0] - c->bias[0]);
    }
}

TEST_CASE(
    "by chance: the correction takes half of the bias away, and bands hold the truth more often") {
    constexpr int trials = 200;
    double plain = 0, corrected = 0;
    int covered = 0, covered_corrected = 0;
    for (int trial = 0; trial < trials; ++trial) {
        const owned_model o = three_way_world(1000 + static_cast<std::uint64_t>(trial), 10, 3, 0);
        const auto e = estimate(o.m, {});
        REQUIRE_MESSAGE(e, why(e));
        const auto c = correct_three_way(o.m, *e);
        REQUIRE(c);
        const std::size_t which[] = {0};
        const auto v = covariance_of(o.m, *e, "ppmlhdfe", score_sum::cluster, which);
        REQUIRE(v);
        plain += e->b[0] - 1;
        corrected += c->b[0] - 1;
        covered += std::abs(e->b[0] - 1) < 1.96 * v->standard_error[0];
        covered_corrected += std::abs(c->b[0] - 1) < 1.96 * c->standard_error[0];
        CHECK(c->standard_error[0] > v->standard_error[0]);
    }
    MESSAGE("mean error " << plain / trials << ", corrected " << corrected / trials << "; bands "
                          << covered << " and " << covered_corrected << " of " << trials);
    CHECK(std::abs(corrected) < 0.75 * std::abs(plain));
    CHECK(covered_corrected > covered);
}

TEST_CASE("a table has the corrected coefficient and its error below the plain ones") {
    const owned_model o = three_way_world(5, 6, 3, 0);
    const auto e = estimate(o.m, {});
    REQUIRE_MESSAGE(e, why(e));
    const auto c = correct_three_way(o.m, *e);
    REQUIRE(c);
    gravity_report r;
    r.estimator = "PPML";
    r.coefficients.push_back({"x", "1", "1", "1", "1", "1", "1"});
    CHECK(regression_table({r}, table_form::csv).find("corrected") == std::string::npos);
    add_correction(r, *c);
    CHECK(std::stod(r.coefficients[0].corrected) == doctest::Approx(c->b[0]));
    for (const table_form form :
         {table_form::text, table_form::csv, table_form::latex, table_form::html})
        CHECK(regression_table({r}, form).find("corrected") != std::string::npos);
}

TEST_CASE("models of another shape are refused") {
    owned_model o = three_way_world(5, 6, 3, 0);
    o.m.effects.pop_back();
    const auto e = estimate(o.m, {});
    REQUIRE_MESSAGE(e, why(e));
    const auto c = correct_three_way(o.m, *e);
    REQUIRE(!c);
    CHECK(c.error().code() == "gravity.not_three_way");

    owned_model turned = three_way_world(5, 6, 3, 0);
    turned.m.of = family::linear;
    const auto l = estimate(turned.m, {});
    REQUIRE_MESSAGE(l, why(l));
    CHECK(!correct_three_way(turned.m, *l));
}
