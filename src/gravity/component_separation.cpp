#include "gravity/component_separation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "numerics/symmetric.hpp"

namespace veche::gravity {
namespace {

constexpr double rounding_size = 1e-9;  // of numbers of size 1
constexpr std::size_t most_directions = 400;

/// Directions of one component that are 0 on its positive rows.
struct directions {
    std::vector<std::vector<double>> level;  // by direction and unknown
    std::vector<std::uint32_t> open;         // rows of the part that they change
    std::vector<std::vector<double>> value;  // by direction, on the open rows
};

/// The levels' values on a row of the part.
double value_on(const component_factors::part& one, std::size_t members, std::size_t row,
                const std::vector<double>& level) {
    double out = 0;
    for (std::size_t m = 0; m < members; ++m) {
        const std::int32_t u = one.member[row * members + m];
        if (u >= 0) out += level[u];
    }
    return out;
}

/// A direction for each level that follows from others on the positive rows: it rises by 1, the
/// others make up for it there.
directions find_directions(const panel& p, const component_factors::part& one) {
    const std::size_t members = p.others + 1;
    std::vector<double> positive;
    for (const std::uint32_t row : one.row) positive.push_back(p.y[row] > 0 ? 1 : 0);
    const numerics::elimination_factor factor(*one.plan, one.member, positive);
    directions out;
    for (const std::int32_t dependent : factor.dependent()) {
        std::vector<double> level(one.level.size()), made_up(one.level.size());
        level[dependent] = 1;
        for (std::size_t i = 0; i < one.row.size(); ++i) {
            const double v = value_on(one, members, i, level) * positive[i];
            for (std::size_t m = 0; m < members && v != 0; ++m) {
                const std::int32_t u = one.member[i * members + m];
                if (u >= 0) made_up[u] += v;
            }
        }
        factor.solve(made_up.data());
        for (std::size_t u = 0; u < level.size(); ++u) {
            level[u] -= made_up[u];
            // Most are whole numbers.
            if (const double whole = std::round(level[u]);
                std::abs(level[u] - whole) < rounding_size)
                level[u] = whole;
        }
        out.level.push_back(std::move(level));
    }
    for (std::size_t i = 0; i < one.row.size(); ++i) {
        const auto changes = [&](const std::vector<double>& level) {
            return std::abs(value_on(one, members, i, level)) > rounding_size;
        };
        if (positive[i] == 0 && std::any_of(out.level.begin(), out.level.end(), changes))
            out.open.push_back(static_cast<std::uint32_t>(i));
    }
    for (const std::vector<double>& level : out.level) {
        out.value.emplace_back();
        for (const std::uint32_t row : out.open)
            out.value.back().push_back(value_on(one, members, row, level));
    }
    return out;
}

/// What shows that rows of a component are separated: values of its unknowns, and the rows.
struct shown {
    std::vector<double> level;
    std::vector<std::uint32_t> row;  // of the part
};

/// The least |Z'(1 + y)| over y >= 0, Z being open rows by directions (Lawson and Hanson 1974,
/// chapter 23). By its own conditions r = Z'(1 + y) has Z r >= 0: a direction in which no zero row
/// rises. Where r is 0, 1 + y shows that there is none (Stiemke 1915).
class nearest_combination {
  public:
    explicit nearest_combination(const std::vector<std::vector<double>>& rows)
        : z_(rows), y_(rows.size()), inside_(rows.size()) {}

    std::vector<double> find() {
        for (std::size_t round = 0; round < 10 * z_.size() + 10; ++round) {
            const std::vector<double> r = combination();
            std::size_t best = z_.size();
            double least = -rounding_size * size();
            for (std::size_t i = 0; i < z_.size(); ++i)
                if (const double z = product(i, r); !inside_[i] && z < least) {
                    least = z;
                    best = i;
                }
            if (best == z_.size()) return r;
            inside_[best] = true;
            while (!step()) {
            }
        }
        return {};
    }

  private:
    [[nodiscard]] double product(std::size_t i, const std::vector<double>& r) const {
        return std::inner_product(r.begin(), r.end(), z_[i].begin(), 0.0);
    }
    [[nodiscard]] double size() const { return static_cast<double>(z_.size()); }
    [[nodiscard]] std::vector<double> combination() const {
        std::vector<double> r(z_[0].size());
        for (std::size_t i = 0; i < z_.size(); ++i)
            for (std::size_t d = 0; d < r.size(); ++d) r[d] += (1 + y_[i]) * z_[i][d];
        return r;
    }
    /// Towards the best numbers of the rows inside; false if one came to 0 on the way and left.
    bool step() {
        std::vector<std::size_t> in;
        for (std::size_t i = 0; i < z_.size(); ++i)
            if (inside_[i]) in.push_back(i);
        std::vector<double> rest(z_[0].size());
        for (const std::vector<double>& row : z_)
            for (std::size_t d = 0; d < rest.size(); ++d) rest[d] -= row[d];
        std::vector<double> gram, best;
        for (const std::size_t i : in) {
            for (const std::size_t j : in) gram.push_back(product(i, z_[j]));
            best.push_back(product(i, rest));
        }
        numerics::cholesky(in.size(), gram, 1e-12).solve(best.data());
        double length = 1;
        for (std::size_t k = 0; k < in.size(); ++k)
            if (best[k] <= 0) length = std::min(length, y_[in[k]] / (y_[in[k]] - best[k]));
        for (std::size_t k = 0; k < in.size(); ++k) {
            double& y = y_[in[k]];
            y += length * (best[k] - y);
            if (length < 1 && best[k] <= 0 && y <= rounding_size) {
                y = 0;
                inside_[in[k]] = false;
            }
        }
        return length >= 1;
    }

