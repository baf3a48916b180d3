#pragma once
// Results of experiments as records, as rows for other programs, and as text for people.

#include "gravity/experiment.hpp"
#include "gravity/report.hpp"

namespace veche::gravity {

/// A change in percent, empty where there was nothing before; its interval is empty without draws.
struct percent_figure {
    std::string percent, low, high;
};
VECHE_FIELDS(percent_figure, (percent, "The change in percent."), (low, "Lower end by draws."),
             (high, "Upper end by draws."))

struct territory_effect {
    std::string territory;
    percent_figure price, real_gdp, price_index, exports, conditional_exports, conditional_welfare;
};
VECHE_FIELDS(territory_effect, (territory, "The territory."), (price, "Price of its goods."),
             (real_gdp, "Real GDP: the price of its goods over its price index."),
             (price_index, "Its price index of what it buys."),
             (exports, "Exports, its own market aside."),
             (conditional_exports, "Exports with all outputs and expenditures kept."),
             (conditional_welfare,
              "The inverse of its price index, outputs and expenditures kept."))

struct cost_coefficient_line {
    std::string name, value, standard_error;
};
VECHE_FIELDS(cost_coefficient_line, (name, "The regressor."), (value, "Its coefficient."),
             (standard_error, "Its standard error; empty where it is taken as known."))

struct experiment_report {
    std::string data, data_hash, section;
    std::int64_t territories = 0;
    std::vector<std::string> experiments;
    std::string closure, closure_meaning, baseline, sigma, reference;
    std::string coefficients_from;
    std::vector<cost_coefficient_line> coefficients;
    std::vector<gravity_report> estimate;
    std::int64_t pairs_changed = 0, iterations = 0, conditional_iterations = 0;
    std::string residual;
    std::int64_t draws = 0;
    std::string seed, level;
    std::vector<territory_effect> effects;
    std::vector<std::string> remarks;
};
VECHE_FIELDS(experiment_report, (data, "The file of flows."), (data_hash, "SHA-256 of its bytes."),
             (section, "Which of its rows are the world."), (territories, "How many there are."),
             (experiments, "What is done, in sentences, in this order."),
             (closure, "W, D or B: what becomes of trade imbalances."),
             (closure_meaning, "The same in words."),
             (baseline, "Trade before: fitted or observed."),
             (sigma, "Elasticity of substitution."),
             (reference, "The territory whose price index stays."),
             (coefficients_from, "estimated, or given."),
             (coefficients, "By what costs depend on columns."),
             (estimate, "The estimate they are from, if it was made here."),
             (pairs_changed, "Pairs whose costs change."), (iterations, "Of the full solution."),
             (conditional_iterations, "Of the conditional solution."),
             (residual, "Greatest gap between demand and output over output, of all solutions."),
             (draws, "Of the coefficients, for intervals; 0 none."), (seed, "Of the draws."),
             (level, "Of the intervals."), (effects, "By territory."),
             (remarks, "What has to be known of it."))

/// What the estimate was and from which data; the rest is in the outcome.
struct experiment_source {
    std::string data, data_hash, section;
    std::vector<gravity_report> estimate;  ///< empty: the coefficients were given
};
experiment_report report(const cross_section&, const cost_coefficients&, const experiment_plan&,
                         const experiment_outcome&, const experiment_source&);

/// For people: what was done and how, then a line for each territory.
std::string experiment_text(const experiment_report&);
/// A row for each territory; each row says too how it was computed.
std::string experiment_csv(const experiment_report&);
/// exporter, importer, before, after: trade of each pair, before and in the full solution.
std::string flows_csv(const cross_section&, const experiment_outcome&);

}  // namespace veche::gravity
