#pragma once
// A union on disk is a folder:
//   journal.sqlite   entries, tiles, checkpoints
//   guard.sqlite     what was signed last; never restored from a copy
//   log.key          seed of the log's signing key
//   sealed.sqlite    sealed texts and their keys
//   papers/          documents by their hash (store/contents.hpp)
//   handovers        how the log's key changed, if it did (store/key_history.hpp); log.vkeys
//   copy.json        in a copy for looking only (store/looking.hpp), which has no guard and no key
//   accounts.sqlite  who may log in
//   follows.sqlite   who follows what, and the mail that goes out
// A union on a PostgreSQL server has all of this but the key there, in schemas beside each other:
// the journal where the address looks, and NAME_guard, NAME_sealed, NAME_papers, NAME_desk. A
// node of it keeps a folder with
//   journal.url      the server's address, where the folder itself names the union
//   guard.sqlite     what this node itself saw signed; never restored from a copy
//   log.key          the same key at each node that signs

#include <filesystem>
#include <functional>
#include <memory>

#include "journal/publisher.hpp"
#include "store/contents.hpp"
#include "store/inspection.hpp"
#include "store/key_history.hpp"
#include "store/looking.hpp"
#include "store/sealed_store.hpp"
#include "store/sqlite/sqlite_guard.hpp"

namespace veche::store {

class shared_guard;

/// Where a union lies.
struct union_place {
    std::filesystem::path folder;  ///< of the union, or of a node; "" for a server alone
    std::string url;               ///< of the server; "" where all lies in the folder
    std::filesystem::path key;     ///< of the log; "" where nothing is signed here

    /// A folder, or the address of a server (as text in a path).
    static result<union_place> of(const std::filesystem::path& where);
};

/// An opened union. The publisher holds references to the others.
struct union_folder {
    std::filesystem::path path;
    std::unique_ptr<journal::store> journal;
    std::unique_ptr<later_inspection> later;  ///< what is left to read of it, to be started
    std::unique_ptr<journal::guard> guard;
    std::shared_ptr<contents> papers;
    std::unique_ptr<sealed_store> sealed;
    std::shared_ptr<row_base> follows;   ///< tables by whoever uses them
    std::shared_ptr<row_base> accounts;  ///< likewise
    std::unique_ptr<journal::publisher> publisher;
    std::function<result<key_history>()> keys;   ///< how the log's key changed, as of now
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
/// What a person is told of it: the folder, or the server without any password.
std::string place_name(const std::filesystem::path& where);
/// Where there is a union: its journal, or the name of the server that has it.
bool is_union(const std::filesystem::path& where);
/// The URL of the server with the journal; empty where it lies in the folder.
result<std::string> pointer_in(const std::filesystem::path& folder);

/// Makes the files of a new union; the folder must be empty or absent. `seed`: 32 bytes of the
/// log's key, or empty for a random one.
result<void> create_folder(const std::filesystem::path& path, const std::string& origin,
                           std::string_view seed = {});
/// Makes the tables of a new union on a server, and the file of its key where there is none yet.
result<void> create_union(const union_place& at, const std::string& origin);
/// Opens and checks a union: the store in itself, and the store against what was signed last. Of a
/// copy for looking only the store in itself; it can be read and no more. Where it is known how the
/// journal begins, that is left to `later`.
result<union_folder> open_folder(const std::filesystem::path& where);
result<union_folder> open_union(const union_place& at, const known_entries& = {});
/// Rows of the accounts alone, beside whatever else has the union open.
result<std::shared_ptr<row_base>> open_accounts(const std::filesystem::path& where);
/// Papers alone, likewise.
result<std::shared_ptr<contents>> open_papers(const std::filesystem::path& where);

/// Schemas of the parts of a union beside its journal's, as they are called on this server.
struct part_names {
    std::string guard, sealed, papers, desk;
    static result<part_names> on(const std::string& url);
};
/// Makes the schemas and tables of the parts that the store knows.
result<void> create_parts(const std::string& url, const part_names&, const std::string& origin,
                          const std::string& vkey);

/// Keeps other programs from the folder; refuses with store.locked. The caller closes the handle.
result<int> take_folder_lock(const std::filesystem::path& path);
/// The journal of the folder, wherever it lies, opened for writing.
result<std::unique_ptr<journal::store>> open_journal(const std::filesystem::path& path);
/// The key with which this folder's journal is signed.
constexpr const char* log_key_name = "log.key";
result<journal::key_pair> read_log_key(const std::filesystem::path& file);
/// Writes a new file that its owner alone can read. `seed`: 32 bytes.
result<void> write_log_key(const std::filesystem::path& file, std::string_view seed);
/// Refuses with store.rolled_back or store.forked a journal that does not extend what was signed.
result<void> check_against_guard(const journal::store&, const journal::guard&);
result<void> check_against(const journal::store&, const journal::stored_checkpoint& signed_last);
/// How the key of the union changed whose guard this is: the guard says it, or, where an earlier
/// program changed it before the union went to the server, the folder of a node.
result<key_history> keys_by(const shared_guard&, const std::filesystem::path& folder);
/// Refuses the key of a file that is not the one in force: with store.key_left one that was,
/// otherwise with store.key_foreign.
result<void> check_log_key(const std::filesystem::path& file, const journal::verifier_key& its,
                           const std::string& in_force, const key_history&);

}  // namespace veche::store
