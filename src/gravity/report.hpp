#pragma once
// Results as records and as tables of several models side by side.

#include <string>
#include <vector>

#include "gravity/average_effects.hpp"
#include "gravity/bands.hpp"
#include "gravity/covariance.hpp"
#include "gravity/layout.hpp"
#include "gravity/specification.hpp"
#include "gravity/three_way.hpp"
#include "kernel/fields.hpp"

namespace veche::gravity {

/// Numbers are decimal texts of twelve digits (numerics/digits.hpp).
struct coefficient_line {
    std::string name, estimate, standard_error, statistic, p_value, low, high;
    /// With a correction of bias only.
    std::string corrected = {}, corrected_error = {}, corrected_low = {}, corrected_high = {};
};
VECHE_FIELDS(coefficient_line, (name, "The regressor."), (estimate, "Its coefficient."),
             (standard_error, "Its standard error by the rule named."),
             (statistic, "The coefficient over its standard error."),
             (p_value, "Of the two-sided test that it is 0."), (low, "Lower end of the band."),
             (high, "Upper end of it."),
             (corrected, "The coefficient with its bias corrected, where that was asked for."),
             (corrected_error, "Its standard error, clustered by pair, corrected for leverage."),
             (corrected_low, "Lower end of its band."), (corrected_high, "Upper end of it."))

struct change_figure {
    std::string value, standard_error, low, high;
};
VECHE_FIELDS(change_figure, (value, "The change."), (standard_error, "By the delta method."),
             (low, "Lower end of the band."), (high, "Upper end of it."))

struct average_effect_line {
    std::string name, change;
    change_figure percent, units;
};
VECHE_FIELDS(average_effect_line, (name, "The regressor."),
             (change, "What changes: 0 to 1, 1 percent or 1 unit."),
             (percent, "Of the outcome, in percent."), (units, "On average, in its units."))

struct band_line {
    std::string name, estimate, low, high, low_of_all, high_of_all;
};
VECHE_FIELDS(band_line, (name, "The regressor."), (estimate, "Its coefficient."),
             (low, "Lower end of the band for it alone."), (high, "Upper end of it."),
             (low_of_all, "Lower end of the band for the whole series."),
             (high_of_all, "Upper end of it."))

struct series_report {
    std::string name, pointwise, simultaneous;
    std::vector<band_line> coefficients;
};
VECHE_FIELDS(series_report, (name, "The term."), (pointwise, "Critical value for one coefficient."),
             (simultaneous, "For all of them at once, by draws (sup-t)."),
             (coefficients, "One for each level."))

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
    std::string level;
    std::vector<average_effect_line> average_effects;
    std::vector<series_report> series;
    std::int64_t draws = 0;
    std::string correction;
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
             (gap, "Greatest relative gap between fitted and given sums of a level, at most 1e-8."),
             (steps, "Newton steps."), (inner_iterations, "Iterations of conjugate gradients."),
             (factors, "How often approximate factors were made."),
             (seed, "Of their sampling, and of draws."), (level, "Of all bands."),
             (average_effects, "What coefficients mean for the outcome, if asked for."),
             (series, "Bands for coefficients over the levels of a factor, if asked for."),
             (draws, "For their critical values."),
             (correction, "How the bias was corrected, where it was."))

/// What is asked for beside the coefficients.
struct report_wishes {
    double level = 0.95;
    bool average_effects = false;
    int draws = 0;  ///< for bands of series; 0 none
};

gravity_report report(const specification&, const specified&, const tables::table_source&,
                      std::uint64_t table_rows, const settings&, const estimation&,
                      const covariance&, const report_wishes& = {});

/// Puts corrected coefficients, errors and bands at that level beside the others.
void add_correction(gravity_report&, const three_way_correction&, double level = 0.95);

/// Models side by side: a column each, standard errors in brackets below the estimates.
std::string regression_table(const std::vector<gravity_report>&, table_form);

/// What coefficients of one model mean, a line each; bands of its series, one below the other.
std::string average_effects_table(const gravity_report&, table_form);
std::string series_table(const gravity_report&, table_form);

}  // namespace veche::gravity
