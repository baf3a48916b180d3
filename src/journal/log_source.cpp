#include "journal/log_source.hpp"

#include <fstream>
#include <sstream>

#include "journal/refusal.hpp"

namespace veche::journal {

result<std::string> folder_source::fetch(const std::string& path) {
    std::ifstream in(folder_ / path, std::ios::binary);
    if (!in) return refuse(refusals::file_missing, {}, path);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return std::move(bytes).str();
}

result<std::string> publisher_source::fetch(const std::string& path) {
    auto found = from_.serve(path);
    if (!found) return refuse(refusals::file_missing, {}, path);
    return std::move(found->bytes);
}

namespace {

/// A tile above level 0 holds what the tiles below it say.
result<void> check_tile(log_source& source, const tile_ref& tile, std::string_view hashes) {
    if (tile.level == 0) return {};
    const std::string path = tile_path(tile);
    if (VECHE_TRY(source.fetch(path)) != hashes)
        return refuse(refusals::tile_malformed, {}, path,
                      "it does not hold the roots of the tiles below it");
    return {};
}

result<std::string> fetch_leaves(log_source& source, const tile_ref& tile) {
    const std::string path = tile_path(tile);
    std::string leaves = VECHE_TRY(source.fetch(path));
    if (leaves.size() != tile.width * std::size_t{32})
        return refuse(refusals::tile_malformed, {}, path,
                      "it does not hold " + std::to_string(tile.width) + " hashes");
    return leaves;
}

}  // namespace

result<void> log_source::entries(std::uint64_t size, const take_entry& take) {
    return for_each_entry(*this, size, take);
}

result<void> for_each_entry(log_source& source, std::uint64_t size, const take_entry& take) {
    tile_edge grown;
    frontier tree;
    const auto check_full = [&](unsigned level, std::uint64_t index, std::string_view hashes) {
        return check_tile(source, {false, level, index, tile_width}, hashes);
    };
    for (std::uint64_t first = 0; first < size; first += tile_width) {
        const auto width = static_cast<unsigned>(std::min<std::uint64_t>(tile_width, size - first));
        const tile_ref tile{false, 0, first / tile_width, width};
        const std::string bundle_path = tile_path({true, 0, tile.index, width});
        const std::string bundle = VECHE_TRY(source.fetch(bundle_path));
        const std::string leaves = VECHE_TRY(fetch_leaves(source, tile));
        const auto entries = VECHE_TRY(split_bundle(bundle, bundle_path));
        if (entries.size() != width)
            return refuse(refusals::tile_malformed, {}, bundle_path,
                          "it does not hold " + std::to_string(width) + " entries");
        for (unsigned i = 0; i < width; ++i) {
            const hash256 leaf = leaf_hash(entries[i]);
            if (leaf != hash_at(leaves, i))
                return refuse(refusals::tile_differs, {}, std::to_string(first + i),
                              tile_path(tile));
            const auto tiles_good = grown.append(tree, leaf, check_full);
            if (!take({first + i, entries[i], leaf, &tree})) return {};
            VECHE_CHECK(tiles_good);
        }
    }
    for (unsigned level = 1; level < 8; ++level)
        if (const unsigned width = partial_width(size, level); width > 0)
            VECHE_CHECK(check_tile(source, {false, level, size >> (8 * level) >> 8, width},
                                   grown.row(level)));
    return {};
}

subtree_reader subtrees_of(log_source& source, std::uint64_t size) {
    return [&source, size](unsigned level, std::uint64_t index) -> result<hash256> {
        const unsigned row_level = level / 8;
        const unsigned height = level % 8;
        const std::uint64_t hashes = size >> (8 * row_level);
        const std::uint64_t first = index << height;
        const std::uint64_t count = std::uint64_t{1} << height;
        const std::uint64_t tile = first / tile_width;
        if (first + count > hashes)
            return refuse(refusals::tile_malformed, {}, "tile", "the tree ends before it");
        const tile_ref wanted{
            false, row_level, tile,
            static_cast<unsigned>(std::min<std::uint64_t>(tile_width, hashes - tile * tile_width))};
        const std::string row = VECHE_TRY(fetch_leaves(source, wanted));
        return row_root(std::string_view(row).substr(first % tile_width * 32, count * 32));
    };
}

}  // namespace veche::journal
