// Small models of our own: against a plain Newton method with dummies, laws, and bad input.

#include <cmath>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "gravity/tests/data.hpp"
#include "numerics/random_stream.hpp"

using namespace veche;
using namespace veche::gravity;
using namespace veche::gravity::testing;

namespace {

/// Countries that trade over years; a regressor that differs by row and one that does not by year.
owned_model small_world(std::uint64_t seed, int countries, int years, double zeros) {
    numerics::random_stream random(seed);
    text_table t;
    std::vector<double> y, distance, agreement, exposure;
    for (int i = 0; i < countries; ++i)
        for (int j = 0; j < countries; ++j) {
            const double far = random.normal();
            for (int year = 0; year < years; ++year) {
                if (i == j) continue;
                ++t.rows;
                t.columns["exp"].push_back("e" + std::to_string(i));
                t.columns["imp"].push_back("i" + std::to_string(j));
                t.columns["year"].push_back(std::to_string(2000 + year));
                distance.push_back(far);
                agreement.push_back(random.uniform() < 0.3 ? 1 : 0);
                exposure.push_back(0.5 + random.uniform());
                const double mean = std::exp(1 - 0.8 * far + 0.4 * agreement.back() +
                                             0.3 * random.normal() + 0.2 * i - 0.1 * j);
                y.push_back(random.uniform() < zeros ? 0 : mean);
            }
        }
    owned_model o(t);
    o.outcome("trade", y);
    o.regressor("agreement", agreement);
    o.regressor("distance", distance);
    o.keep("exposure", exposure);
    return o;
}

/// Solves the same by dummies and plain Newton steps with Gaussian elimination: nothing in common
/// with the engine but the formula. Columns that follow from others are left out.
std::vector<double> dummy_fit(const owned_model& o, const sample& s) {
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < s.of_row.size(); ++i)
        if (s.of_row[i] == fate::used) rows.push_back(i);
    std::vector<std::vector<double>> columns;
    for (const regressor& one : o.m.regressors) {
        columns.emplace_back();
        for (const std::size_t i : rows) columns.back().push_back(one.values[i]);
    }
    for (const grouping& effect : o.m.effects)
        for (std::int32_t level = 0; level < effect.levels; ++level) {
            columns.emplace_back();
            for (const std::size_t i : rows) columns.back().push_back(effect.code[i] == level);
        }
    if (o.m.effects.empty()) columns.emplace_back(rows.size(), 1.0);
    const std::size_t k = columns.size();
    std::vector<double> theta(k);
    for (int step = 0; step < 60; ++step) {
        std::vector<std::vector<double>> a(k, std::vector<double>(k + 1));
        for (std::size_t r = 0; r < rows.size(); ++r) {
            double eta = o.m.offset.empty() ? 0 : o.m.offset[rows[r]];
            for (std::size_t j = 0; j < k; ++j) eta += columns[j][r] * theta[j];
            const double weight = o.m.weights.empty() ? 1 : o.m.weights[rows[r]];
            const bool linear = o.m.of == family::linear;
            const double mu = linear ? eta : std::exp(eta);
            for (std::size_t j = 0; j < k; ++j) {
                const double x = weight * columns[j][r];
                a[j][k] += x * (o.m.outcome[rows[r]] - mu);
                for (std::size_t l = 0; l < k && x != 0; ++l)
                    a[j][l] += x * (linear ? 1 : mu) * columns[l][r];
            }
        }
        for (std::size_t j = 0; j < k; ++j) {
            const double scale = a[j][j];
            if (std::abs(scale) < 1e-7) continue;
            for (std::size_t i = 0; i < k; ++i) {
                if (i == j) continue;
                const double f = a[i][j] / scale;
                for (std::size_t l = 0; l <= k; ++l) a[i][l] -= f * a[j][l];
            }
        }
        double most = 0;
        for (std::size_t j = 0; j < k; ++j) {
            if (std::abs(a[j][j]) < 1e-7) continue;
            double move = a[j][k] / a[j][j];
            move = std::max(-2.0, std::min(2.0, move));
            theta[j] += move;
            most = std::max(most, std::abs(move));
        }
        if (most < 1e-13) break;
    }
    return theta;
}

doctest::Approx near(double value, double relative = 1e-9) {
    return doctest::Approx(value).epsilon(relative).scale(1);
}

