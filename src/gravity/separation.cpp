#include "gravity/separation.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "numerics/symmetric.hpp"

namespace veche::gravity {
namespace {

constexpr double nothing = 1e-9;  // of numbers of size 1
constexpr int rectifier_limit = 20'000;
constexpr int cleaning_limit = 500;

/// Parameters: regressors, scaled to 1 at most, then the levels of all effects.
class design {
  public:
    design(const model& m, const sample& s) : m_(m) {
        for (const regressor& one : m.regressors) {
            double most = 0;
            for (std::size_t i = 0; i < s.of_row.size(); ++i)
                if (s.of_row[i] == fate::used) most = std::max(most, std::abs(one.values[i]));
            scale_.push_back(most > 0 ? 1 / most : 0);
        }
        first_.push_back(m.regressors.size());
        for (const grouping& effect : m.effects)
            first_.push_back(first_.back() + static_cast<std::size_t>(effect.levels));
        constant_ = m.effects.empty() && m.constant;
    }
    [[nodiscard]] std::size_t width() const { return first_.back() + (constant_ ? 1 : 0); }
    void row(std::size_t i, std::vector<double>& out) const {
        out.assign(width(), 0.0);
        for (std::size_t j = 0; j < scale_.size(); ++j)
            out[j] = m_.regressors[j].values[i] * scale_[j];
        for (std::size_t q = 0; q < m_.effects.size(); ++q)
            out[first_[q] + static_cast<std::size_t>(m_.effects[q].code[i])] = 1;
        if (constant_) out.back() = 1;
    }
    /// Parameters as a stage has them.
    void store(const std::vector<double>& theta, separation_stage& out) const {
        for (std::size_t j = 0; j < scale_.size(); ++j) out.g.push_back(theta[j] * scale_[j]);
        for (std::size_t q = 0; q < m_.effects.size(); ++q)
            out.a.emplace_back(theta.begin() + static_cast<std::ptrdiff_t>(first_[q]),
                               theta.begin() + static_cast<std::ptrdiff_t>(first_[q + 1]));
        if (constant_) out.g.push_back(theta.back());
    }

  private:
    const model& m_;
    std::vector<double> scale_;
    std::vector<std::size_t> first_;
    bool constant_ = false;
};

/// Equations in reduced echelon form: each pivot column stands in one equation only.
class equations {
  public:
    explicit equations(std::size_t width) : width_(width), pivot_of_(width, none) {}

