#include "numerics/negative_binomial.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "numerics/distributions.hpp"
#include "numerics/elementary.hpp"

namespace veche::numerics {

namespace {

constexpr double large = 2e4;
constexpr int quick_rounds = 6;

/// I_x(a, b) for large a and b by the first terms of Temme's uniform expansion (DLMF 8.18.9), good
/// to some 1e-8 from `large` on.
double incomplete_beta_of_large(double a, double b, double x) {
    const double sum = a + b, middle = a / sum, off = x - middle;
    const double half_square =
        middle * log_excess(off / middle) + (1 - middle) * log_excess(-off / (1 - middle));
    const double eta = std::copysign(std::sqrt(2 * half_square), off);
    const double root = std::sqrt(middle * (1 - middle));
    const double first =
        std::abs(eta) < 1e-5 ? (1 - 2 * middle) / (3 * root) : 1 / eta - root / off;
    return normal_above(-eta * std::sqrt(sum)) +
           exponential(-sum * half_square) / std::sqrt(2 * std::numbers::pi * sum) * first;
}

/// Probability of exactly k.
double exactly(const negative_binomial& of, double k) {
    const double r = of.size;
    return exponential(log_gamma(k + r) - log_gamma(r) - log_gamma(k + 1) -
                       r * logarithm(1 + of.mean / r) - k * logarithm(1 + r / of.mean));
}

}  // namespace

double negative_binomial::at_most(double k) const {
    if (k < 0) return 0;
    // I_p(r, k + 1) with p = r / (r + mean) (DLMF 8.17.5).
    const double p = size / (size + mean);
    return size > large && k > large ? incomplete_beta_of_large(size, k + 1, p)
                                     : incomplete_beta(size, k + 1, p);
}

double negative_binomial::quantile(double p, double normal) const {
    const double deviation = std::sqrt(mean + mean * mean / size);
    const double skewness = (1 + 2 * mean / size) / deviation;
    double k = std::max(
        0.0, std::round(mean + deviation * (normal + skewness * (normal * normal - 1) / 6) - 0.5));
    double low = -1;  // at most this is too little
    double high = std::numeric_limits<double>::infinity();
    for (int round = 0; high - low > 1; ++round) {
        const double below = at_most(k);
        (below < p ? low : high) = k;
        // Newton's step on the sum of probabilities, at least to the next number; where that is
        // slow, the middle of what is known to hold the answer, or further out.
        const double at = exactly(*this, k);
        const double step = (p - below) / at;
        double next = below < p ? std::max(k + 1, std::floor(k + step))
                                : std::min(k - 1, std::floor(k + step) + 1);
        if (!(at > 0 && round < quick_rounds && next > low && next < high))
            next = high < std::numeric_limits<double>::infinity() ? std::floor((low + high) / 2)
                                                                  : 2 * k + 1 + deviation;
        k = std::floor(next);
        if (!(k > low && k < high)) break;  // beyond 2^53 not every number is a double
    }
    return high;
}

negative_binomial with_variance(double mean, double variance) {
    // Sizes beyond this change no digit that anyone sees.
    const double most = 1e9 * std::max(1.0, mean);
    const double over = variance - mean;
    return {mean, over > mean * mean / most ? mean * mean / over : most};
}

}  // namespace veche::numerics
