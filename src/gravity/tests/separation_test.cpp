// Separation: the public data sets, a linear program as judge, certificates.

#include "gravity/separation.hpp"

#include <cmath>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "gravity/certificate.hpp"
#include "gravity/component_separation.hpp"
#include "gravity/pair_rule.hpp"
#include "gravity/panel.hpp"
#include "gravity/tests/data.hpp"
#include "numerics/random_stream.hpp"

using namespace veche;
using namespace veche::gravity;
using namespace veche::gravity::testing;

namespace {

/// max c x, A x <= b, x >= 0 with b >= 0, by the simplex with Bland's rule on a full tableau. The
/// greatest value; x where it is reached.
std::vector<double> simplex(std::vector<std::vector<double>> a, const std::vector<double>& b,
                            const std::vector<double>& c) {
    const std::size_t m = a.size();
    const std::size_t n = c.size();
    std::vector<std::size_t> basis(m);
    for (std::size_t i = 0; i < m; ++i) {
        a[i].resize(n + m + 1);
        a[i][n + i] = 1;
        a[i][n + m] = b[i];
        basis[i] = n + i;
    }
    std::vector<double> z(n + m + 1);
    for (std::size_t j = 0; j < n; ++j) z[j] = -c[j];
    while (true) {
        std::size_t in = 0;
        while (in < n + m && z[in] >= -1e-9) ++in;
        if (in == n + m) break;
        std::size_t out = m;
        for (std::size_t i = 0; i < m; ++i) {
            if (a[i][in] <= 1e-9) continue;
            if (out == m) {
                out = i;
                continue;
            }
            const double left = a[i][n + m] / a[i][in];
            const double right = a[out][n + m] / a[out][in];
            if (left < right - 1e-12 || (left < right + 1e-12 && basis[i] < basis[out])) out = i;
        }
        REQUIRE(out < m);
        const double pivot = a[out][in];
        for (double& one : a[out]) one /= pivot;
        for (std::size_t i = 0; i < m; ++i) {
            const double f = a[i][in];
            if (i == out || f == 0) continue;
            for (std::size_t j = 0; j <= n + m; ++j) a[i][j] -= f * a[out][j];
        }
        const double f = z[in];
        for (std::size_t j = 0; j <= n + m; ++j) z[j] -= f * a[out][j];
        basis[out] = in;
    }
    std::vector<double> x(n);
    for (std::size_t i = 0; i < m; ++i)
        if (basis[i] < n) x[basis[i]] = a[i][n + m];
    return x;
}

/// The separated rows of a model: max sum s, 0 <= s <= 1, s <= z, z = X g + D a, z = 0 on positive
/// rows; g and a as differences of two numbers of at least 0.
std::vector<std::uint32_t> judged(const model& m, const std::vector<fate>& from) {
    std::vector<std::vector<double>> rows;
    std::vector<std::size_t> zero, positive;
    const auto columns_of = [&](std::size_t i) {
        std::vector<double> out;
        for (const regressor& one : m.regressors) out.push_back(one.values[i]);
        for (const grouping& effect : m.effects)
            for (std::int32_t level = 0; level < effect.levels; ++level)
                out.push_back(effect.code[i] == level);
        if (m.effects.empty()) out.push_back(1);
        return out;
    };
    for (std::size_t i = 0; i < from.size(); ++i)
        if (from[i] == fate::used) (m.outcome[i] > 0 ? positive : zero).push_back(i);
    if (zero.empty()) return {};
    const std::size_t p = columns_of(zero[0]).size();
    const std::size_t n = zero.size() + 2 * p;
    std::vector<std::vector<double>> a;
    std::vector<double> b, c(n);
    for (std::size_t s = 0; s < zero.size(); ++s) {
        c[s] = 1;
        std::vector<double> bound(n), below(n);
        bound[s] = below[s] = 1;
        const std::vector<double> x = columns_of(zero[s]);
        for (std::size_t j = 0; j < p; ++j) {
            below[zero.size() + 2 * j] = -x[j];
            below[zero.size() + 2 * j + 1] = x[j];
        }
        a.push_back(bound);
        b.push_back(1);
        a.push_back(below);
        b.push_back(0);
    }
    for (const std::size_t i : positive)
        for (const double sign : {1.0, -1.0}) {
            std::vector<double> row(n);
            const std::vector<double> x = columns_of(i);
            for (std::size_t j = 0; j < p; ++j) {
                row[zero.size() + 2 * j] = sign * x[j];
                row[zero.size() + 2 * j + 1] = -sign * x[j];
            }
            a.push_back(row);
            b.push_back(0);
        }
    const std::vector<double> x = simplex(a, b, c);
    std::vector<std::uint32_t> out;
    for (std::size_t s = 0; s < zero.size(); ++s)
        if (x[s] > 1e-6) out.push_back(static_cast<std::uint32_t>(zero[s]));
    return out;
}

/// Columns x* and id*, i, j as regressors and effects.
owned_model separation_model(const text_table& t) {
    owned_model o(t);
    o.outcome("y");
    for (const auto& [name, cells] : t.columns)
        if (name[0] == 'x')
            o.regressor(name);
        else if (name.substr(0, 2) == "id" || name == "i" || name == "j")
            o.effect(name);
    return o;
}

settings keep_all() {
    settings out;
    out.keep_singletons = true;
    return out;
}

sample whole_search(const model& m) {
    sample s = *prepare(m, keep_all(), two_threads());
    while (auto stage = find_separated(m, s))
        drop(m, keep_all(), *std::move(stage), s, two_threads());
    return s;
}

std::vector<std::uint32_t> dropped_by(const sample& s) {
    std::vector<std::uint32_t> out;
    for (std::size_t i = 0; i < s.of_row.size(); ++i)
        if (s.of_row[i] != fate::used) out.push_back(static_cast<std::uint32_t>(i));
    return out;
}

}  // namespace