void add_three_ways(owned_model& o) {
    o.effect("exp^year");
    o.effect("imp^year");
    o.effect("exp^imp");
    o.cluster("exp^imp");
}

}  // namespace

TEST_CASE("estimates equal those of dummies, with any number of effects, weights and an offset") {
    for (const family of : {family::poisson, family::linear})
        for (int effects = 0; effects <= 3; ++effects)
            for (int extras = 0; extras < 4; ++extras) {
                owned_model o = small_world(7, 6, 3, 0.1);
                o.m.of = of;
                if (effects > 0) o.effect("exp");
                if (effects > 1) o.effect("imp");
                if (effects > 2) o.effect("year");
                if ((extras & 1) != 0) o.m.weights = o.numbers["exposure"];
                if ((extras & 2) != 0) o.m.offset = o.numbers["exposure"];
                const auto e = estimate(o.m, {});
                REQUIRE_MESSAGE(e, why(e));
                const std::vector<double> expected = dummy_fit(o, e->used);
                CHECK(e->b[0] == near(expected[0]));
                CHECK(e->b[1] == near(expected[1]));
                if (effects == 0) CHECK(e->b[2] == near(expected[2]));
                CHECK(e->exists == existence::certain);
            }
}

TEST_CASE("the effects and regressors give back the fitted values") {
    owned_model o = small_world(11, 7, 4, 0.2);
    add_three_ways(o);
    o.m.regressors.pop_back();
    const auto e = estimate(o.m, {});
    REQUIRE_MESSAGE(e, why(e));
    const std::vector<double> eta = linear_predictors(o.m, *e);
    for (std::size_t i = 0; i < e->rows.n; ++i) CHECK(std::exp(eta[i]) == near(e->weight[i], 1e-8));
}

TEST_CASE("a regressor that follows from effects is removed by name, and changes nothing") {
    owned_model o = small_world(3, 6, 4, 0.1);
    add_three_ways(o);
    const auto e = estimate(o.m, {});
    REQUIRE_MESSAGE(e, why(e));
    REQUIRE(e->removed.size() == 1);
    CHECK(e->removed[0] == "distance");
    o.m.regressors.pop_back();
    std::vector<double> twice(o.m.regressors[0].values.begin(), o.m.regressors[0].values.end());
    for (double& one : twice) one = 2 * one + 1;
    o.regressor("twice", twice);
    const auto again = estimate(o.m, {});
    REQUIRE_MESSAGE(again, why(again));
    CHECK(again->removed == std::vector<std::string>{"twice"});
    CHECK(again->b[0] == near(e->b[0]));
}

TEST_CASE("any number of threads gives the same bits") {
    owned_model o = small_world(5, 30, 12, 0.3);
    add_three_ways(o);
    settings one, three;
    three.threads = 3;
    for (const solver with : {solver::diagonal, solver::schwarz}) {
        one.with = three.with = with;
        const auto a = estimate(o.m, one);
        const auto b = estimate(o.m, three);
        REQUIRE_MESSAGE(a, why(a));
        REQUIRE_MESSAGE(b, why(b));
        CHECK(a->rows.blocks() > 1);
        CHECK(a->b == b->b);
        CHECK(a->inverse == b->inverse);
        CHECK(a->deviance == b->deviance);
    }
}

namespace {

/// Countries by products by years, few rows a level, fitted values over many orders.
owned_model sparse_panel(std::uint64_t seed, double spread) {
    numerics::random_stream random(seed);
    text_table t;
    std::vector<double> y, x;
    for (int product = 0; product < 6; ++product)
        for (int i = 0; i < 14; ++i)
            for (int j = 0; j < 14; ++j) {
                if (i == j || random.uniform() > 0.35) continue;
                const int begin = static_cast<int>(4 * random.uniform());
                const double pair = spread * random.normal();
                for (int year = begin; year < begin + 3; ++year) {
                    const auto word = [&](int a) {
                        return std::to_string(a) + "." + std::to_string(product);
                    };
                    t.columns["from"].push_back(word(i));
                    t.columns["to"].push_back(word(j));
                    t.columns["year"].push_back(std::to_string(year));
                    x.push_back(random.normal());
                    const double eta = pair + spread * (i - j) / 10 + 0.5 * x.back();
                    y.push_back(random.uniform() < 0.2 ? 0 : std::exp(eta + random.normal()));
                    ++t.rows;
                }
            }
    owned_model o(t);
    o.outcome("y", y);
    o.regressor("x", x);
    o.effect("from^year");
    o.effect("to^year");
    o.effect("from^to");
    return o;
}

}  // namespace

