#pragma once
// What people see of the programme: the whole list, what is late, one measure with its history,
// what must be followed up, what a body owes.

#include <tuple>

#include "programme/approval_views.hpp"
#include "programme/outlook.hpp"
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
    std::string period;                    ///< of the value; "" where none was named
    bool computed = false;                 ///< the journal tells the value
    bool placeholder = false;              ///< the number of the target is still to be set
    target_state state{};                  ///< of the target
    std::optional<std::int64_t> progress;  ///< whole percent, rounded down
    std::int64_t days_late_in_all = 0;
    std::int64_t parts = 0;
    std::int64_t parts_late = 0;
    std::int64_t milestones = 0;
    std::int64_t milestones_reached = 0;
    bool waiting = false;
    forecast_basis basis{};
    std::optional<date> finish;
    std::int64_t late_by = 0;
    std::optional<instant> reported;
};
VECHE_FIELDS(measure_row, (id, "Id of the measure."), (title, "Title by language."),
             (sphere, "Sphere."), (owner, "The body that owes it."), (owner_name, "Its name."),
             (due, "Last day."), (status, "Where it stands."), (days_late, "Days late, or 0."),
             (escalated_to, "The body above that was seized of it."),
             (escalated_to_name, "Its name."), (value, "Latest value reported."),
             (target, "Value to reach."), (unit, "Unit of the value."),
             (decision, "The decision it comes from."), (seq, "Entry by which it came."),
             (parent, "The measure it is part of."), (period, "Period of the value."),
             (computed, "Whether the journal tells the value, so that nobody reports it."),
             (placeholder, "Whether the number of the target is only a placeholder."),
             (state, "What the values say of the target; computed."),
             (progress, "How much is done, in whole percent, rounded down."),
             (days_late_in_all, "Days that it or one of its parts is late."),
             (parts, "How many measures are part of it, at any depth."),
             (parts_late, "How many of these are late."), (milestones, "How many milestones."),
             (milestones_reached, "How many of these are reached."),
             (waiting, "Whether it waits for a measure that is not done."),
             (basis, "What the forecast goes by."),
             (finish, "The day on which it will be done if it goes on as it went."),
             (late_by, "Days that this lies after its last day."),
             (reported, "When it was last reported on."))

/// The row of a measure as it stands in a prospect.
measure_row row_of(const world&, const prospect&, const measure&, instant now);

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
             (status, "Only those that stand so."),
             (query, "Words in title, sphere or the owner's name; case and spelling do not count."))

struct measures_view {
    programme_totals totals;  ///< of all measures, whatever the filters
    std::int64_t shown = 0;
    std::vector<std::string> spheres;
    std::vector<measure_row> measures;
};
VECHE_FIELDS(measures_view, (totals, "Counts over the whole programme."),
             (shown, "Measures shown."), (spheres, "Spheres that occur."),
             (measures, "The measures."))

/// What is on the list of what is due and late.
enum class lateness : std::uint8_t { due, late, very_late };
VECHE_CHOICES(lateness, due, late, very_late)

struct late_query {
    static constexpr wire_info wire{"programme.late", 1,
                                    "What is due and late, by body, the latest first."};
    std::optional<body_id> body;
    std::optional<std::string> sphere = std::nullopt;
    std::optional<lateness> stands = std::nullopt;
    std::optional<std::string> query = std::nullopt;
    std::optional<std::int32_t> due_within = std::nullopt;
};
VECHE_FIELDS(late_query, (body, "Only what this body owes."), (sphere, "Only this sphere."),
             (stands, "Only what is due, late or very late."),
             (query, "Words in title, sphere or the body's name; case and spelling do not count."),
             (due_within, "How many days ahead something counts as due; 30 if not said."))

/// A milestone whose day is over.
struct late_milestone {
    measure_id measure;
    milestone_id milestone;
    localized title;
    date due;
    std::int64_t days_late = 0;
};
VECHE_FIELDS(late_milestone, (measure, "The measure."), (milestone, "The milestone."),
             (title, "Its title."), (due, "Its day."), (days_late, "Days late."))

struct late_group {
    body_id body;
    localized name;
    std::vector<measure_row> measures;
    std::vector<measure_row> due;
    std::vector<late_milestone> milestones;
    std::vector<step_row> steps;
};
VECHE_FIELDS(late_group, (body, "The body."), (name, "Its name."),
             (measures, "What it owes and is late, the latest first."),
             (due, "What falls due soon, the soonest first."),
             (milestones, "Milestones of open measures whose day is over."),
             (steps, "Approvals whose days the body has let pass."))

struct late_view {
    std::int64_t late = 0;
    std::int64_t very_late = 0;
    std::int64_t due = 0;
    std::int64_t steps = 0;
    std::vector<std::string> spheres;
    std::vector<late_group> bodies;
};
VECHE_FIELDS(late_view, (late, "Measures late."), (very_late, "Of these, very late."),
             (due, "Measures that fall due soon."), (steps, "Approvals over their days."),
             (spheres, "Spheres that occur."), (bodies, "By body, in the order of the charter."))

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
    std::string period;
};
VECHE_FIELDS(report_row, (id, "Id of the report."), (note, "What was done."),
             (value, "Value reported."), (documents, "Documents that show it."),
             (by, "Who reported."), (by_title, "Their title."), (at, "When."),
             (seq, "Entry of the report."), (completing, "Whether it declared the measure done."),
             (period, "Period of the value."))

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

