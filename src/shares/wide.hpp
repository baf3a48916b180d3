#pragma once
// Whole numbers and fractions beyond 64 bits, as far as exact quotients need them.

#include <compare>
#include <cstdint>
#include <string>

#include "kernel/ratio.hpp"

namespace veche::shares {

__extension__ typedef unsigned __int128 uint128;
using veche::to_text;

/// A product of two numbers of 128 bits.
struct product256 {
    uint128 high = 0;
    uint128 low = 0;
    auto operator<=>(const product256&) const = default;
};

constexpr product256 multiply(uint128 a, uint128 b) {
    constexpr uint128 mask = (uint128{1} << 64) - 1;
    const uint128 a0 = a & mask;
    const uint128 a1 = a >> 64;
    const uint128 b0 = b & mask;
    const uint128 b1 = b >> 64;
    const uint128 low = a0 * b0;
    const uint128 left = a1 * b0 + (low >> 64);
    const uint128 right = a0 * b1 + (left & mask);
    return {a1 * b1 + (left >> 64) + (right >> 64), (right << 64) | (low & mask)};
}

/// num/den >= 0, den > 0.
struct fraction {
    uint128 num = 0;
    uint128 den = 1;

    friend std::strong_ordering operator<=>(const fraction& a, const fraction& b) {
        return multiply(a.num, b.den) <=> multiply(b.num, a.den);
    }
    friend bool operator==(const fraction& a, const fraction& b) { return (a <=> b) == 0; }
};

/// In lowest terms: "100/3", or "50" for a whole number.
inline std::string to_text(const fraction& f) {
    uint128 a = f.num;
    uint128 b = f.den;
    while (b != 0) {
        const uint128 rest = a % b;
        a = b;
        b = rest;
    }
    const auto digits = [](uint128 value) { return veche::to_text(static_cast<int128>(value)); };
    return digits(f.num / a) + (f.den == a ? "" : "/" + digits(f.den / a));
}

}  // namespace veche::shares