    /// What the equations leave of a row: numbers in free columns alone.
    void reduce(std::vector<double>& row) const {
        for (std::size_t c = 0; c < width_; ++c) {
            if (row[c] == 0 || pivot_of_[c] == none) continue;
            const double f = row[c];
            const std::vector<double>& by = rows_[pivot_of_[c]];
            for (std::size_t l = 0; l < width_; ++l) row[l] -= f * by[l];
            row[c] = 0;
        }
    }
    /// row theta = 0 from now on.
    void add(std::vector<double> row) {
        reduce(row);
        const auto most = std::max_element(
            row.begin(), row.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
        if (std::abs(*most) <= nothing) return;
        const auto column = static_cast<std::size_t>(most - row.begin());
        const double pivot = *most;
        for (double& one : row) one = std::abs(one) <= nothing ? 0 : one / pivot;
        for (std::vector<double>& other : rows_) {
            const double f = other[column];
            if (f == 0) continue;
            for (std::size_t l = 0; l < width_; ++l) other[l] -= f * row[l];
            other[column] = 0;
        }
        pivot_of_[column] = rows_.size();
        rows_.push_back(std::move(row));
    }
    [[nodiscard]] std::vector<std::size_t> free_columns() const {
        std::vector<std::size_t> out;
        for (std::size_t c = 0; c < width_; ++c)
            if (pivot_of_[c] == none) out.push_back(c);
        return out;
    }
    /// All parameters, from those of the free columns.
    [[nodiscard]] std::vector<double> complete(const std::vector<std::size_t>& columns,
                                               const std::vector<double>& h) const {
        std::vector<double> out(width_);
        for (std::size_t f = 0; f < columns.size(); ++f) out[columns[f]] = h[f];
        for (std::size_t c = 0; c < width_; ++c)
            for (std::size_t f = 0; f < columns.size() && pivot_of_[c] != none; ++f)
                out[c] -= rows_[pivot_of_[c]][columns[f]] * h[f];
        return out;
    }

  private:
    static constexpr std::size_t none = ~std::size_t{0};
    std::size_t width_;
    std::vector<std::vector<double>> rows_;
    std::vector<std::size_t> pivot_of_;  // by column: its equation
};

/// Rows of zero outcome in terms of the free parameters; those in which nothing is left go.
struct open_rows {
    std::vector<std::uint32_t> row;
    std::vector<std::size_t> columns;
    std::vector<double> z;  // row.size() x columns.size()
};

open_rows reduce_rows(const design& d, const equations& e, const std::vector<std::uint32_t>& rows) {
    open_rows out;
    out.columns = e.free_columns();
    std::vector<double> row;
    for (const std::uint32_t i : rows) {
        d.row(i, row);
        e.reduce(row);
        bool any = false;
        for (const std::size_t c : out.columns) any = any || std::abs(row[c]) > nothing;
        if (!any) continue;
        out.row.push_back(i);
        // What is smaller is rounding, and must not be taken for a direction.
        for (const std::size_t c : out.columns)
            out.z.push_back(std::abs(row[c]) > nothing ? row[c] : 0);
    }
    return out;
}

/// Least squares of a changing u on the same columns.
class projection {
  public:
    explicit projection(const open_rows& rows) : rows_(rows), k_(rows.columns.size()) {
        std::vector<double> gram(k_ * k_);
        for (std::size_t i = 0; i < rows.row.size(); ++i)
            for (std::size_t a = 0; a < k_; ++a)
                for (std::size_t b = 0; b < k_; ++b)
                    gram[a * k_ + b] += rows.z[i * k_ + a] * rows.z[i * k_ + b];
        double most = 0;
        for (std::size_t a = 0; a < k_; ++a) most = std::max(most, gram[a * k_ + a]);
        factor_ = numerics::cholesky(k_, gram, 1e-12, std::vector<double>(k_, most));
    }
    std::vector<double> parameters(const std::vector<double>& u) const {
        std::vector<double> h(k_);
        for (std::size_t i = 0; i < u.size(); ++i)
            for (std::size_t a = 0; a < k_; ++a) h[a] += rows_.z[i * k_ + a] * u[i];
        factor_.solve(h.data());
        return h;
    }
    std::vector<double> fitted(const std::vector<double>& h) const {
        std::vector<double> out(rows_.row.size());
        for (std::size_t i = 0; i < out.size(); ++i)
            for (std::size_t a = 0; a < k_; ++a) out[i] += rows_.z[i * k_ + a] * h[a];
        return out;
    }

