#pragma once
// All eigenvalues and eigenvectors of a symmetric matrix, by rotations in a fixed order: the same
// digits on every machine and with any number of threads.

#include <span>
#include <vector>

namespace veche::trade {

struct eigen_system {
    std::size_t n = 0;
    std::vector<double> values;   ///< descending
    std::vector<double> vectors;  ///< row k holds that of values[k], of length 1
    std::int64_t sweeps = 0;
    double off_diagonal = 0;  ///< root of the sum of squares off the diagonal, over that of all
    bool converged = false;
};

/// Cyclic Jacobi method (Golub, Van Loan, Matrix Computations, 4th edition, 8.5.3). `a` is n x n,
/// row-major and symmetric. Converged where the off-diagonal part is below 1e-14 of the whole.
eigen_system symmetric_eigen(std::span<const double> a, std::size_t n);

}  // namespace veche::trade
