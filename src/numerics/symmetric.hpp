#pragma once
// Small symmetric matrices (tens of rows), row by row in one vector of n x n numbers.

#include <cstddef>
#include <vector>

namespace veche::numerics {

/// L with A = L L', lower. A row whose pivot is at most `tolerance` times its `scale` (the row's
/// own diagonal where that is empty) follows from those before it: it is named in `dependent`, and
/// its row and column of L are those of the identity.
struct cholesky_factor {
    std::size_t n = 0;
    std::vector<double> l;
    std::vector<std::size_t> dependent;

    /// v := A^-1 v. Rows that depend on others get 0.
    void solve(double* v) const;
    [[nodiscard]] std::vector<double> inverse() const;
};
cholesky_factor cholesky(std::size_t n, const std::vector<double>& a, double tolerance = 0,
                         const std::vector<double>& scale = {});

/// Eigenvalues in ascending order, and eigenvectors as rows in that order (Jacobi's rotations,
/// cyclic by rows). An eigenvector's largest entry is positive.
struct eigen_system {
    std::vector<double> values;
    std::vector<double> vectors;
};
eigen_system eigen(std::size_t n, std::vector<double> a);

/// a b, both n x n.
std::vector<double> product(std::size_t n, const std::vector<double>& a,
                            const std::vector<double>& b);

}  // namespace veche::numerics
