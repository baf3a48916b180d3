#pragma once
// Two numbers at a time, by the vector types that GCC and Clang have for every machine. Each lane
// is computed as one number by itself would be (nothing is fused), so digits do not depend on how
// wide the machine is.

#include <bit>
#include <cstdint>
#include <cstring>

/// Before a loop whose length is known: all of it is written out, so that small arrays stay in
/// registers.
#if defined(__clang__)
#define VECHE_UNROLL _Pragma("clang loop unroll(full)")
#else
#define VECHE_UNROLL _Pragma("GCC unroll 16")
#endif

namespace veche::numerics {

using two = double __attribute__((vector_size(16)));
using two_bits = std::uint64_t __attribute__((vector_size(16)));

inline two load_two(const double* from) {
    two out;
    std::memcpy(&out, from, sizeof out);
    return out;
}

inline two absolute(two v) {
    return std::bit_cast<two>(std::bit_cast<two_bits>(v) & 0x7fffffffffffffffULL);
}

inline void store_two(double* to, two v) {
    std::memcpy(to, &v, sizeof v);
}

}  // namespace veche::numerics
