#pragma once
// Estimates a model: sample, layout, collinearity, fit, and what standard errors need of it.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gravity/poisson.hpp"
#include "gravity/sample.hpp"

namespace veche::gravity {

/// Whether estimates exist, which zero outcomes can prevent.
enum class existence : std::uint8_t {
    certain,  ///< least squares; or shown: each zero row is fitted above the Newton decrement
    likely    ///< some zero rows are fitted so low that rounding hides whether they are finite
};

struct estimation {
    family of = family::poisson;
    sample used;
    panel rows;                        ///< x: regressors with the effects taken out
    std::vector<double> b;             ///< by regressor of `rows`
    std::vector<std::string> removed;  ///< regressors that follow from others or from effects
    std::vector<double> weight;        ///< of the last step: weight, or weight x fitted value
    std::vector<double> error;         ///< weight x (outcome - fitted value)
    std::vector<double> hessian;       ///< X' W X of the regressors in `rows`
    std::vector<double> inverse;       ///< of the Hessian
    /// Coefficients of effects, by effect as the rows have them, and level. Only their sums over a
    /// row are determined.
    std::vector<std::vector<double>> effects;

    double deviance = 0;         ///< or the sum of squares
    double log_likelihood = 0;   ///< of the Poisson (or normal) distribution
    double null_likelihood = 0;  ///< the same with a constant alone (and the offset)
    double total_squares = 0;    ///< least squares: about the mean
    double within_squares = 0;   ///< least squares: after the effects
    /// Regressors and levels, less one for each further effect; where that leaves no row over,
    /// regressors and the rank of the effects' dummies.
    std::int64_t parameters = 0;
    existence exists = existence::certain;
    double least_zero = 0;  ///< the lowest fitted value of a zero row (times its weight)

    std::vector<newton_step> steps;
    double decrement = 0;  ///< of the last step, in deviance
    double gap = 0;        ///< see poisson_fit::gap; least squares: of the residuals
    double last_move = 0;  ///< of any coefficient after convergence, in standard errors
    int inner_iterations = 0;
    bool by_components = false;  ///< the panel was taken apart, and factors are exact
    int factors_made = 0;        ///< 0: the diagonal was enough
    std::uint64_t memory = 0;    ///< bytes, as foreseen
};

/// Refuses what `prepare` refuses, a model too large for its memory, one in which nothing can be
/// estimated, and one whose estimation did not converge.
result<estimation> estimate(const model&, const settings&);

/// eta of each row in use, without offset.
std::vector<double> linear_predictors(const model&, const estimation&);

}  // namespace veche::gravity
