#pragma once
// Solves the systems of weighted_system by preconditioned conjugate gradients. The preconditioner
// is the diagonal of the effects beside the regressors' own block; where that is slow, a sum of
// approximate factors of the graphs of all pairs of effects takes the place of the diagonal
// (additive Schwarz over factor pairs). Sums go in a fixed order.

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "gravity/approximate_factor.hpp"
#include "gravity/component_factors.hpp"
#include "gravity/weighted_system.hpp"
#include "numerics/symmetric.hpp"

namespace veche::gravity {

struct solved {
    int iterations = 0;
    bool converged = false;
    double gain = 0;  ///< b'x of the first column: for a Newton step its decrement
};

class conjugate {
  public:
    conjugate(weighted_system& system, const settings& how);

    /// Tells it that the weights are others.
    void weights_changed();
    /// x := A^-1 b; `width` numbers each. `tolerance`: of the residual in the preconditioner's
    /// norm, in that of b. x holds a first guess.
    solved solve(const double* b, double* x, double tolerance);
    /// The same for the effects alone, r (1, 2 or 4) right sides side by side.
    /// `squares`: sum of w v^2 over the rows of what b was made of.
    solved solve_effects(std::size_t r, const double* b, double* x, double tolerance,
                         const std::array<double, 4>& squares);

    /// Takes from n x `columns` numbers what the effects explain under the weights: what is left
    /// stands in their place; the effects' coefficients (levels x columns) and the first effect's
    /// (groups x columns) are added to `others` and `first` unless these are null.
    bool partial_out(std::size_t columns, std::vector<double>& values, double tolerance,
                     std::vector<double>* others, std::vector<double>* first);

    /// Uses exact factors of components, if the panel is sparse enough for them and they need no
    /// more bytes.
    void try_exact(std::uint64_t memory);
    /// Leaves them aside for the time being: a few iterations without them cost less than they,
    /// far from the solution, and `solve` takes what these find.
    void be_rough(bool rough);
    /// Null where they are not used.
    [[nodiscard]] component_factors* exact() const { return exact_.get(); }

    [[nodiscard]] int total_iterations() const { return total_; }
    [[nodiscard]] int factors_made() const { return made_; }

  private:
    using call = std::function<void(const double*, double*)>;
    struct task {
        std::size_t length, r;
        std::array<double, 4> rounding;  // residuals below that mean nothing
        call apply, precondition;
    };
    solved run(const task&, const double* b, double* x, double tolerance);
    [[nodiscard]] bool small_in_own_units(const task&, const double* b, const double* residual,
                                          double part) const;
    [[nodiscard]] std::vector<double> consistent(const task&, const double* b) const;
    solved with_factors_if_slow(const task&, const double* b, double* x, double tolerance);
    [[nodiscard]] std::array<double, 4> squares_of(std::size_t r, const double* columns,
                                                   std::size_t stride);
    void refresh(bool regressors);
    [[nodiscard]] bool exactly() const { return exact_ && !rough_; }
    [[nodiscard]] double rounding_of(double squares) const;
    void make_factors();
    void tie_regressors();
    void precondition(const double* in, double* out);
    void precondition_effects(std::size_t r, const double* in, double* out);
    std::vector<edge> edges_between(std::size_t q, std::size_t r) const;
    void apply_factor(std::size_t pair, std::size_t r, const double* in,
                      std::vector<double>& out) const;
    void in_parts(std::size_t length, const std::function<void(std::size_t, std::size_t)>& piece);

    struct pair_factor {
        std::size_t q, r;  // effects as the panel has them, 0 the first
        approximate_factor factor;
    };

    weighted_system& system_;
    const settings& how_;
    std::vector<double> inverse_diagonal_;  // of the effects, by level
    std::vector<double> ridge_;
    numerics::cholesky_factor regressors_;
    std::vector<pair_factor> factors_;
    std::unique_ptr<component_factors> exact_;
    std::size_t untied_ = 0;    // components factorised since the regressors were tied
    std::vector<double> tied_;  // with exact factors: D^-1 of the ties, levels x k
    bool rough_ = false;
    bool stale_ = true;          // the diagonal, or exact factors, belong to other weights
    bool block_stale_ = true;    // the same of the regressors' block
    bool factors_stale_ = true;  // the same of the factors
    int total_ = 0;
    int made_ = 0;
};

}  // namespace veche::gravity
