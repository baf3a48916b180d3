#pragma once
// Large memory by large pages: fewer faults while it is written first, fewer misses while it is
// read. Nothing but speed depends on it.

#include <cstddef>
#include <vector>

namespace veche::numerics {

/// Asks for large pages for memory that nobody has written yet; small memory is left alone, and
/// where the system does not know the call nothing happens.
void ask_for_large_pages(void* begin, std::size_t bytes);

/// The same, and gets the pages in one call, not by a fault for each.
void get_large_pages(void* begin, std::size_t bytes);

/// Makes an empty vector `count` long, of large pages.
template <class T>
void resize_large(std::vector<T>& empty, std::size_t count) {
    empty.reserve(count);
    ask_for_large_pages(empty.data(), count * sizeof(T));
    empty.resize(count);
}

}  // namespace veche::numerics
