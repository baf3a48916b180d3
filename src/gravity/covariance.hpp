#pragma once
// Standard errors by name. V = c H^-1 (sum of outer products of summed scores) H^-1; what is summed
// is the kind, what c is is the rule. Programs differ in c in the second digit, so that a standard
// error without the name of its rule says little.

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gravity/estimate.hpp"

namespace veche::gravity {

enum class score_sum : std::uint8_t {
    iid,      ///< none: H^-1 (Poisson), or times the variance of the residuals (least squares)
    hetero,   ///< by row
    cluster,  ///< by cluster; several dimensions by the signed sum over their intersections
              ///< (Cameron, Gelbach, Miller 2011)
    dyadic    ///< rows that share either end (Aronow, Samii, Assenova 2015); two clusters whose
              ///< codes name the same members
};

/// n rows, k regressors, G clusters, G* the fewest of all dimensions; K counts parameters.
struct small_sample_rule {
    std::string_view name;
    std::string_view hetero, cluster, counts;  ///< the factor c as a formula; what K counts
};
std::span<const small_sample_rule> small_sample_rules();

struct covariance {
    std::string rule;
    score_sum kind = score_sum::iid;
    std::vector<double> v;  ///< k x k
    std::vector<double> standard_error;
    /// Of Student's t for tests and bands; infinite: the normal distribution.
    double degrees = std::numeric_limits<double>::infinity();
    std::vector<std::string> clusters;         ///< names
    std::vector<std::int64_t> cluster_counts;  ///< by name
    std::int64_t parameters = 0;               ///< K as the rule counts it
    bool clipped = false;                      ///< V had negative eigenvalues, which were put to 0
};

/// Refuses an unknown rule, a cluster-robust kind without clusters, and clusters of which there is
/// only one. `which`: of the model's clusters.
result<covariance> covariance_of(const model&, const estimation&, std::string_view rule,
                                 score_sum kind, std::span<const std::size_t> which);

/// By words: `errors` is iid, hetero, or "" for what the clusters say (hetero without any); with
/// `dyadic` the last two clusters are the ends of pairs, and stand for all.
result<covariance> covariance_by(const model&, const estimation&, std::string_view rule,
                                 std::string_view errors, bool dyadic);

/// Rows' scores added up by code of a model's row: `levels` x k. For those who sum otherwise.
std::vector<double> sum_scores(const estimation&, std::span<const std::int32_t> code,
                               std::int32_t levels);

/// One line of a table.
struct inference {
    double estimate = 0, standard_error = 0, statistic = 0, p_value = 0, low = 0, high = 0;
};
/// Two-sided test of 0 and the confidence band of that level (0.95).
inference infer(const estimation&, const covariance&, std::size_t regressor, double level = 0.95);

/// Measures of fit. NaN where they mean nothing for the family.
struct fit_measures {
    double r2 = 0, adjusted_r2 = 0, within_r2 = 0;  ///< least squares
    /// Poisson: 1 - ll / ll0, ll0 with a constant alone; adjusted: ll less the parameters beside
    /// the constant.
    double pseudo_r2 = 0, adjusted_pseudo_r2 = 0;
};
fit_measures measure(const estimation&);

}  // namespace veche::gravity
