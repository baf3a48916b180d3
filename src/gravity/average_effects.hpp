#pragma once
// What coefficients mean for the outcome: relative changes in models of its logarithm, and average
// changes in its own units.

#include <string>
#include <vector>

#include "gravity/covariance.hpp"

namespace veche::gravity {

enum class regressor_kind : std::uint8_t {
    dummy,      ///< 0 and 1 and nothing else: the change from 0 to 1
    logarithm,  ///< log(..): one percent more
    other       ///< one unit more
};

/// NaN throughout where it means nothing. `low` and `high` are of the level asked for.
struct effect_estimate {
    double value = 0, standard_error = 0, low = 0, high = 0;
};

struct average_effect {
    std::string name;
    regressor_kind kind = regressor_kind::other;
    /// Percent of the outcome, where its logarithm is modelled (PPML; least squares of a log):
    /// 100 (exp(b) - 1), of a logarithm b. The standard error is by the delta method; the interval
    /// holds what that of b holds.
    effect_estimate relative;
    /// In units of the outcome, averaged over the rows used (by their weights): of PPML, and of
    /// least squares that is not of a log. The standard error is by the delta method with the
    /// effects at their best values for other coefficients (the sums of their levels taken as
    /// given); the interval is value and reach.
    effect_estimate absolute;
};

/// Of each regressor but the constant.
std::vector<average_effect> average_effects(const model&, const estimation&, const covariance&,
                                            double level = 0.95);

}  // namespace veche::gravity
