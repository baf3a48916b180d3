#include "numerics/large_memory.hpp"

#include <cstdint>

#include <sys/mman.h>

namespace veche::numerics {
namespace {

constexpr std::uintptr_t page_bytes = 4096;
constexpr std::size_t least_bytes = std::size_t{4} << 20;

/// `madvise` on the whole pages of a piece of memory.
[[maybe_unused]] void advise(void* begin, std::size_t bytes, int how) {
    const auto at = reinterpret_cast<std::uintptr_t>(begin);
    const std::uintptr_t from = (at + page_bytes - 1) / page_bytes * page_bytes;
    const std::uintptr_t to = (at + bytes) / page_bytes * page_bytes;
    if (bytes >= least_bytes) madvise(reinterpret_cast<void*>(from), to - from, how);
}

}  // namespace

void ask_for_large_pages([[maybe_unused]] void* begin, [[maybe_unused]] std::size_t bytes) {
#ifdef MADV_HUGEPAGE
    advise(begin, bytes, MADV_HUGEPAGE);
#endif
}

void get_large_pages(void* begin, std::size_t bytes) {
    ask_for_large_pages(begin, bytes);
#ifdef MADV_POPULATE_WRITE
    advise(begin, bytes, MADV_POPULATE_WRITE);
#endif
}

}  // namespace veche::numerics
