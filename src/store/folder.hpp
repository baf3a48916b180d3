#pragma once
// A union on disk is a folder:
//   journal.sqlite   entries, tiles, checkpoints; or journal.url: the PostgreSQL server with them
//   guard.sqlite     what was signed last; never restored from a copy
//   log.key          seed of the log's signing key
//   sealed.sqlite    sealed texts and their keys
//   papers/          documents by their hash (store/contents.hpp)
//   copy.json        in a copy for looking only (store/looking.hpp), which has no guard and no key
// accounts.sqlite beside them is the server's.

#include <filesystem>
#include <memory>

#include "journal/publisher.hpp"
#include "store/looking.hpp"
#include "store/sqlite/sealed_store.hpp"
#include "store/sqlite/sqlite_guard.hpp"

namespace veche::store {

/// An opened union. The publisher holds references to the others.
struct union_folder {
    std::filesystem::path path;
    std::unique_ptr<journal::store> journal;
    std::unique_ptr<sqlite_guard> guard;
    std::unique_ptr<sealed_store> sealed;
    std::unique_ptr<journal::publisher> publisher;
    int lock = -1;                               ///< held while a program writes to the folder
    std::optional<looking_copy> copy;            ///< set where it is a copy for looking
    std::unique_ptr<journal::guard> copy_guard;  ///< then in place of `guard`

    union_folder() = default;
    union_folder(union_folder&&) noexcept;
    union_folder& operator=(union_folder&&) noexcept;
    ~union_folder();
};

constexpr const char* journal_name = "journal.sqlite";
inline std::filesystem::path pointer_file(const std::filesystem::path& folder) {
    return folder / "journal.url";
}
/// Where there is a union: its journal, or the name of the server that has it.
bool is_union(const std::filesystem::path& folder);
/// The URL of the server with the journal; empty where it lies in the folder.
result<std::string> pointer_in(const std::filesystem::path& folder);

/// Makes the files of a new union; the folder must be empty or absent. `seed`: 32 bytes of the
/// log's key, or empty for a random one.
result<void> create_folder(const std::filesystem::path& path, const std::string& origin,
                           std::string_view seed = {});
/// Opens and checks a union: the store in itself, and the store against what was signed last. Of a
/// copy for looking only the store in itself; it can be read and no more.
result<union_folder> open_folder(const std::filesystem::path& path);

/// Keeps other programs from the folder; refuses with store.locked. The caller closes the handle.
result<int> take_folder_lock(const std::filesystem::path& path);
/// The journal of the folder, wherever it lies, opened for writing.
result<std::unique_ptr<journal::store>> open_journal(const std::filesystem::path& path);
/// The key with which this folder's journal is signed.
constexpr const char* log_key_name = "log.key";
result<journal::key_pair> read_log_key(const std::filesystem::path& file);
/// Writes a new file that its owner alone can read. `seed`: 32 bytes.
result<void> write_log_key(const std::filesystem::path& file, std::string_view seed);
/// Verifier keys of this log that were lost with their keys, a line each: older checkpoints are by
/// them.
inline std::filesystem::path old_vkeys_file(const std::filesystem::path& folder) {
    return folder / "log.vkeys";
}
/// Refuses with store.rolled_back or store.forked a journal that does not extend what was signed.
result<void> check_against_guard(const journal::store&, const journal::guard&);

}  // namespace veche::store
