#include "gravity/experiment_report.hpp"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "numerics/digits.hpp"

namespace veche::gravity {
namespace {

using numerics::digits;

std::string_view meaning_of(closure c) {
    switch (c) {
        case closure::world:
            return "the ratio of expenditure to output stays, scaled so that world expenditure is "
                   "world output";
        case closure::deficit:
            return "deficits stay as shares of world output";
        default:
            return "expenditure is output, before and after";
    }
}

using band_of = interval uncertain_effect::*;

/// The effects by the names under which they are written, in the order of the columns.
struct effect_column {
    std::string_view name, head;
    percent_figure territory_effect::* figure;
};
constexpr effect_column effect_columns[] = {
    {"price", "price", &territory_effect::price},
    {"real_gdp", "real GDP", &territory_effect::real_gdp},
    {"price_index", "price index", &territory_effect::price_index},
    {"exports", "exports", &territory_effect::exports},
    {"conditional_exports", "exports, cond.", &territory_effect::conditional_exports},
    {"conditional_welfare", "welfare, cond.", &territory_effect::conditional_welfare}};

/// Solutions are exact to 1e-12 or so, changes therefore to 1e-9 percent, however small they are.
std::string percent_text(double percent) {
    if (std::isnan(percent)) return {};
    return digits(std::round(percent * 1e9) / 1e9);
}

percent_figure figure_from(double percent, const uncertain_effect* drawn, band_of band) {
    percent_figure out;
    out.percent = percent_text(percent);
    if (drawn == nullptr) return out;
    out.low = percent_text((drawn->*band).low);
    out.high = percent_text((drawn->*band).high);
    return out;
}

territory_effect effect_line_of(const country_effect& one, const uncertain_effect* drawn) {
    using u = uncertain_effect;
    territory_effect out;
    out.territory = one.name;
    out.price = figure_from(one.price, drawn, &u::price);
    out.real_gdp = figure_from(one.real_gdp, drawn, &u::real_gdp);
    out.price_index = figure_from(one.price_index, drawn, &u::price_index);
    out.exports = figure_from(one.exports, drawn, &u::exports);
    out.conditional_exports = figure_from(one.conditional_exports, drawn, &u::conditional_exports);
    out.conditional_welfare = figure_from(one.conditional_welfare, drawn, &u::conditional_welfare);
    return out;
}

std::string coefficient_list(const experiment_report& r, const char* between) {
    std::string out;
    for (const cost_coefficient_line& one : r.coefficients)
        out += (out.empty() ? "" : between) + one.name + " " + one.value +
               (one.standard_error.empty() ? "" : " (" + one.standard_error + ")");
    return out;
}

/// How it was computed, by name: the same for people and for each row of CSV.
std::vector<std::pair<std::string, std::string>> facts_of(const experiment_report& r) {
    std::vector<std::pair<std::string, std::string>> out;
    out.emplace_back("closure", r.closure);
    out.emplace_back("sigma", r.sigma);
    out.emplace_back("baseline", r.baseline);
    out.emplace_back("reference", r.reference);
    out.emplace_back("iterations", std::to_string(r.iterations));
    out.emplace_back("conditional_iterations", std::to_string(r.conditional_iterations));
    out.emplace_back("residual", r.residual);
    out.emplace_back("draws", std::to_string(r.draws));
    out.emplace_back("seed", r.seed);
    out.emplace_back("level", r.level);
    out.emplace_back("territories", std::to_string(r.territories));
    out.emplace_back("section", r.section);
    out.emplace_back("coefficients_from", r.coefficients_from);
    out.emplace_back("coefficients", coefficient_list(r, "; "));
    out.emplace_back("data", r.data);
    out.emplace_back("data_hash", r.data_hash);
    return out;
}

/// "1.2345 [0.9876, 1.5432]": four decimals, however small.
std::string percent_cell(const percent_figure& f) {
    const auto fixed = [](const std::string& text) {
        if (text.empty()) return std::string("-");
        double value = 0;
        std::from_chars(text.data(), text.data() + text.size(), value);
        return numerics::decimals(value, 4);
    };
    if (f.low.empty()) return fixed(f.percent);
    return fmt::format("{} [{}, {}]", fixed(f.percent), fixed(f.low), fixed(f.high));
}

std::string say_method(const experiment_report& r) {
    std::string out =
        fmt::format("Closure {}: {}.\nSigma {}; baseline {}; the price index of {} stays.\n",
                    r.closure, r.closure_meaning, r.sigma, r.baseline, r.reference);
    out += fmt::format(
        "Full solution after {} iterations, conditional after {}; greatest residual {}.\n",
        r.iterations, r.conditional_iterations, r.residual);
    if (r.draws > 0)
        out += fmt::format("Intervals of level {} from {} draws, seed {}.\n", r.level, r.draws,
                           r.seed);
    out += fmt::format("Sample: {} territories, {}; the costs of {} pairs change.\n", r.territories,
                       r.section.empty() ? "all rows" : r.section, r.pairs_changed);
    out += "Coefficients " + r.coefficients_from + ": " + coefficient_list(r, ", ") + "\n";
    for (const gravity_report& e : r.estimate)
        out += fmt::format("  by {} from {}; {} of {} rows used; standard errors {}, {}\n",
                           e.estimator, e.formula, e.rows_used, e.rows, e.errors, e.rule);
    for (const std::string& one : r.remarks) out += one + "\n";
    if (!r.data_hash.empty()) out += "Data " + r.data + ", SHA-256 " + r.data_hash + "\n";
    return out;
}

}  // namespace

experiment_report report(const cross_section& s, const cost_coefficients& c,
                         const experiment_plan& plan, const experiment_outcome& made,
                         const experiment_source& from) {
    experiment_report out;
    out.data = from.data;
    out.data_hash = from.data_hash;
    out.section = from.section;
    out.territories = static_cast<std::int64_t>(s.size());
    for (const experiment& step : plan.steps) out.experiments.push_back(step.sentence);
    out.closure = made.solved.closure_name;
    out.closure_meaning = meaning_of(plan.close);
    out.baseline = name_of(plan.start);
    out.sigma = digits(plan.sigma);
    out.reference = made.solved.reference;
    out.coefficients_from = from.estimate.empty() ? "given" : "estimated";
    const std::size_t k = c.names.size();
    for (std::size_t j = 0; j < k; ++j)
        out.coefficients.push_back(
            {c.names[j], digits(c.b[j]),
             c.v.empty() ? "" : digits(std::sqrt(std::max(c.v[j * k + j], 0.0)))});
    out.estimate = from.estimate;
    out.pairs_changed = static_cast<std::int64_t>(made.pairs_changed);
    out.iterations = made.solved.iterations;
    out.conditional_iterations = made.solved.conditional_iterations;
    out.residual = digits(made.solved.residual, 1);
    out.draws = plan.draws;
    out.seed = std::to_string(plan.seed);
    out.level = digits(plan.level);
    for (std::size_t i = 0; i < made.solved.countries.size(); ++i)
        out.effects.push_back(effect_line_of(made.solved.countries[i],
                                             made.bands.empty() ? nullptr : &made.bands[i]));
    out.remarks = made.remarks;
    return out;
}

std::string experiment_text(const experiment_report& r) {
    std::string out;
    for (const std::string& one : r.experiments) out += one + "\n";
    out += "\n";
    cells table(1);
    table[0].emplace_back("change in percent");
    for (const effect_column& c : effect_columns) table[0].emplace_back(c.head);
    for (const territory_effect& one : r.effects) {
        std::vector<std::string> line = {one.territory};
        for (const effect_column& c : effect_columns) line.push_back(percent_cell(one.*c.figure));
        table.push_back(std::move(line));
    }
    return out + laid_out(table, table_form::text) + "\n" + say_method(r);
}

std::string experiment_csv(const experiment_report& r) {
    const auto facts = facts_of(r);
    const bool drawn = r.draws > 0;
    cells table(1);
    table[0].emplace_back("territory");
    for (const effect_column& c : effect_columns) {
        table[0].emplace_back(c.name);
        if (!drawn) continue;
        table[0].push_back(std::string(c.name) + "_low");
        table[0].push_back(std::string(c.name) + "_high");
    }
    for (const auto& fact : facts) table[0].push_back(fact.first);
    for (const territory_effect& one : r.effects) {
        std::vector<std::string> line = {one.territory};
        for (const effect_column& c : effect_columns) {
            const percent_figure& f = one.*c.figure;
            line.push_back(f.percent);
            if (!drawn) continue;
            line.push_back(f.low);
            line.push_back(f.high);
        }
        for (const auto& fact : facts) line.push_back(fact.second);
        table.push_back(std::move(line));
    }
    return laid_out(table, table_form::csv);
}

std::string flows_csv(const cross_section& s, const experiment_outcome& made) {
    cells table = {{s.columns.exporter, s.columns.importer, "before", "after"}};
    for (std::size_t pair = 0; pair < s.row.size(); ++pair)
        table.push_back({s.names[pair / s.size()], s.names[pair % s.size()],
                         digits(made.solved.flows_before[pair]),
                         digits(made.solved.flows_after[pair])});
    return laid_out(table, table_form::csv);
}

}  // namespace veche::gravity