    const std::vector<std::vector<double>>& z_;
    std::vector<double> y_;
    std::vector<bool> inside_;
};

/// Adds what was found later, scaled so that rows found before stay positive.
void add_later(const std::vector<double>& later, const directions& by, std::vector<double>& total,
               std::vector<double>& z, const std::vector<bool>& found) {
    std::vector<double> more(z.size());
    for (std::size_t d = 0; d < later.size(); ++d)
        for (std::size_t i = 0; i < z.size(); ++i) more[i] += later[d] * by.value[d][i];
    double scale = 1;
    for (std::size_t i = 0; i < z.size(); ++i)
        if (found[i] && more[i] < 0) scale = std::min(scale, -z[i] / more[i] / 2);
    for (std::size_t i = 0; i < z.size(); ++i) z[i] += scale * more[i];
    for (std::size_t d = 0; d < later.size(); ++d)
        for (std::size_t u = 0; u < total.size(); ++u)
            total[u] += scale * later[d] * by.level[d][u];
}

/// The numbers as a reader of the certificate will judge them.
bool holds(const panel& p, const component_factors::part& one, const shown& what) {
    std::vector<bool> listed(one.row.size());
    for (const std::uint32_t row : what.row) listed[row] = true;
    for (std::size_t i = 0; i < one.row.size(); ++i) {
        const double z = value_on(one, p.others + 1, i, what.level);
        if (listed[i] ? !(z > 1e-7) : std::abs(z) > 1e-8) return false;
    }
    return true;
}

shown find_in(const panel& p, const component_factors::part& one) {
    shown out;
    const directions by = find_directions(p, one);
    if (by.level.size() > most_directions) return out;
    std::vector<double> z(by.open.size());
    std::vector<bool> found(by.open.size());
    out.level.resize(one.level.size());
    while (out.row.size() < by.open.size()) {
        std::vector<std::vector<double>> rows;
        std::vector<std::size_t> of;
        for (std::size_t i = 0; i < by.open.size(); ++i) {
            if (found[i]) continue;
            of.push_back(i);
            rows.emplace_back();
            for (const std::vector<double>& value : by.value) rows.back().push_back(value[i]);
        }
        std::vector<double> r = nearest_combination(rows).find();
        double most = 0;
        for (const double one_r : r) most = std::max(most, std::abs(one_r));
        if (most < 1e-6) break;
        for (double& one_r : r) one_r /= most;
        add_later(r, by, out.level, z, found);
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (std::inner_product(r.begin(), r.end(), rows[i].begin(), 0.0) > 1e-7) {
                found[of[i]] = true;
                out.row.push_back(by.open[of[i]]);
            }
    }
    return holds(p, one, out) ? out : shown{};
}

}  // namespace

std::optional<separation_stage> separated_in_components(const model& m, const panel& p,
                                                        const component_factors& factors,
                                                        numerics::workers& crew) {
    const auto& parts = factors.parts();
    std::vector<shown> all(parts.size());
    crew.run(parts.size(), [&](std::size_t c) { all[c] = find_in(p, parts[c]); });
    separation_stage out;
    out.why = fate::separated;
    out.a.resize(m.effects.size());
    for (std::size_t q = 0; q < m.effects.size(); ++q)
        out.a[p.effect[q]].resize(static_cast<std::size_t>(m.effects[p.effect[q]].levels));
    for (std::size_t c = 0; c < parts.size(); ++c) {
        for (const std::uint32_t row : all[c].row) out.rows.push_back(p.row[parts[c].row[row]]);
        for (std::size_t u = 0; u < all[c].level.size() && !all[c].row.empty(); ++u) {
            auto level = static_cast<std::size_t>(parts[c].level[u]);
            std::size_t e = 0;
            if (level >= p.groups()) {
                level -= p.groups();
                while (level >= p.first_place[e + 1]) ++e;
                level -= p.first_place[e++];
            }
            out.a[p.effect[e]][static_cast<std::size_t>(p.code[e][level])] = all[c].level[u];
        }
    }
    if (out.rows.empty()) return std::nullopt;
    std::sort(out.rows.begin(), out.rows.end());
    return out;
}

}  // namespace veche::gravity
