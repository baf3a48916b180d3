#include "upkeep/manifest.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <set>
#include <sstream>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "journal/checkpoint.hpp"
#include "journal/tiles.hpp"
#include "journal/tree.hpp"
#include "store/refusal.hpp"
#include "store/whole_file.hpp"
#include "upkeep/refusal.hpp"

namespace veche::upkeep {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view handovers_prefix = "journal/handovers-";

tl::unexpected<refusal> damaged(std::string file, std::string how) {
    return refuse(refusals::backup_damaged, {}, std::move(file), std::move(how));
}

tl::unexpected<refusal> failed(const fs::path& file, const char* how) {
    return refuse(refusals::file_failed, {}, file.string(),
                  std::string(how) + ": " + std::generic_category().message(errno));
}

/// Nothing that leads out of the backup, whatever a manifest says.
bool is_inside(std::string_view path) {
    return !path.empty() && path.front() != '/' && path.find("..") == std::string_view::npos &&
           path.find('\0') == std::string_view::npos;
}

result<void> check_names(const fs::path& backup, const manifest& m) {
    std::set<std::string> named;
    for (const file_row& row : m.files) {
        if (!is_inside(row.path)) return damaged(manifest_name, "names a file outside of it");
        named.insert(row.path);
    }
    std::error_code error;
    for (const auto& each : fs::recursive_directory_iterator(backup, error)) {
        if (each.is_directory()) continue;
        const std::string path = each.path().lexically_relative(backup).string();
        if (path == manifest_name || path == "lock" || named.contains(path)) continue;
        return damaged(path, "is not named in the manifest");
    }
    return {};
}

result<void> check_files(const fs::path& backup, const manifest& m,
                         const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    std::uint64_t total = 0;
    std::uint64_t read = 0;
    for (const file_row& row : m.files) total += static_cast<std::uint64_t>(row.size);
    for (const file_row& row : m.files) {
        const fs::path file = backup / row.path;
        std::error_code error;
        if (!fs::is_regular_file(file, error)) return damaged(row.path, "is missing");
        const std::string bytes = VECHE_TRY(file_bytes(file));
        if (bytes.size() != static_cast<std::size_t>(row.size))
            return damaged(row.path,
                           fmt::format("has {} bytes and should have {}", bytes.size(), row.size));
        if (to_hex(sha256(bytes)) != row.sha256)
            return damaged(row.path, "does not have the SHA-256 that the manifest names");
        read += bytes.size();
        if (progress) progress(read, total);
    }
    return {};
}

/// That the entries are those whose root was signed, whatever the manifest says of hashes.
result<void> check_tree(const fs::path& backup, const manifest& m) {
    std::optional<journal::checkpoint> signed_one;
    if (m.checkpoint) {
        const auto keys = VECHE_TRY(kept_keys(backup, m));
        const auto good = keys.verify(*m.checkpoint, m.vkey);
        if (!good) return damaged(manifest_name, "holds a checkpoint that is not good");
        signed_one = *good;
    }
    journal::frontier tree;
    bool covered = !signed_one || signed_one->size == 0;
    VECHE_CHECK(for_each_kept(backup, m, [&](std::uint64_t, std::string_view bytes) {
        tree.append(journal::leaf_hash(bytes));
        if (signed_one && tree.size() == signed_one->size)
            covered = tree.root() == signed_one->root;
        return result<bool>(true);
    }));
    if (tree.size() != static_cast<std::uint64_t>(m.size) ||
        to_base64(as_bytes(tree.root())) != m.root)
        return damaged("journal/", "does not hash to the root that the manifest names");
    if (!covered) return damaged("journal/", "does not hash to the root that was signed");
    return {};
}

}  // namespace

std::string handovers_path(std::string_view bytes) {
    constexpr std::size_t digits = 16;
    return std::string(handovers_prefix) + to_hex(sha256(bytes)).substr(0, digits);
}