TEST_CASE("T13: the public data sets of separation") {
    for (const char* name : {"01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "example1",
                             "example2", "fe1", "fe2", "fe3"}) {
        const auto t = trade_table(std::string("separation/") + name + ".csv");
        if (!t) {
            MESSAGE("no data of separation beside the tree: skipped");
            return;
        }
        CAPTURE(name);
        owned_model o = separation_model(*t);
        const sample s = whole_search(o.m);
        const std::vector<std::uint32_t> found = dropped_by(s);
        std::vector<std::uint32_t> expected;
        if (t->columns.count("separated") > 0) {
            for (std::uint32_t i = 0; i < t->rows; ++i)
                if (t->cell("separated", i) == "1") expected.push_back(i);
        } else {
            expected = judged(o.m, std::vector<fate>(t->rows));
        }
        CHECK(found == expected);
        CHECK(certificate_fault(o.m, write_certificate(o.m, s)) == "");
    }
}

TEST_CASE("T13: what is estimated after the separated row was dropped") {
    const auto t = trade_table("separation/example1.csv");
    if (!t) {
        MESSAGE("no data of separation beside the tree: skipped");
        return;
    }
    owned_model o = separation_model(*t);
    const auto e = estimate(o.m, {});
    REQUIRE_MESSAGE(e, why(e));
    CHECK(e->b.back() == doctest::Approx(.59095).epsilon(1e-5));
    CHECK(e->exists == existence::certain);
}

namespace {

owned_model sparse_world(std::uint64_t seed, std::size_t rows, int levels, int effects,
                         int regressors) {
    numerics::random_stream random(seed);
    text_table t;
    t.rows = rows;
    owned_model o(t);
    std::vector<double> y;
    for (std::size_t i = 0; i < rows; ++i)
        y.push_back(random.uniform() < 0.45 ? 1 + std::floor(3 * random.uniform()) : 0);
    o.outcome("y", y);
    for (int j = 0; j < regressors; ++j) {
        std::vector<double> x;
        for (std::size_t i = 0; i < rows; ++i) x.push_back(std::floor(4 * random.uniform()) - 1);
        o.regressor("x" + std::to_string(j), x);
    }
    for (int q = 0; q < effects; ++q) {
        std::vector<std::string> words;
        for (std::size_t i = 0; i < rows; ++i)
            words.push_back(std::to_string(static_cast<int>(levels * random.uniform())));
        o.effect("g" + std::to_string(q), words);
    }
    return o;
}

}  // namespace

TEST_CASE("separated rows are those of the linear program; pairs of effects find no others") {
    CHECK(rc::check("the same rows", [] {
        const auto seed = *rc::gen::inRange<std::uint64_t>(1, 1'000'000);
        const auto effects = *rc::gen::inRange(0, 4);
        const auto regressors = *rc::gen::inRange(effects == 0 ? 1 : 0, 3);
        const auto rows = *rc::gen::inRange<std::size_t>(6, 16);
        owned_model o = sparse_world(seed, rows, 4, effects, regressors);
        const auto made = prepare(o.m, keep_all(), two_threads());
        const std::vector<std::uint32_t> expected = judged(o.m, std::vector<fate>(rows));
        if (!made) {
            RC_ASSERT(expected.size() == rows);
            return;
        }
        const sample s = whole_search(o.m);
        RC_ASSERT(dropped_by(s) == expected);
        RC_ASSERT(certificate_fault(o.m, write_certificate(o.m, s)) == "");
        // Without the exact search, pairs of effects are all for two effects, and sound for three.
        if (regressors == 0 && effects == 2) RC_ASSERT(dropped_by(*made) == expected);
        for (const std::uint32_t row : dropped_by(*made))
            RC_ASSERT(std::find(expected.begin(), expected.end(), row) != expected.end());
    }));
}

