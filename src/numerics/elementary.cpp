#include "numerics/elementary.hpp"

#include "numerics/lanes.hpp"

namespace veche::numerics {
namespace {

/// `exponential` for two numbers within its first branch, step by step.
two two_exponentials(two x) {
    constexpr double shift = 6755399441055744.0;
    const two shifted = x * 1.4426950408889634 + shift;
    const two k = shifted - shift;
    const two r = (x - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10;
    const two r2 = r * r;
    const two r4 = r2 * r2;
    const two a = (1.0 / 2 + r * (1.0 / 6)) + r2 * (1.0 / 24 + r * (1.0 / 120));
    const two b = (1.0 / 720 + r * (1.0 / 5040)) + r2 * (1.0 / 40320 + r * (1.0 / 362880));
    const two c =
        (1.0 / 3628800 + r * (1.0 / 39916800)) + r2 * (1.0 / 479001600 + r * (1.0 / 6227020800.0));
    const two series = 1.0 + (r + r2 * (a + r4 * (b + r4 * c)));
    // The low bits of what was shifted are those of k.
    const two_bits power = (std::bit_cast<two_bits>(shifted) + 1023) << 52;
    return series * std::bit_cast<two>(power);
}

}  // namespace

void exponentials(double* values, std::size_t count) {
    bool plain = true;
    for (std::size_t i = 0; i < count; ++i) plain &= values[i] > -708.0 && values[i] < 709.0;
    std::size_t i = 0;
    for (; plain && i + 2 <= count; i += 2)
        store_two(values + i, two_exponentials(load_two(values + i)));
    for (; i < count; ++i) values[i] = exponential(values[i]);
}

// x = 2^k (1 + f); log(1 + f) = 2 atanh(s), s = f / (2 + f), by the polynomial of Sun's fdlibm
// (e_log.c, 1993).
double logarithm(double x) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (x != x || x == infinity) return x;
    if (x <= 0) return x == 0 ? -infinity : std::numeric_limits<double>::quiet_NaN();
    double k = 0;
    if (x < std::numeric_limits<double>::min()) {
        x *= 18014398509481984.0;  // 2^54
        k = -54;
    }
    auto bits = std::bit_cast<std::uint64_t>(x);
    k += static_cast<double>(static_cast<std::int64_t>(bits >> 52) - 1023);
    bits = (bits & 0x000fffffffffffffULL) | 0x3ff0000000000000ULL;
    double m = std::bit_cast<double>(bits);
    if (m > 1.4142135623730951) {
        m /= 2;
        k += 1;
    }
    const double f = m - 1;
    const double s = f / (2 + f);
    const double z = s * s;
    const double w = z * z;
    const double even = w * (3.999999999940941908e-01 +
                             w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
    const double odd = z * (6.666666666666735130e-01 +
                            w * (2.857142874366239149e-01 +
                                 w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
    const double half = 0.5 * f * f;
    return k * 6.93147180369123816490e-01 -
           ((half - (s * (half + even + odd) + k * 1.90821492927058770002e-10)) - f);
}

double log_excess(double mu) {
    if (!(mu > -0.45 && mu < 0.45)) return mu - logarithm(1 + mu);
    // With r = mu / (2 + mu), log(1 + mu) = 2 atanh r.
    const double r = mu / (2 + mu), r2 = r * r;
    double sum = 0;
    for (int k = 16; k >= 1; --k) sum = (sum + 1.0 / (2 * k + 1)) * r2;
    return mu * r - 2 * r * sum;
}

double log_gamma(double x) {
    // Below 15 the series is not good enough: gamma(x) = gamma(x + n) / (x (x + 1) ...).
    double product = 1;
    while (x < 15) {
        product *= x;
        x += 1;
    }
    const double i = 1 / x;
    const double i2 = i * i;
    const double tail =
        i * (1.0 / 12 -
             i2 * (1.0 / 360 - i2 * (1.0 / 1260 -
                                     i2 * (1.0 / 1680 - i2 * (1.0 / 1188 - i2 * 691.0 / 360360)))));
    constexpr double half_log_two_pi = 0.91893853320467274178;
    return (x - 0.5) * logarithm(x) - x + half_log_two_pi + tail - logarithm(product);
}

}  // namespace veche::numerics
