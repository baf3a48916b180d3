#pragma once
// What is to be estimated: an outcome, regressors, fixed effects, weights, and what clusters.
// Plain views; the caller keeps the numbers. All lists are as long as the outcome.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "kernel/progress.hpp"

namespace veche::gravity {

/// poisson: pseudo maximum likelihood with mean exp(eta), for outcomes that are at least 0;
/// linear: least squares.
enum class family : std::uint8_t { poisson, linear };

struct regressor {
    std::string name;
    std::span<const double> values;  ///< NaN is missing
};

/// Rows in groups: the levels of a fixed effect, or clusters.
struct grouping {
    std::string name;
    std::span<const std::int32_t> code;  ///< -1 is missing; others are below `levels`
    std::int32_t levels = 0;             ///< codes that no row bears are allowed
    std::span<const std::string> names;  ///< by code, for files and messages; may be empty

    /// The level as people write it: its name, or else its code.
    [[nodiscard]] std::string name_of(std::int32_t level) const {
        const auto at = static_cast<std::size_t>(level);
        return at < names.size() ? names[at] : std::to_string(level);
    }
};

struct model {
    family of = family::poisson;
    std::string outcome_name;
    std::span<const double> outcome;
    std::vector<regressor> regressors;  ///< without effects, a constant is added by `constant`
    std::vector<grouping> effects;
    std::vector<grouping> clusters;   ///< rows without one are dropped
    std::span<const double> weights;  ///< empty: all 1; 0 drops the row
    std::span<const double> offset;   ///< added to eta; empty: none
    bool constant = true;             ///< with effects it is part of them
};

/// How systems of equations are solved.
enum class solver : std::uint8_t { automatic, diagonal, schwarz };

struct settings {
    int threads = 1;
    /// Of the Newton decrement, in deviances per row (PPML); of the residual, in its beginning
    /// (least squares). Coefficients are better than that by orders.
    double tolerance = 1e-12;
    /// PPML: of the sums of fitted values in each level of an effect, relative to the outcomes'.
    /// The decrement does not see levels whose sums lie many orders below the others'.
    double level_tolerance = 1e-8;
    int newton_limit = 100;
    int inner_limit = 20'000;  ///< iterations for one system of equations
    solver with = solver::automatic;
    std::uint64_t seed = 1;  ///< of the sampling in approximate factors
    std::uint64_t memory_limit = std::uint64_t{4} << 30;  ///< bytes
    progress_port progress;                               ///< told of steps
    bool keep_singletons = false;
    bool find_separated = true;  ///< otherwise only levels without any outcome are looked for
};

}  // namespace veche::gravity
