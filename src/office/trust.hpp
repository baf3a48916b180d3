#pragma once
// What somebody who verifies a journal brings along: a policy of witnesses, a checkpoint seen
// before. Verify holds the journal against both.

#include <optional>
#include <string>
#include <vector>

#include "journal/policy.hpp"
#include "journal/tree.hpp"
#include "office/state.hpp"

namespace veche::office {

/// A key that signed the journal before the one by which it is verified.
struct earlier_key {
    std::string vkey;
    std::uint64_t upto = 0;  ///< entries under the last checkpoint that it signed
};

/// What the reader trusts beside the journal's key.
struct trust_options {
    /// A quorum of these must have cosigned the checkpoint.
    std::optional<journal::policy> policy;
    /// A checkpoint that was trusted before, a signed note: the journal must extend it.
    std::string earlier;
    /// Keys that may have signed that one, beside the one in force.
    std::vector<earlier_key> earlier_keys;
    /// Hold the checkpoint to the witnesses that the charter named at the earlier one, too.
    bool charter = false;
};

class trust {
  public:
    trust(const trust_options& with, std::string vkey) : with_(with), vkey_(std::move(vkey)) {}

    /// Before anything is read. Refusals: those of accept_checkpoint; journal.rolled_back,
    /// journal.history_differs.
    result<void> begin(const journal::checkpoint& now, std::string_view note);
    /// The tree has grown by an entry, and `then` is the state after it.
    result<void> reach(const journal::frontier& tree, const union_state& then);
    /// All else holds. Refuses where the charter of then asks for more witnesses than signed.
    result<void> end(std::string_view note);

    /// For the report: who cosigned, and the size of the earlier checkpoint.
    void tell(std::vector<std::string>& cosigned, std::optional<std::int64_t>& extends) const;

  private:
    result<void> accept(const journal::policy& rule, std::string_view note);
    [[nodiscard]] result<journal::checkpoint> read_earlier() const;

    const trust_options& with_;
    std::string vkey_;
    journal::checkpoint earlier_;
    std::optional<journal::policy> charter_rule_;
    std::vector<journal::cosignature> cosigned_;
};

}  // namespace veche::office
