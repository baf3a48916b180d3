#include "gravity/three_way.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "gravity/refusal.hpp"
#include "numerics/symmetric.hpp"

namespace veche::gravity {
namespace {

/// Levels of exporter-time by exporter (or of importer-time by importer): those that share a pair,
/// and so on.
struct sides {
    std::vector<std::int32_t> of;     // by level: its exporter
    std::vector<std::int32_t> place;  // by level: which of its exporter's levels it is
    std::vector<std::size_t> years;   // by exporter: how many levels
};

/// What a pair adds to its exporter and to its importer, added up.
struct side_sums {
    std::vector<double> curvature, scores;             // H and S S', years x years
    std::vector<std::vector<double>> crossed, change;  // by regressor: H x S' and G
    std::vector<double> inverse;                       // of the curvature, without its constant
};

/// A pair's rows and numbers.
struct pair_view {
    std::vector<std::size_t> row;
    std::vector<std::int32_t> place[2];  // in the exporter's and the importer's matrices
    std::int32_t side[2] = {};
    std::vector<double> share;
    double sum = 0;
    [[nodiscard]] double curvature(std::size_t t, std::size_t s) const {
        return sum * ((t == s ? share[t] : 0) - share[t] * share[s]);
    }
};

std::vector<std::int32_t> levels_of(const panel& p, std::size_t model_effect) {
    const auto e = static_cast<std::size_t>(
        std::find(p.effect.begin(), p.effect.end(), model_effect) - p.effect.begin());
    std::vector<std::int32_t> out(p.n);
    for (std::size_t g = 0; g < p.groups(); ++g)
        for (std::size_t i = p.begin[g]; i < p.begin[g + 1]; ++i)
            out[i] = static_cast<std::int32_t>(
                e == 0 ? g : p.place[i * p.others + e - 1] - p.first_place[e - 1]);
    return out;
}

sides find_sides(const std::vector<std::int32_t>& level,
                 const std::vector<std::vector<std::size_t>>& pairs) {
    const std::int32_t count = *std::max_element(level.begin(), level.end()) + 1;
    std::vector<std::int32_t> parent(static_cast<std::size_t>(count));
    std::iota(parent.begin(), parent.end(), 0);
    const auto root = [&](std::int32_t v) {
        while (parent[v] != v) v = parent[v] = parent[parent[v]];
        return v;
    };
    for (const std::vector<std::size_t>& rows : pairs)
        for (const std::size_t row : rows) {
            const std::int32_t a = root(level[rows[0]]);
            const std::int32_t b = root(level[row]);
            parent[std::max(a, b)] = std::min(a, b);
        }
    sides out;
    out.of.resize(parent.size());
    out.place.resize(parent.size());
    for (std::int32_t l = 0; l < count; ++l) {
        const std::int32_t r = root(l);
        if (r == l) {
            out.of[l] = static_cast<std::int32_t>(out.years.size());
            out.years.push_back(0);
        }
        out.of[l] = out.of[r];
        out.place[l] = static_cast<std::int32_t>(out.years[out.of[r]]++);
    }
    return out;
}

/// The inverse of a matrix whose rows add up to 0, on what is orthogonal to the constant.
std::vector<double> inverse_beside_constant(std::size_t n, std::vector<double> a) {
    double trace = 0;
    for (std::size_t t = 0; t < n; ++t) trace += a[t * n + t];
    if (!(trace > 0)) return std::vector<double>(n * n);
    const double level = trace / static_cast<double>(n);
    const double part = 1 / static_cast<double>(n);
    for (double& one : a) one += level * part;
    std::vector<double> out = numerics::cholesky(n, a).inverse();
    for (double& one : out) one -= part / level;
    return out;
}

/// x := a^-1 x, by elimination with the greatest pivot of each column; 0 where a pivot is, as in a
/// pair that is the only one of its exporter.
void solve_small(std::size_t n, std::vector<double> a, std::vector<double>& x) {
    for (std::size_t c = 0; c < n; ++c) {
        std::size_t best = c;
        for (std::size_t r = c + 1; r < n; ++r)
            if (std::abs(a[r * n + c]) > std::abs(a[best * n + c])) best = r;
        for (std::size_t j = 0; j < n; ++j) std::swap(a[c * n + j], a[best * n + j]);
        std::swap(x[c], x[best]);
        if (std::abs(a[c * n + c]) < 1e-9) continue;
        for (std::size_t r = c + 1; r < n; ++r) {
            const double f = a[r * n + c] / a[c * n + c];
            for (std::size_t j = c; j < n && f != 0; ++j) a[r * n + j] -= f * a[c * n + j];
            x[r] -= f * x[c];
        }
    }
    for (std::size_t c = n; c-- > 0;) {
        for (std::size_t j = c + 1; j < n; ++j) x[c] -= a[c * n + j] * x[j];
        x[c] = std::abs(a[c * n + c]) < 1e-9 ? 0 : x[c] / a[c * n + c];
    }
}

class correction {
  public:
    explicit correction(const estimation& e) : e_(e), k_(e.rows.k) {
        const std::vector<std::int32_t> of_pair = levels_of(e.rows, 2);
        std::vector<std::vector<std::size_t>> rows(
            static_cast<std::size_t>(*std::max_element(of_pair.begin(), of_pair.end())) + 1);
        for (std::size_t i = 0; i < of_pair.size(); ++i) rows[of_pair[i]].push_back(i);
        for (std::size_t side = 0; side < 2; ++side) {
            level_[side] = levels_of(e.rows, side);
            sides_[side] = find_sides(level_[side], rows);
            for (const std::size_t years : sides_[side].years) {
                const std::vector<double> none(years * years);
                sums_[side].push_back({none,
                                       none,
                                       std::vector<std::vector<double>>(k_, none),
                                       std::vector<std::vector<double>>(k_, none),
                                       {}});
            }
        }
        for (std::vector<std::size_t>& one : rows) pairs_.push_back(view(std::move(one)));
    }

