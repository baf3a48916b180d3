#include "gravity/report.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "numerics/digits.hpp"
#include "numerics/distributions.hpp"

namespace veche::gravity {
namespace {

using numerics::digits;

std::string text_or_nothing(double value) {
    return std::isnan(value) ? std::string() : digits(value);
}

std::string errors_named(score_sum kind) {
    switch (kind) {
        case score_sum::iid:
            return "iid";
        case score_sum::hetero:
            return "hetero";
        case score_sum::cluster:
            return "cluster";
        default:
            return "dyadic";
    }
}

void add_line(cells& out, const std::string& name, const std::vector<gravity_report>& of,
              std::string (*cell)(const gravity_report&)) {
    std::vector<std::string> line = {name};
    bool any = false;
    for (const gravity_report& one : of) {
        line.push_back(cell(one));
        any = any || !line.back().empty();
    }
    if (any) out.push_back(std::move(line));
}

/// Names in the order in which models come upon them.
template <class List, class Name>
std::vector<std::string> all_names(const std::vector<gravity_report>& of, List list, Name name) {
    std::vector<std::string> out;
    for (const gravity_report& one : of)
        for (const auto& item : list(one))
            if (std::find(out.begin(), out.end(), name(item)) == out.end())
                out.push_back(name(item));
    return out;
}

/// Two lines under a coefficient: corrected, and its error. Empty where no model is corrected.
void add_corrected(cells& out, const std::string& name, const std::vector<gravity_report>& of) {
    std::vector<std::string> line = {name + ", corrected"};
    std::vector<std::string> below = {""};
    bool any = false;
    for (const gravity_report& r : of) {
        line.emplace_back();
        below.emplace_back();
        for (const coefficient_line& c : r.coefficients) {
            if (c.name != name || c.corrected.empty()) continue;
            any = true;
            line.back() = short_number(c.corrected);
            below.back() = "(" + short_number(c.corrected_error) + ")";
        }
    }
    if (!any) return;
    out.push_back(std::move(line));
    out.push_back(std::move(below));
}

cells lay_cells(const std::vector<gravity_report>& of) {
    cells out(1);
    out[0].emplace_back();
    for (std::size_t i = 0; i < of.size(); ++i) out[0].push_back(fmt::format("({})", i + 1));
    add_line(out, "estimator", of, [](const gravity_report& r) { return r.estimator; });
    for (const std::string& name : all_names(
             of, [](const auto& r) { return r.coefficients; },
             [](const auto& c) { return c.name; })) {
        std::vector<std::string> line = {name};
        std::vector<std::string> below = {""};
        for (const gravity_report& r : of) {
            const auto at = std::find_if(r.coefficients.begin(), r.coefficients.end(),
                                         [&](const coefficient_line& c) { return c.name == name; });
            const bool there = at != r.coefficients.end();
            line.push_back(there ? short_number(at->estimate) : "");
            below.push_back(there ? "(" + short_number(at->standard_error) + ")" : "");
        }
        out.push_back(std::move(line));
        out.push_back(std::move(below));
        add_corrected(out, name, of);
    }
    add_line(out, "correction", of, [](const gravity_report& r) { return r.correction; });
    for (const std::string& name : all_names(
             of, [](const auto& r) { return r.effects; }, [](const auto& e) { return e.name; })) {
        std::vector<std::string> line = {"effects " + name};
        for (const gravity_report& r : of) {
            const auto at = std::find_if(r.effects.begin(), r.effects.end(),
                                         [&](const effect_line& e) { return e.name == name; });
            line.push_back(at != r.effects.end() ? std::to_string(at->levels) : "");
        }
        out.push_back(std::move(line));
    }
    add_line(out, "rows used", of,
             [](const gravity_report& r) { return std::to_string(r.rows_used); });
    add_line(out, "rows not used", of,
             [](const gravity_report& r) { return std::to_string(r.rows - r.rows_used); });
    add_line(out, "R2", of, [](const gravity_report& r) { return short_number(r.r2); });
    add_line(out, "pseudo R2", of,
             [](const gravity_report& r) { return short_number(r.pseudo_r2); });
    add_line(out, "log likelihood", of,
             [](const gravity_report& r) { return short_number(r.log_likelihood); });
    add_line(out, "standard errors", of,
             [](const gravity_report& r) { return r.errors + ", " + r.rule; });
    add_line(out, "clusters", of, [](const gravity_report& r) {
        std::string text;
        for (const effect_line& c : r.clusters)
            text += (text.empty() ? "" : " + ") + c.name + " " + std::to_string(c.levels);
        return text;
    });
    return out;
}

change_figure change_of(const effect_estimate& e) {
    return {text_or_nothing(e.value), text_or_nothing(e.standard_error), text_or_nothing(e.low),
            text_or_nothing(e.high)};
}

std::string_view name_of(regressor_kind kind) {
    return kind == regressor_kind::dummy       ? "0 to 1"
           : kind == regressor_kind::logarithm ? "1 percent"
                                               : "1 unit";
}

series_report series_line(const estimation& e, const covariance& c, const coefficient_series& s) {
    series_report out{s.name, digits(s.pointwise), digits(s.simultaneous), {}};
    for (const std::size_t j : s.members) {
        const double one = s.pointwise * c.standard_error[j];
        const double all = s.simultaneous * c.standard_error[j];
        out.coefficients.push_back({e.rows.names[j], digits(e.b[j]), digits(e.b[j] - one),
                                    digits(e.b[j] + one), digits(e.b[j] - all),
                                    digits(e.b[j] + all)});
    }
    return out;
}

void grant(const report_wishes& wishes, const model& m, const settings& how, const estimation& e,
           const covariance& c, gravity_report& out) {
    out.level = digits(wishes.level);
    if (wishes.average_effects)
        for (const average_effect& one : average_effects(m, e, c, wishes.level))
            out.average_effects.push_back({one.name, std::string(name_of(one.kind)),
                                           change_of(one.relative), change_of(one.absolute)});
    if (wishes.draws == 0) return;
    out.draws = wishes.draws;
    for (const coefficient_series& one : series_of(e, c, wishes.level, wishes.draws, how.seed))
        out.series.push_back(series_line(e, c, one));
}

}  // namespace

gravity_report report(const specification& s, const specified& made,
                      const tables::table_source& source, std::uint64_t table_rows,
                      const settings& how, const estimation& e, const covariance& c,
                      const report_wishes& wishes) {
    gravity_report out;
    out.formula = s.formula;
    out.estimator = e.of == family::poisson ? "PPML" : "OLS";
    out.data = source.name;
    out.data_hash = source.hash;
    out.rows = static_cast<std::int64_t>(table_rows);
    out.rows_used = static_cast<std::int64_t>(e.rows.n);
    if (made.filtered > 0)
        out.dropped.push_back({"filter", "left out by the filter " + s.filter,
                               static_cast<std::int64_t>(made.filtered)});
    for (std::size_t f = 1; f < fates; ++f)
        if (e.used.count[f] > 0)
            out.dropped.push_back({std::string(name_of(static_cast<fate>(f))),
                                   std::string(meaning_of(static_cast<fate>(f))),
                                   static_cast<std::int64_t>(e.used.count[f])});
    for (std::size_t q = 0; q < made.m.effects.size(); ++q)
        out.effects.push_back({made.m.effects[q].name, e.used.levels[q]});
    for (std::size_t j = 0; j < e.rows.k; ++j) {
        const inference i = infer(e, c, j, wishes.level);
        out.coefficients.push_back({e.rows.names[j], digits(i.estimate), digits(i.standard_error),
                                    digits(i.statistic), digits(i.p_value), digits(i.low),
                                    digits(i.high)});
    }
    out.removed = e.removed;
    out.errors = errors_named(c.kind);
    out.rule = c.rule;
    for (std::size_t g = 0; g < c.clusters.size(); ++g)
        out.clusters.push_back({c.clusters[g], c.cluster_counts[g]});
    out.clipped = c.clipped;
    out.distribution = std::isfinite(c.degrees) ? "t(" + digits(c.degrees) + ")" : "normal";
    const fit_measures fit = measure(e);
    out.deviance = digits(e.deviance);
    out.log_likelihood = digits(e.log_likelihood);
    out.null_likelihood = digits(e.null_likelihood);
    out.r2 = text_or_nothing(fit.r2);
    out.adjusted_r2 = text_or_nothing(fit.adjusted_r2);
    out.within_r2 = text_or_nothing(fit.within_r2);
    out.pseudo_r2 = text_or_nothing(fit.pseudo_r2);
    out.adjusted_pseudo_r2 = text_or_nothing(fit.adjusted_pseudo_r2);
    out.existence = e.exists == existence::certain ? "certain" : "likely";
    out.tolerance = digits(how.tolerance);
    // Digits that differ by machine and threads are not those of a result.
    out.decrement = digits(e.decrement, 1);
    out.gap = digits(e.gap, 1);
    out.steps = static_cast<std::int64_t>(e.steps.size());
    out.inner_iterations = e.inner_iterations;
    out.factors = e.factors_made;
    out.seed = std::to_string(how.seed);
    grant(wishes, made.m, how, e, c, out);
    return out;
}

void add_correction(gravity_report& r, const three_way_correction& c, double level) {
    const double reach = numerics::normal_quantile((1 + level) / 2);
    r.correction = "three-way, errors by pair";
    for (std::size_t j = 0; j < c.b.size(); ++j) {
        coefficient_line& line = r.coefficients[j];
        line.corrected = digits(c.b[j]);
        line.corrected_error = digits(c.standard_error[j]);
        line.corrected_low = digits(c.b[j] - reach * c.standard_error[j]);
        line.corrected_high = digits(c.b[j] + reach * c.standard_error[j]);
    }
}

std::string regression_table(const std::vector<gravity_report>& of, table_form form) {
    return laid_out(lay_cells(of), form);
}

std::string average_effects_table(const gravity_report& r, table_form form) {
    cells all = {{"average effects", "change", "percent", "s.e.", "low", "high", "in units", "s.e.",
                  "low", "high"}};
    for (const average_effect_line& one : r.average_effects) {
        std::vector<std::string> line = {one.name, one.change};
        for (const change_figure* f : {&one.percent, &one.units})
            for (const std::string* text : {&f->value, &f->standard_error, &f->low, &f->high})
                line.push_back(short_number(*text));
        all.push_back(std::move(line));
    }
    return laid_out(all, form);
}

std::string series_table(const gravity_report& r, table_form form) {
    cells all = {{"series", "coefficient", "estimate", "low", "high", "low of all", "high of all"}};
    for (const series_report& one : r.series)
        for (const band_line& c : one.coefficients)
            all.push_back({one.name, c.name, short_number(c.estimate), short_number(c.low),
                           short_number(c.high), short_number(c.low_of_all),
                           short_number(c.high_of_all)});
    return laid_out(all, form);
}

}  // namespace veche::gravity
