#include "journal/store.hpp"

#include "journal/tiles.hpp"
#include "kernel/check.hpp"

namespace veche::journal {

result<std::vector<std::optional<idem_hit>>> store::find_idems(
    const std::vector<idem_key>& all) const {
    std::vector<std::optional<idem_hit>> out;
    for (const idem_key& one : all) {
        auto hit = VECHE_TRY(find_idem(one.actor, one.idem));
        out.push_back(std::move(hit));
    }
    return out;
}

subtree_reader subtrees_of(const store& from, std::uint64_t size) {
    return [&from, size](unsigned level, std::uint64_t index) -> result<hash256> {
        // Level of tiles whose hashes lie at or just below the wanted level.
        const unsigned tile_level = level / 8;
        const unsigned within = level % 8;
        const std::uint64_t first = index << within;  // first hash of that tile level
        const std::uint64_t count = std::uint64_t{1} << within;
        const std::uint64_t tile = first / tile_width;
        const std::uint64_t full_tiles = size >> (8 * tile_level) >> 8;
        std::string row;
        if (tile < full_tiles) {
            row =
                VECHE_TRY(from.tile(tile_level, tile)).substr(first % tile_width * 32, count * 32);
        } else if (tile_level == 0) {
            row = VECHE_TRY(from.leaves(first, first + count));
        } else {
            // Hashes of a partial tile are roots of full tiles one level below.
            for (std::uint64_t i = first; i < first + count; ++i)
                row += as_bytes(row_root(VECHE_TRY(from.tile(tile_level - 1, i))));
        }
        VECHE_ENSURE(row.size() == count * 32, "the subtree is within the tree");
        return row_root(row);
    };
}

}  // namespace veche::journal