    /// A pair has one row in each level of the others.
    [[nodiscard]] bool sound() const {
        for (const pair_view& one : pairs_)
            for (std::vector<std::int32_t> place : one.place) {
                std::sort(place.begin(), place.end());
                if (std::adjacent_find(place.begin(), place.end()) != place.end()) return false;
            }
        return count(0) >= 2 && count(1) >= 2;
    }
    [[nodiscard]] std::size_t count(std::size_t side) const { return sides_[side].years.size(); }
    [[nodiscard]] std::size_t pairs() const { return pairs_.size(); }

    std::vector<double> bias() {
        for (const pair_view& one : pairs_) add(one);
        std::vector<double> score(k_);
        for (std::size_t side = 0; side < 2; ++side) {
            const auto n = static_cast<double>(count(side));
            for (std::size_t i = 0; i < count(side); ++i) {
                side_sums& s = sums_[side][i];
                const std::size_t years = sides_[side].years[i];
                s.inverse = inverse_beside_constant(years, s.curvature);
                const std::vector<double> spread = numerics::product(
                    years, numerics::product(years, s.inverse, s.scores), s.inverse);
                for (std::size_t j = 0; j < k_; ++j)
                    for (std::size_t t = 0; t < years * years; ++t) {
                        // All but the crossed matrix are symmetric: a trace of a product.
                        score[j] -= n / (n - 1) * s.inverse[t] * s.crossed[j][t];
                        score[j] += n / (n - 1) * spread[t] * s.change[j][t] / 2;
                    }
            }
        }
        return times_inverse(score);
    }

    /// After `bias`: the covariance with scores corrected for leverage.
    [[nodiscard]] std::vector<double> covariance_matrix() const {
        std::vector<double> meat(k_ * k_);
        for (const pair_view& one : pairs_) {
            const std::vector<double> plain = score_of(one, scores(one));
            const std::vector<double> lifted = score_of(one, without_leverage(one));
            for (std::size_t j = 0; j < k_; ++j)
                for (std::size_t l = 0; l < k_; ++l)
                    meat[j * k_ + l] += (plain[j] * lifted[l] + lifted[j] * plain[l]) / 2;
        }
        std::vector<double> out =
            numerics::product(k_, numerics::product(k_, e_.inverse, meat), e_.inverse);
        const auto n = static_cast<double>(pairs_.size());
        for (double& one : out) one *= n / (n - 1);
        return out;
    }

  private:
    [[nodiscard]] double x(const pair_view& one, std::size_t t, std::size_t j) const {
        return e_.rows.x[one.row[t] * k_ + j];
    }

    pair_view view(std::vector<std::size_t> rows) const {
        pair_view out;
        out.row = std::move(rows);
        for (std::size_t side = 0; side < 2; ++side) {
            out.side[side] = sides_[side].of[level_[side][out.row[0]]];
            for (const std::size_t row : out.row)
                out.place[side].push_back(sides_[side].place[level_[side][row]]);
        }
        for (const std::size_t row : out.row) out.sum += e_.weight[row];
        for (const std::size_t row : out.row) out.share.push_back(e_.weight[row] / out.sum);
        return out;
    }

    [[nodiscard]] std::vector<double> scores(const pair_view& one) const {
        std::vector<double> out;
        for (const std::size_t row : one.row) out.push_back(e_.error[row]);
        return out;
    }

