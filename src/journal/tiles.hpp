#pragma once
// C2SP tlog-tiles: a tile is 256 hashes of one level, an entry bundle 256 entries. Partial ones
// exist only for sizes of published checkpoints.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/hash.hpp"
#include "kernel/result.hpp"

namespace veche::journal {

constexpr std::uint64_t tile_width = 256;
constexpr std::size_t tile_bytes = tile_width * 32;

/// A resource of the log: a tile of a level, or a bundle of entries.
struct tile_ref {
    bool entries = false;
    unsigned level = 0;  ///< 0..63; of a tile
    std::uint64_t index = 0;
    unsigned width = 256;  ///< 1..255 for a partial one
    bool operator==(const tile_ref&) const = default;
};

/// "tile/0/x001/x234/067", "tile/entries/000.p/12".
std::string tile_path(const tile_ref&);
/// Exactly such a path, or nothing.
std::optional<tile_ref> parse_tile_path(std::string_view path);

/// How many hashes the rightmost tile of the level has in a tree of that size, 0 if it is full or
/// none.
unsigned partial_width(std::uint64_t size, unsigned level);
/// All tiles and bundles of a tree of that size, partial ones included.
std::vector<tile_ref> tiles_of(std::uint64_t size);

void append_to_bundle(std::string& bundle, std::string_view entry);
/// Views into the bundle; refuses one that is cut or has something after the last entry.
result<std::vector<std::string_view>> split_bundle(std::string_view bundle, std::string_view path);

}  // namespace veche::journal
