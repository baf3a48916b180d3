#pragma once
// Why the charter says no. The order is the order of the checks.

#include "kernel/result.hpp"

namespace veche::charter::refusals {

// Is there a union, and may the actor.
inline constexpr refusal_kind not_founded{"charter.not_founded", 409,
                                          "No union has been founded here yet."};
inline constexpr refusal_kind already_founded{
    "charter.already_founded", 409,
    "A union is founded once, with the first entry. This one is founded."};
inline constexpr refusal_kind body_unknown{"charter.body_unknown", 404,
                                           "There is no body called {0}."};
inline constexpr refusal_kind may_not_order{"charter.may_not_order", 403,
                                            "Decisions of {0} cannot order {1}."};
inline constexpr refusal_kind not_in_office{"charter.not_in_office", 403,
                                            "You do not hold the office or seat {0} today."};
inline constexpr refusal_kind power_missing{"charter.power_missing", 403,
                                            "{0} has not the power \"{1}\" in {2}."};
inline constexpr refusal_kind only_by_decision{
    "charter.only_by_decision", 403,
    "The charter changes only by decision of {0} under the rule {1}."};
inline constexpr refusal_kind never_amended{"charter.never_amended", 403,
                                            "This charter does not say how it may be changed."};

// A document: ids, references, contents.
inline constexpr refusal_kind table_unknown{"charter.table_unknown", 404,
                                            "The charter has no table called {0}."};
inline constexpr refusal_kind entry_unknown{"charter.entry_unknown", 404,
                                            "There is no {1} in the table {0}."};
inline constexpr refusal_kind kept_for_record{
    "charter.kept_for_record", 409,
    "Entries of the table {0} stay for the record. End a membership by its last day instead."};
inline constexpr refusal_kind union_renamed{"charter.union_renamed", 409,
                                            "The id of the union stays {0}."};
inline constexpr refusal_kind unit_changed{
    "charter.unit_changed", 409,
    "Kind and scale of the unit {0} stay: sums are already kept in it."};
inline constexpr refusal_kind id_malformed{"charter.id_malformed", 400,
                                           "\"{0}\" is no id: use 1 to 64 letters, digits, '.', "
                                           "'_', '-' or '/', a letter or digit first."};
inline constexpr refusal_kind id_taken{"charter.id_taken", 409, "The id {0} is taken."};
inline constexpr refusal_kind reference_unknown{"charter.reference_unknown", 400,
                                                "There is no {0} called {1}."};
inline constexpr refusal_kind name_missing{"charter.name_missing", 400, "A name is missing."};
inline constexpr refusal_kind language_unknown{"charter.language_unknown", 400,
                                               "{0} is none of the languages of the charter."};
inline constexpr refusal_kind number_out_of_range{"charter.number_out_of_range", 400,
                                                  "{0} is out of range: from {1} to {2}."};
inline constexpr refusal_kind neighbour_itself{"charter.neighbour_itself", 400,
                                               "A member is no neighbour of itself."};
inline constexpr refusal_kind days_reversed{"charter.days_reversed", 400,
                                            "The last day {1} lies before the first day {0}."};
inline constexpr refusal_kind weight_repeated{
    "charter.weight_repeated", 409, "The weight {0} has two values from the same day {1}."};
inline constexpr refusal_kind weight_missing{
    "charter.weight_missing", 409, "The rule {0} weighs by {1}, and {2} has no such weight."};
inline constexpr refusal_kind weight_counted_twice{
    "charter.weight_counted_twice", 409,
    "The rule {0} weighs by {1}, and {2} has several seats that would each carry all of it. "
    "Let the seats vote as a bloc."};
inline constexpr refusal_kind parent_circle{"charter.parent_circle", 409,
                                            "The bodies above {0} lead back to it."};
inline constexpr refusal_kind parent_missing{"charter.parent_missing", 400,
                                             "To escalate, the body needs a body above it."};
inline constexpr refusal_kind command_pattern{
    "charter.command_pattern", 400,
    "\"{0}\" names no commands: write \"room.command\", \"room.*\" or \"*\"."};
inline constexpr refusal_kind power_unknown{"charter.power_unknown", 400,
                                            "There is no power called {0}."};
inline constexpr refusal_kind rule_not_of_body{"charter.rule_not_of_body", 400,
                                               "{1} does not decide under the rule {0}."};
inline constexpr refusal_kind motion_hours_missing{
    "charter.motion_hours_missing", 400,
    "Urgency needs a time at which the time for motions ends."};
inline constexpr refusal_kind signatory_repeated{"charter.signatory_repeated", 400,
                                                 "{0} is named twice among the signatories."};
inline constexpr refusal_kind signatories_missing{
    "charter.signatories_missing", 400,
    "To enter into force with the last signature, acts need signatories."};
inline constexpr refusal_kind secret_of_blocs{
    "charter.secret_of_blocs", 400,
    "Votes in {0} are votes of members: they are named and never secret."};
inline constexpr refusal_kind split_unusable{
    "charter.split_unusable", 409,
    "No rule of {1} lets voters split the weight {0}: it must be in use, no seats may vote as "
    "blocs, and nothing else may ask who said yes or no."};
inline constexpr refusal_kind mandate_aim{"charter.mandate_aim", 400,
                                          "A mandate is for one seat or for one office."};
inline constexpr refusal_kind seat_held{"charter.seat_held", 409,
                                        "The seat {0} is held by {1} on a day of this mandate."};
inline constexpr refusal_kind mandate_unknown{"charter.mandate_unknown", 404,
                                              "There is no mandate called {0}."};
inline constexpr refusal_kind mandate_ended{"charter.mandate_ended", 409,
                                            "The mandate {0} ends on {1} already."};
inline constexpr refusal_kind day_past{"charter.day_past", 409,
                                       "{0} is past: what was, stays as it was."};

inline constexpr refusal_kind open_id_malformed{
    "charter.open_id_malformed", 400,
    "\"{0}\" has not the form of such an identifier, which is that of {1}."};

// Witnesses of the journal.
inline constexpr refusal_kind witness_key{"charter.witness_key", 400,
                                          "The key of the witness {0} is none: {1}."};
inline constexpr refusal_kind witness_key_repeated{
    "charter.witness_key_repeated", 409,
    "The witnesses {0} and {1} have one key: its signature would count twice."};
inline constexpr refusal_kind witness_url{
    "charter.witness_url", 400, "\"{0}\" is no address of a witness, as https://... would be."};
inline constexpr refusal_kind witness_unknown{
    "charter.witness_unknown", 400, "No witness and no group that stands before is called {0}."};
inline constexpr refusal_kind witness_grouped_twice{
    "charter.witness_grouped_twice", 409,
    "{0} stands in groups twice: it would count in more than one way."};
inline constexpr refusal_kind witness_threshold{
    "charter.witness_threshold", 400,
    "The group {0} asks for {1} of its {2} parts: it can be from 1 to {2}."};

// The language of rules.
inline constexpr refusal_kind rule_form{"charter.rule_form", 400,
                                        "The rule language knows no such thing: expected {0}."};
inline constexpr refusal_kind rule_syntax{"charter.rule_syntax", 400,
                                          "Line {0}, column {1} of the rule: expected {2}."};
inline constexpr refusal_kind rule_share{
    "charter.rule_share", 400,
    "{0} is no proper share: write a fraction from 0 to 1, its parts below 1000000000."};
inline constexpr refusal_kind rule_number{"charter.rule_number", 400,
                                          "{0} is no whole number from 0 to 1000000000."};
inline constexpr refusal_kind rule_too_deep{
    "charter.rule_too_deep", 400, "Conditions lie inside one another deeper than {0} levels."};
inline constexpr refusal_kind rule_weight_unknown{
    "charter.rule_weight_unknown", 400,
    "The rule weighs by {0}, and no member has a weight of that name."};
inline constexpr refusal_kind rule_group_unknown{
    "charter.rule_group_unknown", 400, "The rule speaks of the group {0}, which does not exist."};
inline constexpr refusal_kind rule_voter_unknown{"charter.rule_voter_unknown", 400,
                                                 "The rule names {0}, who has no vote there."};
inline constexpr refusal_kind rule_never_passes{
    "charter.rule_never_passes", 400, "No ballots were found under which anything passes."};
inline constexpr refusal_kind rule_never_fails{"charter.rule_never_fails", 400,
                                               "No ballots were found under which anything fails."};

// The charter as a file.
inline constexpr refusal_kind toml_syntax{"charter.toml_syntax", 400, "Line {0}, column {1}: {2}."};
inline constexpr refusal_kind toml_value{"charter.toml_value", 400,
                                         "Line {0}, column {1}, {2}: {3}."};

// Vectors of `veche tally`.
inline constexpr refusal_kind vector_malformed{"charter.vector_malformed", 400, "Vector {0}: {1}."};

inline constexpr const refusal_kind* all[] = {&not_founded,
                                              &already_founded,
                                              &body_unknown,
                                              &may_not_order,
                                              &not_in_office,
                                              &power_missing,
                                              &only_by_decision,
                                              &never_amended,
                                              &table_unknown,
                                              &entry_unknown,
                                              &kept_for_record,
                                              &union_renamed,
                                              &unit_changed,
                                              &id_malformed,
                                              &id_taken,
                                              &reference_unknown,
                                              &name_missing,
                                              &language_unknown,
                                              &number_out_of_range,
                                              &days_reversed,
                                              &weight_repeated,
                                              &weight_missing,
                                              &weight_counted_twice,
                                              &parent_circle,
                                              &parent_missing,
                                              &command_pattern,
                                              &power_unknown,
                                              &rule_not_of_body,
                                              &signatory_repeated,
                                              &signatories_missing,
                                              &split_unusable,
                                              &mandate_aim,
                                              &seat_held,
                                              &mandate_unknown,
                                              &mandate_ended,
                                              &day_past,
                                              &rule_form,
                                              &rule_syntax,
                                              &rule_share,
                                              &neighbour_itself,
                                              &rule_number,
                                              &rule_too_deep,
                                              &rule_weight_unknown,
                                              &rule_group_unknown,
                                              &rule_voter_unknown,
                                              &rule_never_passes,
                                              &rule_never_fails,
                                              &toml_syntax,
                                              &toml_value,
                                              &vector_malformed,
                                              &secret_of_blocs,
                                              &motion_hours_missing,
                                              &open_id_malformed,
                                              &witness_key,
                                              &witness_key_repeated,
                                              &witness_url,
                                              &witness_unknown,
                                              &witness_grouped_twice,
                                              &witness_threshold};

}  // namespace veche::charter::refusals