TEST_CASE("a sparse panel by exact factors: the estimates of conjugate gradients, the same bits") {
    owned_model o = sparse_panel(11, 1);
    settings exact, two, plain;
    two.threads = 2;
    plain.with = solver::diagonal;
    const auto a = estimate(o.m, exact);
    const auto b = estimate(o.m, two);
    const auto c = estimate(o.m, plain);
    REQUIRE_MESSAGE(a, why(a));
    REQUIRE_MESSAGE(b, why(b));
    REQUIRE_MESSAGE(c, why(c));
    CHECK(a->by_components);
    CHECK(!c->by_components);
    CHECK(a->b == b->b);
    CHECK(a->inverse == b->inverse);
    CHECK(a->used.of_row == c->used.of_row);
    CHECK(a->b[0] == doctest::Approx(c->b[0]).epsilon(1e-8));
    // Outcomes over many orders.
    owned_model wide = sparse_panel(12, 3);
    const auto far = estimate(wide.m, exact);
    REQUIRE_MESSAGE(far, why(far));
    CHECK(far->gap <= 1e-8);
    CHECK(far->decrement < 1e-8 * far->deviance / static_cast<double>(far->rows.n));
}

namespace {

/// The greatest gap between fitted and given sums of a level, in the latter, from the rows alone.
double widest_gap(const owned_model& o, const estimation& e) {
    double out = 0;
    for (const grouping& effect : o.m.effects) {
        std::vector<double> given(static_cast<std::size_t>(effect.levels)), off(given.size());
        for (std::size_t i = 0; i < e.rows.n; ++i) {
            const std::uint32_t row = e.rows.row[i];
            given[effect.code[row]] += o.m.outcome[row];
            off[effect.code[row]] += e.error[i];
        }
        for (std::size_t l = 0; l < given.size(); ++l)
            if (given[l] > 0) out = std::max(out, std::abs(off[l]) / given[l]);
    }
    return out;
}

}  // namespace

TEST_CASE("every level is fitted to its own sum, however small, or the run says that it is not") {
    settings lax;
    lax.level_tolerance = 1e300;
    int uneven = 0;
    for (const double spread : {4.0, 8.0, 12.0})
        for (const std::uint64_t seed : {21, 22, 23}) {
            const owned_model o = sparse_panel(seed, spread);
            const auto e = estimate(o.m, {});
            if (spread == 4) REQUIRE_MESSAGE(e, why(e));  // outcomes over fifteen orders
            if (e) {
                CHECK(e->gap <= 1e-8);
                CHECK(widest_gap(o, *e) <= 2e-8);
                continue;
            }
            const std::string code(e.error().code());
            CHECK((code == "gravity.not_converged" || code == "gravity.no_variation"));
            if (e.error().sentence().find("relative gap") == std::string::npos) continue;
            // The decrement alone calls it converged.
            if (const auto by_decrement = estimate(o.m, lax)) {
                CHECK(by_decrement->gap > 1e-8);
                ++uneven;
            }
        }
    CHECK(uneven > 0);
}

TEST_CASE("weights over twelve orders do not blow up") {
    for (const std::uint64_t seed : {1, 2, 3}) {
        owned_model o = small_world(seed, 12, 5, 0.2);
        add_three_ways(o);
        o.m.regressors.pop_back();
        numerics::random_stream random(seed);
        std::vector<double> weight;
        for (std::size_t i = 0; i < o.table.rows; ++i)
            weight.push_back(std::exp(5 * random.normal()));
        o.m.weights = o.keep("weight", weight);
        const auto e = estimate(o.m, {});
        REQUIRE_MESSAGE(e, why(e));
        CHECK(e->gap <= 1e-8);
        CHECK(std::abs(e->b[0]) < 10);
    }
}

