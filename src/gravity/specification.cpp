#include "gravity/specification.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "gravity/refusal.hpp"
#include "numerics/elementary.hpp"

namespace veche::gravity {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// What a cell of a filter is compared with.
bool holds(double left, const std::string& op, double right) {
    if (op == "==") return left == right;
    if (op == "!=") return left != right;
    if (op == "<") return left < right;
    if (op == "<=") return left <= right;
    if (op == ">") return left > right;
    return left >= right;
}

bool is_number(const std::string& text, double& out) {
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc() && stop == text.data() + text.size();
}

/// Numbers by size; words by equality only. A missing cell meets no comparison.
result<void> compare(const tables::table& t, const comparison& c, std::vector<bool>& kept) {
    const bool column_right = c.column_right && t.has(c.word);
    const auto numbers = t.numbers(c.column);
    double number = 0;
    if (numbers && (column_right || is_number(c.word, number))) {
        std::vector<double> right;
        if (column_right) right = VECHE_TRY(t.numbers(c.word));
        for (std::uint64_t i = 0; i < kept.size(); ++i) {
            const double left = (*numbers)[i];
            const double by = column_right ? right[i] : number;
            kept[i] = kept[i] && left == left && by == by && holds(left, c.op, by);
        }
        return {};
    }
    if (c.op != "==" && c.op != "!=")
        return refuse(refusals::filter_of_words, "filter", c.column, c.op);
    const tables::level_list left = VECHE_TRY(t.levels(c.column));
    tables::level_list right;
    if (column_right) right = VECHE_TRY(t.levels(c.word));
    for (std::uint64_t i = 0; i < kept.size(); ++i) {
        if (!kept[i]) continue;
        const bool there = left.code[i] >= 0 && (!column_right || right.code[i] >= 0);
        const bool equal = there && left.names[left.code[i]] ==
                                        (column_right ? right.names[right.code[i]] : c.word);
        kept[i] = there && equal == (c.op == "==");
    }
    return {};
}

class specifier {
  public:
    specifier(const tables::table& t, const specification& s)
        : t_(t), s_(s), out_(std::make_unique<specified>()) {}

    result<std::unique_ptr<specified>> run() {
        VECHE_CHECK(filter());
        const formula f = VECHE_TRY(parse_formula(s_.formula));
        out_->m.of = s_.of;
        out_->m.constant = f.constant;
        out_->m.outcome_name = text_of(f.outcome);
        if (s_.predicting)
            out_->m.outcome = keep(value(f.outcome).value_or(none()));
        else
            out_->m.outcome = keep(VECHE_TRY(value(f.outcome)));
        for (const formula_term& term : f.terms) VECHE_CHECK(add(term));
        for (const auto& crossed : f.effects)
            out_->m.effects.push_back(VECHE_TRY(grouping_of(crossed)));
        if (!s_.offset.empty()) out_->m.offset = keep(VECHE_TRY(value_of_text(s_.offset)));
        if (s_.predicting) return std::move(out_);
        if (!s_.clusters.empty())
            for (const auto& crossed : VECHE_TRY(parse_groupings(s_.clusters)))
                out_->m.clusters.push_back(VECHE_TRY(grouping_of(crossed)));
        if (!s_.dyadic.empty()) VECHE_CHECK(add_ends());
        if (!s_.weights.empty()) out_->m.weights = keep(VECHE_TRY(column(s_.weights)));
        return std::move(out_);
    }

  private:
    std::span<const double> keep(std::vector<double> values) {
        return out_->numbers.emplace_back(std::move(values));
    }
    [[nodiscard]] std::vector<double> none() const {
        return std::vector<double>(out_->rows.size(), missing);
    }
    result<std::vector<double>> column(const std::string& name) {
        const std::vector<double> all = VECHE_TRY(t_.numbers(name));
        std::vector<double> out;
        out.reserve(out_->rows.size());
        for (const std::uint64_t row : out_->rows) out.push_back(all[row]);
        return out;
    }
    /// An offset may be an expression: log(pop).
    result<std::vector<double>> value_of_text(const std::string& text) {
        const formula f = VECHE_TRY(parse_formula(text + " ~ 1"));
        return value(f.outcome);
    }

    result<void> filter() {
        for (const std::uint32_t row : VECHE_TRY(rows_where(t_, s_.filter)))
            out_->rows.push_back(row);
        out_->filtered = t_.rows() - out_->rows.size();
        return {};
    }

    result<std::vector<double>> value(const expression& e) {
        using kind = expression::kind;
        if (e.what == kind::column) return column(e.name);
        if (e.what == kind::number) return std::vector<double>(out_->rows.size(), e.value);
        std::vector<double> left = VECHE_TRY(value(e.parts[0]));
        if (e.what == kind::call) {
            for (double& one : left) one = call(e.name, one);
            return left;
        }
        const std::vector<double> right = VECHE_TRY(value(e.parts[1]));
        for (std::size_t i = 0; i < left.size(); ++i) {
            if (e.what == kind::add) left[i] += right[i];
            if (e.what == kind::subtract) left[i] -= right[i];
            if (e.what == kind::multiply) left[i] *= right[i];
            if (e.what == kind::divide) left[i] = right[i] == 0 ? missing : left[i] / right[i];
        }
        return left;
    }
    static double call(const std::string& name, double x) {
        if (name == "exp") return numerics::exponential(x);
        if (name == "sqrt") return x >= 0 ? std::sqrt(x) : missing;
        if (name == "log") return x > 0 ? numerics::logarithm(x) : missing;
        if (!(x > -1)) return missing;
        // log(1 + x) with the rounding of 1 + x made good (Kahan).
        const double y = 1 + x;
        return y == 1 ? x : numerics::logarithm(y) * (x / (y - 1));
    }