  private:
    const open_rows& rows_;
    std::size_t k_;
    numerics::cholesky_factor factor_;
};

/// z >= 0 with many positive entries, nearly; all 0 where only 0 is left.
std::vector<double> rectify(const open_rows& rows) {
    const projection onto(rows);
    std::vector<double> u(rows.row.size(), 1.0);
    std::vector<double> z;
    for (int round = 0; round < rectifier_limit; ++round) {
        z = onto.fitted(onto.parameters(u));
        double least = 0;
        double most = 0;
        for (const double one : z) {
            least = std::min(least, one);
            most = std::max(most, one);
        }
        if (most < 1e-7) return std::vector<double>(z.size(), 0.0);
        if (least >= -1e-9 * most) return z;
        for (std::size_t i = 0; i < u.size(); ++i) u[i] = std::max(z[i], 0.0);
    }
    return z;
}

/// The stage with exactly the rows that came out positive, if the numbers bear it.
std::optional<separation_stage> clean(const design& d, equations e, const open_rows& rows,
                                      const std::vector<double>& z, double threshold) {
    const double most = *std::max_element(z.begin(), z.end());
    if (!(most > 0)) return std::nullopt;
    separation_stage out;
    out.why = fate::separated;
    std::vector<double> row;
    for (std::size_t i = 0; i < z.size(); ++i)
        if (z[i] > threshold * most) {
            out.rows.push_back(rows.row[i]);
        } else {
            d.row(rows.row[i], row);
            e.add(row);
        }
    const open_rows left = reduce_rows(d, e, out.rows);
    if (out.rows.empty() || left.row.size() != out.rows.size()) return std::nullopt;
    const projection onto(left);
    std::vector<double> u(out.rows.size(), 1.0);
    for (int round = 0; round < cleaning_limit; ++round) {
        const std::vector<double> h = onto.parameters(u);
        const std::vector<double> fitted = onto.fitted(h);
        const double least = *std::min_element(fitted.begin(), fitted.end());
        const double greatest = *std::max_element(fitted.begin(), fitted.end());
        if (least > 1e-6 * greatest) {
            d.store(e.complete(left.columns, h), out);
            return out;
        }
        for (std::size_t i = 0; i < u.size(); ++i)
            u[i] = std::max(fitted[i], 0.0) + 1e-3 * greatest;
    }
    return std::nullopt;
}

/// The stage by its own numbers, as a reader of the certificate will judge it.
bool bears_out(const model& m, const sample& s, const separation_stage& stage) {
    std::vector<double> z(s.of_row.size());
    double most = 0;
    for (std::size_t i = 0; i < z.size(); ++i) {
        if (s.of_row[i] != fate::used) continue;
        for (std::size_t j = 0; j < stage.g.size(); ++j)
            z[i] += stage.g[j] * (j < m.regressors.size() ? m.regressors[j].values[i] : 1);
        for (std::size_t q = 0; q < m.effects.size(); ++q)
            z[i] += stage.a[q][static_cast<std::size_t>(m.effects[q].code[i])];
        most = std::max(most, std::abs(z[i]));
    }
    for (std::size_t i = 0; i < z.size(); ++i) {
        if (s.of_row[i] != fate::used) continue;
        const bool listed =
            std::binary_search(stage.rows.begin(), stage.rows.end(), static_cast<std::uint32_t>(i));
        if (listed ? !(z[i] > 1e-7 * most) : std::abs(z[i]) > 1e-8 * most) return false;
    }
    return true;
}

}  // namespace

bool exactly_separable(const model& m, const sample& s) {
    std::size_t width = m.regressors.size() + 1;
    for (const grouping& effect : m.effects) width += static_cast<std::size_t>(effect.levels);
    return width <= exact_parameters && s.used() <= 50'000;
}

std::optional<separation_stage> find_separated(const model& m, const sample& s) {
    const design d(m, s);
    equations e(d.width());
    std::vector<std::uint32_t> zero;
    std::vector<double> row;
    for (std::size_t i = 0; i < s.of_row.size(); ++i) {
        if (s.of_row[i] != fate::used) continue;
        if (m.outcome[i] > 0) {
            d.row(i, row);
            e.add(row);
        } else {
            zero.push_back(static_cast<std::uint32_t>(i));
        }
    }
    const open_rows rows = reduce_rows(d, e, zero);
    if (rows.row.empty()) return std::nullopt;
    const std::vector<double> z = rectify(rows);
    // Where the rectifier is slow, rows that belong at 0 are still a little above it. Whatever
    // threshold gives numbers that hold is sound; rows it leaves are looked for again.
    for (const double threshold : {1e-7, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 0.3})
        if (auto stage = clean(d, e, rows, z, threshold); stage && bears_out(m, s, *stage))
            return stage;
    return std::nullopt;
}

}  // namespace veche::gravity
