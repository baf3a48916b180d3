#pragma once
// Verify: the journal from its public bytes alone, checked from the checkpoint's signature down to
// every vote's outcome. Names the first entry at fault.

#include <functional>
#include <optional>

#include "journal/log_source.hpp"
#include "office/replay.hpp"
#include "office/snapshot.hpp"
#include "office/trust.hpp"

namespace veche::office {

struct verify_options {
    bool signatures = true;  ///< check every actor's signature
    unsigned threads = 0;    ///< for signatures and proofs; 0 means all cores
    std::string vkey;  ///< the log's verifier key; empty: only the checkpoint's form is checked
    std::function<void(std::uint64_t done, std::uint64_t total)> progress;
    std::function<void(const union_state&)> at_end;  ///< given the state, once all holds
    trust_options trust{};                           ///< what else the checkpoint must hold
    bool state_hash = false;  ///< hash the state in the end: two programs of one build compare it
    /// What a snapshot of this build of the program says: its state is compared with the one that
    /// is folded here.
    std::optional<snapshot_line> snapshot;
};

struct verify_report {
    std::string origin;
    std::int64_t entries = 0;
    std::int64_t acts = 0;
    std::int64_t derived = 0;
    std::int64_t signatures = 0;
    std::int64_t passkeys = 0;
    std::int64_t proofs = 0;
    std::int64_t unsigned_acts = 0;
    std::int64_t votes = 0;
    std::int64_t decisions = 0;
    bool checkpoint_signature = false;
    std::string root;
    std::vector<std::string> cosigned{};
    std::optional<std::int64_t> extends{};
    std::optional<std::string> state;
    std::optional<std::int64_t> snapshot;
};
VECHE_FIELDS(verify_report, (origin, "The journal's name."), (entries, "Entries read and hashed."),
             (acts, "Commands decided again."),
             (derived, "Consequences derived again and found equal."),
             (signatures, "Signatures of actors checked."),
             (passkeys, "Those of them that passkeys made."),
             (proofs, "Encrypted ballots whose proofs were checked."),
             (unsigned_acts, "Acts that carry no signature."), (votes, "Vote outcomes recomputed."),
             (decisions, "Decisions recomputed."),
             (checkpoint_signature, "Whether the checkpoint's signature was checked."),
             (root, "Root of the tree, recomputed and equal to the checkpoint's, in base64."),
             (cosigned, "Witnesses of the policy that cosigned the checkpoint."),
             (extends, "Size of the earlier checkpoint that it extends, where one was given."),
             (state, "Hash of the state, in hex; the same for programs of one build."),
             (snapshot, "Entries in the snapshot that says what was folded again."))

/// Where the journal goes wrong.
struct fault {
    std::optional<std::uint64_t> seq;  ///< the first bad entry; nothing if no one entry is at fault
    refusal why;
};

tl::expected<verify_report, fault> verify(journal::log_source& source, const verify_options& with);

}  // namespace veche::office
