#include "gravity/prediction.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "gravity/layout.hpp"
#include "kernel/csv.hpp"
#include "numerics/digits.hpp"
#include "numerics/elementary.hpp"
#include "numerics/random_stream.hpp"

namespace veche::gravity {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// A vector over all levels that is 0 on every row of the estimate, otherwise left to chance: what
/// it adds to some other row is what the estimate does not determine of it. Levels of the first
/// effect, then those of the others.
class loose_vector {
  public:
    explicit loose_vector(const panel& p) : p_(p), size_(p.groups() + p.levels()) {}

    std::vector<double> found() const {
        std::vector<double> z(size_);
        numerics::random_stream random(1);
        for (double& one : z) one = 1 + random.uniform();
        // z less the solution of least squares that gives the same rows (conjugate gradients).
        std::vector<double> left = normal(z);
        const std::vector<double> diagonal = normal_diagonal();
        const double enough = 1e-28 * dot(left, left);
        std::vector<double> ahead = scaled(left, diagonal);
        double size = dot(left, ahead);
        for (int step = 0; step < most_steps && dot(left, left) > enough; ++step) {
            const std::vector<double> moved = normal(ahead);
            const double length = size / dot(ahead, moved);
            for (std::size_t i = 0; i < size_; ++i) {
                z[i] -= length * ahead[i];
                left[i] -= length * moved[i];
            }
            const std::vector<double> turned = scaled(left, diagonal);
            const double next = dot(left, turned);
            for (std::size_t i = 0; i < size_; ++i) ahead[i] = turned[i] + next / size * ahead[i];
            size = next;
        }
        return z;
    }

  private:
    static constexpr int most_steps = 5'000;

    static double dot(const std::vector<double>& a, const std::vector<double>& b) {
        double sum = 0;
        for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
        return sum;
    }
    static std::vector<double> scaled(const std::vector<double>& a, const std::vector<double>& by) {
        std::vector<double> out(a.size());
        for (std::size_t i = 0; i < a.size(); ++i) out[i] = a[i] / by[i];
        return out;
    }
    /// D' D v, D the dummies of the rows.
    [[nodiscard]] std::vector<double> normal(const std::vector<double>& v) const {
        std::vector<double> out(size_);
        for_rows([&](std::size_t g, const std::int32_t* places) {
            double sum = v[g];
            for (std::size_t o = 0; o < p_.others; ++o) sum += v[p_.groups() + places[o]];
            out[g] += sum;
            for (std::size_t o = 0; o < p_.others; ++o) out[p_.groups() + places[o]] += sum;
        });
        return out;
    }
    [[nodiscard]] std::vector<double> normal_diagonal() const {
        std::vector<double> out(size_);
        for_rows([&](std::size_t g, const std::int32_t* places) {
            ++out[g];
            for (std::size_t o = 0; o < p_.others; ++o) ++out[p_.groups() + places[o]];
        });
        return out;
    }
    template <class Call>
    void for_rows(Call call) const {
        for (std::size_t g = 0; g < p_.groups(); ++g)
            for (std::size_t i = p_.begin[g]; i < p_.begin[g + 1]; ++i)
                call(g, p_.place.data() + i * p_.others);
    }

    const panel& p_;
    std::size_t size_;
};

/// What rows need to know of a level: its coefficient and its part of the loose vector.
struct known_level {
    double coefficient = none;
    double loose = 0;
};
using known_levels = std::unordered_map<std::string, known_level>;

/// By effect of the model.
std::vector<known_levels> levels_known(const model& m, const estimation& e) {
    const panel& p = e.rows;
    std::vector<known_levels> out(m.effects.size());
    std::vector<double> loose(p.groups() + p.levels());
    if (p.effect.size() > 1) loose = loose_vector(p).found();
    for (std::size_t at = 0; at < p.effect.size(); ++at) {
        const grouping& effect = m.effects[p.effect[at]];
        const std::size_t first = at == 0 ? 0 : p.groups() + p.first_place[at - 1];
        for (std::size_t level = 0; level < e.effects[at].size(); ++level)
            out[p.effect[at]][effect.name_of(p.code[at][level])] = {e.effects[at][level],
                                                                    loose[first + level]};
    }
    return out;
}

/// Levels of one effect in the table's rows, as the estimate knows them.
std::vector<known_level> levels_in(const grouping& effect, const known_levels& known) {
    std::vector<known_level> of_code(static_cast<std::size_t>(effect.levels));
    for (std::int32_t code = 0; code < effect.levels; ++code)
        if (const auto found = known.find(effect.name_of(code)); found != known.end())
            of_code[static_cast<std::size_t>(code)] = found->second;
    return of_code;
}

/// Regressors of the table's rows in the order of the estimate's; empty: a level of a factor that
/// no row bears. The constant is not among them.
std::vector<std::span<const double>> regressors_in(const model& m, const panel& p,
                                                   const model& own) {
    std::vector<std::span<const double>> out(p.k);
    for (std::size_t j = 0; j < p.k; ++j) {
        if (p.source[j] >= own.regressors.size()) continue;
        const auto found = std::find_if(m.regressors.begin(), m.regressors.end(),
                                        [&](const regressor& r) { return r.name == p.names[j]; });
        if (found != m.regressors.end()) out[j] = found->values;
    }
    return out;
}

class row_predictor {
  public:
    row_predictor(const model& m, const specified& made, const estimation& e, prediction& out)
        : m_(m), e_(e), out_(out), x_(regressors_in(m, e.rows, made.m)) {
        const std::vector<known_levels> known = levels_known(made.m, e);
        for (std::size_t q = 0; q < m.effects.size(); ++q)
            levels_.push_back(levels_in(m.effects[q], known[q]));
        for (std::size_t j = 0; j < e.rows.k; ++j)
            if (e.rows.source[j] >= made.m.regressors.size()) constant_ = e.b[j];
    }

