#pragma once
// Why the programme says no, in the order in which it is checked.

#include "kernel/result.hpp"

namespace veche::programme::refusals {

inline constexpr refusal_kind only_by_decision{
    "programme.only_by_decision", 403,
    "Measures are added and dropped only by decision: table a motion that orders this."};
inline constexpr refusal_kind not_by_decision{
    "programme.not_by_decision", 403,
    "No decision can order this: it is for an office to say what it saw."};
inline constexpr refusal_kind measure_unknown{"programme.measure_unknown", 404,
                                              "There is no measure {0}."};
inline constexpr refusal_kind milestone_unknown{"programme.milestone_unknown", 404,
                                                "The measure has no milestone {0}."};
inline constexpr refusal_kind approval_unknown{"programme.approval_unknown", 404,
                                               "There is no approval {0}."};
inline constexpr refusal_kind step_unknown{"programme.step_unknown", 404,
                                           "The approval has no step {0}."};
inline constexpr refusal_kind follow_up_unknown{
    "programme.follow_up_unknown", 404, "There is nothing called {0} on the follow-up list."};
inline constexpr refusal_kind owner_unknown{"programme.owner_unknown", 404,
                                            "There is no body {0} that could owe the measure."};
inline constexpr refusal_kind not_keeper{
    "programme.not_keeper", 403,
    "A measure of {0} is changed by decision, or by an office with the power \"measures\" there."};
inline constexpr refusal_kind not_responsible{
    "programme.not_responsible", 403,
    "Only an office that reports for {0} may do this. Say under which office you act."};
inline constexpr refusal_kind not_approver{
    "programme.not_approver", 403,
    "Here {0} must agree: by its decision, or by the holder of the office that the step names."};
inline constexpr refusal_kind measure_taken{"programme.measure_taken", 409,
                                            "There is a measure {0} already."};
inline constexpr refusal_kind report_taken{"programme.report_taken", 409,
                                           "There is a report {0} already."};
inline constexpr refusal_kind approval_taken{"programme.approval_taken", 409,
                                             "There is an approval {0} already."};
inline constexpr refusal_kind measure_closed{"programme.measure_closed", 409,
                                             "The measure {0} is done or dropped already."};
inline constexpr refusal_kind milestone_reached{"programme.milestone_reached", 409,
                                                "The milestone {0} is reached already."};
inline constexpr refusal_kind approval_closed{"programme.approval_closed", 409,
                                              "The approval {0} is complete or withdrawn already."};
inline constexpr refusal_kind step_not_running{
    "programme.step_not_running", 409,
    "It is not the turn of the step {0}: it has not begun, or is over already."};
inline constexpr refusal_kind follow_up_resolved{"programme.follow_up_resolved", 409,
                                                 "{0} was settled already."};
inline constexpr refusal_kind nothing_changes{"programme.nothing_changes", 400,
                                              "Say what is to change."};
inline constexpr refusal_kind title_missing{"programme.title_missing", 400,
                                            "A measure needs a title."};
inline constexpr refusal_kind reason_missing{"programme.reason_missing", 400,
                                             "Say why the measure is dropped."};
inline constexpr refusal_kind note_missing{"programme.note_missing", 400,
                                           "Say in a few words what was done."};
inline constexpr refusal_kind text_too_long{"programme.text_too_long", 400,
                                            "The text is longer than {0} bytes."};
inline constexpr refusal_kind sphere_missing{"programme.sphere_missing", 400,
                                             "A measure belongs to a sphere, such as economy."};
inline constexpr refusal_kind responsible_unknown{"programme.responsible_unknown", 404,
                                                  "There is no office {0}."};
inline constexpr refusal_kind due_past{"programme.due_past", 400,
                                       "The due date {0} has passed already."};
inline constexpr refusal_kind indicator_incomplete{
    "programme.indicator_incomplete", 400,
    "An indicator needs a name, a unit and, for this form of target, a value to reach."};
inline constexpr refusal_kind parent_unknown{"programme.parent_unknown", 404,
                                             "There is no measure {0} that this could be part of."};
inline constexpr refusal_kind weight_out_of_range{"programme.weight_out_of_range", 400,
                                                  "A weight is a number from 1 to {0}."};
inline constexpr refusal_kind waits_too_many{"programme.waits_too_many", 400,
                                             "A measure waits for {0} others at most."};
inline constexpr refusal_kind dependency_unknown{
    "programme.dependency_unknown", 404, "There is no measure {0} that this could wait for."};
inline constexpr refusal_kind circle{
    "programme.circle", 409,
    "The measure {0} would come to wait for itself, or be a part of itself."};
inline constexpr refusal_kind milestones_too_many{"programme.milestones_too_many", 400,
                                                  "A measure has {0} milestones at most."};
inline constexpr refusal_kind milestone_malformed{
    "programme.milestone_malformed", 400,
    "Each milestone has a name of its own, a title and a day that has not passed."};
inline constexpr refusal_kind evidence_too_many{"programme.evidence_too_many", 400,
                                                "At most {0} documents."};
inline constexpr refusal_kind evidence_malformed{
    "programme.evidence_malformed", 400,
    "A document has a title of 1 to {0} bytes, the SHA-256 of its bytes in 64 lower-case hex "
    "digits, "
    "their number, and a media type of at most {1} bytes."};
inline constexpr refusal_kind day_ahead{"programme.day_ahead", 400,
                                        "The day {0} has not come yet."};
inline constexpr refusal_kind period_malformed{
    "programme.period_malformed", 400,
    "A period is written as 2026, 2026-H1, 2026-Q3, 2026-07 or 2026-07-15."};
inline constexpr refusal_kind period_ahead{"programme.period_ahead", 400,
                                           "The period {0} has not begun yet."};
inline constexpr refusal_kind value_missing{"programme.value_missing", 400,
                                            "A report of a period states its value."};
inline constexpr refusal_kind share_out_of_range{"programme.share_out_of_range", 400,
                                                 "A share is from 0 to 100 percent."};
inline constexpr refusal_kind steps_missing{"programme.steps_missing", 400,
                                            "An approval has from 1 to {0} steps."};
inline constexpr refusal_kind step_malformed{
    "programme.step_malformed", 400,
    "Each step has a name of its own, a stage from 1 to {0} and from 1 to {1} days."};
inline constexpr refusal_kind approver_unknown{"programme.approver_unknown", 404,
                                               "There is no body or office {0} that could agree."};
inline constexpr refusal_kind return_malformed{
    "programme.return_malformed", 400,
    "Something goes back to steps of earlier stages: name at least one of them."};

inline constexpr const refusal_kind* all[] = {
    &only_by_decision,     &not_by_decision,     &measure_unknown,
    &milestone_unknown,    &approval_unknown,    &step_unknown,
    &follow_up_unknown,    &owner_unknown,       &not_keeper,
    &not_responsible,      &not_approver,        &measure_taken,
    &report_taken,         &approval_taken,      &measure_closed,
    &milestone_reached,    &approval_closed,     &step_not_running,
    &follow_up_resolved,   &nothing_changes,     &title_missing,
    &reason_missing,       &note_missing,        &text_too_long,
    &sphere_missing,       &responsible_unknown, &due_past,
    &indicator_incomplete, &parent_unknown,      &weight_out_of_range,
    &waits_too_many,       &dependency_unknown,  &circle,
    &milestones_too_many,  &milestone_malformed, &evidence_too_many,
    &evidence_malformed,   &day_ahead,           &period_malformed,
    &period_ahead,         &value_missing,       &share_out_of_range,
    &steps_missing,        &step_malformed,      &approver_unknown,
    &return_malformed};

}  // namespace veche::programme::refusals
