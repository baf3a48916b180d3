#pragma once
// Philox4x32 (Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"): four
// words of random bits that depend on a counter and a key alone. Whoever numbers its draws may make
// them in any order, by any number of threads, and leave some out, without changing the others.

#include <array>
#include <bit>
#include <cstdint>

namespace veche::numerics {

using philox_counter = std::array<std::uint32_t, 4>;
using philox_key = std::array<std::uint32_t, 2>;

inline constexpr std::uint32_t philox_factors[2] = {0xD2511F53, 0xCD9E8D57};
inline constexpr std::uint32_t philox_steps[2] = {0x9E3779B9, 0xBB67AE85};
inline constexpr int philox_rounds = 10;

constexpr philox_counter philox(philox_counter c, philox_key k, int rounds = philox_rounds) {
    for (int round = 0; round < rounds; ++round) {
        const std::uint64_t first = std::uint64_t{philox_factors[0]} * c[0];
        const std::uint64_t second = std::uint64_t{philox_factors[1]} * c[2];
        c = {static_cast<std::uint32_t>(second >> 32) ^ c[1] ^ k[0],
             static_cast<std::uint32_t>(second),
             static_cast<std::uint32_t>(first >> 32) ^ c[3] ^ k[1],
             static_cast<std::uint32_t>(first)};
        k = {k[0] + philox_steps[0], k[1] + philox_steps[1]};
    }
    return c;
}

/// A number between 0 and 1, never either of them: 52 of the 64 bits, and half a step.
inline double open_uniform(std::uint32_t high, std::uint32_t low) {
    const std::uint64_t bits = std::uint64_t{high} << 20 | low >> 12;
    return (std::bit_cast<double>(bits | 0x3ff0000000000000ULL) - 1) + 0x1p-53;
}

}  // namespace veche::numerics