    void predict(std::size_t row) {
        double linear = constant_ + (m_.offset.empty() ? 0 : m_.offset[row]);
        for (std::size_t j = 0; j < x_.size(); ++j)
            if (!x_[j].empty()) linear += e_.b[j] * x_[j][row];
        double loose = 0;
        bool known = true;
        bool there = !std::isnan(linear);
        for (std::size_t q = 0; q < m_.effects.size(); ++q) {
            const std::int32_t code = m_.effects[q].code[row];
            there = there && code >= 0;
            if (code < 0) continue;
            const known_level& level = levels_[q][static_cast<std::size_t>(code)];
            out_.effects[q][row] = level.coefficient;
            known = known && !std::isnan(level.coefficient);
            linear += level.coefficient;
            loose += level.loose;
        }
        fitting& how = out_.how[row];
        const bool estimated = out_.row[row] == name_of(fate::used);
        if (!there)
            how = fitting::missing;
        else if (!known)
            how = fitting::level_unknown;
        else if (!estimated && std::abs(loose) > 1e-6)
            how = fitting::undetermined;
        else
            fit(row, linear, estimated ? fitting::estimated : fitting::predicted);
    }
    /// A row whose fitted value falls to 0 for ever.
    void put_limit(std::size_t row) {
        out_.linear[row] = none;
        put(row, fitting::limit, 0);
    }

  private:
    void fit(std::size_t row, double linear, fitting how) {
        out_.linear[row] = linear;
        put(row, how, e_.of == family::poisson ? numerics::exponential(linear) : linear);
    }
    void put(std::size_t row, fitting how, double fitted) {
        out_.how[row] = how;
        out_.fitted[row] = fitted;
        out_.residual[row] = m_.outcome[row] - fitted;
    }

    const model& m_;
    const estimation& e_;
    prediction& out_;
    std::vector<std::span<const double>> x_;
    std::vector<std::vector<known_level>> levels_;
    double constant_ = 0;
};

bool falls_for_ever(std::string_view row) {
    return row == name_of(fate::level_zero) || row == name_of(fate::separated_effects) ||
           row == name_of(fate::separated);
}

std::string number_or_nothing(double value) {
    return std::isnan(value) ? std::string() : numerics::digits(value);
}

}  // namespace

std::string_view name_of(fitting f) {
    constexpr std::string_view names[] = {"estimated", "predicted",     "limit",
                                          "missing",   "level_unknown", "undetermined"};
    return names[static_cast<std::size_t>(f)];
}

result<prediction> predict(const tables::table& t, bool own, const specification& s,
                           const specified& made, const estimation& e) {
    specification wanted = s;
    wanted.predicting = true;
    wanted.filter.clear();
    const auto rows = VECHE_TRY(specify(t, wanted));
    prediction out;
    const std::size_t n = t.rows();
    out.row.assign(n, own ? "filter" : "outside");
    if (own)
        for (std::size_t i = 0; i < made.rows.size(); ++i)
            out.row[made.rows[i]] = name_of(e.used.of_row[i]);
    out.how.resize(n);
    out.linear.assign(n, none);
    out.fitted.assign(n, none);
    out.residual.assign(n, none);
    for (const grouping& effect : rows->m.effects) {
        out.effect_names.push_back(effect.name);
        out.effects.emplace_back(n, none);
    }
    row_predictor predictor(rows->m, made, e, out);
    for (std::size_t row = 0; row < n; ++row) {
        predictor.predict(row);
        if (falls_for_ever(out.row[row])) predictor.put_limit(row);
    }
    return out;
}

std::string prediction_csv(const tables::table& t, const prediction& p, bool with_effects) {
    std::string out;
    for (const tables::column& one : t.columns()) out += csv_cell(one.name) + ",";
    std::vector<std::string> ours = {"row", "fit", "linear", "fitted", "residual"};
    if (with_effects) ours.insert(ours.end(), p.effect_names.begin(), p.effect_names.end());
    for (std::string name : ours) {
        while (t.has(name)) name += "_";
        out += csv_cell(name) + ",";
    }
    out.back() = '\n';
    for (std::uint64_t row = 0; row < t.rows(); ++row) {
        for (const tables::column& one : t.columns())
            out += csv_cell(tables::text_of(one, row).value_or("")) + ",";
        out.append(p.row[row]).append(",").append(name_of(p.how[row])).append(",");
        for (const auto* of : {&p.linear, &p.fitted, &p.residual})
            out += number_or_nothing((*of)[row]) + ",";
        for (std::size_t q = 0; with_effects && q < p.effects.size(); ++q)
            out += number_or_nothing(p.effects[q][row]) + ",";
        out.back() = '\n';
    }
    return out;
}

}  // namespace veche::gravity
