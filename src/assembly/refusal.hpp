#pragma once
// Why the assembly says no. Checks come in the order of this list: what is named exists, the actor
// may, the new id is free, the contents are sound, the moment is right. Missing authority is
// answered by the charter (charter::require) where an office is needed.

#include "kernel/result.hpp"

namespace veche::assembly::refusals {

// What is named exists.
inline constexpr refusal_kind body_unknown{"assembly.body_unknown", 404,
                                           "The charter has no body called {0}."};
inline constexpr refusal_kind session_unknown{"assembly.session_unknown", 404,
                                              "There is no session called {0}."};
inline constexpr refusal_kind item_unknown{"assembly.item_unknown", 404,
                                           "The agenda of this session has no item called {0}."};
inline constexpr refusal_kind motion_unknown{"assembly.motion_unknown", 404,
                                             "There is no motion called {0}."};
inline constexpr refusal_kind vote_unknown{"assembly.vote_unknown", 404,
                                           "There is no vote called {0}."};
inline constexpr refusal_kind decision_unknown{"assembly.decision_unknown", 404,
                                               "There is no decision called {0}."};
inline constexpr refusal_kind seat_unknown{"assembly.seat_unknown", 404,
                                           "The seat {0} has no vote here."};
inline constexpr refusal_kind office_unknown{"assembly.office_unknown", 404,
                                             "The charter has no office called {0}."};

// The actor may.
inline constexpr refusal_kind seat_not_held{"assembly.seat_not_held", 403,
                                            "You do not hold the seat {0} on this day."};
inline constexpr refusal_kind may_not_table{
    "assembly.may_not_table", 403,
    "Only a holder of a seat in {0}, or an office with the power to table, may table a motion."};
inline constexpr refusal_kind may_not_withdraw{
    "assembly.may_not_withdraw", 403,
    "Only whoever tabled the motion, or an office that presides, may withdraw it."};

// The new id is free.
inline constexpr refusal_kind id_taken{"assembly.id_taken", 409, "The id {0} is in use already."};

// The contents are sound.
inline constexpr refusal_kind body_repeated{"assembly.body_repeated", 400,
                                            "The body {0} is named twice."};
inline constexpr refusal_kind body_not_sitting{"assembly.body_not_sitting", 400,
                                               "The body {0} does not sit in this session."};
inline constexpr refusal_kind rule_not_of_body{"assembly.rule_not_of_body", 400,
                                               "The body {1} does not decide under the rule {0}."};
inline constexpr refusal_kind text_missing{"assembly.text_missing", 400,
                                           "Enter the text in at least one language."};
inline constexpr refusal_kind text_too_long{"assembly.text_too_long", 413,
                                            "The text has {0} bytes; {1} are allowed."};
inline constexpr refusal_kind language_unknown{"assembly.language_unknown", 400,
                                               "The union does not use the language {0}."};
inline constexpr refusal_kind time_passed{"assembly.time_passed", 400,
                                          "Choose a time to come; {0} has passed."};
inline constexpr refusal_kind rule_sets_the_end{
    "assembly.rule_sets_the_end", 400,
    "The rule {0} itself says when the vote closes, so leave the time out."};
inline constexpr refusal_kind minutes_out_of_range{"assembly.minutes_out_of_range", 400,
                                                   "Enter the length as 1 to 1440 minutes."};
inline constexpr refusal_kind content_malformed{
    "assembly.content_malformed", 400,
    "A file needs a SHA-256 of 64 hex digits, a size and a media type."};
inline constexpr refusal_kind enactment_malformed{
    "assembly.enactment_malformed", 400,
    "An ordered command needs a type, a version from 1 and a JSON object."};
inline constexpr refusal_kind enactment_not_allowed{"assembly.enactment_not_allowed", 403,
                                                    "Decisions of {0} may not order {1}."};
inline constexpr refusal_kind seat_repeated{"assembly.seat_repeated", 400,
                                            "The seat {0} is named twice."};
inline constexpr refusal_kind too_many{"assembly.too_many", 413,
                                       "There may be at most {0} of these here."};

// The moment is right.
inline constexpr refusal_kind session_begun{
    "assembly.session_begun", 409,
    "The session {0} has begun or was cancelled, so this is too late."};
inline constexpr refusal_kind session_not_open{"assembly.session_not_open", 409,
                                               "The session {0} is not open."};
inline constexpr refusal_kind session_over{"assembly.session_over", 409,
                                           "The session {0} is over or was cancelled."};
inline constexpr refusal_kind item_in_use{"assembly.item_in_use", 409,
                                          "A motion was tabled under the item {0}, so it stays."};
inline constexpr refusal_kind motion_not_tabled{
    "assembly.motion_not_tabled", 409, "The motion {0} is not waiting to be voted on: it is {1}."};
inline constexpr refusal_kind rule_not_established{
    "assembly.rule_not_established", 409,
    "The numbers of the rule {0} are not established, so no vote can be opened under it. The "
    "charter "
    "must state them first."};
inline constexpr refusal_kind too_many_blocs{
    "assembly.too_many_blocs", 409,
    "{0} has {1} delegations that vote as blocs, more than the record of one vote can hold."};
inline constexpr refusal_kind nobody_may_vote{"assembly.nobody_may_vote", 409,
                                              "On this day nobody has a vote in {0}."};
inline constexpr refusal_kind vote_closed{"assembly.vote_closed", 409, "The vote {0} is closed."};
inline constexpr refusal_kind stands_aside{"assembly.stands_aside", 409,
                                           "The seat {0} stands aside in this vote."};
inline constexpr refusal_kind not_present{"assembly.not_present", 409,
                                          "Presence is kept in this session and the seat {0} is "
                                          "not present. Register its presence first."};
inline constexpr refusal_kind already_present{"assembly.already_present", 409,
                                              "The seat {0} is registered as present already."};
inline constexpr refusal_kind not_registered{"assembly.not_registered", 409,
                                             "The seat {0} is not registered as present."};
inline constexpr refusal_kind votes_open{"assembly.votes_open", 409,
                                         "Close the vote {0} before closing the session."};
inline constexpr refusal_kind closes_later{
    "assembly.closes_later", 409,
    "The vote is open until {0} and {1} seats that may vote have not voted."};
inline constexpr refusal_kind nothing_failed{
    "assembly.nothing_failed", 409,
    "Nothing that the decision {0} orders waits to be tried again."};

// The floor.
inline constexpr refusal_kind list_unknown{"assembly.list_unknown", 404,
                                           "There is no speakers' list {0}."};
inline constexpr refusal_kind speech_unknown{"assembly.speech_unknown", 404,
                                             "There is no speech {0} on this list."};
inline constexpr refusal_kind speaker_missing{"assembly.speaker_missing", 400,
                                              "Name either the seat that speaks or the guest."};
inline constexpr refusal_kind guests_by_chair{"assembly.guests_by_chair", 403,
                                              "Only the chair puts guests on a speakers' list."};
inline constexpr refusal_kind point_missing{
    "assembly.point_missing", 400,
    "A point of order says what it asks for, and nothing else does."};
inline constexpr refusal_kind seconds_out_of_range{"assembly.seconds_out_of_range", 400,
                                                   "Speaking time is between 1 and {0} seconds."};
inline constexpr refusal_kind list_closed{"assembly.list_closed", 409,
                                          "The speakers' list {0} is closed."};
inline constexpr refusal_kind already_waiting{"assembly.already_waiting", 409,
                                              "The seat {0} waits on this list already."};
inline constexpr refusal_kind speech_not_waiting{
    "assembly.speech_not_waiting", 409, "The speech {0} does not wait for the floor any more."};
inline constexpr refusal_kind nobody_waits{"assembly.nobody_waits", 409,
                                           "Nobody waits on the speakers' list {0}."};
inline constexpr refusal_kind nobody_speaks{"assembly.nobody_speaks", 409,
                                            "Nobody has the floor on the list {0}."};
inline constexpr refusal_kind clock_stands{"assembly.clock_stands", 409,
                                           "The clock of this speech stands still already."};
inline constexpr refusal_kind clock_runs{"assembly.clock_runs", 409,
                                         "The clock of this speech runs already."};

inline constexpr const refusal_kind* all[] = {
    &body_unknown,         &session_unknown,   &item_unknown,        &motion_unknown,
    &vote_unknown,         &decision_unknown,  &seat_unknown,        &office_unknown,
    &seat_not_held,        &may_not_table,     &may_not_withdraw,    &id_taken,
    &body_repeated,        &body_not_sitting,  &rule_not_of_body,    &text_missing,
    &text_too_long,        &language_unknown,  &time_passed,         &rule_sets_the_end,
    &minutes_out_of_range, &content_malformed, &enactment_malformed, &enactment_not_allowed,
    &seat_repeated,        &too_many,          &session_begun,       &session_not_open,
    &session_over,         &item_in_use,       &motion_not_tabled,   &rule_not_established,
    &too_many_blocs,       &nobody_may_vote,   &vote_closed,         &stands_aside,
    &not_present,          &already_present,   &not_registered,      &votes_open,
    &closes_later,         &nothing_failed,    &list_unknown,        &speech_unknown,
    &speaker_missing,      &guests_by_chair,   &point_missing,       &seconds_out_of_range,
    &list_closed,          &already_waiting,   &speech_not_waiting,  &nobody_waits,
    &nobody_speaks,        &clock_stands,      &clock_runs};

}  // namespace veche::assembly::refusals
