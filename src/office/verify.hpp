#pragma once
// Replay and verify: the journal again from its public bytes. Stops at the first entry at fault.

#include <functional>

#include "journal/log_source.hpp"
#include "office/state.hpp"

namespace veche::office {

struct verify_options {
    bool signatures = true;    ///< check every actor's signature
    unsigned threads = 0;      ///< for signatures; 0 = all cores
    std::function<void(std::uint64_t done, std::uint64_t total)> progress;
};

/// What was recomputed.
struct verify_report {
    std::string origin;
    std::int64_t entries = 0;
    std::int64_t acts = 0;
    std::int64_t derived = 0;
    std::int64_t signatures = 0;   ///< checked
    std::int64_t unsigned_acts = 0;
    std::int64_t votes = 0;        ///< outcomes recomputed
    std::int64_t decisions = 0;
    std::int64_t checkpoint_size = 0;
    std::string root;              ///< base64, recomputed, equal to the checkpoint's
};
VECHE_FIELDS(verify_report, (origin, "The journal's name."), (entries, "Entries read and hashed."),
             (acts, "Commands decided again."), (derived, "Consequences derived again and equal."),
             (signatures, "Signatures checked."), (unsigned_acts, "Acts that carry no signature."),
             (votes, "Vote outcomes recomputed."), (decisions, "Decisions recomputed."),
             (checkpoint_size, "Size the signed checkpoint states."),
             (root, "Root of the tree, recomputed."))

/// Where the journal goes wrong: the first bad entry, what is wrong with it.
struct fault {
    std::optional<std::uint64_t> seq;  ///< nothing where the fault is of no one entry
    refusal why;
};

/// Folds entries one by one, deciding every act again and comparing every derived entry's bytes.
/// Feed entries in order; used by the office at start and by verify.
class replay {
  public:
    /// `entry`: the whole leaf. On a refusal the state must no longer be used.
    result<void> take(std::string_view entry);
    /// After the last entry: nothing may be left that should have followed.
    [[nodiscard]] result<void> finish() const;
    [[nodiscard]] office::state& state() { return state_; }
    [[nodiscard]] const verify_report& report() const { return report_; }

  private:
    result<void> take_act(const struct parsed_act& act);
    office::state state_;
    std::vector<std::string> expected_;  // event lines that must come next, in order
    std::size_t next_expected_ = 0;
    std::uint64_t cause_ = 0;
    json::document line_;
    verify_report report_;
};

/// The whole check: checkpoint signature, tree, entries, signatures, outcomes.
tl::expected<verify_report, fault> verify(journal::log_source& source, const verify_options& with);

}  // namespace veche::office