    void add(const pair_view& one) {
        const std::size_t years = one.row.size();
        const std::vector<double> s = scores(one);
        std::vector<double> image(years * k_), along(years * k_);
        for (std::size_t j = 0; j < k_; ++j) {
            double mean = 0;
            for (std::size_t t = 0; t < years; ++t) mean += one.share[t] * x(one, t, j);
            for (std::size_t t = 0; t < years; ++t) {
                along[t * k_ + j] = one.share[t] * (x(one, t, j) - mean);
                image[t * k_ + j] = one.sum * along[t * k_ + j];  // H x
            }
        }
        for (std::size_t side = 0; side < 2; ++side) {
            side_sums& to = sums_[side][one.side[side]];
            const std::size_t wide = sides_[side].years[one.side[side]];
            for (std::size_t t = 0; t < years; ++t)
                for (std::size_t r = 0; r < years; ++r) {
                    const std::size_t at =
                        static_cast<std::size_t>(one.place[side][t]) * wide + one.place[side][r];
                    to.curvature[at] += one.curvature(t, r);
                    to.scores[at] += s[t] * s[r];
                    for (std::size_t j = 0; j < k_; ++j) {
                        to.crossed[j][at] += image[t * k_ + j] * s[r];
                        to.change[j][at] -= one.sum * ((t == r ? along[t * k_ + j] : 0) -
                                                       along[t * k_ + j] * one.share[r] -
                                                       one.share[t] * along[r * k_ + j]);
                    }
                }
        }
    }

    /// S without the leverage of the pair: of its exporter, its importer and the regressors one
    /// after the other, which never comes to more than 1. Both orders, their mean.
    [[nodiscard]] std::vector<double> without_leverage(const pair_view& one) const {
        const std::vector<double> known[] = {known_of_side(one, 0), known_of_side(one, 1),
                                             known_of_regressors(one)};
        std::vector<double> out(one.row.size());
        for (const bool turned : {false, true}) {
            std::vector<double> s = scores(one);
            for (const int by : turned ? std::array{1, 0, 2} : std::array{0, 1, 2})
                lift(one, known[by], s);
            for (std::size_t t = 0; t < out.size(); ++t) out[t] += s[t] / 2;
        }
        return out;
    }

    /// s := (I - H known)^-1 s.
    static void lift(const pair_view& one, const std::vector<double>& known,
                     std::vector<double>& s) {
        const std::size_t years = s.size();
        std::vector<double> left(years * years);
        for (std::size_t t = 0; t < years; ++t)
            for (std::size_t r = 0; r < years; ++r) {
                left[t * years + r] = t == r ? 1 : 0;
                for (std::size_t q = 0; q < years; ++q)
                    left[t * years + r] -= one.curvature(t, q) * known[q * years + r];
            }
        solve_small(years, std::move(left), s);
    }

    [[nodiscard]] std::vector<double> known_of_side(const pair_view& one, std::size_t side) const {
        const std::size_t wide = sides_[side].years[one.side[side]];
        std::vector<double> out;
        for (const std::int32_t t : one.place[side])
            for (const std::int32_t r : one.place[side])
                out.push_back(
                    sums_[side][one.side[side]].inverse[static_cast<std::size_t>(t) * wide + r]);
        return out;
    }

    [[nodiscard]] std::vector<double> known_of_regressors(const pair_view& one) const {
        std::vector<double> out;
        for (std::size_t t = 0; t < one.row.size(); ++t) {
            std::vector<double> own(k_);
            for (std::size_t j = 0; j < k_; ++j) own[j] = x(one, t, j);
            own = times_inverse(own);
            for (std::size_t r = 0; r < one.row.size(); ++r) {
                double sum = 0;
                for (std::size_t j = 0; j < k_; ++j) sum += own[j] * x(one, r, j);
                out.push_back(sum);
            }
        }
        return out;
    }

    [[nodiscard]] std::vector<double> score_of(const pair_view& one,
                                               const std::vector<double>& s) const {
        std::vector<double> out(k_);
        for (std::size_t t = 0; t < s.size(); ++t)
            for (std::size_t j = 0; j < k_; ++j) out[j] += x(one, t, j) * s[t];
        return out;
    }

    [[nodiscard]] std::vector<double> times_inverse(const std::vector<double>& v) const {
        std::vector<double> out(k_);
        for (std::size_t j = 0; j < k_; ++j)
            for (std::size_t l = 0; l < k_; ++l) out[j] += e_.inverse[j * k_ + l] * v[l];
        return out;
    }

    const estimation& e_;
    std::size_t k_;
    std::vector<std::int32_t> level_[2];  // by row
    sides sides_[2];                      // exporters, importers
    std::vector<side_sums> sums_[2];      // by exporter, by importer
    std::vector<pair_view> pairs_;
};

}  // namespace

result<three_way_correction> correct_three_way(const model& m, const estimation& e) {
    if (m.of != family::poisson || m.effects.size() != 3)
        return refuse(refusals::not_three_way, "bias-correction");
    correction c(e);
    if (!c.sound()) return refuse(refusals::not_three_way, "bias-correction");
    three_way_correction out;
    out.exporters = static_cast<std::int64_t>(c.count(0));
    out.importers = static_cast<std::int64_t>(c.count(1));
    out.pairs = static_cast<std::int64_t>(c.pairs());
    out.bias = c.bias();
    out.v = c.covariance_matrix();
    for (std::size_t j = 0; j < e.rows.k; ++j) {
        out.b.push_back(e.b[j] - out.bias[j]);
        out.standard_error.push_back(std::sqrt(std::max(out.v[j * e.rows.k + j], 0.0)));
    }
    return out;
}

}  // namespace veche::gravity
