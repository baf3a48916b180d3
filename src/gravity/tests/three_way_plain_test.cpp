// The correction of three-way models read plainly: from outcomes to standard errors by dense
// matrices and the formulas as they are printed, without a line of the engine.

#include <array>
#include <cmath>

#include <doctest/doctest.h>

#include "gravity/tests/data.hpp"
#include "gravity/three_way.hpp"
#include "numerics/random_stream.hpp"

using namespace veche;
using namespace veche::gravity;
using namespace veche::gravity::testing;

namespace {

using plain_vector = std::vector<double>;
using plain_matrix = std::vector<plain_vector>;

plain_matrix zeros(std::size_t rows, std::size_t columns) {
    return plain_matrix(rows, plain_vector(columns));
}

plain_matrix unit(std::size_t n) {
    plain_matrix out = zeros(n, n);
    for (std::size_t i = 0; i < n; ++i) out[i][i] = 1;
    return out;
}

plain_matrix multiplied(const plain_matrix& a, const plain_matrix& b) {
    plain_matrix out = zeros(a.size(), b[0].size());
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t k = 0; k < b.size(); ++k)
            for (std::size_t j = 0; j < b[0].size(); ++j) out[i][j] += a[i][k] * b[k][j];
    return out;
}

plain_matrix turned(const plain_matrix& a) {
    plain_matrix out = zeros(a[0].size(), a.size());
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < a[0].size(); ++j) out[j][i] = a[i][j];
    return out;
}

plain_matrix added(const plain_matrix& a, const plain_matrix& b, double times = 1) {
    plain_matrix out = a;
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < a[0].size(); ++j) out[i][j] += times * b[i][j];
    return out;
}

/// a^-1 b by Gauss and Jordan; a column that follows from those before it gets 0.
plain_matrix divided(plain_matrix a, plain_matrix b) {
    const std::size_t n = a.size();
    for (std::size_t c = 0; c < n; ++c) {
        if (std::abs(a[c][c]) < 1e-9) {
            b[c].assign(b[c].size(), 0.0);
            for (std::size_t r = 0; r < n; ++r) a[r][c] = a[c][r] = 0;
            continue;
        }
        const double pivot = a[c][c];
        for (double& one : a[c]) one /= pivot;
        for (double& one : b[c]) one /= pivot;
        for (std::size_t r = 0; r < n; ++r) {
            const double f = a[r][c];
            if (r == c || f == 0) continue;
            for (std::size_t j = 0; j < n; ++j) a[r][j] -= f * a[c][j];
            for (std::size_t j = 0; j < b[r].size(); ++j) b[r][j] -= f * b[c][j];
        }
    }
    return b;
}

/// Moore and Penrose's inverse of a symmetric matrix whose rows add up to 0 and which has no other
/// weakness: (a + 1 1')^-1 - 1 1' / n^2.
plain_matrix pseudo_inverse(const plain_matrix& a) {
    const auto n = static_cast<double>(a.size());
    plain_matrix raised = a;
    for (plain_vector& row : raised)
        for (double& one : row) one += 1;
    plain_matrix out = divided(raised, unit(a.size()));
    for (plain_vector& row : out)
        for (double& one : row) one -= 1 / (n * n);
    return out;
}

/// Outcomes of all ordered pairs of N countries over T years, two regressors.
struct plain_panel {
    std::size_t n, years;
    plain_vector y;
    plain_matrix x;  // rows x 2
    std::vector<std::array<std::size_t, 3>> of;

    plain_panel(std::uint64_t seed, std::size_t n_in, std::size_t years_in)
        : n(n_in), years(years_in) {
        numerics::random_stream random(seed);
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j) {
                if (i == j) continue;
                const double pair = 0.5 * random.normal();
                for (std::size_t t = 0; t < years; ++t) {
                    x.push_back({pair + random.normal(), random.uniform() < 0.4 ? 1.0 : 0.0});
                    const double eta = 0.1 * static_cast<double>(i + t) + pair + 0.5 * x.back()[0];
                    y.push_back(t > 0 && random.uniform() < 0.15
                                    ? 0
                                    : std::exp(eta + 0.6 * random.normal()));
                    of.push_back({i, j, t});
                }
            }
    }
    [[nodiscard]] plain_matrix dummies() const {
        plain_matrix out;
        for (const auto& [i, j, t] : of) {
            out.emplace_back(2 * n * years + n * n);
            out.back()[i * years + t] = 1;
            out.back()[(n + j) * years + t] = 1;
            out.back()[2 * n * years + i * n + j] = 1;
        }
        return out;
    }
    [[nodiscard]] owned_model model_of() const {
        text_table t;
        t.rows = y.size();
        for (const auto& [i, j, year] : of) {
            t.columns["i"].push_back(std::to_string(i));
            t.columns["j"].push_back(std::to_string(j));
            t.columns["year"].push_back(std::to_string(year));
        }
        owned_model o(t);
        o.outcome("y", y);
        for (const std::size_t k : {0, 1}) {
            plain_vector column;
            for (const plain_vector& row : x) column.push_back(row[k]);
            o.regressor("x" + std::to_string(k), column);
        }
        for (const char* name : {"i^year", "j^year", "i^j"}) o.effect(name);
        o.m.clusters = {o.m.effects[2]};
        return o;
    }
};

