#pragma once
// The journal again, entry by entry: every act is decided again, every consequence derived again
// and compared byte for byte. The office starts by it; `veche verify` is it, with signatures.

#include <functional>

#include "journal/entry.hpp"
#include "journal/envelope.hpp"
#include "office/admission.hpp"
#include "office/fold.hpp"

namespace veche::office {

/// What was recomputed.
struct replay_count {
    std::int64_t entries = 0;
    std::int64_t acts = 0;
    std::int64_t derived = 0;
    std::int64_t unsigned_acts = 0;
    std::int64_t votes = 0;
    std::int64_t decisions = 0;
};

/// Whether this program knows entries of that type and version. A newer release may know more.
bool is_known_entry(std::string_view type, std::int64_t v);

/// Folds entries in order. After a refusal the state must no longer be used.
class replay {
  public:
    /// The journal's name; where it is empty, entry 0 says it.
    explicit replay(std::string origin = {}) : origin_(std::move(origin)) {}
    /// Goes on after what `from` has folded already.
    replay(std::string origin, union_state from);

    /// Takes the whole leaf of the next entry.
    result<void> take(std::string_view entry);
    /// After the last entry: nothing may be left that should have followed.
    [[nodiscard]] result<void> finish() const;

    /// Called after each entry was checked and folded.
    using folded = std::function<void(std::uint64_t seq, std::string_view type, json::node body)>;
    void on_folded(folded listener) { folded_ = std::move(listener); }
    /// Gives each signed act with the keys that were in force: true if a signature is good. Without
    /// it signatures are not looked at.
    using signature_check =
        std::function<result<void>(std::uint64_t seq, std::string_view event_line,
                                   std::string_view signature_block, std::vector<signing_key>)>;
    void on_signature(signature_check check) { signature_ = std::move(check); }

    /// Gives the work of checking costly proofs (`route::proofs`) instead of doing it in between;
    /// its refusal is a fault of the entry. Without it every proof is checked as its entry is
    /// taken.
    using proof_check =
        std::function<result<void>(std::uint64_t seq, std::function<result<void>()> work)>;
    void on_proofs(proof_check check) { proofs_ = std::move(check); }

    [[nodiscard]] union_state& state() { return state_; }
    [[nodiscard]] const union_state& state() const { return state_; }
    [[nodiscard]] const std::string& origin() const { return origin_; }
    [[nodiscard]] const replay_count& count() const { return count_; }

  private:
    [[nodiscard]] static result<const route*> known_route(const journal::envelope&);
    [[nodiscard]] bool is_next(const journal::entry_view&) const;
    result<void> take_read(const journal::entry_view&);
    result<void> take_derived(const journal::entry_view&);
    result<void> take_act(const journal::envelope&, const route&, const journal::entry_view&);
    void expect(std::uint64_t by, const events& derived);

    std::string origin_;
    union_state state_;
    struct consequence {
        std::string type;
        std::string line;  ///< the event line
    };
    std::vector<consequence> expected_;  ///< that must come next, in order
    std::size_t next_expected_ = 0;
    instant cause_at_;
    std::uint64_t taken_ = 0;
    json::document line_;
    folded folded_;
    result<bool> hand_out_proofs(const route&, json::node body, std::uint64_t seq);
    signature_check signature_;
    proof_check proofs_;
    replay_count count_;
};

namespace faults {
inline constexpr refusal_kind replay_newer{
    "replay.newer", 409,
    "The entry is a {0} of version {1}, which this program does not know: a newer release wrote "
    "it. Upgrade this one."};
inline constexpr refusal_kind replay_number{"replay.number", 409,
                                            "The entry is numbered {0}, and {1} comes next."};
inline constexpr refusal_kind replay_time{
    "replay.time", 409, "The entry was admitted at {0}, before the entry ahead of it."};
inline constexpr refusal_kind replay_consequence{
    "replay.consequence", 409,
    "The entry is not what follows from the one that caused it. It should be: {0}"};
inline constexpr refusal_kind replay_missing{"replay.missing", 409,
                                             "What follows from an entry is missing, namely {0}."};
inline constexpr refusal_kind replay_uncaused{
    "replay.uncaused", 409,
    "The entry says that it follows from entry {0}, but nothing more does."};
inline constexpr refusal_kind replay_deadline{"replay.deadline", 409,
                                              "Something fell due at {0} and was passed over."};
inline constexpr refusal_kind replay_refused{
    "replay.refused", 409, "The command could not have been accepted ({1}): {0}."};
inline constexpr refusal_kind replay_signature{
    "replay.signature", 409, "No signature on the entry is by a key of its actor in force then."};
inline constexpr refusal_kind replay_signed{
    "replay.signed", 409, "The entry follows from another one and yet carries a signature."};
inline constexpr refusal_kind replay_root{
    "replay.root", 409,
    "The entries do not hash to the root that the checkpoint signs; they give {0}."};
inline constexpr refusal_kind replay_snapshot{
    "replay.snapshot", 409,
    "The snapshot of {0} entries does not hold the state that they fold to. Delete it; it is made "
    "anew."};

inline constexpr const refusal_kind* all[] = {
    &replay_newer,     &replay_number,   &replay_time,     &replay_consequence,
    &replay_missing,   &replay_uncaused, &replay_deadline, &replay_refused,
    &replay_signature, &replay_signed,   &replay_root,     &replay_snapshot};
}  // namespace faults

}  // namespace veche::office
