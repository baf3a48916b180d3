#include "numerics/factorised.hpp"

#include <algorithm>
#include <cmath>

#include "kernel/check.hpp"
#include "numerics/sums.hpp"

// The names of LAPACK and BLAS as Fortran has them; every argument is a pointer.
extern "C" {
void dgetrf_(const std::int32_t* m, const std::int32_t* n, double* a, const std::int32_t* lda,
             std::int32_t* ipiv, std::int32_t* info);
void dgetrs_(const char* trans, const std::int32_t* n, const std::int32_t* nrhs, const double* a,
             const std::int32_t* lda, const std::int32_t* ipiv, double* b, const std::int32_t* ldb,
             std::int32_t* info, std::size_t trans_length);
void dgecon_(const char* norm, const std::int32_t* n, const double* a, const std::int32_t* lda,
             const double* anorm, double* rcond, double* work, std::int32_t* iwork,
             std::int32_t* info, std::size_t norm_length);
void dgemm_(const char* transa, const char* transb, const std::int32_t* m, const std::int32_t* n,
            const std::int32_t* k, const double* alpha, const double* a, const std::int32_t* lda,
            const double* b, const std::int32_t* ldb, const double* beta, double* c,
            const std::int32_t* ldc, std::size_t transa_length, std::size_t transb_length);
}

namespace veche::numerics {
namespace {

std::int32_t dimension(std::size_t n) {
    VECHE_ENSURE(n <= INT32_MAX, "a matrix has fewer rows and columns than LAPACK can count");
    return static_cast<std::int32_t>(n);
}

double one_norm(const dense& a) {
    double norm = 0;
    for (std::size_t j = 0; j < a.columns; ++j) {
        double lanes[4] = {};
        const auto column = a.column(j);
        for (std::size_t i = 0; i < column.size(); ++i) lanes[i % 4] += std::abs(column[i]);
        norm = std::max(norm, (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]));
    }
    return norm;
}

}  // namespace

dense product(const dense& a, const dense& b, bool transposed) {
    const std::size_t rows = transposed ? a.columns : a.rows;
    const std::size_t inner = transposed ? a.rows : a.columns;
    VECHE_ENSURE(inner == b.rows, "the shapes of a product fit");
    dense c(rows, b.columns);
    if (rows == 0 || inner == 0 || b.columns == 0) return c;
    const std::int32_t m = dimension(rows), n = dimension(b.columns), k = dimension(inner);
    const std::int32_t lda = dimension(a.rows), ldb = dimension(b.rows);
    const double one = 1, zero = 0;
    dgemm_(transposed ? "T" : "N", "N", &m, &n, &k, &one, a.cells.data(), &lda, b.cells.data(),
           &ldb, &zero, c.cells.data(), &m, 1, 1);
    return c;
}

factorised::factorised(dense a) : factorised(std::move(a), -1) {}

factorised::factorised(dense a, double norm)
    : lu_(std::move(a)), pivots_(lu_.rows), norm_(norm < 0 ? one_norm(lu_) : norm) {
    VECHE_ENSURE(lu_.rows == lu_.columns, "a system to factorise is square");
    if (lu_.rows == 0) return;
    const std::int32_t n = dimension(lu_.rows);
    std::int32_t info = 0;
    dgetrf_(&n, &n, lu_.cells.data(), &n, pivots_.data(), &info);
    VECHE_ENSURE(info >= 0, "dgetrf takes its arguments");
    if (info > 0) singular_at_ = static_cast<std::size_t>(info - 1);
}

double factorised::reciprocal_condition() const {
    if (singular_at_) return 0;
    if (lu_.rows == 0) return 1;
    const std::int32_t n = dimension(lu_.rows);
    std::vector<double> work(4 * lu_.rows);
    std::vector<std::int32_t> whole(lu_.rows);
    double reciprocal = 0;
    std::int32_t info = 0;
    dgecon_("1", &n, lu_.cells.data(), &n, &norm_, &reciprocal, work.data(), whole.data(), &info,
            1);
    return reciprocal;
}

void factorised::solve(double* b, std::size_t columns, bool transposed) const {
    VECHE_ENSURE(!singular_at_, "only a system that is not singular is solved");
    if (lu_.rows == 0 || columns == 0) return;
    const std::int32_t n = dimension(lu_.rows), count = dimension(columns);
    std::int32_t info = 0;
    dgetrs_(transposed ? "T" : "N", &n, &count, lu_.cells.data(), &n, pivots_.data(), b, &n, &info,
            1);
    VECHE_ENSURE(info == 0, "dgetrs takes its arguments");
}

void factorised::solve(dense& b, bool transposed) const {
    VECHE_ENSURE(b.rows == lu_.rows, "the right side has a row for each of the system's");
    solve(b.cells.data(), b.columns, transposed);
}

void factorised::solve(std::vector<double>& b, bool transposed) const {
    VECHE_ENSURE(b.size() == lu_.rows, "the right side has a row for each of the system's");
    solve(b.data(), 1, transposed);
}

double refine(const dense& a, const factorised& by, const std::vector<double>& b,
              std::vector<double>& x, bool transposed) {
    const std::size_t n = a.rows;
    std::vector<compensated_sum> sums(n);
    for (std::size_t i = 0; i < n; ++i) sums[i].add(b[i]);
    for (std::size_t j = 0; j < n; ++j) {
        const auto column = a.column(j);
        if (transposed)
            for (std::size_t i = 0; i < n; ++i) sums[j].add_product(-column[i], x[i]);
        else
            for (std::size_t i = 0; i < n; ++i) sums[i].add_product(-column[i], x[j]);
    }
    std::vector<double> left(n);
    double largest = 0, scale = 0;
    for (std::size_t i = 0; i < n; ++i) {
        left[i] = sums[i].value();
        largest = std::max(largest, std::abs(left[i]));
        scale = std::max(scale, std::abs(b[i]));
    }
    by.solve(left, transposed);
    for (std::size_t i = 0; i < n; ++i) x[i] += left[i];
    return scale > 0 ? largest / scale : 0;
}

}  // namespace veche::numerics