struct plain_fit {
    plain_vector b, mu;
    plain_matrix x;  // less what dummies explain of it, weighted by mu
};

plain_matrix weighted(const plain_matrix& rows, const plain_vector& w) {
    plain_matrix out = rows;
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (double& one : out[r]) one *= w[r];
    return out;
}

plain_fit fit_plainly(const plain_panel& p) {
    const plain_matrix d = p.dummies();
    plain_matrix all = p.x;
    for (std::size_t r = 0; r < all.size(); ++r)
        all[r].insert(all[r].end(), d[r].begin(), d[r].end());
    plain_fit out;
    double mean = 0;
    for (const double one : p.y) mean += one / static_cast<double>(p.y.size());
    for (const double one : p.y) out.mu.push_back((one + mean) / 2);
    plain_matrix theta;
    double moved = 1;
    while (moved > 1e-12) {
        plain_matrix z;
        for (std::size_t r = 0; r < all.size(); ++r)
            z.push_back({std::log(out.mu[r]) + (p.y[r] - out.mu[r]) / out.mu[r]});
        const plain_matrix left = turned(weighted(all, out.mu));
        theta = divided(multiplied(left, all), multiplied(left, z));
        const plain_matrix eta = multiplied(all, theta);
        moved = 0;
        for (std::size_t r = 0; r < all.size(); ++r) {
            moved = std::max(moved, std::abs(std::exp(eta[r][0]) / out.mu[r] - 1));
            out.mu[r] = std::exp(eta[r][0]);
        }
    }
    out.b = {theta[0][0], theta[1][0]};
    const plain_matrix left = turned(weighted(d, out.mu));
    out.x = added(p.x, multiplied(d, divided(multiplied(left, d), multiplied(left, p.x))), -1);
    return out;
}

/// A pair: fitted values m, scores S = y - m, H = diag m - m m' / sum m, its rows of regressors.
struct plain_pair {
    plain_matrix s, h, x;
};

/// What the paper calls for: sums of H over an exporter's pairs and over an importer's, inverted.
struct plain_pieces {
    std::vector<std::vector<plain_pair>> pair;
    std::vector<plain_matrix> exporter, importer;
    plain_matrix inverse;  // W^-1
};

plain_pieces take_apart(const plain_panel& p, const plain_fit& f) {
    plain_pieces out;
    const std::size_t t = p.years;
    out.pair.assign(p.n, std::vector<plain_pair>(p.n));
    std::vector<plain_matrix> from(p.n, zeros(t, t)), to(p.n, zeros(t, t));
    plain_matrix w = zeros(2, 2);
    for (std::size_t first = 0; first < p.y.size(); first += t) {
        const auto& [i, j, year] = p.of[first];
        plain_pair& one = out.pair[i][j];
        one.h = zeros(t, t);
        double sum = 0;
        for (std::size_t a = 0; a < t; ++a) sum += f.mu[first + a];
        for (std::size_t a = 0; a < t; ++a) {
            one.s.push_back({p.y[first + a] - f.mu[first + a]});
            one.x.push_back(f.x[first + a]);
            for (std::size_t c = 0; c < t; ++c)
                one.h[a][c] =
                    (a == c ? f.mu[first + a] : 0) - f.mu[first + a] * f.mu[first + c] / sum;
        }
        from[i] = added(from[i], one.h);
        to[j] = added(to[j], one.h);
        w = added(w, multiplied(turned(one.x), multiplied(one.h, one.x)));
    }
    for (const plain_matrix& one : from) out.exporter.push_back(pseudo_inverse(one));
    for (const plain_matrix& one : to) out.importer.push_back(pseudo_inverse(one));
    out.inverse = divided(w, unit(2));
    return out;
}

