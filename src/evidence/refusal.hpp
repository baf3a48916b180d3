#pragma once
// Why the evidence says no, in the order in which it is checked.

#include "kernel/result.hpp"

namespace veche::evidence::refusals {

inline constexpr refusal_kind dataset_unknown{"evidence.dataset_unknown", 404,
                                              "There is no data set {0}."};
inline constexpr refusal_kind finding_unknown{"evidence.finding_unknown", 404,
                                              "There is no finding {0}."};
inline constexpr refusal_kind body_unknown{"evidence.body_unknown", 404, "There is no body {0}."};
inline constexpr refusal_kind not_by_decision{
    "evidence.not_by_decision", 403,
    "Evidence is what an office answers for; a decision cannot order it."};
inline constexpr refusal_kind not_keeper{
    "evidence.not_keeper", 403, "Only an office with the power \"evidence\" in {0} may do this."};
inline constexpr refusal_kind dataset_taken{"evidence.dataset_taken", 409,
                                            "A data set called {0} exists. Choose another name."};
inline constexpr refusal_kind finding_taken{"evidence.finding_taken", 409,
                                            "A finding called {0} exists. Choose another name."};
inline constexpr refusal_kind dataset_withdrawn{
    "evidence.dataset_withdrawn", 409,
    "The data set {0} was withdrawn and should not be used. Its page says why."};
inline constexpr refusal_kind dataset_replaced{"evidence.dataset_replaced", 409,
                                               "The data set {0} was replaced by {1} already."};
inline constexpr refusal_kind finding_closed{"evidence.finding_closed", 409,
                                             "The finding {0} was corrected or taken back before."};
inline constexpr refusal_kind own_finding{
    "evidence.own_finding", 403,
    "You published this finding. Somebody else has to compute it again."};
inline constexpr refusal_kind title_missing{"evidence.title_missing", 400,
                                            "A data set needs a title."};
inline constexpr refusal_kind question_missing{"evidence.question_missing", 400,
                                               "A finding says which question it answers."};
inline constexpr refusal_kind answer_missing{"evidence.answer_missing", 400,
                                             "A finding needs an answer, in two sentences."};
inline constexpr refusal_kind certainty_missing{"evidence.certainty_missing", 400,
                                                "A finding says how sure it is, and why."};
inline constexpr refusal_kind reason_missing{"evidence.reason_missing", 400, "Say why."};
inline constexpr refusal_kind note_missing{
    "evidence.note_missing", 400, "Say what came out differently, and what of it matters."};
inline constexpr refusal_kind source_missing{
    "evidence.source_missing", 400,
    "A data set names its publisher, its period, its unit and its licence."};
inline constexpr refusal_kind text_too_long{"evidence.text_too_long", 400,
                                            "The text is longer than {0} bytes."};
inline constexpr refusal_kind retrieved_late{"evidence.retrieved_late", 400,
                                             "It cannot have been fetched after today, {0}."};
inline constexpr refusal_kind file_malformed{
    "evidence.file_malformed", 400,
    "A file has a SHA-256 of 64 hex digits, a size above zero and a media type."};
inline constexpr refusal_kind method_malformed{
    "evidence.method_malformed", 400, "A method is a name and a version, as in partner-share/1."};
inline constexpr refusal_kind layout_unreadable{
    "evidence.layout_unreadable", 409,
    "The data set {0} has no layout that a method reads, so nobody could compute this again."};
inline constexpr refusal_kind data_missing{"evidence.data_missing", 400,
                                           "A finding rests on at least one data set."};
inline constexpr refusal_kind specification_malformed{
    "evidence.specification_malformed", 400,
    "Roles and parameters are names, each once, in rising order; at most {0} of them."};
inline constexpr refusal_kind figures_missing{"evidence.figures_missing", 400,
                                              "A finding has one to {0} figures."};
inline constexpr refusal_kind figure_malformed{
    "evidence.figure_malformed", 400,
    "A figure has a name of its own, a unit, and a number in decimal digits as in 47.03."};
inline constexpr refusal_kind interval_malformed{
    "evidence.interval_malformed", 400,
    "An interval has two ends in decimal digits, and the figure lies between them."};
inline constexpr refusal_kind subject_unknown{"evidence.subject_unknown", 404,
                                              "There is no such {0}: {1}."};
inline constexpr refusal_kind attached_already{"evidence.attached_already", 409,
                                               "The finding lies there already."};
inline constexpr refusal_kind not_attached{"evidence.not_attached", 409,
                                           "The finding does not lie there."};
inline constexpr refusal_kind attached_too_often{"evidence.attached_too_often", 409,
                                                 "A finding can be laid in at most {0} places."};

inline constexpr const refusal_kind* all[] = {&dataset_unknown,
                                              &finding_unknown,
                                              &body_unknown,
                                              &not_by_decision,
                                              &not_keeper,
                                              &dataset_taken,
                                              &finding_taken,
                                              &dataset_withdrawn,
                                              &dataset_replaced,
                                              &finding_closed,
                                              &own_finding,
                                              &title_missing,
                                              &question_missing,
                                              &answer_missing,
                                              &certainty_missing,
                                              &reason_missing,
                                              &note_missing,
                                              &source_missing,
                                              &text_too_long,
                                              &retrieved_late,
                                              &file_malformed,
                                              &method_malformed,
                                              &layout_unreadable,
                                              &data_missing,
                                              &specification_malformed,
                                              &figures_missing,
                                              &figure_malformed,
                                              &interval_malformed,
                                              &subject_unknown,
                                              &attached_already,
                                              &not_attached,
                                              &attached_too_often};

}  // namespace veche::evidence::refusals
