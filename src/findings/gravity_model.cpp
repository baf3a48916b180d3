// A model of trade with fixed effects, estimated: the published figures are its coefficients with
// their standard errors by the rule named, and their intervals. What does not converge has no
// figures; what has no estimate of its own, and rows that are separated, are said.

#include <algorithm>
#include <set>

#include "findings/methods.hpp"
#include "findings/model_asked.hpp"
#include "findings/refusal.hpp"
#include "findings/remarks.hpp"
#include "numerics/digits.hpp"

namespace veche::findings {
namespace {

constexpr std::size_t most_published_coefficients = 25;  // each with its error, of 64 figures

std::vector<evidence::figure> coefficient_figures(const gravity::estimation& e,
                                                  const gravity::covariance& c, double level,
                                                  int decimals) {
    std::vector<evidence::figure> out;
    std::set<std::string> taken;
    for (std::size_t j = 0; j < std::min(e.b.size(), most_published_coefficients); ++j) {
        const gravity::inference one = gravity::infer(e, c, j, level);
        if (!is_publishable(one.estimate) || !is_publishable(one.standard_error)) continue;
        const std::string name = own_name(e.rows.names[j], taken);
        out.push_back(figure_between(name, "1", one.estimate, one.low, one.high, decimals));
        out.push_back(figure_of(name + ".se", "1", one.standard_error, decimals));
    }
    return out;
}

result_table coefficient_table(const gravity::gravity_report& r) {
    result_table out{
        "coefficients", {"regressor", "estimate", "standard_error", "statistic", "p_value"}, {}};
    for (const gravity::coefficient_line& one : r.coefficients)
        out.rows.push_back(
            {one.name, one.estimate, one.standard_error, one.statistic, one.p_value});
    return out;
}

result_table fit_table(const gravity::gravity_report& r) {
    result_table out{"fit", {"measure", "value"}, {}};
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) out.rows.push_back({name, value});
    };
    add("deviance", r.deviance);
    add("log_likelihood", r.log_likelihood);
    add("null_likelihood", r.null_likelihood);
    add("r2", r.r2);
    add("adjusted_r2", r.adjusted_r2);
    add("within_r2", r.within_r2);
    add("pseudo_r2", r.pseudo_r2);
    for (const gravity::effect_line& one : r.effects)
        out.rows.push_back({"levels of " + one.name, std::to_string(one.levels)});
    for (const gravity::effect_line& one : r.clusters)
        out.rows.push_back({"clusters of " + one.name, std::to_string(one.levels)});
    return out;
}

/// Rows that were not used, each reason by itself.
void add_dropped(computed& to, const gravity::sample& used) {
    using gravity::fate;
    const auto rows = [&](fate one) { return used.count[static_cast<std::size_t>(one)]; };
    const auto say = [&](const remark_kind& kind, std::uint64_t count) {
        if (count > 0) to.notes.push_back(remark_of(kind, std::to_string(count)));
    };
    say(remarks::dropped_missing, rows(fate::missing));
    say(remarks::dropped_weightless, rows(fate::weightless));
    say(remarks::dropped_singleton, rows(fate::singleton));
    say(remarks::dropped_level_zero, rows(fate::level_zero));
    const std::uint64_t separated = rows(fate::separated) + rows(fate::separated_effects);
    say(remarks::dropped_separated, separated);
    to.figures.push_back(figure_of("rows-separated", "1", static_cast<double>(separated), 0));
}

void add_remarks(computed& to, const request& from, const gravity::gravity_report& r,
                 const gravity::estimation& e) {
    to.notes.push_back(remark_of(remarks::model, r.formula, parameter_of(from, "family"),
                                 std::to_string(r.rows_used), std::to_string(r.rows)));
    add_dropped(to, e.used);
    for (const std::string& one : r.removed)
        to.notes.push_back(remark_of(remarks::no_estimate_of_own, one));
    to.notes.push_back(remark_of(
        remarks::errors_named, r.errors, r.rule,
        numerics::digits(100 * number_parameter(from, "level").value_or(0)), r.distribution));
    to.notes.push_back(remark_of(remarks::converged, std::to_string(r.steps), r.tolerance));
    if (e.exists == gravity::existence::likely)
        to.notes.push_back(remark_of(remarks::existence_likely));
    if (r.clipped) to.notes.push_back(remark_of(remarks::covariance_clipped));
    constexpr std::size_t three_ways = 3;
    if (e.of == gravity::family::poisson && r.effects.size() >= three_ways)
        to.notes.push_back(remark_of(remarks::bias_of_three));
}

result<computed> compute_gravity(const request& from) {
    const tables::table in = VECHE_TRY(table_of(from, "data"));
    const auto level = VECHE_TRY(number_parameter(from, "level"));
    if (!(level > 0 && level < 1))
        return refuse(refusals::level_unknown, "specified.parameters", parameter_of(from, "level"));
    const auto decimals = static_cast<int>(VECHE_TRY(count_parameter(from, "decimals", 0, 6)));
    const estimated_model m = VECHE_TRY(estimated_as_asked(from, in));
    const gravity::gravity_report& r = m.report;
    computed out;
    out.figures = coefficient_figures(m.estimate, m.errors, level, decimals);
    if (out.figures.empty()) return refuse(refusals::not_a_number, "figures", r.formula);
    out.figures.push_back(figure_of("rows-used", "1", static_cast<double>(r.rows_used), 0));
    out.tables = {coefficient_table(r), fit_table(r)};
    add_remarks(out, from, r, m.estimate);
    return out;
}

constexpr role_info gravity_roles[] = {
    {"data", "one row for each pair and period, with the outcome and what it depends on"}};
constexpr parameter_info gravity_parameters[] = {
    {"formula", "outcome ~ regressors | effects, as in trade ~ rta + log(dist) | exp^year", ""},
    family_parameter,
    cluster_parameter,
    dyadic_parameter,
    errors_parameter,
    rule_parameter,
    weights_parameter,
    offset_parameter,
    filter_parameter,
    {"level", "of the intervals", "0.95"},
    {"decimals", "of the published coefficients, 0 to 6", "4"}};

}  // namespace

const method_info gravity_model{
    "gravity/1",
    "How trade depends on distance, agreements and more, with fixed effects: coefficients with "
    "standard errors and intervals.",
    gravity_roles, gravity_parameters, &compute_gravity};

}  // namespace veche::findings
