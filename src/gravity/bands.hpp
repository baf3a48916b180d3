#pragma once
// Confidence bands that hold for a whole series of coefficients at once: the greatest of their
// absolute t statistics stays below the critical value with the probability asked for (sup-t;
// Montiel Olea and Plagborg-Moller 2019), by draws with a seed.

#include <string>
#include <vector>

#include "gravity/covariance.hpp"

namespace veche::gravity {

/// Coefficients of one term over the levels of a factor: "year::1990:log(dist)" and its like.
struct coefficient_series {
    std::string name;                  ///< "year:log(dist)"
    std::vector<std::size_t> members;  ///< regressors, in their order
    double pointwise = 0;              ///< critical value for one of them
    double simultaneous = 0;           ///< for all of them together
};

/// Series of at least two coefficients. Draws are normal, or of Student's t where tests are.
std::vector<coefficient_series> series_of(const estimation&, const covariance&, double level,
                                          int draws, std::uint64_t seed);

}  // namespace veche::gravity