TEST_CASE("laws: permuted rows, scaled outcomes, rows of a level without trade") {
    CHECK(rc::check("estimates do not change", [] {
        const auto seed = *rc::gen::inRange<std::uint64_t>(1, 1000);
        owned_model o = small_world(seed, 5, 3, 0.2);
        add_three_ways(o);
        o.m.regressors.pop_back();
        const auto e = estimate(o.m, {});
        RC_PRE(static_cast<bool>(e));
        RC_ASSERT(e->gap < 1e-6);
        owned_model scaled = small_world(seed, 5, 3, 0.2);
        add_three_ways(scaled);
        scaled.m.regressors.pop_back();
        for (double& y : scaled.numbers["outcome:trade"]) y *= 1000;
        const auto s = estimate(scaled.m, {});
        RC_ASSERT(static_cast<bool>(s));
        RC_ASSERT(std::abs(s->b[0] - e->b[0]) < 1e-9);
        // Rows in reverse, and a country that exports nothing.
        owned_model turned = small_world(seed, 5, 3, 0.2);
        for (auto& [name, cells] : turned.table.columns) {
            std::reverse(cells.begin(), cells.end());
            cells.push_back(name == "exp" ? "nobody" : cells.front());
        }
        ++turned.table.rows;
        for (auto& [name, values] : turned.numbers) {
            std::reverse(values.begin(), values.end());
            values.push_back(name == "outcome:trade" ? 0 : 1);
        }
        turned.m.outcome = turned.numbers["outcome:trade"];
        turned.m.regressors = {{"agreement", turned.numbers["agreement"]}};
        add_three_ways(turned);
        const auto t = estimate(turned.m, {});
        RC_ASSERT(static_cast<bool>(t));
        RC_ASSERT(std::abs(t->b[0] - e->b[0]) < 1e-9);
        RC_ASSERT(t->used.used() == e->used.used());
        for (std::size_t i = 1; i < e->steps.size(); ++i)
            RC_ASSERT(e->steps[i].deviance <= e->steps[i - 1].deviance * (1 + 1e-9));
    }));
}

TEST_CASE("dropped rows are counted by reason") {
    const char* text =
        "y,x,g,h\n1,1,a,p\n2,0,a,q\n,1,a,p\n3,0,b,p\n1,1,b,q\n0,1,c,p\n0,0,c,q\n5,1,d,p\n"
        "2,1,a,p\n1,0,b,q\n2,0,a,p\n";
    owned_model o(parse_table(text));
    o.outcome("y");
    o.regressor("x");
    o.effect("g");
    o.effect("h");
    const auto s = prepare(o.m, {}, two_threads());
    REQUIRE_MESSAGE(s, why(s));
    CHECK(s->of_row[2] == fate::missing);
    CHECK(s->of_row[5] == fate::level_zero);
    CHECK(s->of_row[6] == fate::level_zero);
    CHECK(s->of_row[7] == fate::singleton);
    CHECK(s->used() == 7);
}

TEST_CASE("what cannot be estimated is refused with a reason") {
    owned_model o = small_world(2, 5, 3, 0.1);
    add_three_ways(o);
    const auto code_of_refusal = [&](const settings& how = {}) {
        const auto e = estimate(o.m, how);
        return e ? std::string("done") : std::string(e.error().code());
    };
    settings small;
    small.memory_limit = 1000;
    CHECK(code_of_refusal(small) == "gravity.too_large");
    settings short_of_steps;
    short_of_steps.newton_limit = 2;
    CHECK(code_of_refusal(short_of_steps) == "gravity.not_converged");
    o.m.regressors.erase(o.m.regressors.begin());
    CHECK(code_of_refusal() == "gravity.no_variation");
    o.numbers["outcome:trade"][3] = -1;
    CHECK(code_of_refusal() == "gravity.outcome_negative");
    o.numbers["outcome:trade"][3] = INFINITY;
    CHECK(code_of_refusal() == "gravity.not_finite");
    for (double& y : o.numbers["outcome:trade"]) y = 0;
    CHECK(code_of_refusal() == "gravity.no_rows");
    o.m.effects.push_back(o.m.effects[0]);
    CHECK(code_of_refusal() == "gravity.name_repeated");
    o.m.weights = std::span<const double>(o.numbers["distance"]).first(3);
    o.m.effects.pop_back();
    CHECK(code_of_refusal() == "gravity.length_differs");
}