    result<void> add(const formula_term& term) {
        std::vector<double> product(out_->rows.size(), 1.0);
        std::string name;
        for (const expression& one : term.product) {
            const std::vector<double> values = VECHE_TRY(value(one));
            for (std::size_t i = 0; i < product.size(); ++i) product[i] *= values[i];
            name += (name.empty() ? "" : ":") + text_of(one);
        }
        const auto put = [&](const std::string& called, std::vector<double> values) {
            // a + a:b + a: a term that stands twice counts once, as in other programs.
            for (const regressor& r : out_->m.regressors)
                if (r.name == called) return;
            out_->m.regressors.push_back({called, keep(std::move(values))});
        };
        if (term.factor.empty()) {
            put(name, std::move(product));
            return {};
        }
        const tables::level_list levels = VECHE_TRY(levels_of({term.factor}));
        if (levels.names.size() > 1000)
            return refuse(refusals::too_many_dummies, "formula", term.factor,
                          std::to_string(levels.names.size()));
        for (std::size_t l = 0; l < levels.names.size(); ++l) {
            const bool reference = term.reference.empty() ? l == 0 && term.product.empty()
                                                          : levels.names[l] == term.reference;
            if (reference && !s_.predicting) continue;
            std::vector<double> dummy = product;
            for (std::size_t i = 0; i < dummy.size(); ++i)
                dummy[i] = levels.code[i] < 0                              ? missing
                           : static_cast<std::size_t>(levels.code[i]) == l ? product[i]
                                                                           : 0;
            const std::string level = term.factor + "::" + levels.names[l];
            put(name.empty() ? level : level + ":" + name, std::move(dummy));
        }
        return {};
    }

    /// Levels of columns that are crossed, of the rows in the model.
    result<tables::level_list> levels_of(const std::vector<std::string>& columns) {
        tables::level_list out;
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const tables::level_list all = VECHE_TRY(t_.levels(columns[c]));
            tables::level_list one{{}, all.names};
            one.code.reserve(out_->rows.size());
            for (const std::uint64_t row : out_->rows) one.code.push_back(all.code[row]);
            out = c == 0 ? std::move(one) : crossed(out, one);
        }
        return out;
    }
    static tables::level_list crossed(const tables::level_list& a, const tables::level_list& b) {
        std::vector<std::int64_t> key(a.code.size(), -1);
        const auto wide = static_cast<std::int64_t>(b.names.size());
        for (std::size_t i = 0; i < key.size(); ++i)
            if (a.code[i] >= 0 && b.code[i] >= 0) key[i] = a.code[i] * wide + b.code[i];
        std::vector<std::int64_t> used = key;
        std::sort(used.begin(), used.end());
        used.erase(std::unique(used.begin(), used.end()), used.end());
        if (!used.empty() && used.front() < 0) used.erase(used.begin());
        tables::level_list out;
        for (const std::int64_t one : used)
            out.names.push_back(a.names[static_cast<std::size_t>(one / wide)] + "^" +
                                b.names[static_cast<std::size_t>(one % wide)]);
        out.code.reserve(key.size());
        for (const std::int64_t one : key)
            out.code.push_back(
                one < 0 ? -1
                        : static_cast<std::int32_t>(
                              std::lower_bound(used.begin(), used.end(), one) - used.begin()));
        return out;
    }

    result<grouping> grouping_of(const std::vector<std::string>& columns) {
        std::string name;
        for (const std::string& one : columns) name += (name.empty() ? "" : "^") + one;
        const tables::level_list& kept = out_->levels.emplace_back(VECHE_TRY(levels_of(columns)));
        return grouping{name, kept.code, static_cast<std::int32_t>(kept.names.size()), kept.names};
    }

    /// Two columns as clusters whose codes name the same members.
    result<void> add_ends() {
        const auto columns = VECHE_TRY(parse_groupings(s_.dyadic));
        if (columns.size() != 2) return refuse(refusals::cluster_missing, "dyadic");
        tables::level_list ends[2] = {VECHE_TRY(levels_of(columns[0])),
                                      VECHE_TRY(levels_of(columns[1]))};
        std::set<std::string> members(ends[0].names.begin(), ends[0].names.end());
        members.insert(ends[1].names.begin(), ends[1].names.end());
        std::map<std::string, std::int32_t> number;
        for (const std::string& one : members)
            number.emplace(one, static_cast<std::int32_t>(number.size()));
        for (std::size_t e = 0; e < 2; ++e) {
            tables::level_list& kept = out_->levels.emplace_back(std::move(ends[e]));
            for (std::int32_t& code : kept.code)
                if (code >= 0) code = number.at(kept.names[static_cast<std::size_t>(code)]);
            kept.names.assign(members.begin(), members.end());
            out_->m.clusters.push_back({columns[e][0], kept.code,
                                        static_cast<std::int32_t>(kept.names.size()), kept.names});
        }
        return {};
    }

    const tables::table& t_;
    const specification& s_;
    std::unique_ptr<specified> out_;
};

}  // namespace

result<std::unique_ptr<specified>> specify(const tables::table& t, const specification& s) {
    return specifier(t, s).run();
}

result<std::vector<std::uint32_t>> rows_where(const tables::table& t, const std::string& filter) {
    std::vector<bool> kept(t.rows(), true);
    if (!filter.empty())
        for (const comparison& one : VECHE_TRY(parse_filter(filter)))
            VECHE_CHECK(compare(t, one, kept));
    std::vector<std::uint32_t> out;
    for (std::uint32_t row = 0; row < t.rows(); ++row)
        if (kept[row]) out.push_back(row);
    return out;
}

}  // namespace veche::gravity
