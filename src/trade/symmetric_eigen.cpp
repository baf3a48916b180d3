#include "trade/symmetric_eigen.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace veche::trade {
namespace {

constexpr std::int64_t most_sweeps = 60;
constexpr double small_enough = 1e-14;

double off_diagonal_of(const std::vector<double>& a, std::size_t n) {
    double off = 0;
    double all = 0;
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) {
            all += a[i * n + j] * a[i * n + j];
            if (i != j) off += a[i * n + j] * a[i * n + j];
        }
    return all > 0 ? std::sqrt(off / all) : 0;
}

/// Rotates rows and columns p and q so that a[p][q] becomes zero. Both triangles are kept, so that
/// all loops run along rows.
void rotate(std::vector<double>& a, std::vector<double>& vectors, std::size_t n, std::size_t p,
            std::size_t q) {
    const double apq = a[p * n + q];
    if (apq == 0) return;
    const double theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
    const double t = std::copysign(1.0, theta) / (std::abs(theta) + std::sqrt(theta * theta + 1));
    const double c = 1 / std::sqrt(t * t + 1);
    const double s = t * c;
    const double app = a[p * n + p] - t * apq;
    const double aqq = a[q * n + q] + t * apq;
    double* rp = &a[p * n];
    double* rq = &a[q * n];
    for (std::size_t k = 0; k < n; ++k) {
        const double left = rp[k];
        const double right = rq[k];
        rp[k] = c * left - s * right;
        rq[k] = s * left + c * right;
    }
    for (std::size_t k = 0; k < n; ++k) {
        a[k * n + p] = rp[k];
        a[k * n + q] = rq[k];
    }
    rp[p] = app;
    rq[q] = aqq;
    rp[q] = rq[p] = 0;
    double* vp = &vectors[p * n];
    double* vq = &vectors[q * n];
    for (std::size_t k = 0; k < n; ++k) {
        const double left = vp[k];
        const double right = vq[k];
        vp[k] = c * left - s * right;
        vq[k] = s * left + c * right;
    }
}

}  // namespace

eigen_system symmetric_eigen(std::span<const double> matrix, std::size_t n) {
    std::vector<double> a(matrix.begin(), matrix.end());
    std::vector<double> vectors(n * n, 0);
    for (std::size_t i = 0; i < n; ++i) vectors[i * n + i] = 1;
    eigen_system out;
    out.n = n;
    for (;; ++out.sweeps) {
        out.off_diagonal = off_diagonal_of(a, n);
        out.converged = out.off_diagonal < small_enough;
        if (out.converged || out.sweeps == most_sweeps) break;
        for (std::size_t p = 0; p + 1 < n; ++p)
            for (std::size_t q = p + 1; q < n; ++q) rotate(a, vectors, n, p, q);
    }
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t x, std::size_t y) { return a[x * n + x] > a[y * n + y]; });
    for (const std::size_t k : order) {
        out.values.push_back(a[k * n + k]);
        out.vectors.insert(out.vectors.end(), vectors.begin() + static_cast<std::ptrdiff_t>(k * n),
                           vectors.begin() + static_cast<std::ptrdiff_t>((k + 1) * n));
    }
    return out;
}

}  // namespace veche::trade
