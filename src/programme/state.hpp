#pragma once
// Everything promised: who owes it, by when, and whether it came true.

#include <set>
#include <utility>

#include "charter/charter.hpp"
#include "kernel/cow.hpp"
#include "programme/approval_state.hpp"
#include "programme/commands.hpp"

namespace veche::programme {

struct report {
    report_id id;
    localized note;
    std::optional<ratio> value;
    std::vector<evidence> documents;
    person_id by;
    std::string as;  ///< office under which it was made
    instant at;
    std::uint64_t seq = 0;
    bool completing = false;
    std::string period;  ///< of the value, as reported; "" where none was named
};

/// A step on the way, with its own day and its own state.
struct milestone {
    milestone_id id;
    localized title;
    date due;
    std::uint64_t seq = 0;        ///< entry that put or changed it
    std::optional<date> reached;  ///< the day on which it was, as said
    localized note;
    std::vector<evidence> documents;
    person_id by;    ///< who said so,
    std::string as;  ///< under which office,
    instant at;      ///< when,
    std::uint64_t reached_seq = 0;
};

/// A reminder that was given before the last day.
struct reminder {
    date due;  ///< the last day that it was about
    std::int32_t days = 0;
    instant at;
    std::uint64_t seq = 0;
};

/// One change of a measure: who made it, and what a date or an owner was before.
struct amendment {
    std::optional<decision_id> decision;  ///< by which it was ordered, or
    person_id by;                         ///< who made it,
    std::string as;                       ///< under which office
    instant at;
    std::uint64_t seq = 0;
    std::optional<date> due_before;
    std::optional<body_id> owner_before;
};

struct measure {
    measure_id id;
    localized title;
    localized text;
    std::string sphere;
    body_id owner;
    std::optional<office_id> responsible;
    date due;
    indicator indicator_;
    std::optional<measure_id> parent;
    std::int32_t weight = 1;            ///< among the parts of the parent
    std::vector<measure_id> waits_for;  ///< measures that must be done before it
    std::vector<milestone> milestones;  ///< by day, then by name
    std::vector<reminder> reminders;    ///< given so far
    std::vector<std::pair<instant, std::int32_t>> reminds;  ///< to be given: when, days before
    decision_id decision;
    std::vector<report> reports;
    std::vector<amendment> amendments;
    std::optional<instant> done;
    std::optional<instant> dropped;
    localized drop_reason;
    bool overdue = false;              ///< an entry said so, for the due date in force
    std::optional<instant> escalates;  ///< when the body above will be seized, once it is late
    std::optional<body_id> escalated_to;
    instant added;
    std::uint64_t seq = 0;
    std::optional<instant> escalated_at;
    std::optional<std::uint64_t> overdue_seq;    ///< entry that found it late
    std::optional<std::uint64_t> escalated_seq;  ///< entry that seized the body above
    std::optional<std::uint64_t> closed_seq;     ///< entry that declared it done or dropped it

    [[nodiscard]] bool open() const { return !done && !dropped; }
    [[nodiscard]] const milestone* find_milestone(const milestone_id& name) const {
        for (const milestone& one : milestones)
            if (one.id == name) return &one;
        return nullptr;
    }
};

struct follow_up_item {
    follow_up_id id;
    decision_id decision;
    body_id body;
    std::int32_t index = 0;
    refusal_record why;
    instant opened;
    std::uint64_t seq = 0;
    std::optional<instant> resolved;
    localized note;
};

/// A deadline: when, of which measure, and what then. At one moment the order is by measure, then
/// as the kinds stand here.
enum class deadline_kind : std::uint8_t { overdue, escalation, reminder };
struct deadline {
    instant at;
    measure_id measure;
    deadline_kind kind = deadline_kind::overdue;
    auto operator<=>(const deadline&) const = default;
};

struct state {
    cow_map<measure_id, measure> measures;
    cow_map<follow_up_id, follow_up_item> follow_ups;
    cow_map<report_id, measure_id> reports;
    cow_map<deadline, char> deadlines;  ///< of open measures; the value says nothing
    cow_map<approval_id, approval> approvals;
    cow_map<step_deadline, char> step_deadlines;  ///< of running steps; the value says nothing
};

/// Start of the day after the due date, UTC: from then on an open measure is late.
instant falls_due(const measure&);
/// Whole days late at that moment; 0 where it is not late or no longer open.
std::int64_t days_late(const measure&, instant at);
measure_status status_of(const measure&, instant at);
milestone_status status_of(const milestone&, date today);
/// The day on which the last milestone was reached; nothing where one is ahead or there is none.
std::optional<date> all_reached(const measure&);

}  // namespace veche::programme