/// A value of the indicator as it counts today.
struct value_row {
    std::string period;
    date from;
    date until;
    ratio value;
    bool computed = false;
    std::int64_t seq = 0;
};
VECHE_FIELDS(value_row, (period, "Period, as reported."), (from, "Its first day."),
             (until, "Its last day, or the day of the report."), (value, "The value."),
             (computed, "Whether the journal tells it."),
             (seq, "Entry of the report, or the last one that was counted."))

struct milestone_row {
    milestone_id id;
    localized title;
    date due;
    milestone_status status{};
    std::int64_t days_late = 0;  ///< until it was reached, or until today
    std::optional<date> reached;
    localized note;
    std::vector<evidence> documents;
    std::int64_t seq = 0;
    std::optional<std::int64_t> reached_seq;
};
VECHE_FIELDS(milestone_row, (id, "Short name."), (title, "Title by language."), (due, "Its day."),
             (status, "Where it stands."), (days_late, "Days late, or 0."),
             (reached, "The day on which it was reached."), (note, "What was done."),
             (documents, "Documents that show it."), (seq, "Entry that put it."),
             (reached_seq, "Entry that said that it is reached."))

struct reminder_row {
    measure_id measure;
    localized title;
    body_id owner;
    date due;
    std::int64_t days = 0;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(reminder_row, (measure, "The measure."), (title, "Its title."),
             (owner, "The body that owes it."), (due, "Its last day."),
             (days, "Days that were left."), (at, "When it was given."), (seq, "Its entry."))

struct reminders_query {
    static constexpr wire_info wire{"programme.reminders", 1,
                                    "Reminders given of promises that are still open."};
    std::optional<body_id> body;
};
VECHE_FIELDS(reminders_query, (body, "Only of what this body owes."))

struct reminders_view {
    std::vector<reminder_row> reminders;
};
VECHE_FIELDS(reminders_view, (reminders, "Reminders, the newest first."))

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
    std::vector<value_row> values;
    std::vector<milestone_row> milestones;
    std::vector<measure_row> waits_for;
    std::vector<measure_row> holds_up;
    std::int64_t weight = 1;
    std::vector<amount> money;
    std::vector<reminder_row> reminders;
    std::vector<office_id> keep_as;
    std::vector<approval_row> approvals;
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
             (report_as, "Offices under which you may."),
             (values, "Values that count today, by period."), (milestones, "Steps on the way."),
             (waits_for, "Measures that must be done before it."),
             (holds_up, "Open measures that wait for it, directly or over others."),
             (weight, "How much it counts among the parts of its parent."),
             (money, "Appropriated to it and its parts, by unit."),
             (reminders, "Reminders given, the newest first."),
             (keep_as, "Offices under which you may change its plan."),
             (approvals, "Approvals that it is in."))

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
    std::vector<step_row> approvals;
    std::vector<reminder_row> reminders;
};
VECHE_FIELDS(owed_by_view, (body, "The body."), (name, "Its name."),
             (late, "How many of the measures it owes are late."),
             (measures, "Open measures it owes, by due date."),
             (seized, "Measures of bodies below that were escalated to it."),
             (follow_ups, "Decisions of its own that could not be carried out."),
             (approvals, "Approvals whose turn it is, and those it was seized of."),
             (reminders, "Reminders of what it owes, the newest first."))

struct year_query {
    static constexpr wire_info wire{"programme.year", 1,
                                    "The programme at the end of a year, or now if it still runs."};
    std::int32_t year = 0;
};
VECHE_FIELDS(year_query, (year, "Calendar year."))

struct year_row {
    measure_row measure;
    indicator indicator_;
    std::vector<amount> money;
};
VECHE_FIELDS(year_row, (measure, "The measure as it stood then."),
             (indicator_, "How one sees that it is done."),
             (money, "Appropriated to it and its parts in the budget of the year, by unit."))

struct year_view {
    std::int32_t year = 0;
    date as_of;
    programme_totals totals;
    std::int64_t met = 0;
    std::int64_t on_the_way = 0;
    std::int64_t missed = 0;
    std::int64_t not_known = 0;
    std::vector<year_row> measures;
};
VECHE_FIELDS(year_view, (year, "The year."), (as_of, "The day as of which it is told."),
             (totals, "Counts of measures."), (met, "Targets met."),
             (on_the_way, "Targets on the way."), (missed, "Targets missed."),
             (not_known, "Targets of which nothing is known."),
             (measures, "Every measure that there was, by its last day."))

/// A measure as it stood at that moment: what came later is taken away. Its words, indicator and
/// plan are those of today; whether the body above was seized of an earlier promise is not told.
measure as_of(const measure&, instant);

using queries =
    std::tuple<measures_query, late_query, measure_query, follow_ups_query, owed_by_query,
               reminders_query, year_query, approvals_query, approval_query>;

result<measures_view> ask(const world&, const measures_query&, const viewer&);
result<late_view> ask(const world&, const late_query&, const viewer&);
result<measure_view> ask(const world&, const measure_query&, const viewer&);
result<follow_ups_view> ask(const world&, const follow_ups_query&, const viewer&);
/// Refuses owner_unknown.
result<owed_by_view> ask(const world&, const owed_by_query&, const viewer&);
result<reminders_view> ask(const world&, const reminders_query&, const viewer&);
/// Of a year that has not begun there is nothing to tell.
result<year_view> ask(const world&, const year_query&, const viewer&);

}  // namespace veche::programme