TEST_CASE("a covariance that is not positive is clipped, and says so") {
    bool seen = false;
    for (std::uint64_t seed = 1; seed < 40 && !seen; ++seed) {
        owned_model o = small_world(seed, 5, 3, 0.1);
        o.effect("exp");
        for (const char* name : {"exp", "imp", "year"}) o.cluster(name);
        const auto e = estimate(o.m, {});
        REQUIRE_MESSAGE(e, why(e));
        const std::size_t ways[] = {0, 1, 2};
        const auto c = covariance_of(o.m, *e, "fixest", score_sum::cluster, ways);
        REQUIRE(c);
        CHECK(numerics::eigen(2, c->v).values[0] >= -1e-15);
        seen = c->clipped;
    }
    CHECK(seen);
}

TEST_CASE("levels that others make superfluous are no parameters: a small model is not refused") {
    // Six worlds apart, of two by two: 24 rows, 24 levels of rank 18.
    numerics::random_stream random(4);
    text_table t;
    std::vector<double> y, x;
    for (int world = 0; world < 6; ++world)
        for (const char* row : {"aa", "ab", "ba", "bb"}) {
            t.columns["from"].push_back(std::to_string(world) + row[0]);
            t.columns["to"].push_back(std::to_string(world) + row[1]);
            x.push_back(random.normal());
            y.push_back(x.back() + random.normal());
            ++t.rows;
        }
    owned_model o(t, family::linear);
    o.outcome("y", y);
    o.regressor("x", x);
    o.effect("from");
    o.effect("to");
    const auto e = estimate(o.m, {});
    REQUIRE_MESSAGE(e, why(e));
    CHECK(e->parameters == 19);
    const auto c = covariance_of(o.m, *e, "stata-regress", score_sum::iid, {});
    REQUIRE(c);
    CHECK(c->degrees == 5);
    CHECK(c->v[0] == near(e->deviance / 5 * e->inverse[0]));
    // A rule that counts every level has no row left to divide by.
    const auto none = covariance_of(o.m, *e, "fixest", score_sum::iid, {});
    REQUIRE(!none);
    CHECK(none.error().code() == "gravity.too_few_rows");
}

TEST_CASE("dyadic clusters join all rows that share an end") {
    owned_model o = small_world(9, 6, 2, 0.1);
    o.effect("exp");
    o.effect("imp");
    // One list of members for both ends.
    std::vector<std::int32_t> from, to;
    for (std::size_t i = 0; i < o.table.rows; ++i) {
        from.push_back(o.table.cell("exp", i)[1] - '0');
        to.push_back(o.table.cell("imp", i)[1] - '0');
    }
    o.m.clusters = {{"exp", from, 6, {}}, {"imp", to, 6, {}}};
    const auto e = estimate(o.m, {});
    REQUIRE_MESSAGE(e, why(e));
    const std::size_t ends[] = {0, 1};
    const auto c = covariance_of(o.m, *e, "none", score_sum::dyadic, ends);
    REQUIRE(c);
    // The definition: all pairs of rows.
    const std::size_t k = e->rows.k;
    std::vector<double> meat(k * k);
    for (std::size_t i = 0; i < e->rows.n; ++i)
        for (std::size_t j = 0; j < e->rows.n; ++j) {
            const std::uint32_t a = e->rows.row[i];
            const std::uint32_t b = e->rows.row[j];
            if (from[a] != from[b] && from[a] != to[b] && to[a] != from[b] && to[a] != to[b])
                continue;
            for (std::size_t p = 0; p < k; ++p)
                for (std::size_t q = 0; q < k; ++q)
                    meat[p * k + q] +=
                        e->error[i] * e->rows.x[i * k + p] * e->error[j] * e->rows.x[j * k + q];
        }
    const auto v = numerics::product(k, numerics::product(k, e->inverse, meat), e->inverse);
    for (std::size_t j = 0; j < k * k; ++j) CHECK(c->v[j] == near(v[j], 1e-9));
    CHECK(covariance_of(o.m, *e, "stata", score_sum::iid, {}).error().code() ==
          "gravity.rule_unknown");
    CHECK(covariance_of(o.m, *e, "none", score_sum::cluster, {}).error().code() ==
          "gravity.cluster_missing");
}
