#pragma once
// What the tables of a journal share, whichever database they lie in.

#include <cstdint>

namespace veche::store {

/// The number of the form they have.
constexpr std::int64_t schema_form = 1;

/// A tile's row: level in the highest byte, index below.
constexpr std::int64_t tile_id(unsigned level, std::uint64_t index) {
    return static_cast<std::int64_t>(std::uint64_t{level} << 56 | index);
}

}  // namespace veche::store
