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

result<void> for_each_entry(log_source& source, std::uint64_t size,
                            const std::function<bool(std::uint64_t, std::string_view)>& take) {
    for (std::uint64_t first = 0; first < size; first += tile_width) {
        const auto width = static_cast<unsigned>(std::min(tile_width, size - first));
        const std::string bundle_path = tile_path({true, 0, first / tile_width, width});
        const std::string leaves_path = tile_path({false, 0, first / tile_width, width});
        const std::string bundle = VECHE_TRY(source.fetch(bundle_path));
        const std::string leaves = VECHE_TRY(source.fetch(leaves_path));
        const auto entries = VECHE_TRY(split_bundle(bundle, bundle_path));
        if (entries.size() != width)
            return refuse(refusals::tile_malformed, {}, bundle_path,
                          "it does not hold " + std::to_string(width) + " entries");
        if (leaves.size() != width * std::size_t{32})
            return refuse(refusals::tile_malformed, {}, leaves_path,
                          "it does not hold " + std::to_string(width) + " hashes");
        for (unsigned i = 0; i < width; ++i) {
            const hash256 leaf = leaf_hash(entries[i]);
            if (as_bytes(leaf) != std::string_view(leaves).substr(i * std::size_t{32}, 32))
                return refuse(refusals::tile_differs, {}, std::to_string(first + i), leaves_path);
            if (!take(first + i, entries[i])) return {};
        }
    }
    return {};
}

}  // namespace veche::journal
