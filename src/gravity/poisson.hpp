#pragma once
// Poisson pseudo maximum likelihood by an inexact Newton method: one linear system for each step.
// The coefficients of the first effect are at their best values throughout (profiled out), so that
// the sums of its levels hold exactly.

#include <optional>
#include <vector>

#include "gravity/conjugate.hpp"

namespace veche::gravity {

/// One step of Newton's method, for the record.
struct newton_step {
    double deviance = 0;   ///< where it began
    double decrement = 0;  ///< g' A^-1 g: twice what the step is expected to gain
    double tolerance = 0;  ///< of its system of equations
    int iterations = 0;    ///< of conjugate gradients
    int halvings = 0;
};

class poisson_fit {
  public:
    poisson_fit(const panel& p, weighted_system& system, const settings& how);

    /// Effects alone, by some rounds of proportional fitting, more in a sparse panel; regressors at
    /// 0. Leaves the weights of the system at the fitted values.
    void start(bool sparse);
    /// Regressors were removed or replaced since `start`, their coefficients being 0.
    void regressors_changed();
    /// Steps until the decrement and the gap are below their tolerances. False: they did not get
    /// there. With `watchful` it also stops where zero rows seem to flee to minus infinity.
    bool run(conjugate& solver, bool watchful);

    std::vector<double> theta;  ///< regressors, then levels of the other effects
    std::vector<double> first;  ///< levels of the first effect
    std::vector<newton_step> steps;
    double decrement = 0;   ///< at the last step
    double least_zero = 0;  ///< the least fitted value times weight of a zero row
    bool fleeing = false;   ///< `run` stopped because of that
    bool uneven = false;    ///< the decrement got there, the gap did not

    /// The last step: of theta and of the first effect. Where rows flee it is the direction in
    /// which they do.
    std::vector<double> moved, first_moved;

    /// Fits the rows at theta: weights, gradient, objective. Called by `run`; again after theta was
    /// changed from outside.
    void evaluate();
    [[nodiscard]] double deviance() const;
    [[nodiscard]] double log_likelihood() const;
    /// With a constant alone, and the offset.
    [[nodiscard]] double null_likelihood() const;
    /// The greatest abs(sum of fitted values - sum of outcomes) over the latter, over levels of all
    /// effects: the score equations of these, each in its own unit.
    [[nodiscard]] double gap() const;

  private:
    template <int O, int K>
    void evaluate_block(std::size_t block, double* own);
    void fit_proportionally(int rounds);
    void shorten_by_component(const component_factors&, double* step) const;
    [[nodiscard]] bool settled(const conjugate&, double forcing, double length) const;
    bool even_out(conjugate&);
    bool even_components(component_factors&);
    bool even_by_proportion();
    [[nodiscard]] double target() const;
    /// sum of weight x log(outcome!).
    [[nodiscard]] double log_factorials() const;
    [[nodiscard]] bool seems_fleeing() const;
    [[nodiscard]] bool at_rounding() const;
    void note_move(const std::vector<double>& from, const std::vector<double>& first_from,
                   double length);

    const panel& p_;
    weighted_system& system_;
    const settings& how_;
    std::vector<double> sums_;      // of weight x outcome by group of the first effect
    std::vector<double> wanted_;    // the same by level of the others
    std::vector<double> gradient_;  // as theta, then the objective and the least zero row's value
    std::vector<double> least_;     // by block
    double objective_ = 0;
    double saturated_ = 0;  // sum of weight x (y log y - y)
    mutable std::optional<double> log_factorials_;
};

}  // namespace veche::gravity
