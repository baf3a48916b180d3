#pragma once
// What people see of approvals: whose turn it is and since when, and how every party has used its
// days.

#include "programme/programme.hpp"

namespace veche::programme {

/// Where a step stands. `overdue`: its turn, and its days are over; `seized`: the body above too.
enum class step_status : std::uint8_t { waiting, running, overdue, seized, approved };
VECHE_CHOICES(step_status, waiting, running, overdue, seized, approved)

/// A turn that runs, in a list.
struct step_row {
    approval_id approval;
    localized title;  ///< of the approval
    step_id step;
    localized step_title;
    body_id body;
    localized body_name;
    std::optional<office_id> office;
    localized office_name;
    step_status status{};
    instant since;
    date due;
    std::int64_t days = 0;
    std::int64_t used = 0;
    std::int64_t over = 0;
    std::optional<body_id> escalated_to;
    localized escalated_to_name;
    std::int64_t seq = 0;
};
VECHE_FIELDS(step_row, (approval, "The approval."), (title, "Its title."), (step, "The step."),
             (step_title, "What is done in it."), (body, "The body whose turn it is."),
             (body_name, "Its name."), (office, "The office that agrees for it."),
             (office_name, "Its title."), (status, "Where it stands."),
             (since, "Since when the paper lies there."), (due, "Last of its days."),
             (days, "Days that it has."), (used, "Days used."), (over, "Days over."),
             (escalated_to, "The body above that was seized of it."),
             (escalated_to_name, "Its name."), (seq, "Entry that began the turn."))

struct run_row {
    std::int64_t round = 1;
    instant from;
    std::int64_t from_seq = 0;
    std::optional<instant> until;
    std::optional<std::int64_t> until_seq;
    run_end how{};
    std::int64_t used = 0;
    std::int64_t over = 0;
    std::optional<person_id> by;
    localized by_title;
    std::optional<decision_id> decision;
    localized note;
    std::vector<evidence> papers;
    std::int64_t offset = 0;  ///< days from the start of the approval to the start of the turn
};
VECHE_FIELDS(run_row, (round, "Which turn of this party, from 1."), (from, "When it began."),
             (from_seq, "Entry that began it."), (until, "When it ended."),
             (until_seq, "Entry that ended it."), (how, "How it ended."), (used, "Days used."),
             (over, "Days over."), (by, "Who ended it, if a person did."),
             (by_title, "Their title."), (decision, "The decision that ended it."),
             (note, "What was said."), (papers, "Papers that went with it."),
             (offset, "Days from the start until then."))

struct step_view {
    step_id step;
    localized title;
    std::int64_t stage = 1;
    body_id body;
    localized body_name;
    std::optional<office_id> office;
    localized office_name;
    std::int64_t days = 0;
    step_status status{};
    std::int64_t used = 0;  ///< in all turns
    std::int64_t over = 0;  ///< in all turns
    std::optional<date> due;
    std::optional<body_id> escalated_to;
    localized escalated_to_name;
    std::vector<run_row> runs;
    std::vector<office_id> agree_as;
};
VECHE_FIELDS(step_view, (step, "The step."), (title, "What is done in it."),
             (stage, "Steps with the same number run side by side."), (body, "Who must agree."),
             (body_name, "Its name."), (office, "The office that agrees for it."),
             (office_name, "Its title."), (days, "Days that it has each time."),
             (status, "Where it stands."), (used, "Days used in all its turns."),
             (over, "Days over in all its turns."), (due, "Last day of the turn that runs."),
             (escalated_to, "The body above that was seized of it."),
             (escalated_to_name, "Its name."), (runs, "Its turns, the first first."),
             (agree_as, "Offices under which you may agree."))

enum class approval_status : std::uint8_t { running, overdue, complete, withdrawn };
VECHE_CHOICES(approval_status, running, overdue, complete, withdrawn)

struct approval_row {
    approval_id id;
    localized title;
    body_id body;
    localized body_name;
    approval_status status{};
    instant started;
    std::optional<instant> ended;
    std::int64_t days = 0;  ///< from first to last, or until now
    std::int64_t steps = 0;
    std::int64_t approved = 0;
    std::vector<step_row> now;
    std::int64_t seq = 0;
};
VECHE_FIELDS(approval_row, (id, "The approval."), (title, "Its title."),
             (body, "The body that runs it."), (body_name, "Its name."),
             (status, "Where it stands."), (started, "When it began."), (ended, "When it ended."),
             (days, "Days that it has taken."), (steps, "How many must agree."),
             (approved, "How many have."), (now, "Whose turn it is."),
             (seq, "Entry that began it."))

struct approvals_query {
    static constexpr wire_info wire{"programme.approvals", 1,
                                    "What is in approval: who has it, and for how long."};
    std::optional<body_id> body;
    std::optional<approval_status> status;
    std::optional<std::string> query;
};
VECHE_FIELDS(approvals_query, (body, "Only where it is this body's turn, or it runs it."),
             (status, "Only those that stand so."),
             (query, "Words in the title; case and spelling do not count."))

struct approvals_view {
    std::int64_t all = 0;
    std::vector<approval_row> approvals;
};
VECHE_FIELDS(approvals_view, (all, "How many there are."),
             (approvals, "Approvals, the newest first."))

struct approval_query {
    static constexpr wire_info wire{"programme.approval", 1,
                                    "One approval with the clock of every party."};
    approval_id id;
};
VECHE_FIELDS(approval_query, (id, "The approval."))

/// A measure that an approval is about.
struct approved_measure {
    measure_id id;
    localized title;
};
VECHE_FIELDS(approved_measure, (id, "The measure."), (title, "Its title."))

struct approval_view {
    approval_row approval;
    localized text;
    std::vector<approved_measure> measures;
    std::vector<evidence> papers;
    std::optional<decision_id> decision;
    person_id by;
    localized by_title;
    localized reason;
    std::optional<std::int64_t> closed_seq;
    std::vector<step_view> steps;
    std::vector<office_id> keep_as;
};
VECHE_FIELDS(approval_view, (approval, "The approval."), (text, "What is to be approved."),
             (measures, "Measures that it is about."), (papers, "Papers to be approved."),
             (decision, "The decision that began it."), (by, "Who began it otherwise."),
             (by_title, "Their title."), (reason, "Why it was withdrawn."),
             (closed_seq, "Entry that ended it."), (steps, "The parties, stage by stage."),
             (keep_as, "Offices under which you may withdraw it."))

result<approvals_view> ask(const world&, const approvals_query&, const viewer&);
result<approval_view> ask(const world&, const approval_query&, const viewer&);

/// Turns that run, for the lists of other views: of one body, or of all.
std::vector<step_row> running_steps(const world&, const std::optional<body_id>&, instant now);
approval_row row_of(const world&, const approval&, instant now);
/// Offices of the viewer that have the power "measures" over the body.
std::vector<office_id> keeping_offices(const world&, const body_id&, const viewer&);
localized name_of_body(const charter::state&, const body_id&);

}  // namespace veche::programme