std::string segment_path(std::uint64_t from, std::uint64_t to) {
    return fmt::format("journal/entries-{:012}-{:012}", from, to);
}

const file_row* manifest::find(std::string_view path) const {
    const auto found = std::find_if(files.begin(), files.end(),
                                    [&](const file_row& row) { return row.path == path; });
    return found == files.end() ? nullptr : &*found;
}

result<std::string> file_bytes(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream bytes;
    if (in) bytes << in.rdbuf();
    // An empty file sets the fail bit of the stream that it is written to, and is no failure.
    if (!in || in.bad()) return failed(file, "cannot be read");
    return std::move(bytes).str();
}

result<void> sync_path(const fs::path& what) {
    const int handle = ::open(what.c_str(), O_RDONLY | O_CLOEXEC);
    if (handle < 0) return failed(what, "cannot be opened");
    const bool done = ::fsync(handle) == 0;
    ::close(handle);
    if (!done) return failed(what, "cannot be made durable");
    return {};
}

result<void> put_file(const fs::path& file, std::string_view bytes, bool secret) {
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    return store::replace_file(file, bytes, secret ? 0600 : 0644);
}

result<manifest> read_manifest(const fs::path& backup) {
    std::error_code error;
    const fs::path file = backup / manifest_name;
    if (!fs::is_regular_file(file, error)) return refuse(refusals::no_backup, {}, backup.string());
    const std::string text = VECHE_TRY(file_bytes(file));
    const std::size_t end = text.find('\n');
    const std::string_view line = std::string_view(text).substr(0, end);
    if (end == std::string::npos || text.substr(end + 1) != to_hex(sha256(line)) + "\n")
        return damaged(manifest_name, "does not have the SHA-256 that stands under it");
    auto m = from_json<manifest>(line);
    if (!m) return damaged(manifest_name, "cannot be read: " + m.error().sentence());
    if (m->form != backup_form) return damaged(manifest_name, "is of the unknown form " + m->form);
    return m;
}

result<void> write_manifest(const fs::path& backup, const manifest& m) {
    const std::string line = to_json(m);
    return store::replace_file(backup / manifest_name, line + "\n" + to_hex(sha256(line)) + "\n");
}

result<void> for_each_kept(
    const fs::path& backup, const manifest& m,
    const std::function<result<bool>(std::uint64_t, std::string_view)>& take) {
    const auto size = static_cast<std::uint64_t>(m.size);
    for (std::uint64_t from = 0; from < size; from += segment_entries) {
        const std::string path = segment_path(from, std::min(from + segment_entries, size));
        if (!m.find(path)) return damaged(path, "is missing");
        const std::string bytes = VECHE_TRY(file_bytes(backup / path));
        const auto entries = journal::split_bundle(bytes, path);
        if (!entries || entries->size() != std::min(segment_entries, size - from))
            return damaged(path, "does not hold the entries that its name says");
        for (std::size_t i = 0; i < entries->size(); ++i)
            if (!VECHE_TRY(take(from + i, (*entries)[i]))) return {};
    }
    return {};
}

result<store::key_history> kept_keys(const fs::path& backup, const manifest& m) {
    for (const file_row& row : m.files) {
        if (!row.path.starts_with(handovers_prefix)) continue;
        const std::string bytes = VECHE_TRY(file_bytes(backup / row.path));
        auto keys = store::key_history::parse(bytes);
        if (!keys) return damaged(row.path, "cannot be read: " + keys.error().sentence());
        if (!keys->check())
            return damaged(row.path, "names a key that did not sign with the other");
        return keys;
    }
    return store::key_history{};
}

result<manifest> check_backup(const fs::path& backup,
                              const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    manifest m = VECHE_TRY(read_manifest(backup));
    VECHE_CHECK(check_names(backup, m));
    VECHE_CHECK(check_files(backup, m, progress));
    VECHE_CHECK(check_tree(backup, m));
    return m;
}

}  // namespace veche::upkeep
