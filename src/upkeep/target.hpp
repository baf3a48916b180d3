#pragma once
// Where a backup becomes a union again: a folder, or a PostgreSQL server with a folder of the node
// beside it. What is restored is none to whoever opens it before all of it is in its place.

#include <memory>

#include "store/folder.hpp"
#include "upkeep/restore.hpp"

namespace veche::store {
class shared_guard;
}

namespace veche::upkeep {

constexpr const char* guard_name = "guard.sqlite";

/// Its functions are called in the order in which they stand here.
class restore_target {
  public:
    virtual ~restore_target() = default;
    restore_target(const restore_target&) = delete;
    restore_target& operator=(const restore_target&) = delete;

    /// Refuses where anything lies there but what no backup has, and keeps other programs out.
    virtual result<void> take_place() = 0;
    /// The key must be this journal's, or one that followed upon it, and somebody must know what
    /// was signed last: a guard that survived, or whoever the options name. A guard that is made
    /// anew is told before anything else is written, so that it holds also where restoring is
    /// broken off. `keys`: how the key changed as far as the backup knows; what is known here is
    /// added. Not for looking.
    virtual result<void> take_key(const manifest&, store::key_history& keys) = 0;
    virtual result<std::unique_ptr<journal::store>> make_journal() = 0;
    virtual result<std::unique_ptr<store::contents>> papers() = 0;
    /// The folder into which the files of accounts, follows and sealed texts are put.
    virtual result<std::filesystem::path> take_secrets() = 0;
    /// From here on there is a union. Lets other programs in.
    virtual result<void> place() = 0;

  protected:
    restore_target() = default;
};

std::unique_ptr<restore_target> folder_to_restore(const restore_options&,
                                                  const store::union_place&);
std::unique_ptr<restore_target> server_to_restore(const restore_options&,
                                                  const store::union_place&);

/// The verifier key of that file. Refuses one that neither signed this journal when the backup was
/// made nor is known to have followed upon it.
result<std::string> fitting_key(const std::filesystem::path& file, const manifest&,
                                const store::key_history&);
/// The newest checkpoint of the backup; that of nothing where it has none.
result<journal::stored_checkpoint> newest_checkpoint(const manifest&, const store::key_history&);

/// What was signed last, wherever the union lies; on a server also what the node of the folder saw.
struct opened_guard {
    std::unique_ptr<journal::guard> guard;
    store::shared_guard* shared = nullptr;  ///< the same, where it lies on a server
    std::string origin, vkey;
    store::key_history keys;
    /// Entries under the newest checkpoint that any of them knows.
    [[nodiscard]] result<std::uint64_t> signed_size() const;
};
result<opened_guard> open_guard(const store::union_place&);
/// The one value that this query finds in a folder's guard, read beside whoever has it open.
result<std::string> read_guard(const std::filesystem::path& folder, const char* sql);

}  // namespace veche::upkeep
