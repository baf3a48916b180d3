#include "journal/tiles.hpp"

#include <charconv>

#include "journal/refusal.hpp"
#include "kernel/check.hpp"

namespace veche::journal {
namespace {

std::string three(std::uint64_t n) {
    const std::string digits = std::to_string(n);
    return std::string(3 - digits.size(), '0') + digits;
}

/// Takes one path element off the front.
std::string_view take(std::string_view& path) {
    const std::size_t slash = path.find('/');
    const std::string_view head = path.substr(0, slash);
    path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
    return head;
}

std::optional<std::uint64_t> digits(std::string_view text) {
    std::uint64_t n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return n;
}

/// "x001", "x234", "067": groups of three digits, all but the last with an x; no needless groups.
bool read_index(std::string_view& path, std::uint64_t& index, bool& partial) {
    bool first = true;
    for (;;) {
        std::string_view element = take(path);
        const bool more = element.starts_with('x');
        if (more) element.remove_prefix(1);
        partial = !more && element.ends_with(".p");
        if (partial) element.remove_suffix(2);
        const auto group = digits(element);
        if (element.size() != 3 || !group || (first && more && *group == 0)) return false;
        if (index > (std::uint64_t{1} << 50)) return false;
        index = index * 1000 + *group;
        if (!more) return true;
        first = false;
    }
}

}  // namespace

std::string tile_path(const tile_ref& t) {
    std::string number = three(t.index % 1000);
    for (std::uint64_t rest = t.index / 1000; rest > 0; rest /= 1000)
        number = "x" + three(rest % 1000) + "/" + number;
    std::string path = "tile/" + (t.entries ? "entries" : std::to_string(t.level)) + "/" + number;
    if (t.width < tile_width) path += ".p/" + std::to_string(t.width);
    return path;
}

std::optional<tile_ref> parse_tile_path(std::string_view path) {
    tile_ref t;
    if (take(path) != "tile") return std::nullopt;
    const std::string_view level = take(path);
    t.entries = level == "entries";
    if (!t.entries) {
        const auto n = digits(level);
        if (!n || *n > 63 || (level.size() > 1 && level.front() == '0')) return std::nullopt;
        t.level = static_cast<unsigned>(*n);
    }
    bool partial = false;
    if (!read_index(path, t.index, partial)) return std::nullopt;
    if (partial) {
        const auto width = digits(path);
        if (!width || *width < 1 || *width > 255 || path.front() == '0') return std::nullopt;
        t.width = static_cast<unsigned>(*width);
    } else if (!path.empty()) {
        return std::nullopt;
    }
    // One spelling for one tile: a trailing slash or a doubled element does not pass.
    return t;
}

unsigned partial_width(std::uint64_t size, unsigned level) {
    return level >= 8 ? 0 : static_cast<unsigned>((size >> (8 * level)) % tile_width);
}

std::vector<tile_ref> tiles_of(std::uint64_t size) {
    std::vector<tile_ref> all;
    for (unsigned level = 0; level < 8 && (size >> (8 * level)) > 0; ++level) {
        const std::uint64_t full = size >> (8 * level) >> 8;
        const unsigned partial = partial_width(size, level);
        for (std::uint64_t n = 0; n < full; ++n) all.push_back({false, level, n, 256});
        if (partial > 0) all.push_back({false, level, full, partial});
        if (level > 0) continue;
        for (std::uint64_t n = 0; n < full; ++n) all.push_back({true, 0, n, 256});
        if (partial > 0) all.push_back({true, 0, full, partial});
    }
    return all;
}

template <class Root>
result<void> tile_edge::put(const hash256& leaf, const take_full& take, const Root& root_above) {
    ++size_;
    hash256 hash = leaf;
    for (unsigned level = 0;; ++level) {
        if (level == rows_.size()) rows_.emplace_back();
        rows_[level] += as_bytes(hash);
        if (rows_[level].size() < tile_bytes) return {};
        VECHE_CHECK(take(level, (size_ >> (8 * level) >> 8) - 1, rows_[level]));
        hash = root_above(level);
        rows_[level].clear();
    }
}

result<void> tile_edge::append(const hash256& leaf, const take_full& take) {
    return put(leaf, take, [this](unsigned level) { return row_root(rows_[level]); });
}

result<void> tile_edge::append(frontier& tree, const hash256& leaf, const take_full& take) {
    VECHE_ENSURE(tree.size() == size_, "tree and tiles are of the same leaves");
    frontier::tile_roots roots;
    tree.append(leaf, &roots);
    return put(leaf, take, [&](unsigned level) { return roots[level]; });
}

result<tile_edge> tile_edge::at(const subtree_reader& read, std::uint64_t size) {
    tile_edge out;
    out.size_ = size;
    for (unsigned level = 0; level < 8 && size >> (8 * level) > 0; ++level) {
        const std::uint64_t end = size >> (8 * level);
        std::string& row = out.rows_.emplace_back();
        for (std::uint64_t i = end - end % tile_width; i < end; ++i)
            row += as_bytes(VECHE_TRY(read(8 * level, i)));
    }
    return out;
}

std::string_view tile_edge::row(unsigned level) const {
    return level < rows_.size() ? std::string_view(rows_[level]) : std::string_view{};
}

void append_to_bundle(std::string& bundle, std::string_view entry) {
    VECHE_ENSURE(entry.size() <= 65'535, "an entry fits a bundle");
    bundle += static_cast<char>(entry.size() >> 8);
    bundle += static_cast<char>(entry.size() & 0xFF);
    bundle += entry;
}

result<std::vector<std::string_view>> split_bundle(std::string_view bundle, std::string_view path) {
    std::vector<std::string_view> entries;
    for (std::size_t at = 0; at < bundle.size();) {
        if (bundle.size() - at < 2)
            return refuse(refusals::tile_malformed, {}, path, "it is cut short");
        const std::size_t size = static_cast<std::size_t>(static_cast<unsigned char>(bundle[at]))
                                     << 8 |
                                 static_cast<unsigned char>(bundle[at + 1]);
        if (bundle.size() - at - 2 < size)
            return refuse(refusals::tile_malformed, {}, path, "it is cut short");
        entries.push_back(bundle.substr(at + 2, size));
        at += 2 + size;
    }
    return entries;
}

}  // namespace veche::journal
