#pragma once
// The normal equations of weighted least squares on regressors and effects, without their matrix:
// the first effect is eliminated exactly inside each pass over the rows.
//   A theta = [X, D]' W (I - P) [X, D] theta
// D: the other effects, P: the weighted mean over each group of the first effect.

#include <cstdint>
#include <functional>
#include <vector>

#include "gravity/panel.hpp"
#include "numerics/workers.hpp"

namespace veche::gravity {

class weighted_system {
  public:
    weighted_system(const panel& p, numerics::workers& crew);

    /// The weights of the rows; whoever changes them calls `weights_changed`.
    std::vector<double> w;
    void weights_changed();
    [[nodiscard]] const panel& rows() const { return p_; }
    [[nodiscard]] numerics::workers& crew() const { return crew_; }

    /// out = A in; both `width` long.
    void apply(const double* in, double* out);
    /// The same for the effects alone and `r` (1 to 4) vectors side by side: level by level, r
    /// numbers each.
    void apply_effects(std::size_t r, const double* in, double* out);
    /// D' W (I - P) v for r columns of n x r numbers.
    void right_sides(std::size_t r, const double* columns, double* out);
    /// columns -= D a + the group means of what is left; a as `apply_effects` has it. The group
    /// means go to `means` (groups x r) unless that is null.
    void subtract(std::size_t r, const double* a, double* columns, double* means);

    /// sum of w (1 - w / W) over the rows of each level: the diagonal of A for the effects; after
    /// these `levels` numbers the sums of w.
    void diagonal(double* out);
    /// X' W (I - P) X, k x k.
    std::vector<double> cross_products();

    /// One pass: piece(block, own vector of `length` numbers, all 0), added up in the order of
    /// blocks into `out`.
    void pass(std::size_t length, double* out,
              const std::function<void(std::size_t, double*)>& piece);
    /// Room for one number per row of a group and column, own to each block.
    double* scratch(std::size_t block, std::size_t columns);
    /// 1 / sum of w in the group; 0 where rows are not centred.
    [[nodiscard]] double share(std::size_t group) const { return share_[group]; }

  private:
    const panel& p_;
    numerics::workers& crew_;
    std::vector<double> share_;
    std::vector<std::vector<double>> own_;
    std::vector<std::vector<double>> scratch_;
};

}  // namespace veche::gravity
