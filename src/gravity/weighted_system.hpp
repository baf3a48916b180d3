#pragma once
// The normal equations of weighted least squares on regressors and effects, without their matrix:
// the first effect is eliminated exactly inside each pass over the rows.
//   A theta = [X, D]' W (I - P) [X, D] theta
// D: the other effects, P: the weighted mean over each group of the first effect. What regressors
// have to do with it is kept, k numbers for each level, so that a pass reads levels and weights
// only.

#include <cstdint>
#include <functional>
#include <vector>

#include "gravity/panel.hpp"
#include "numerics/workers.hpp"

namespace veche::gravity {

class weighted_system {
  public:
    weighted_system(const panel& p, numerics::workers& crew);

    /// The weights of the rows; whoever changes them, or the regressors, calls `weights_changed`,
    /// if it can with the sums of the new ones by group.
    std::vector<double> w;
    void weights_changed();
    void weights_changed(const std::vector<double>& sums);
    [[nodiscard]] const panel& rows() const { return p_; }
    [[nodiscard]] numerics::workers& crew() const { return crew_; }

    /// out = A in; both `width` long.
    void apply(const double* in, double* out);
    /// The same for the effects alone and `r` (1, 2 or 4) vectors side by side: level by level, r
    /// numbers each.
    void apply_effects(std::size_t r, const double* in, double* out);
    /// D' W (I - P) v for r (1 to 4) columns v, the first of each row at `columns` + row * stride;
    /// out: level by level, `out_stride` numbers each, of which r are written, the others 0.
    void right_sides(std::size_t r, const double* columns, std::size_t stride, double* out,
                     std::size_t out_stride);
    /// r columns, laid out as above, less D a and the group means of what is left; a as
    /// `right_sides` gives it. The group means go to `means` (groups x r) unless that is null.
    void subtract(std::size_t r, const double* a, std::size_t a_stride, double* columns,
                  std::size_t stride, double* means);

    /// Two numbers for each level, under the present weights: sum of w (1 - w / W) over its rows,
    /// which is the diagonal of A, and sum of w.
    const std::vector<double>& curvature();
    /// X' W (I - P) X, k x k.
    const std::vector<double>& cross_products();
    /// D' W (I - P) X, levels x k.
    const std::vector<double>& ties();

    /// One pass: piece(block, own vector of `length` numbers, all 0), added up in the order of
    /// blocks into `out`.
    void pass(std::size_t length, double* out,
              const std::function<void(std::size_t, double*)>& piece);
    /// Room for one number per row of a group and column, own to each block.
    double* scratch(std::size_t block, std::size_t columns);
    /// 1 / sum of w in the group; 0 where rows are not centred.
    [[nodiscard]] double share(std::size_t group) const { return share_[group]; }

  private:
    enum class known : std::uint8_t { nothing, effects, all };
    void measure(bool regressors);
    void tie_regressors();
    void add_regressors(const double* in, double* out);

    const panel& p_;
    numerics::workers& crew_;
    std::vector<double> share_;
    known known_ = known::nothing;   // of the present weights
    std::vector<double> curvature_;  // levels x 2
    std::vector<double> cross_;      // k x k
    std::vector<double> ties_;       // D' W (I - P) X: levels x k
    std::vector<std::vector<double>> own_;
    std::vector<std::vector<double>> scratch_;
};

}  // namespace veche::gravity
