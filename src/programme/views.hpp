#pragma once
// What people see of the programme: the whole list, what is late, one measure with its history,
// what must be followed up, what a body owes.

#include <tuple>

#include "programme/programme.hpp"

namespace veche::programme {

/// One line of a list of measures.
struct measure_row {
    measure_id id;
    localized title;
    std::string sphere;
    body_id owner;
    localized owner_name;
    date due;
    measure_status status{};
    std::int64_t days_late = 0;
    std::optional<body_id> escalated_to;
    localized escalated_to_name;
    std::optional<ratio> value;  ///< latest reported
    std::optional<ratio> target;
    std::string unit;
    decision_id decision;
    std::int64_t seq = 0;
    std::optional<measure_id> parent;
};
VECHE_FIELDS(measure_row, (id, "Id of the measure."), (title, "Title by language."),
             (sphere, "Sphere."), (owner, "The body that owes it."), (owner_name, "Its name."),
             (due, "Last day."), (status, "Where it stands."), (days_late, "Days late, or 0."),
             (escalated_to, "The body above that was seized of it."),
             (escalated_to_name, "Its name."), (value, "Latest value reported."),
             (target, "Value to reach."), (unit, "Unit of the value."),
             (decision, "The decision it comes from."), (seq, "Entry by which it came."),
             (parent, "The measure it is part of."))

struct programme_totals {
    std::int64_t all = 0;
    std::int64_t planned = 0;
    std::int64_t running = 0;
    std::int64_t done = 0;
    std::int64_t late = 0;
    std::int64_t very_late = 0;
    std::int64_t dropped = 0;
};
VECHE_FIELDS(programme_totals, (all, "Measures in all."), (planned, "Not begun."),
             (running, "Reported on, not done."), (done, "Done."), (late, "Late."),
             (very_late, "So late that the body above was seized."),
             (dropped, "Dropped by decision."))

struct measures_query {
    static constexpr wire_info wire{"programme.measures", 1, "Measures, by due date."};
    std::optional<body_id> body;
    std::optional<std::string> sphere;
    std::optional<measure_status> status;
    std::optional<std::string> query;
};
VECHE_FIELDS(measures_query, (body, "Only those owed by this body."), (sphere, "Only this sphere."),
             (status, "Only those that stand so."), (query, "Words in the title."))

struct measures_view {
    programme_totals totals;  ///< of all measures, whatever the filters
    std::int64_t shown = 0;
    std::vector<std::string> spheres;
    std::vector<measure_row> measures;
};
VECHE_FIELDS(measures_view, (totals, "Counts over the whole programme."),
             (shown, "Measures shown."), (spheres, "Spheres that occur."),
             (measures, "The measures."))

struct late_query {
    static constexpr wire_info wire{"programme.late", 1,
                                    "What is late, by body, the latest first."};
    std::optional<body_id> body;
};
VECHE_FIELDS(late_query, (body, "Only what this body owes."))

struct late_group {
    body_id body;
    localized name;
    std::vector<measure_row> measures;
};
VECHE_FIELDS(late_group, (body, "The body."), (name, "Its name."),
             (measures, "What it owes and is late."))

struct late_view {
    std::int64_t late = 0;
    std::int64_t very_late = 0;
    std::vector<late_group> bodies;
};
VECHE_FIELDS(late_view, (late, "Measures late."), (very_late, "Of these, very late."),
             (bodies, "By body, in the order of the charter."))

struct report_row {
    report_id id;
    localized note;
    std::optional<ratio> value;
    std::vector<evidence> documents;
    person_id by;
    localized by_title;
    instant at;
    std::int64_t seq = 0;
    bool completing = false;
};
VECHE_FIELDS(report_row, (id, "Id of the report."), (note, "What was done."),
             (value, "Value reported."), (documents, "Documents that show it."),
             (by, "Who reported."), (by_title, "Their title."), (at, "When."),
             (seq, "Entry of the report."), (completing, "Whether it declared the measure done."))

struct amendment_row {
    std::optional<decision_id> decision;
    person_id by;
    localized by_title;
    instant at;
    std::int64_t seq = 0;
    std::optional<date> due_before;
    std::optional<body_id> owner_before;
};
VECHE_FIELDS(amendment_row, (decision, "The decision that ordered it, if one did."),
             (by, "Who made it otherwise."), (by_title, "Their title."), (at, "When."),
             (seq, "Entry of the change."), (due_before, "Last day until then, if it changed."),
             (owner_before, "Owner until then, if it changed."))

struct measure_query {
    static constexpr wire_info wire{"programme.measure", 1, "One measure with its history."};
    measure_id id;
};
VECHE_FIELDS(measure_query, (id, "The measure."))

struct measure_view {
    measure_row measure;
    localized text;
    indicator indicator_;
    std::optional<office_id> responsible;
    localized responsible_name;
    localized drop_reason;
    instant added;
    std::vector<report_row> reports;
    std::vector<amendment_row> amendments;
    std::optional<std::int64_t> overdue_seq;
    std::optional<std::int64_t> escalated_seq;
    std::optional<std::int64_t> closed_seq;
    std::vector<measure_row> parts;    ///< measures whose parent it is
    bool may_report = false;           ///< the viewer may report on it
    std::vector<office_id> report_as;  ///< under these offices
};
VECHE_FIELDS(measure_view, (measure, "The measure."), (text, "What is to be done."),
             (indicator_, "How one sees that it is done."),
             (responsible, "The office that reports."), (responsible_name, "Its title."),
             (drop_reason, "Why it was dropped."), (added, "When it was added."),
             (reports, "Reports, the latest first."), (amendments, "Changes, the latest first."),
             (overdue_seq, "Entry that found it late."),
             (escalated_seq, "Entry that seized the body above."),
             (closed_seq, "Entry that declared it done or dropped it."),
             (parts, "Measures that are part of it."),
             (may_report, "Whether you may report on it."),
             (report_as, "Offices under which you may."))

struct follow_ups_query {
    static constexpr wire_info wire{"programme.follow_ups", 1,
                                    "Decisions that could not be carried out."};
    bool resolved = false;
};
VECHE_FIELDS(follow_ups_query, (resolved, "Also those that were settled."))

struct follow_up_row {
    follow_up_id id;
    decision_id decision;
    body_id body;
    localized body_name;
    std::int32_t enactment = 0;  ///< from 1
    refusal_record why;
    instant opened;
    std::int64_t seq = 0;
    std::optional<instant> resolved;
    localized note;
};
VECHE_FIELDS(follow_up_row, (id, "Id of the item."), (decision, "The decision."),
             (body, "Its body."), (body_name, "Name of the body."),
             (enactment, "Which enactment failed, from 1."), (why, "Why it was refused."),
             (opened, "Since when."), (seq, "Entry that opened it."),
             (resolved, "When it was settled."), (note, "How."))

struct follow_ups_view {
    std::vector<follow_up_row> items;
};
VECHE_FIELDS(follow_ups_view, (items, "Items, the oldest first."))

struct owed_by_query {
    static constexpr wire_info wire{"programme.owed_by", 1,
                                    "What a body owes, is seized of and must follow up."};
    body_id body;
};
VECHE_FIELDS(owed_by_query, (body, "The body."))

struct owed_by_view {
    body_id body;
    localized name;
    std::int64_t late = 0;
    std::vector<measure_row> measures;
    std::vector<measure_row> seized;
    std::vector<follow_up_row> follow_ups;
};
VECHE_FIELDS(owed_by_view, (body, "The body."), (name, "Its name."),
             (late, "How many of the measures it owes are late."),
             (measures, "Open measures it owes, by due date."),
             (seized, "Measures of bodies below that were escalated to it."),
             (follow_ups, "Decisions of its own that could not be carried out."))

using queries =
    std::tuple<measures_query, late_query, measure_query, follow_ups_query, owed_by_query>;

result<measures_view> ask(const world&, const measures_query&, const viewer&);
result<late_view> ask(const world&, const late_query&, const viewer&);
result<measure_view> ask(const world&, const measure_query&, const viewer&);
result<follow_ups_view> ask(const world&, const follow_ups_query&, const viewer&);
/// Refuses owner_unknown.
result<owed_by_view> ask(const world&, const owed_by_query&, const viewer&);

}  // namespace veche::programme
