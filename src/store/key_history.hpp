#pragma once
// How the key of a log changed: which key signed before, which after, and the checkpoint that both
// signed. It goes wherever the journal goes, or whoever knows an old key can no longer be led on.
//
// In a folder it lies in the file `handovers`, and what was lost in `log.vkeys` too; on a server in
// a table of the guard (postgres/shared_guard.hpp); in a backup in a file of the manifest.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "journal/checkpoint.hpp"
#include "kernel/fields.hpp"

namespace veche::store {

/// One change. The checkpoint that both keys signed; "" where the old key was lost.
struct handover {
    std::string note;
    std::string old_vkey;
    std::string vkey;
};
VECHE_FIELDS(handover, (note, "The checkpoint, signed with both keys."),
             (old_vkey, "Verifier key until then."), (vkey, "Verifier key from then on."))

struct handover_list {
    std::vector<handover> handovers;
};
VECHE_FIELDS(handover_list, (handovers, "In the order in which keys changed."))

/// In a union's folder, and beside the checkpoint where the journal is published.
constexpr const char* handovers_name = "handovers";
/// Verifier keys that were lost with their keys, a line each.
constexpr const char* lost_vkeys_name = "log.vkeys";

class key_history {
  public:
    key_history() = default;
    explicit key_history(std::vector<handover> changes) : changes_(std::move(changes)) {}

    [[nodiscard]] const std::vector<handover>& changes() const { return changes_; }
    [[nodiscard]] bool empty() const { return changes_.empty(); }
    /// The change after which that key was in force; nothing where none is known.
    [[nodiscard]] const handover* change_to(std::string_view vkey) const;
    /// Whether another key took the place of this one.
    [[nodiscard]] bool had(std::string_view vkey) const;
    /// Whether `to` is in force now and `from` was before.
    [[nodiscard]] bool leads(std::string_view from, std::string_view to) const;
    /// After all that is known; not a second time.
    void add(handover);
    /// What another one knows and this does not, as earlier than all that this one knows.
    void add_earlier(const key_history&);

    /// The checkpoint of a note by the key in force, or by one before it as far as that one signed.
    [[nodiscard]] result<journal::checkpoint> verify(std::string_view note,
                                                     const std::string& vkey) const;
    /// Refuses a change whose checkpoint not both keys signed.
    [[nodiscard]] result<void> check() const;

    /// All of it as JSON, and what parse() reads.
    [[nodiscard]] std::string to_text() const;
    static result<key_history> parse(const std::string& text);
    /// What readers are shown: the changes that somebody can check. "" where there is none.
    [[nodiscard]] std::string published() const;

    /// What a union's folder says. Refuses with store.database_damaged what cannot be read.
    static result<key_history> in_folder(const std::filesystem::path& folder);
    /// Durable on return; nothing is written where nothing changed.
    [[nodiscard]] result<void> keep_in(const std::filesystem::path& folder) const;

  private:
    /// A line of the file of lost ones, which does not say what came after.
    void add_lost(const std::string& vkey);

    std::vector<handover> changes_;
};

}  // namespace veche::store
