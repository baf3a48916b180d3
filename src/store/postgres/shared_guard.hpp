#pragma once
// What was signed last, for several nodes: one row on the server, changed by compare-and-set, and
// at each node a file with what this node itself saw signed. A server that was put back in time
// forgets with its rows what it had signed; the nodes do not.
// Beside it the key that signs, and which keys signed before.

#include <mutex>
#include <optional>

#include "store/key_history.hpp"
#include "store/rows.hpp"
#include "store/sqlite/sqlite_guard.hpp"

namespace veche::store {

class shared_guard final : public journal::guard {
  public:
    static result<void> prepare(row_base&, const std::string& origin, const std::string& vkey);
    /// Of the union on this server, in the schema of its guard; with what the node of this folder
    /// saw signed, in a file that is made where the node is new. Without a folder nobody's own.
    static result<std::unique_ptr<shared_guard>> at(const std::string& url,
                                                    const std::string& schema,
                                                    const std::filesystem::path& folder);
    /// `own`: of the node; none for a program that signs nothing.
    static result<std::unique_ptr<shared_guard>> open(std::shared_ptr<row_base> in,
                                                      std::unique_ptr<sqlite_guard> own);

    [[nodiscard]] result<journal::stored_checkpoint> last() const override;
    [[nodiscard]] result<journal::stored_checkpoint> seen() const override;
    result<void> saw(const journal::stored_checkpoint&) override;
    /// On the server first: what is signed there every other node has to extend.
    /// Refuses with journal.key_changed where another key is in force by now.
    result<void> advance(std::uint64_t expected, const journal::stored_checkpoint& to) override;
    [[nodiscard]] std::optional<std::string> other_key() const override;
    [[nodiscard]] const std::string& origin() const { return origin_; }
    /// The key that was in force when this was opened, or that was put in force through it.
    [[nodiscard]] const std::string& vkey() const { return vkey_; }

    /// How the key changed; nothing where an earlier program founded the union and it never did.
    [[nodiscard]] result<key_history> keys() const;
    /// Adds what is not known here, as earlier than what is. Makes the table where it is missing.
    result<void> keep(const key_history&);
    /// Puts another key in force, and notes `to` as signed last, in one step: from then on nothing
    /// is signed with the old one. Refuses, with nothing changed, where something else was signed
    /// last than `expected` entries (store.overtaken), and where the key is another one already
    /// (journal.key_changed). The table must be there.
    result<void> change_key(const handover& how, std::uint64_t expected,
                            const journal::stored_checkpoint& to);

  private:
    shared_guard(std::shared_ptr<row_base> in, std::unique_ptr<sqlite_guard> own)
        : in_(std::move(in)), own_(std::move(own)) {}

    /// Why a change of the row did not take place.
    [[nodiscard]] result<void> overtaken(std::uint64_t expected) const;
    void note_key(const std::string& in_force) const;

    std::shared_ptr<row_base> in_;
    std::unique_ptr<sqlite_guard> own_;
    std::string origin_, vkey_;
    mutable std::mutex mutex_;
    mutable std::optional<std::string> other_;  ///< the key in force, where it is another one
};

}  // namespace veche::store