TEST_CASE("any number of threads drops the same rows, and lays out the same panel") {
    // More rows than one thread looks at; some levels of one row, some of zeros only.
    owned_model o = sparse_world(5, 200'000, 40'000, 3, 1);
    numerics::workers one(1), three(3);
    const auto a = prepare(o.m, {}, one);
    const auto b = prepare(o.m, {}, three);
    REQUIRE((a && b));
    CHECK(a->stages.size() > 1);
    CHECK(a->of_row == b->of_row);
    CHECK(a->levels == b->levels);
    CHECK(dropped_by(*a) == dropped_by(*b));
    const panel p = lay_out(o.m, *a, one);
    const panel q = lay_out(o.m, *b, three);
    CHECK(p.row == q.row);
    CHECK(p.place == q.place);
    CHECK(p.x == q.x);
    CHECK(p.y == q.y);
    CHECK(p.code == q.code);

    std::vector<double> weights(o.m.outcome.size(), 1.0);
    weights[190'000] = weights[70'001] = -1;
    o.m.weights = weights;
    const auto refused = prepare(o.m, {}, three);
    REQUIRE(!refused);
    CHECK(refused.error().sentence().find("70002") != std::string::npos);
}

TEST_CASE("component by component the same rows are found as by elimination") {
    std::size_t separated = 0;
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        owned_model o = sparse_world(seed, 60, 16, 3, 0);
        auto s = prepare(o.m, keep_all(), two_threads());
        if (!s || s->used() == 0) continue;
        const panel p = lay_out(o.m, *s, two_threads());
        numerics::workers crew(1);
        const auto factors = component_factors::of(p, crew, 1 << 30);
        REQUIRE(factors);
        auto stage = separated_in_components(o.m, p, *factors, crew);
        sample by_elimination = *s;
        std::vector<std::uint32_t> expected;
        while (auto one = find_separated(o.m, by_elimination)) {
            for (const std::uint32_t row : one->rows) {
                by_elimination.of_row[row] = fate::separated;
                expected.push_back(row);
            }
        }
        std::sort(expected.begin(), expected.end());
        CHECK(expected == (stage ? stage->rows : std::vector<std::uint32_t>{}));
        if (!stage) continue;
        separated += stage->rows.size();
        drop(o.m, keep_all(), *std::move(stage), *s, two_threads());
        CHECK(certificate_fault(o.m, write_certificate(o.m, *s)) == "");
    }
    CHECK(separated > 50);
}

TEST_CASE("a certificate with any number changed is refused") {
    owned_model o = sparse_world(12, 40, 8, 3, 1);
    const sample s = whole_search(o.m);
    const std::string text = write_certificate(o.m, s);
    REQUIRE(s.stages.size() > 0);
    CHECK(certificate_fault(o.m, text) == "");
    // A row taken from the list.
    const std::size_t row = text.find("row\t");
    REQUIRE(row != std::string::npos);
    std::string shorter = text;
    shorter.erase(row, text.find('\n', row) + 1 - row);
    CHECK(certificate_fault(o.m, shorter) != "");
    std::string turned = text;
    const std::size_t a = turned.find("a\tg");
    REQUIRE(a != std::string::npos);
    turned.erase(a, turned.find('\n', a) + 1 - a);
    CHECK(certificate_fault(o.m, turned) != "");
    CHECK(certificate_fault(o.m, text.substr(0, text.size() - 4)) == "the file has no end");
    CHECK(certificate_fault(o.m, "") != "");
}

TEST_CASE("where the model is too large for elimination, fleeing rows are found on the way") {
    // Two countries trade in every year but those in which a dummy marks them as at odds, and the
    // dummy is elsewhere only where nothing is traded.
    numerics::random_stream random(4);
    text_table t;
    std::vector<double> y, odds;
    for (int i = 0; i < 40; ++i)
        for (int j = 0; j < 40; ++j)
            for (int year = 0; year < 10; ++year) {
                ++t.rows;
                t.columns["i"].push_back(std::to_string(i));
                t.columns["j"].push_back(std::to_string(j));
                t.columns["year"].push_back(std::to_string(year));
                const bool at_odds = (i * 7 + j * 3 + year) % 31 == 0;
                odds.push_back(at_odds);
                y.push_back(at_odds || random.uniform() < 0.1 ? 0 : std::exp(random.normal()));
            }
    owned_model o(t);
    o.outcome("y", y);
    o.regressor("odds", odds);
    std::vector<double> other;
    for (std::size_t i = 0; i < t.rows; ++i) other.push_back(random.normal());
    o.regressor("other", other);
    o.effect("i^year");
    o.effect("j^year");
    const auto e = estimate(o.m, {});
    REQUIRE_MESSAGE(e, why(e));
    std::size_t at_odds = 0;
    for (const double one : odds) at_odds += one > 0;
    CHECK(e->used.count[static_cast<std::size_t>(fate::separated)] == at_odds);
    CHECK(e->removed == std::vector<std::string>{"odds"});
    CHECK(e->exists == existence::certain);
    CHECK(certificate_fault(o.m, write_certificate(o.m, e->used), 1e-6) == "");
}
