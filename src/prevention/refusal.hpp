#pragma once
// Why the register of preventive measures says no, in the order in which it is checked.

#include "kernel/result.hpp"

namespace veche::prevention::refusals {

inline constexpr refusal_kind order_unknown{"prevention.order_unknown", 404,
                                            "There is no order {0}."};
inline constexpr refusal_kind clash_unknown{"prevention.clash_unknown", 404,
                                            "There is no clash {0}."};
inline constexpr refusal_kind batch_unknown{"prevention.batch_unknown", 404,
                                            "There is no batch {0}."};
inline constexpr refusal_kind kind_unknown{"prevention.kind_unknown", 404,
                                           "There is no kind of measure {0}."};
inline constexpr refusal_kind body_unknown{"prevention.body_unknown", 404, "There is no body {0}."};
inline constexpr refusal_kind member_unknown{"prevention.member_unknown", 404,
                                             "There is no member {0}."};
inline constexpr refusal_kind region_unknown{"prevention.region_unknown", 404,
                                             "The register of places has no region {0} of {1}."};
inline constexpr refusal_kind not_by_decision{
    "prevention.not_by_decision", 403,
    "This is what an office answers for; a decision cannot order it."};
inline constexpr refusal_kind only_by_decision{"prevention.only_by_decision", 403,
                                               "Only a decision can settle a clash."};
inline constexpr refusal_kind not_desk{
    "prevention.not_desk", 403, "Only an office with the power \"prevention\" in {0} may do this."};
inline constexpr refusal_kind not_orderer{
    "prevention.not_orderer", 403,
    "Only an office of {0} with the power \"order_measures\" in {1}, one with the power "
    "\"prevention\" there, or a decision may do this."};
inline constexpr refusal_kind not_side{
    "prevention.not_side", 403,
    "Only an office of {0} or of {1} with the power \"order_measures\" may do this."};
inline constexpr refusal_kind order_taken{"prevention.order_taken", 409,
                                          "There is an order {0} already."};
inline constexpr refusal_kind order_withdrawn{"prevention.order_withdrawn", 409,
                                              "The record of {0} was taken back."};
inline constexpr refusal_kind place_fixed{
    "prevention.place_fixed", 409,
    "Member, region and kind of an order stay. Take the record back and make another one."};
inline constexpr refusal_kind level_impossible{"prevention.level_impossible", 422,
                                               "Levels of {0} go from 0 to {1}."};
inline constexpr refusal_kind scope_missing{"prevention.scope_missing", 422,
                                            "Say whether an order of {0} is general or targeted."};
inline constexpr refusal_kind scope_impossible{
    "prevention.scope_impossible", 422,
    "The scale of {0} does not tell general orders from targeted ones, nor does level 0."};
inline constexpr refusal_kind target_unclear{
    "prevention.target_unclear", 422,
    "Only a targeted order, or one without scopes, names regions or people."};
inline constexpr refusal_kind proofs_misplaced{
    "prevention.proofs_misplaced", 422,
    "Proofs that are issued stand in orders of P1 and nowhere else; those ask for none."};
inline constexpr refusal_kind proof_malformed{
    "prevention.proof_malformed", 422, "\"{0}\" is no short name of a proof, or stands twice."};
inline constexpr refusal_kind list_too_long{"prevention.list_too_long", 422,
                                            "At most {0} can stand here."};
inline constexpr refusal_kind days_reversed{"prevention.days_reversed", 422,
                                            "The last day is not before the first."};
inline constexpr refusal_kind day_impossible{"prevention.day_impossible", 422,
                                             "Days lie between 2000-01-01 and 2200-12-31."};
inline constexpr refusal_kind act_missing{
    "prevention.act_missing", 422,
    "Name the legal act: its title or number. A record that is not the authority's own names its "
    "source instead."};
inline constexpr refusal_kind text_missing{"prevention.text_missing", 422,
                                           "Say it in at least one language."};
inline constexpr refusal_kind text_too_long{"prevention.text_too_long", 422,
                                            "This text may have at most {0} bytes."};
inline constexpr refusal_kind not_longer{"prevention.not_longer", 409,
                                         "{0} does not end before that day as it is."};
inline constexpr refusal_kind not_shorter{"prevention.not_shorter", 409,
                                          "{0} ends on that day or earlier as it is."};
inline constexpr refusal_kind clash_ended{"prevention.clash_ended", 409, "{0} is not open."};
inline constexpr refusal_kind due_past{"prevention.due_past", 422, "Today is {0}, or later."};
inline constexpr refusal_kind session_unfit{"prevention.session_unfit", 409,
                                            "{0} is no session that is convened and not open yet."};
inline constexpr refusal_kind agenda_full{
    "prevention.agenda_full", 409, "{1} stands on the agenda of {0}, or the agenda is full."};
inline constexpr refusal_kind batch_closed{"prevention.batch_closed", 409,
                                           "The batch {0} does not wait any more."};
inline constexpr refusal_kind part_out_of_order{"prevention.part_out_of_order", 409,
                                                "Parts come one after another; the next is {0}."};
inline constexpr refusal_kind rows_missing{"prevention.rows_missing", 422,
                                           "A part has from 1 to {0} orders."};
inline constexpr refusal_kind batch_full{"prevention.batch_full", 422,
                                         "A batch has at most {0} orders."};
inline constexpr refusal_kind rows_differ{"prevention.rows_differ", 409,
                                          "The batch has {0} orders, not {1}."};
inline constexpr refusal_kind rows_refused{
    "prevention.rows_refused", 422,
    "{0} of {1} orders cannot be recorded; the first is row {2}, {3}: {4}."};
inline constexpr refusal_kind file_unsound{"prevention.file_unsound", 422,
                                           "The file cannot be read as rows: {0}."};
inline constexpr refusal_kind file_empty{"prevention.file_empty", 422, "The file has no orders."};
inline constexpr refusal_kind column_unknown{"prevention.column_unknown", 422,
                                             "There is no column \"{0}\" of orders."};
inline constexpr refusal_kind column_missing{"prevention.column_missing", 422,
                                             "The file has no column \"{0}\"."};
inline constexpr refusal_kind cells_differ{"prevention.cells_differ", 422,
                                           "The row has {0} cells, the heading {1}."};
inline constexpr refusal_kind cell_malformed{"prevention.cell_malformed", 422,
                                             "\"{0}\" cannot be read here."};
inline constexpr refusal_kind country_unknown{"prevention.country_unknown", 422,
                                              "Nobody said which member \"{0}\" is."};
inline constexpr refusal_kind days_broken{"prevention.days_broken", 422,
                                          "Days of {0} are not in order: {1} comes after {2}."};

inline constexpr const refusal_kind* all[] = {
    &order_unknown,    &clash_unknown,  &batch_unknown,    &kind_unknown,     &body_unknown,
    &member_unknown,   &region_unknown, &not_by_decision,  &only_by_decision, &not_desk,
    &not_orderer,      &not_side,       &order_taken,      &order_withdrawn,  &place_fixed,
    &level_impossible, &scope_missing,  &scope_impossible, &target_unclear,   &proofs_misplaced,
    &proof_malformed,  &list_too_long,  &days_reversed,    &day_impossible,   &act_missing,
    &text_missing,     &text_too_long,  &not_longer,       &not_shorter,      &clash_ended,
    &due_past,         &session_unfit,  &agenda_full,      &batch_closed,     &part_out_of_order,
    &rows_missing,     &batch_full,     &rows_differ,      &rows_refused,     &file_unsound,
    &file_empty,       &column_unknown, &column_missing,   &cells_differ,     &cell_malformed,
    &country_unknown,  &days_broken};

}  // namespace veche::prevention::refusals
