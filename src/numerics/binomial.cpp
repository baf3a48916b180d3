#include "numerics/binomial.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "numerics/elementary.hpp"
#include "numerics/philox.hpp"

namespace veche::numerics {
namespace {

struct two_uniforms {
    double u = 0, v = 0;
};

two_uniforms uniforms_of(const draw_number& which, std::uint32_t attempt) {
    const auto bits =
        philox({attempt, which.region, which.day, which.stream}, {which.seed, which.replicate});
    return {open_uniform(bits[0], bits[1]), open_uniform(bits[2], bits[3])};
}

/// Whole numbers below 2^51, as lanes of vectors have it.
double floor_of(double x) {
    constexpr double shift = 6755399441055744.0;
    const double nearest = (x + shift) - shift;
    return nearest > x ? nearest - 1 : nearest;
}

double by_inversion(double n, double p, double log_rest, const draw_number& which) {
    const double odds = p / (1 - p);
    for (std::uint32_t attempt = 0;; ++attempt) {
        double u = uniforms_of(which, attempt).u;
        double f = exponential(n * log_rest);
        int x = 0;
        while (u > f && x < most_inversion_steps) {
            u -= f;
            ++x;
            f *= ((n - static_cast<double>(x - 1)) * odds) *
                 reciprocals[static_cast<std::size_t>(x)];
        }
        if (u <= f) return static_cast<double>(x);
    }
}

double by_rejection(double n, double p, const draw_number& which) {
    const double q = 1 - p, spread = std::sqrt(n * p * q);
    const double b = 1.15 + 2.53 * spread, a = (-0.0873 + 0.0248 * b) + 0.01 * p;
    const double c = n * p + 0.5, squeeze = 0.92 - 4.2 / b;
    for (std::uint32_t attempt = 0;; ++attempt) {
        const auto [first, v] = uniforms_of(which, attempt);
        const double u = first - 0.5, us = 0.5 - std::abs(u);
        const double k = floor_of((2 * a / us + b) * u + c);
        if (!(k >= 0 && k <= n)) continue;
        if (us >= 0.07 && v <= squeeze) return k;
        const double odds = p / q, alpha = (2.83 + 5.1 / b) * spread;
        const double m = floor_of((n + 1) * p);
        const double height = logarithm((v * alpha) / (a / (us * us) + b));
        const double most = (m + 0.5) * logarithm((m + 1) / (odds * (n - m + 1))) +
                            (n + 1) * logarithm((n - m + 1) / (n - k + 1)) +
                            (k + 0.5) * logarithm(odds * (n - k + 1) / (k + 1)) +
                            ((factorial_tail(m) + factorial_tail(n - m)) -
                             (factorial_tail(k) + factorial_tail(n - k)));
        if (height <= most) return k;
    }
}

double log_factorial(double x) {
    constexpr double half_log_two_pi = 0.91893853320467274178;
    return (x + 0.5) * logarithm(x + 1) - (x + 1) + half_log_two_pi + factorial_tail(x);
}

/// log of the chance of x, but for what all x share.
double hypergeometric_log(double x, double good, double bad, double drawn) {
    return -(log_factorial(x) + log_factorial(good - x) + log_factorial(drawn - x) +
             log_factorial(bad - drawn + x));
}

/// Few are drawn as from an urn.
double one_by_one(double good, double all, double drawn, const draw_number& which) {
    double found = 0;
    for (std::uint32_t k = 0; static_cast<double>(k) < drawn; ++k) {
        const double left = all - static_cast<double>(k);
        if (uniforms_of(which, k).u * left < good - found) found += 1;
    }
    return found;
}

}  // namespace

double factorial_tail(double x) {
    if (x < 10) return factorial_tails[static_cast<int>(x)];
    const double i = 1 / (x + 1), i2 = i * i;
    return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 * i2) * i2) * i;
}

chance chance_of(double p) {
    // The least number below 0 marks a chance of 1 as mirrored.
    if (p > 0.5) return {std::min(p - 1, -1e-300), logarithm(p)};
    return {p, p < 1e-3 ? -(p + p * p * (0.5 + p * (1.0 / 3 + p * (0.25 + p * 0.2))))
                        : logarithm(1 - p)};
}

chance chance_of_hazard(double hazard) {
    const double x = -std::min(hazard, 700.0);
    // As `exponential`, but the series without its first term.
    constexpr double shift = 6755399441055744.0;
    const double shifted = x * 1.4426950408889634 + shift;
    const double k = shifted - shift;
    const double r = (x - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10;
    const double r2 = r * r;
    const double r4 = r2 * r2;
    const double a = (1.0 / 2 + r * (1.0 / 6)) + r2 * (1.0 / 24 + r * (1.0 / 120));
    const double b = (1.0 / 720 + r * (1.0 / 5040)) + r2 * (1.0 / 40320 + r * (1.0 / 362880));
    const double c =
        (1.0 / 3628800 + r * (1.0 / 39916800)) + r2 * (1.0 / 479001600 + r * (1.0 / 6227020800.0));
    const double series = r + r2 * (a + r4 * (b + r4 * c));
    const double power =
        std::bit_cast<double>((std::bit_cast<std::uint64_t>(shifted) + 1023) << 52);
    const double part = power * series;
    if (x < -0.6931471805599453) {
        const double stays = power + part;
        return {-stays, logarithm(1 - stays)};
    }
    return {-(part + (power - 1)), x};
}

double binomial(double n, chance of, const draw_number& which) {
    const double p = std::abs(of.least), mean = n * p;
    double out = 0;
    if (mean > 0) {
        out = mean < 10 ? by_inversion(n, p, of.log_rest, which) : by_rejection(n, p, which);
    }
    return of.least < 0 ? n - out : out;
}

double hypergeometric(double good, double bad, double drawn, const draw_number& which) {
    if (good <= 0 || drawn <= 0) return 0;
    if (bad <= 0) return drawn;
    // The rarer kind and the smaller half: the rest follows.
    if (good > bad) return drawn - hypergeometric(bad, good, drawn, which);
    const double all = good + bad;
    if (drawn < 10) return one_by_one(good, all, drawn, which);
    if (drawn > all - drawn) return good - hypergeometric(good, bad, all - drawn, which);
    const double share = good / all, least = std::max(0.0, drawn - bad),
                 most = std::min(good, drawn);
    const double mode = floor_of((drawn + 1) * (good + 1) / (all + 2));
    const double top = hypergeometric_log(mode, good, bad, drawn);
    const double mean = drawn * share + 0.5;
    const double spread = std::sqrt((all - drawn) * drawn * share * (1 - share) / (all - 1) + 0.5);
    // 2 sqrt(2/e) and 3 - 2 sqrt(3/e).
    const double width = 1.7155277699214135 * spread + 0.8989161620588988;
    for (std::uint32_t attempt = 0;; ++attempt) {
        const auto [u, v] = uniforms_of(which, attempt);
        const double k = floor_of(mean + width * (v - 0.5) / u);
        if (!(k >= least && k <= most)) continue;
        if (2 * logarithm(u) <= hypergeometric_log(k, good, bad, drawn) - top) return k;
    }
}

}  // namespace veche::numerics
