#pragma once
// Structural gravity in general equilibrium: one sector, an endowment of each country (Anderson and
// van Wincoop 2003; Yotov and others, An Advanced Guide to Trade Policy Analysis, 2016, chapter 2).
// X_ij = A_i p_i^(1-s) t_ij E_j / P_j with t_ij the costs to the power 1-s, P_j = sum of A p t.
// Solved exactly, to the residual given; published results of loops that stop early differ in the
// second digit (docs/gravity.md).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/progress.hpp"
#include "kernel/result.hpp"

namespace veche::gravity {

/// What becomes of trade imbalances; phi_j = E_j / Y_j.
enum class closure : std::uint8_t {
    world,    ///< W: E = phi Y, scaled so that world expenditure is world output
    deficit,  ///< D: a fixed share of world output added to Y (after Dekle, Eaton, Kortum 2007)
    balanced  ///< B: E = Y, before and after
};
std::string_view name_of(closure);

/// A world before and after a change of costs. n countries; matrices row by row, the exporter's
/// row.
struct world {
    std::vector<std::string> names;
    std::vector<double> output;       ///< Y: sales of each country, its own market included
    std::vector<double> expenditure;  ///< E
    /// t_ij, costs to the power 1 - sigma. 0 where nothing is traded, before as after.
    std::vector<double> before, after;
    double sigma = 7;  ///< elasticity of substitution, above 1
    closure close = closure::world;
    std::size_t reference = 0;  ///< its price index stays: P = 1
};

struct country_effect {
    std::string name;
    /// In percent; of the full endowment solution.
    double price = 0, real_gdp = 0, price_index = 0, exports = 0;
    /// In percent; with output and expenditure as they were.
    double conditional_exports = 0, conditional_welfare = 0;
};

struct equilibrium {
    std::string closure_name;
    double sigma = 0;
    std::string reference;
    std::vector<country_effect> countries;
    std::vector<double> flows_before, flows_after;  ///< n x n
    int iterations = 0;                             ///< of the full solution
    int conditional_iterations = 0;                 ///< of the conditional one
    double residual = 0;  ///< greatest abs(demand / output - 1) of all solutions
};

inline constexpr double equilibrium_tolerance = 1e-14;

/// Refuses shapes that do not fit, numbers that are not positive, and a solution that does not
/// reach the tolerance (or where rounding stays above it, 1e-12).
result<equilibrium> solve(const world&);

/// Linear costs with uncertain coefficients: t = known exp(x b), b drawn from a normal
/// distribution.
struct uncertain_costs {
    std::vector<double> b, v;                       ///< k; k x k
    std::vector<double> before, after;              ///< n x n x k: regressors of each pair
    std::vector<double> known_before, known_after;  ///< n x n factors; empty: all 1
    int draws = 1000;
    std::uint64_t seed = 1;
    double level = 0.95;
    int threads = 1;  ///< no digit depends on it
    progress_port progress;
};
struct interval {
    double low = 0, high = 0;
};
struct uncertain_effect {
    std::string name;
    interval price, real_gdp, price_index, exports, conditional_exports, conditional_welfare;
};
/// Quantiles over the draws, each solved anew. `w`'s costs are replaced.
result<std::vector<uncertain_effect>> intervals(const world& w, const uncertain_costs&);

/// known exp(x b) of each pair; `known` may be empty.
std::vector<double> costs_of(const std::vector<double>& x, const std::vector<double>& b,
                             const std::vector<double>& known);

}  // namespace veche::gravity
