#include "numerics/eights.hpp"

#include <cmath>

#include "numerics/lanes.hpp"
#include "numerics/philox.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif
// Clang has no pragma for a part of a file in another instruction set: there two numbers go at a
// time.
#if defined(__x86_64__) && !defined(__clang__)
#define VECHE_WIDER 1
#endif

#define VECHE_LANES [[maybe_unused]] static inline __attribute__((always_inline))

namespace veche::numerics {
namespace {

namespace of_two {
#define VECHE_WIDTH 2
#define VECHE_WIDTH_NAME "two"
#if defined(__x86_64__)
VECHE_LANES two_bits wide_product(two_bits a, two_bits b) {
    return (two_bits)_mm_mul_epu32((__m128i)a, (__m128i)b);
}
VECHE_LANES two wide_root(two a) {
    return (two)_mm_sqrt_pd((__m128d)a);
}
VECHE_LANES unsigned wide_bits(two_bits mask) {
    return static_cast<unsigned>(_mm_movemask_pd((__m128d)mask));
}
#else
VECHE_LANES two_bits wide_product(two_bits a, two_bits b) {
    return (a & 0xffffffffULL) * (b & 0xffffffffULL);
}
VECHE_LANES two wide_root(two a) {
    return two{std::sqrt(a[0]), std::sqrt(a[1])};
}
VECHE_LANES unsigned wide_bits(two_bits mask) {
    return static_cast<unsigned>(mask[0] >> 63 | mask[1] >> 63 << 1);
}
#endif
#include "numerics/eights_kernel.hpp"
#undef VECHE_WIDTH
#undef VECHE_WIDTH_NAME
}  // namespace of_two

#if defined(VECHE_WIDER)

#pragma GCC push_options
#pragma GCC target("avx2")
namespace of_four {
#define VECHE_WIDTH 4
#define VECHE_WIDTH_NAME "four"
using four = double __attribute__((vector_size(32)));
using four_bits = std::uint64_t __attribute__((vector_size(32)));
VECHE_LANES four_bits wide_product(four_bits a, four_bits b) {
    return (four_bits)_mm256_mul_epu32((__m256i)a, (__m256i)b);
}
VECHE_LANES four wide_root(four a) {
    return (four)_mm256_sqrt_pd((__m256d)a);
}
VECHE_LANES unsigned wide_bits(four_bits mask) {
    return static_cast<unsigned>(_mm256_movemask_pd((__m256d)mask));
}
#include "numerics/eights_kernel.hpp"
#undef VECHE_WIDTH
#undef VECHE_WIDTH_NAME
}  // namespace of_four
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("avx512f,avx512dq,avx512vl")
namespace of_eight {
#define VECHE_WIDTH 8
#define VECHE_WIDTH_NAME "eight"
using eight = double __attribute__((vector_size(64)));
using eight_bits = std::uint64_t __attribute__((vector_size(64)));
VECHE_LANES eight_bits wide_product(eight_bits a, eight_bits b) {
    return (eight_bits)_mm512_mul_epu32((__m512i)a, (__m512i)b);
}
VECHE_LANES eight wide_root(eight a) {
    return (eight)_mm512_sqrt_pd((__m512d)a);
}
VECHE_LANES unsigned wide_bits(eight_bits mask) {
    return _mm512_movepi64_mask((__m512i)mask);
}
#include "numerics/eights_kernel.hpp"
#undef VECHE_WIDTH
#undef VECHE_WIDTH_NAME
}  // namespace of_eight
#pragma GCC pop_options

#endif

}  // namespace

std::vector<const eights*> all_eights() {
    std::vector<const eights*> out = {&of_two::here};
#if defined(VECHE_WIDER)
    if (__builtin_cpu_supports("avx2")) out.push_back(&of_four::here);
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl"))
        out.push_back(&of_eight::here);
#endif
    return out;
}

const eights& widest_eights() {
    static const eights& widest = *all_eights().back();
    return widest;
}

}  // namespace veche::numerics
