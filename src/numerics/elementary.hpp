#pragma once
// exp, log and the logarithm of the gamma function by plain additions and multiplications, so that
// they give the same bits with every C library. Errors stay below two units in the last place.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace veche::numerics {

/// e to the x. Zero below -745, infinity above 709.78; what is no number stays so.
inline double exponential(double x) {
    if (!(x > -708.0 && x < 709.0)) {
        if (x != x) return x;
        if (x >= 709.0)
            return x > 709.7827 ? std::numeric_limits<double>::infinity()
                                : exponential(x - 1) * 2.718281828459045;
        return x < -745.0 ? 0.0 : exponential(x + 64) * 1.603810890548638e-28;
    }
    // x = k ln 2 + r with abs(r) <= 0.3466; ln 2 in two parts, the first exact times any k.
    constexpr double shift = 6755399441055744.0;  // 1.5 * 2^52 rounds to a whole number
    const double shifted = x * 1.4426950408889634 + shift;
    const double k = shifted - shift;
    const double r = (x - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10;
    const double r2 = r * r;
    const double r4 = r2 * r2;
    // The series of Taylor to the thirteenth power, by halves, so that they run side by side.
    const double a = (1.0 / 2 + r * (1.0 / 6)) + r2 * (1.0 / 24 + r * (1.0 / 120));
    const double b = (1.0 / 720 + r * (1.0 / 5040)) + r2 * (1.0 / 40320 + r * (1.0 / 362880));
    const double c =
        (1.0 / 3628800 + r * (1.0 / 39916800)) + r2 * (1.0 / 479001600 + r * (1.0 / 6227020800.0));
    const double series = 1.0 + (r + r2 * (a + r4 * (b + r4 * c)));
    const auto bits = static_cast<std::uint64_t>(static_cast<std::int64_t>(k) + 1023) << 52;
    return series * std::bit_cast<double>(bits);
}

/// Each value by its exponential: the same bits as one at a time, in half of the time.
void exponentials(double* values, std::size_t count);

/// Natural logarithm; minus infinity at 0, no number below.
double logarithm(double x);

/// mu - log(1 + mu) for mu > -1, without loss near 0.
double log_excess(double mu);

/// log of the gamma function at x > 0, by Stirling's series after shifting x above 15.
double log_gamma(double x);

}  // namespace veche::numerics
