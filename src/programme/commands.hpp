#pragma once
// What one may ask of the programme. Measures come and go only by decision; those who owe them
// report. No report is ordered by a decision: it says what somebody saw.

#include <tuple>

#include "programme/approval_commands.hpp"
#include "programme/plan_commands.hpp"

namespace veche::programme {

/// Only by decision. Owner, due date and indicator are required: a promise without them cannot be
/// followed up.
struct add_measure {
    static constexpr wire_info wire{"programme.add_measure", 1, "Add a measure to the programme."};
    measure_id measure;
    localized title;
    localized text;
    std::string sphere;
    body_id owner;
    std::optional<office_id> responsible;
    date due;
    indicator indicator_;
    std::optional<measure_id> parent;
    std::optional<std::int32_t> weight;
    std::vector<measure_id> waits_for;
    std::vector<milestone_plan> milestones;
};
VECHE_FIELDS(add_measure, (measure, "Id of the measure."), (title, "Title by language."),
             (text, "What is to be done, by language."), (sphere, "Sphere: economy, health, ..."),
             (owner, "The body that owes it."), (responsible, "The office that reports on it."),
             (due, "Last day."), (indicator_, "How one sees that it is done."),
             (parent, "The measure it is part of."),
             (weight, "How much it counts among the parts, from 1 to 1000."),
             (waits_for, "Measures that must be done before it."),
             (milestones, "Steps on the way, each with its day."))

/// By decision, or by an office with power "measures" in the body that owes the measure and, where
/// the owner changes, in the new one. What is not said stays; the history keeps what was.
struct amend_measure {
    static constexpr wire_info wire{"programme.amend_measure", 1, "Change a measure."};
    measure_id measure;
    localized title;
    localized text;
    std::optional<body_id> owner;
    std::optional<office_id> responsible;
    std::optional<date> due;
    std::optional<indicator> indicator_;
};
VECHE_FIELDS(amend_measure, (measure, "The measure."), (title, "New title by language."),
             (text, "New text by language."), (owner, "New owner."),
             (responsible, "New reporting office."), (due, "New last day."),
             (indicator_, "New indicator."))

/// Only by decision.
struct drop_measure {
    static constexpr wire_info wire{"programme.drop_measure", 1, "Drop a measure."};
    measure_id measure;
    localized reason;
};
VECHE_FIELDS(drop_measure, (measure, "The measure."), (reason, "Why, by language."))

/// Power "report" in the body that owes the measure, or the office named as responsible. A value
/// with a period is the value of that period; a later report of the same period corrects it.
struct report_progress {
    static constexpr wire_info wire{"programme.report_progress", 1, "Report on a measure."};
    report_id report;
    measure_id measure;
    localized note;
    std::optional<ratio> value;
    std::vector<evidence> evidence_;
    std::optional<std::string> period;
};
VECHE_FIELDS(report_progress, (report, "Id of the report."), (measure, "The measure."),
             (note, "What was done, by language."), (value, "Value of the indicator now."),
             (evidence_, "Documents that show it."),
             (period, "Period of the value: 2026, 2026-H1, 2026-Q3, 2026-07 or 2026-07-15."))

/// Power "report" in the owning body, the responsible office, or power "measures".
struct complete_measure {
    static constexpr wire_info wire{"programme.complete_measure", 1, "Declare a measure done."};
    measure_id measure;
    localized note;
    std::optional<ratio> value;
    std::vector<evidence> evidence_;
};
VECHE_FIELDS(complete_measure, (measure, "The measure."), (note, "How it was done, by language."),
             (value, "Final value of the indicator."), (evidence_, "Documents that show it."))

/// Power "measures" in the body whose decision it concerns.
struct resolve_follow_up {
    static constexpr wire_info wire{"programme.resolve_follow_up", 1,
                                    "Close an item of the follow-up list."};
    follow_up_id follow_up;
    localized note;
};
VECHE_FIELDS(resolve_follow_up, (follow_up, "The item."),
             (note, "How it was settled, by language."))

/// The due date has passed and the measure is neither done nor dropped.
struct measure_overdue {
    static constexpr wire_info wire{"programme.measure_overdue", 1, "A measure is late."};
    measure_id measure;
    body_id owner;
    date due;
};
VECHE_FIELDS(measure_overdue, (measure, "The measure."), (owner, "The body that owes it."),
             (due, "Its last day."))

/// Late for longer than the owner's charter allows: the body above is seized of it.
struct measure_escalated {
    static constexpr wire_info wire{"programme.measure_escalated", 1,
                                    "A measure is so late that the body above is seized of it."};
    measure_id measure;
    body_id owner;
    body_id to;
    std::int32_t days = 0;
};
VECHE_FIELDS(measure_escalated, (measure, "The measure."), (owner, "The body that owes it."),
             (to, "The body above."), (days, "Days late."))

/// A decision could not be carried out: somebody has to see to it.
struct follow_up_opened {
    static constexpr wire_info wire{
        "programme.follow_up_opened", 1,
        "A decision that could not be carried out must be followed up."};
    follow_up_id follow_up;
    decision_id decision;
    body_id body;
    std::int32_t index = 0;
    refusal_record why;
};
VECHE_FIELDS(follow_up_opened, (follow_up, "Id of the item."), (decision, "The decision."),
             (body, "The body that decided."), (index, "Which of its enactments failed, from 0."),
             (why, "Why it was refused."))

using commands =
    std::tuple<add_measure, amend_measure, drop_measure, report_progress, complete_measure,
               resolve_follow_up, set_milestone, drop_milestone, reach_milestone, arrange_measure,
               start_approval, give_approval, return_for_revision, withdraw_approval>;
using derived = std::tuple<measure_overdue, measure_escalated, follow_up_opened, measure_reminded,
                           approval_overdue, approval_escalated, approval_completed>;

}  // namespace veche::programme