/// Standard errors with the scores of a pair lifted by `lift`.
template <class Lift>
std::array<double, 2> errors_with(const plain_panel& p, const plain_pieces& of, Lift lift) {
    plain_matrix meat = zeros(2, 2);
    for (std::size_t i = 0; i < p.n; ++i)
        for (std::size_t j = 0; j < p.n; ++j) {
            if (i == j) continue;
            const plain_pair& one = of.pair[i][j];
            const plain_matrix own = multiplied(turned(one.x), one.s);
            const plain_matrix lifted = multiplied(turned(one.x), lift(one, i, j));
            meat = added(meat, multiplied(own, turned(lifted)), 0.5);
            meat = added(meat, multiplied(lifted, turned(own)), 0.5);
        }
    const plain_matrix v = multiplied(multiplied(of.inverse, meat), of.inverse);
    const auto pairs = static_cast<double>(p.n * (p.n - 1));
    return {std::sqrt(v[0][0] * pairs / (pairs - 1)), std::sqrt(v[1][1] * pairs / (pairs - 1))};
}

/// (I - H a)^-1 s
plain_matrix without(const plain_pair& one, const plain_matrix& a, const plain_matrix& s) {
    return divided(added(unit(s.size()), multiplied(one.h, a), -1), s);
}

/// x W^-1 x'
plain_matrix of_regressors(const plain_pieces& of, const plain_pair& one) {
    return multiplied(multiplied(one.x, of.inverse), turned(one.x));
}

/// The paper's: all leverage at once.
std::array<double, 2> errors_of_paper(const plain_panel& p, const plain_pieces& of) {
    return errors_with(p, of, [&](const plain_pair& one, std::size_t i, std::size_t j) {
        const plain_matrix all =
            added(added(of.exporter[i], of.importer[j]), of_regressors(of, one));
        return without(one, all, one.s);
    });
}

/// Ours: one after the other, both orders of exporter and importer.
std::array<double, 2> errors_in_turn(const plain_panel& p, const plain_pieces& of) {
    return errors_with(p, of, [&](const plain_pair& one, std::size_t i, std::size_t j) {
        const plain_matrix x = of_regressors(of, one);
        const plain_matrix a =
            without(one, x, without(one, of.importer[j], without(one, of.exporter[i], one.s)));
        const plain_matrix b =
            without(one, x, without(one, of.exporter[i], without(one, of.importer[j], one.s)));
        return added(plain_matrix(a.size(), plain_vector(1)), added(a, b), 0.5);
    });
}

}  // namespace

TEST_CASE("corrected standard errors are those of a plain reading, from outcomes on") {
    for (const std::uint64_t seed : {3, 4, 5}) {
        const plain_panel p(seed, 5, 3);
        const plain_fit f = fit_plainly(p);
        const owned_model o = p.model_of();
        const auto e = estimate(o.m, {});
        REQUIRE_MESSAGE(e, why(e));
        REQUIRE(e->used.used() == p.y.size());
        const auto c = correct_three_way(o.m, *e);
        REQUIRE(c);
        const plain_pieces pieces = take_apart(p, f);
        const auto expected = errors_in_turn(p, pieces);
        for (const std::size_t k : {0, 1}) {
            CHECK(e->b[k] == doctest::Approx(f.b[k]).epsilon(1e-9));
            CHECK(c->standard_error[k] == doctest::Approx(expected[k]).epsilon(1e-7));
        }
    }
}

// A description of one seed at two sizes, no proof that the two come together. The formula of the
// paper stands here from memory.
TEST_CASE("leverage taken out in turn and at once: how far apart at 6 and at 11 countries") {
    double before = 1;
    for (const std::size_t n : {6, 11}) {
        const plain_panel p(8, n, 3);
        const plain_pieces pieces = take_apart(p, fit_plainly(p));
        const auto ours = errors_in_turn(p, pieces);
        const auto paper = errors_of_paper(p, pieces);
        const auto none = errors_with(
            p, pieces, [](const plain_pair& one, std::size_t, std::size_t) { return one.s; });
        for (const std::size_t k : {0, 1}) CHECK(ours[k] > none[k]);
        const double off = std::abs(ours[0] - paper[0]) / (paper[0] - none[0]);
        MESSAGE(n << ": " << none[0] << " " << ours[0] << " " << paper[0] << " off " << off);
        CHECK(off < 0.75 * before);
        before = off;
    }
}
