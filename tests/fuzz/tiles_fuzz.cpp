// Paths of tiles and bundles of entries: one spelling for one tile, one split for one bundle.

#include <cstdint>

#include "journal/tiles.hpp"
#include "kernel/check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto tile = veche::journal::parse_tile_path(text)) {
        const std::string path = veche::journal::tile_path(*tile);
        VECHE_ENSURE(veche::journal::parse_tile_path(path) == tile,
                     "a tile's own path leads to it");
    }
    if (const auto entries = veche::journal::split_bundle(text, "bundle")) {
        std::string again;
        for (const auto entry : *entries) veche::journal::append_to_bundle(again, entry);
        VECHE_ENSURE(again == text, "a bundle has one spelling");
    }
    return 0;
}
