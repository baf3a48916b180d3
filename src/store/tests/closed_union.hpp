#pragma once
// A union in a folder, grown and closed again.

#include <doctest/doctest.h>

#include "store/folder.hpp"
#include "store/tests/filled.hpp"

namespace veche::store::testing {

/// Of so many entries, written in batches of that size, with a checkpoint at every hundredth and at
/// the last.
inline std::filesystem::path closed_union(const temporary_folder& in, std::uint64_t size,
                                          std::uint64_t batch = 100) {
    constexpr std::uint64_t step = 100;
    const auto path = in.path() / "union";
    REQUIRE(create_folder(path, std::string(origin), std::string(32, 's')));
    const auto open = open_folder(path).value();
    for (std::uint64_t to = step; to < size + step; to += step) {
        fill(*open.journal, std::min(to, size), batch);
        REQUIRE(open.publisher->publish());
    }
    return path;
}

}  // namespace veche::store::testing
