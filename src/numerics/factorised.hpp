#pragma once
// Square systems by factorisation: A = P L U with rows exchanged (Golub and Van Loan, Matrix
// Computations, 3.4). Nothing here inverts a matrix.

#include <cstdint>
#include <optional>

#include "numerics/dense.hpp"

namespace veche::numerics {

class factorised {
  public:
    /// Takes the matrix over: its cells become those of the factors, so the peak of memory is the
    /// matrix itself. `a` must be square.
    explicit factorised(dense a);
    /// The same where the matrix's 1-norm is known.
    factorised(dense a, double norm);

    [[nodiscard]] std::size_t size() const { return lu_.rows; }
    /// The row, from 0, at which a pivot is zero: the matrix is singular, and nothing can be
    /// solved.
    [[nodiscard]] std::optional<std::size_t> singular_at() const { return singular_at_; }
    /// Estimate of 1 / (norm(A) norm(inverse of A)) in the 1-norm (LAPACK dgecon, Higham 1988);
    /// below about 1e-12 results have few digits left.
    [[nodiscard]] double reciprocal_condition() const;

    /// A X = B, or A' X = B where `transposed`; X takes the place of B. B has size() rows.
    void solve(dense& b, bool transposed = false) const;
    void solve(std::vector<double>& b, bool transposed = false) const;

  private:
    void solve(double* b, std::size_t columns, bool transposed) const;

    dense lu_;
    std::vector<std::int32_t> pivots_;
    double norm_ = 0;
    std::optional<std::size_t> singular_at_;
};

/// One step of refinement of x for A x = b, or A' x = b: x gains the solution for what it leaves
/// over, summed with compensation. Gives the largest of abs(b - A x) before the step, over the
/// largest of abs(b); 0 where b is zero. `a` is the matrix that `by` was made of.
double refine(const dense& a, const factorised& by, const std::vector<double>& b,
              std::vector<double>& x, bool transposed = false);

}  // namespace veche::numerics
