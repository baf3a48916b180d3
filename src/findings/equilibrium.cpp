// What follows for prices, real GDP and exports where costs of trade change, in a world of one
// sector with endowments (gravity/experiment.hpp): a solution to rounding, under a closure that is
// named, with intervals by drawing the coefficients.

#include <algorithm>
#include <array>

#include "findings/methods.hpp"
#include "findings/model_asked.hpp"
#include "findings/refusal.hpp"
#include "findings/remarks.hpp"
#include "gravity/experiment_text.hpp"
#include "kernel/text.hpp"
#include "numerics/digits.hpp"

namespace veche::findings {
namespace {

constexpr std::size_t most_published_territories = 10;  // with six figures each, of 64

constexpr std::array<std::string_view, 3> closures = {"W", "D", "B"};
constexpr std::array<std::string_view, 2> baselines = {"fitted", "observed"};
constexpr std::array<std::string_view, 5> kinds = {"border", "member", "set", "tariff", "barrier"};

/// Parts between semicolons, without blanks around them.
std::vector<std::string> parts_of(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(';'), text.size());
        const std::string_view one = text::trim(text.substr(0, end), " ");
        if (!one.empty()) out.emplace_back(one);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

result<std::vector<gravity::experiment>> experiments_asked(const request& from,
                                                           const gravity::cross_section& s,
                                                           double level) {
    std::vector<gravity::experiment> out;
    for (const std::string& one : parts_of(parameter_of(from, "experiments"))) {
        const std::size_t blank = std::min(one.find(' '), one.size());
        const auto kind = std::find(kinds.begin(), kinds.end(), one.substr(0, blank));
        if (kind == kinds.end())
            return refuse(refusals::parameter_unlisted, "specified.parameters", "experiments",
                          one.substr(0, blank), "border, member, set, tariff, barrier");
        out.push_back(VECHE_TRY(gravity::experiment_of(
            s, static_cast<gravity::experiment_kind>(kind - kinds.begin()),
            std::string_view(one).substr(std::min(blank + 1, one.size())), level)));
    }
    return out;
}

result<gravity::experiment_plan> plan_asked(const request& from, const gravity::cross_section& s) {
    gravity::experiment_plan out;
    out.sigma = VECHE_TRY(number_parameter(from, "sigma"));
    out.close =
        static_cast<gravity::closure>(VECHE_TRY(choice_parameter(from, "closure", closures)));
    out.start =
        static_cast<gravity::baseline>(VECHE_TRY(choice_parameter(from, "baseline", baselines)));
    out.reference = maybe_parameter(from, "reference");
    out.draws = static_cast<int>(VECHE_TRY(count_parameter(from, "draws", 0, 2000)));
    out.seed =
        static_cast<std::uint64_t>(VECHE_TRY(count_parameter(from, "seed", 0, 1'000'000'000)));
    out.level = VECHE_TRY(level_parameter(from));
    out.progress = from.progress;
    out.steps = VECHE_TRY(experiments_asked(from, s, out.level));
    return out;
}

/// Given as "log(dist) = -0.79, 0.05; border = -2.5", or those of the model.
result<gravity::cost_coefficients> coefficients_asked(const request& from, const tables::table& in,
                                                      computed& to) {
    if (maybe_parameter(from, "formula").empty()) {
        std::vector<gravity::given_coefficient> given;
        for (const std::string& one : parts_of(maybe_parameter(from, "coefficients")))
            given.push_back(VECHE_TRY(gravity::coefficient_of(one)));
        return gravity::coefficients_given(given);
    }
    const estimated_model m = VECHE_TRY(estimated_as_asked(from, in));
    to.notes.push_back(remark_of(remarks::model, m.report.formula, parameter_of(from, "family"),
                                 std::to_string(m.report.rows_used),
                                 std::to_string(m.report.rows)));
    result_table estimated{"coefficients", {"regressor", "estimate", "standard_error"}, {}};
    for (const gravity::coefficient_line& one : m.report.coefficients)
        estimated.rows.push_back({one.name, one.estimate, one.standard_error});
    to.tables.push_back(std::move(estimated));
    return gravity::coefficients_of(m.asked, m.model->m, m.estimate, m.errors);
}

struct effect_shown {
    std::string name;
    double gravity::country_effect::* value;
    gravity::interval gravity::uncertain_effect::* band;
};
const std::array<effect_shown, 6>& effects_shown() {
    using c = gravity::country_effect;
    using u = gravity::uncertain_effect;
    static const std::array<effect_shown, 6> all = {
        {{"price", &c::price, &u::price},
         {"real-gdp", &c::real_gdp, &u::real_gdp},
         {"price-index", &c::price_index, &u::price_index},
         {"exports", &c::exports, &u::exports},
         {"exports-conditional", &c::conditional_exports, &u::conditional_exports},
         {"welfare-conditional", &c::conditional_welfare, &u::conditional_welfare}}};
    return all;
}

result<void> add_figures_of(computed& to, const request& from,
                            const gravity::experiment_outcome& made) {
    const auto asked = list_parameter(from, "territories");
    if (asked.empty() || asked.size() > most_published_territories)
        return refuse(refusals::parameter_out_of_range, "specified.parameters", "territories",
                      parameter_of(from, "territories"), "1",
                      std::to_string(most_published_territories));
    std::set<std::string> taken;
    for (const std::string& name : asked) {
        const auto& all = made.solved.countries;
        const auto at =
            std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
        if (at == all.end()) return refuse(refusals::no_territory, "specified.parameters", name);
        const std::string own = own_name(name, taken);
        for (const effect_shown& shown : effects_shown()) {
            const std::string figure = shown.name + "." + own;
            if (made.bands.empty()) {
                to.figures.push_back(figure_of(figure, "%", (*at).*shown.value, 3));
                continue;
            }
            const gravity::interval& band =
                made.bands[static_cast<std::size_t>(at - all.begin())].*shown.band;
            to.figures.push_back(
                figure_between(figure, "%", (*at).*shown.value, band.low, band.high, 3));
        }
    }
    return {};
}

result_table effect_table(const gravity::experiment_outcome& made) {
    result_table out{"effects", {"territory"}, {}};
    for (const effect_shown& shown : effects_shown()) {
        out.columns.push_back(shown.name);
        if (!made.bands.empty()) {
            out.columns.push_back(shown.name + "_low");
            out.columns.push_back(shown.name + "_high");
        }
    }
    using numerics::digits;
    for (std::size_t i = 0; i < made.solved.countries.size(); ++i) {
        std::vector<std::string> row = {made.solved.countries[i].name};
        for (const effect_shown& shown : effects_shown()) {
            row.push_back(digits(made.solved.countries[i].*shown.value));
            if (made.bands.empty()) continue;
            row.push_back(digits((made.bands[i].*shown.band).low));
            row.push_back(digits((made.bands[i].*shown.band).high));
        }
        out.rows.push_back(std::move(row));
    }
    return out;
}

void add_remarks_of(computed& to, const gravity::cross_section& s,
                    const gravity::cost_coefficients& c, const gravity::experiment_plan& plan,
                    const gravity::experiment_outcome& made) {
    using gravity::closure;
    to.notes.push_back(remark_of(remarks::one_sector));
    to.notes.push_back(remark_of(plan.close == closure::world     ? remarks::closure_world
                                 : plan.close == closure::deficit ? remarks::closure_deficit
                                                                  : remarks::closure_balanced));
    to.notes.push_back(
        remark_of(remarks::solved_to, bound_above(made.solved.residual), made.solved.reference));
    if (!made.bands.empty())
        to.notes.push_back(remark_of(remarks::coefficients_drawn, std::to_string(plan.draws),
                                     std::to_string(plan.seed),
                                     numerics::digits(100 * plan.level)));
    if (plan.draws > 0 && c.v.empty() && !c.names.empty())
        to.notes.push_back(remark_of(remarks::coefficients_certain));
    if (made.pairs_changed == 0) to.notes.push_back(remark_of(remarks::no_cost_changes));
    for (const gravity::experiment& step : plan.steps)
        if (step.kind == "tariff") to.notes.push_back(remark_of(remarks::tariff_is_nobodys));
    const auto zeros = std::count(s.flows.begin(), s.flows.end(), 0.0);
    if (plan.start == gravity::baseline::observed && zeros > 0)
        to.notes.push_back(remark_of(remarks::no_trade_stays, std::to_string(zeros)));
}

result<computed> compute_equilibrium(const request& from) {
    const tables::table read = VECHE_TRY(table_of(from, "flows"));
    gravity::flow_columns columns;
    columns.exporter = parameter_of(from, "exporter");
    columns.importer = parameter_of(from, "importer");
    columns.flow = parameter_of(from, "flow");
    const tables::table in = VECHE_TRY(gravity::with_border(read, columns));
    const std::string section = maybe_parameter(from, "section");
    const gravity::cross_section s = VECHE_TRY(gravity::section_of(
        in, columns, section.empty() ? maybe_parameter(from, "filter") : section));
    const gravity::experiment_plan plan = VECHE_TRY(plan_asked(from, s));
    computed out;
    const gravity::cost_coefficients c = VECHE_TRY(coefficients_asked(from, in, out));
    const gravity::experiment_outcome made = VECHE_TRY(gravity::carry_out(s, c, plan));
    VECHE_CHECK(add_figures_of(out, from, made));
    out.tables.push_back(effect_table(made));
    out.pictures = {{"effects", "territory", "real-gdp", "%"}};
    add_remarks_of(out, s, c, plan, made);
    return out;
}

constexpr role_info equilibrium_roles[] = {
    {"flows", "a row for each ordered pair of one time, home markets too, with what costs are of"}};
constexpr parameter_info equilibrium_parameters[] = {
    {"experiments",
     "what is changed, parted by semicolons, as in border border; tariff A > B = 0, 25", ""},
    {"territories", "whose figures are published, parted by commas", ""},
    {"coefficients", "of costs, as in log(dist) = -0.79, 0.05; border = -2.5, 0.1", "none"},
    {"formula", "a model whose coefficients are taken instead", "none"},
    {"section", "rows that are the world, as in year == 2006; none: those of the filter", "none"},
    {"sigma", "elasticity of substitution, above 1", "7"},
    {"closure", "W, D or B: what becomes of imbalances of trade", "W"},
    {"baseline", "fitted or observed trade before", "fitted"},
    {"reference", "territory whose price index stays; none: the largest", "none"},
    {"exporter", "column of exporters", "exporter"},
    {"importer", "column of importers", "importer"},
    {"flow", "column of flows", "trade"},
    family_parameter,
    cluster_parameter,
    dyadic_parameter,
    errors_parameter,
    rule_parameter,
    weights_parameter,
    offset_parameter,
    filter_parameter,
    draws_parameter,
    seed_parameter,
    range_parameter};

}  // namespace

const method_info equilibrium{
    "equilibrium/1",
    "What follows for prices, real GDP and exports where costs of trade change, in general "
    "equilibrium.",
    equilibrium_roles, equilibrium_parameters, &compute_equilibrium};

}  // namespace veche::findings
