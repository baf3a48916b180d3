#pragma once
// Results as records and as tables of several models side by side.

#include <string>
#include <vector>

#include "gravity/covariance.hpp"
#include "gravity/layout.hpp"
#include "gravity/specification.hpp"
#include "kernel/fields.hpp"

namespace veche::gravity {

/// Numbers are decimal texts of twelve digits (numerics/digits.hpp).
struct coefficient_line {
    std::string name, estimate, standard_error, statistic, p_value, low, high;
};
VECHE_FIELDS(coefficient_line, (name, "The regressor."), (estimate, "Its coefficient."),
             (standard_error, "Its standard error by the rule named."),
             (statistic, "The coefficient over its standard error."),
             (p_value, "Of the two-sided test that it is 0."), (low, "Lower end of the 95 % band."),
             (high, "Upper end of it."))

struct dropped_line {
    std::string reason;
    std::string meaning;
    std::int64_t rows = 0;
};
VECHE_FIELDS(dropped_line, (reason, "Why, in a word."), (meaning, "Why."), (rows, "How many rows."))

struct effect_line {
    std::string name;
    std::int64_t levels = 0;
};
VECHE_FIELDS(effect_line, (name, "The effect, or what rows are clustered by."),
             (levels, "How many levels or clusters."))

struct gravity_report {
    std::string formula, estimator, data, data_hash;
    std::int64_t rows = 0, rows_used = 0;
    std::vector<dropped_line> dropped;
    std::vector<effect_line> effects;
    std::vector<coefficient_line> coefficients;
    std::vector<std::string> removed;
    std::string errors, rule;
    std::vector<effect_line> clusters;
    bool clipped = false;
    std::string distribution;
    std::string deviance, log_likelihood, null_likelihood, r2, adjusted_r2, within_r2, pseudo_r2,
        adjusted_pseudo_r2;
    std::string existence, tolerance, decrement, gap;
    std::int64_t steps = 0, inner_iterations = 0, factors = 0;
    std::string seed;
};
VECHE_FIELDS(gravity_report, (formula, "The model."), (estimator, "How it was estimated."),
             (data, "The file."), (data_hash, "SHA-256 of its bytes."), (rows, "Rows of the file."),
             (rows_used, "Rows used."), (dropped, "Rows not used, by reason."),
             (effects, "Fixed effects."), (coefficients, "What was estimated."),
             (removed, "Regressors that follow from others or from effects."),
             (errors, "What is summed in standard errors."), (rule, "The rule of small samples."),
             (clusters, "What rows are clustered by."),
             (clipped, "The covariance had negative eigenvalues, which were put to 0."),
             (distribution, "Of tests and bands."), (deviance, "Deviance, or sum of squares."),
             (log_likelihood, "Log likelihood."),
             (null_likelihood, "The same with a constant alone."), (r2, "Least squares: R2."),
             (adjusted_r2, "Least squares: adjusted R2."),
             (within_r2, "Least squares: R2 after the effects."),
             (pseudo_r2, "Poisson: 1 - ll / ll of a constant alone."),
             (adjusted_pseudo_r2, "The same, less the parameters."),
             (existence, "Whether finite estimates exist."),
             (tolerance, "Of the Newton decrement over the deviance of a row."),
             (decrement, "The Newton decrement at the end."),
             (gap, "Greatest relative gap between fitted and given sums of a level."),
             (steps, "Newton steps."), (inner_iterations, "Iterations of conjugate gradients."),
             (factors, "How often approximate factors were made."), (seed, "Of their sampling."))

gravity_report report(const specification&, const specified&, const tables::table_source&,
                      std::uint64_t table_rows, const settings&, const estimation&,
                      const covariance&);

/// Models side by side: a column each, standard errors in brackets below the estimates.
std::string regression_table(const std::vector<gravity_report>&, table_form);

}  // namespace veche::gravity
