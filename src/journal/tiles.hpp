#pragma once
// C2SP tlog-tiles: a tile is 256 hashes of one level, an entry bundle 256 entries. Partial ones
// exist only for sizes of published checkpoints.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/tree.hpp"

namespace veche::journal {

constexpr unsigned tile_width = 256;
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

/// The rightmost tiles of a growing tree: at each level, the hashes after its last full tile.
class tile_edge {
  public:
    /// Told each tile as it fills up, lower levels first. A refusal ends the append.
    using take_full =
        std::function<result<void>(unsigned level, std::uint64_t index, std::string_view hashes)>;
    result<void> append(const hash256& leaf, const take_full&);
    /// The same, and `tree` grows by the leaf too: nothing is hashed twice for both.
    result<void> append(frontier& tree, const hash256& leaf, const take_full&);
    /// Those of the first `size` leaves of a tree that may have more.
    static result<tile_edge> at(const subtree_reader&, std::uint64_t size);
    /// The partial tile of a level: 0 to 255 hashes.
    [[nodiscard]] std::string_view row(unsigned level) const;
    [[nodiscard]] std::uint64_t size() const { return size_; }

  private:
    /// `root_above` gives the root of the full tile of a level.
    template <class Root>
    result<void> put(const hash256& leaf, const take_full&, const Root& root_above);

    std::uint64_t size_ = 0;
    std::vector<std::string> rows_;
};

void append_to_bundle(std::string& bundle, std::string_view entry);
/// Views into the bundle; refuses one that is cut or has something after the last entry.
result<std::vector<std::string_view>> split_bundle(std::string_view bundle, std::string_view path);

}  // namespace veche::journal
