#include "numerics/symmetric.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace veche::numerics {
namespace {

/// Turns rows and columns p and q so that a[p][q] becomes 0.
void rotate(std::size_t n, std::vector<double>& a, std::vector<double>& v, std::size_t p,
            std::size_t q) {
    const double apq = a[p * n + q];
    const double theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
    const double t = (theta < 0 ? -1.0 : 1.0) / (std::abs(theta) + std::sqrt(theta * theta + 1));
    const double c = 1 / std::sqrt(t * t + 1);
    const double s = t * c;
    for (std::size_t i = 0; i < n; ++i) {
        const double x = a[i * n + p];
        const double y = a[i * n + q];
        a[i * n + p] = c * x - s * y;
        a[i * n + q] = s * x + c * y;
    }
    for (std::size_t i = 0; i < n; ++i) {
        const double x = a[p * n + i];
        const double y = a[q * n + i];
        a[p * n + i] = c * x - s * y;
        a[q * n + i] = s * x + c * y;
    }
    a[p * n + q] = a[q * n + p] = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double x = v[p * n + i];
        const double y = v[q * n + i];
        v[p * n + i] = c * x - s * y;
        v[q * n + i] = s * x + c * y;
    }
}

}  // namespace

cholesky_factor cholesky(std::size_t n, const std::vector<double>& a, double tolerance,
                         const std::vector<double>& scale) {
    cholesky_factor f{n, std::vector<double>(n * n), {}};
    std::vector<bool> out(n);
    for (std::size_t i = 0; i < n; ++i) {
        double pivot = a[i * n + i];
        for (std::size_t j = 0; j < i; ++j) {
            if (out[j]) continue;
            double sum = a[i * n + j];
            for (std::size_t m = 0; m < j; ++m) sum -= f.l[i * n + m] * f.l[j * n + m];
            f.l[i * n + j] = sum / f.l[j * n + j];
            pivot -= f.l[i * n + j] * f.l[i * n + j];
        }
        if (pivot > tolerance * (scale.empty() ? a[i * n + i] : scale[i])) {
            f.l[i * n + i] = std::sqrt(pivot);
            continue;
        }
        out[i] = true;
        f.dependent.push_back(i);
        for (std::size_t j = 0; j < i; ++j) f.l[i * n + j] = 0;
        f.l[i * n + i] = 1;
    }
    return f;
}

void cholesky_factor::solve(double* v) const {
    for (const std::size_t d : dependent) v[d] = 0;
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < i; ++j) v[i] -= l[i * n + j] * v[j];
        v[i] /= l[i * n + i];
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t j = i + 1; j < n; ++j) v[i] -= l[j * n + i] * v[j];
        v[i] /= l[i * n + i];
    }
}

std::vector<double> cholesky_factor::inverse() const {
    std::vector<double> out(n * n);
    std::vector<double> column(n);
    for (std::size_t j = 0; j < n; ++j) {
        std::fill(column.begin(), column.end(), 0.0);
        column[j] = 1;
        solve(column.data());
        for (std::size_t i = 0; i < n; ++i) out[i * n + j] = column[i];
    }
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < i; ++j)
            out[i * n + j] = out[j * n + i] = (out[i * n + j] + out[j * n + i]) / 2;
    return out;
}

eigen_system eigen(std::size_t n, std::vector<double> a) {
    std::vector<double> v(n * n);
    for (std::size_t i = 0; i < n; ++i) v[i * n + i] = 1;
    double all = 0;
    for (const double one : a) all += one * one;
    for (int sweep = 0; sweep < 60; ++sweep) {
        double off = 0;
        for (std::size_t p = 0; p < n; ++p)
            for (std::size_t q = p + 1; q < n; ++q) off += a[p * n + q] * a[p * n + q];
        if (off <= 1e-34 * all) break;
        for (std::size_t p = 0; p < n; ++p)
            for (std::size_t q = p + 1; q < n; ++q)
                if (a[p * n + q] != 0) rotate(n, a, v, p, q);
    }
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t i, std::size_t j) { return a[i * n + i] < a[j * n + j]; });
    eigen_system out;
    for (const std::size_t at : order) {
        out.values.push_back(a[at * n + at]);
        const double* row = v.data() + at * n;
        const double* peak = std::max_element(
            row, row + n, [](double x, double y) { return std::abs(x) < std::abs(y); });
        const double sign = *peak < 0 ? -1 : 1;
        for (std::size_t i = 0; i < n; ++i) out.vectors.push_back(sign * row[i]);
    }
    return out;
}

std::vector<double> product(std::size_t n, const std::vector<double>& a,
                            const std::vector<double>& b) {
    std::vector<double> out(n * n);
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t m = 0; m < n; ++m)
            for (std::size_t j = 0; j < n; ++j) out[i * n + j] += a[i * n + m] * b[m * n + j];
    return out;
}

}  // namespace veche::numerics
