#pragma once
// Models of trade as parameters of a request say them.

#include "findings/reading.hpp"
#include "gravity/report.hpp"

namespace veche::findings {

/// A model that was estimated as asked. The table outlives it.
struct estimated_model {
    gravity::specification asked;
    std::unique_ptr<gravity::specified> model;
    gravity::settings how;
    gravity::estimation estimate;
    gravity::covariance errors;
    gravity::gravity_report report;
};

/// What the parameters of models are: formula, family, cluster, dyadic, errors, rule, weights,
/// offset, filter. Refuses what the engine refuses, and what did not converge.
result<estimated_model> estimated_as_asked(const request&, const tables::table&);

/// The parameters of models but the formula, for the rows of methods.
inline constexpr parameter_info family_parameter{"family", "ppml or ols", "ppml"},
    cluster_parameter{"cluster", "columns by which rows are clustered, as in exp^imp", "none"},
    dyadic_parameter{"dyadic", "both ends of a pair, as in exp + imp", "none"},
    errors_parameter{"errors", "auto (by the clusters, if any), iid or hetero", "auto"},
    rule_parameter{"rule", "rule of small samples, by name", "fixest"},
    weights_parameter{"weights", "column of weights", "none"},
    offset_parameter{"offset", "column of the offset", "none"},
    filter_parameter{"filter", "which rows are looked at, as in year >= 1990", "none"};

}  // namespace veche::findings
