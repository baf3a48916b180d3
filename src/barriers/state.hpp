#pragma once
// The register of barriers as the journal tells of it.

#include "barriers/commands.hpp"
#include "barriers/events.hpp"
#include "kernel/cow.hpp"

namespace veche::barriers {

/// Who did something, under which office, when and by which entry.
struct doing {
    person_id by;
    std::string as;
    instant at;
    std::uint64_t seq = 0;
};

inline doing done_by(const context& ctx) {
    return {ctx.actor, ctx.auth, ctx.at, ctx.seq};
}

/// A command and who did it.
template <class Command>
struct deed {
    Command what;
    doing done;
};

/// One step with its clock, running or over.
struct step_run {
    barrier_step step{};
    std::optional<remedy_id> remedy;
    std::optional<member_id> member;  ///< who owes it; the body that keeps the register where empty
    date began;
    date due;  ///< the last day
    std::optional<date> ended;
    bool late = false;     ///< its last day passed first
    bool stopped = false;  ///< ended without being done: counts nowhere

    [[nodiscard]] bool running() const { return !ended; }
};

/// What the panel does between a finding and a result.
struct panel_round {
    std::vector<deed<vote_class>>
        votes;  ///< in the order of their entries; the last of each counts
    std::optional<deed<qualified>> found;
};

struct remedy {
    deed<promise_remedy> promised;
    std::vector<std::uint64_t> versions;
    std::optional<deed<prove_remedy>> proved;
};

/// That it is gone, as of a day.
struct removal {
    confirmed_by how{};
    doing done;
    std::optional<barrier_id> by_report;  ///< whose word it was
    date check_on;
};

struct link_change {
    doing done;
    std::optional<barrier_id> into;  ///< nothing where it was parted again
    localized reason;
};

/// Where a case comes from that nobody reported here.
struct taken_from {
    import_id batch;
    std::string number;
    std::optional<date> since;
    source_note source;
};

/// A case whose record was taken over has no reporter: the key and the text of `received` are
/// empty.
struct barrier_case {
    std::int64_t number = 0;
    deed<receive> received;
    std::optional<taken_from> taken;
    barrier_standing standing = barrier_standing::waiting;
    std::vector<deed<say>> words;
    std::optional<doing> withdrawn;
    std::optional<deed<decline>> declined;
    std::optional<deed<publish_comment>> comment;
    std::optional<deed<register_case>> record;
    std::string searched;  ///< its words, folded for search
    std::vector<std::uint64_t> versions;
    std::vector<deed<answer>> positions;
    std::vector<deed<give_finding>> findings;
    std::vector<panel_round> rounds;
    std::vector<remedy> remedies;
    std::vector<deed<claim_removal>> claims;
    std::vector<deed<record_test>> tests;
    std::vector<removal> removals;
    std::vector<deed<record_check>> checks;
    std::vector<deed<reopen>> reopenings;
    std::vector<link_change> links;
    std::optional<barrier_id> into;
    std::vector<barrier_id> duplicates;
    std::optional<deed<weigh>> weight;
    std::vector<step_run> runs;

    /// As the panel said last, else as it was registered.
    [[nodiscard]] std::optional<barrier_class> judged() const;
    /// How often it came back after it was removed.
    [[nodiscard]] std::int64_t times_returned() const;
};

struct draft_comment {
    doing done;
    std::optional<member_id> member;      ///< whose contact point wrote it
    std::optional<barrier_id> by_report;  ///< or the report that it was
    localized text;
    std::optional<content_ref> document;
};

struct draft {
    deed<notify_draft> notified;
    draft_standing standing = draft_standing::open;
    std::vector<draft_comment> comments;
    std::vector<deed<reply_draft>> replies;
    std::optional<deed<end_draft>> ended;
    std::vector<step_run> runs;
};

/// When something falls due.
struct due_mark {
    instant at;
    std::string of;  ///< a case or a draft
    bool draft = false;
    std::int32_t run = 0;  ///< which of its runs; -1 is the check months after a removal
    auto operator<=>(const due_mark&) const = default;
};

enum class batch_standing : std::uint8_t { waiting, accepted, discarded };
VECHE_CHOICES(batch_standing, waiting, accepted, discarded)

/// Cases of another register on their way into this one.
struct case_import {
    body_id body;
    doing begun;
    batch_standing standing{};
    std::int32_t parts = 0;
    std::vector<taken_case> rows;  ///< while it waits
    std::int64_t count = 0;        ///< of cases
    std::int64_t first = 0;        ///< number of the first case that came of it
    std::optional<doing> ended;
    localized reason;
};

/// A case as another register numbers it.
struct origin_key {
    std::string source;
    std::string number;
    auto operator<=>(const origin_key&) const = default;
};

struct state {
    cow_map<barrier_id, barrier_case> cases;
    cow_map<draft_id, draft> drafts;
    cow_map<std::string, barrier_id> by_key;  ///< public keys of secret links
    cow_map<due_mark, bool> due;              ///< the earliest first
    cow_map<import_id, case_import> imports;
    cow_map<origin_key, barrier_id> by_origin;  ///< of all cases that were taken over
};

/// The case that stands for the report: itself, or the one it is linked to.
barrier_id main_case(const state&, const barrier_id&);

}  // namespace veche::barriers
