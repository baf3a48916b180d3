#pragma once
// Why the register of barriers says no, in the order in which it is checked.

#include "kernel/result.hpp"

namespace veche::barriers::refusals {

inline constexpr refusal_kind barrier_unknown{"barriers.barrier_unknown", 404,
                                              "There is no report {0}."};
inline constexpr refusal_kind link_unknown{"barriers.link_unknown", 404,
                                           "There is no report with this secret link."};
inline constexpr refusal_kind draft_unknown{"barriers.draft_unknown", 404,
                                            "There is no draft rule {0}."};
inline constexpr refusal_kind body_unknown{"barriers.body_unknown", 404, "There is no body {0}."};
inline constexpr refusal_kind member_unknown{"barriers.member_unknown", 404,
                                             "There is no member {0}."};
inline constexpr refusal_kind not_by_decision{
    "barriers.not_by_decision", 403,
    "What is done about a barrier is what an office answers for; a decision cannot order it."};
inline constexpr refusal_kind not_desk{"barriers.not_desk", 403,
                                       "Only an office with the power \"{1}\" in {0} may do this."};
inline constexpr refusal_kind not_contact{
    "barriers.not_contact", 403,
    "Only the contact point of {0}, an office of that member with the power \"answer_barriers\" in "
    "{1}, may do this."};
inline constexpr refusal_kind no_contact{
    "barriers.no_contact", 403,
    "Only the contact point of a member, with the power \"answer_barriers\" in {0}, may do this."};
inline constexpr refusal_kind linked_away{
    "barriers.linked_away", 409, "{0} is linked to the case {1} of the same cause. Name that one."};
inline constexpr refusal_kind wrong_step{"barriers.wrong_step", 409,
                                         "{0} is at the step \"{1}\", where this has no place."};
inline constexpr refusal_kind key_malformed{"barriers.key_malformed", 422,
                                            "The key of a secret link is 32 bytes in base64."};
inline constexpr refusal_kind key_taken{"barriers.key_taken", 409,
                                        "A report with this secret link is there already."};
inline constexpr refusal_kind class_impossible{
    "barriers.class_impossible", 422, "Only a panel can find that there is nothing that hinders."};
inline constexpr refusal_kind seal_not_personal{
    "barriers.seal_not_personal", 422, "What a reporter writes is sealed as personal data."};
inline constexpr refusal_kind draft_closed{"barriers.draft_closed", 409,
                                           "The time for comments on {0} is over."};
inline constexpr refusal_kind draft_taken{"barriers.draft_taken", 409,
                                          "A draft rule called {0} was notified before."};
inline constexpr refusal_kind draft_over{"barriers.draft_over", 409,
                                         "What became of {0} was said already."};
inline constexpr refusal_kind comments_open{
    "barriers.comments_open", 409,
    "Comments on {0} are still taken. They are answered when the time for them is over."};
inline constexpr refusal_kind not_on_draft{"barriers.not_on_draft", 409,
                                           "{0} is not a report on a draft rule."};
inline constexpr refusal_kind word_out_of_order{"barriers.word_out_of_order", 409,
                                                "The next word of this report is number {0}."};
inline constexpr refusal_kind words_full{"barriers.words_full", 409,
                                         "One report may have at most {0} words."};
inline constexpr refusal_kind report_withdrawn{"barriers.report_withdrawn", 409,
                                               "The report {0} was withdrawn by who made it."};
inline constexpr refusal_kind signature_wrong{
    "barriers.signature_wrong", 403,
    "The signature is not by the key of the secret link of {0}, or not over this word."};
inline constexpr refusal_kind text_missing{"barriers.text_missing", 422,
                                           "Say it in at least one language."};
inline constexpr refusal_kind text_too_long{"barriers.text_too_long", 413,
                                            "This text may have at most {0} bytes."};
inline constexpr refusal_kind reason_missing{
    "barriers.reason_missing", 422, "{0} is there already. Give the reason why it is changed."};
inline constexpr refusal_kind member_fixed{
    "barriers.member_fixed", 409,
    "{0} is answered for by {1}. A case against another member is another case."};
inline constexpr refusal_kind nothing_hindered{"barriers.nothing_hindered", 422,
                                               "Say what is hindered: goods, services or persons."};
inline constexpr refusal_kind heading_malformed{
    "barriers.heading_malformed", 422,
    "\"{0}\" is no heading: goods have 2, 4 or 6 digits, services 2."};
inline constexpr refusal_kind list_too_long{"barriers.list_too_long", 422,
                                            "At most {0} can stand here."};
inline constexpr refusal_kind firms_impossible{
    "barriers.firms_impossible", 422,
    "A number of firms is from 1 to 100,000,000 and names who counted them."};
inline constexpr refusal_kind file_malformed{
    "barriers.file_malformed", 422,
    "A file is named by 64 digits of SHA-256, its size and its media type."};
inline constexpr refusal_kind link_itself{"barriers.link_itself", 422,
                                          "A case cannot be linked to itself."};
inline constexpr refusal_kind main_unfit{"barriers.main_unfit", 409,
                                         "{0} is no case to which another could be linked."};
inline constexpr refusal_kind has_duplicates{"barriers.has_duplicates", 409,
                                             "Others are linked to {0}. Part them first."};
inline constexpr refusal_kind not_linked{"barriers.not_linked", 409,
                                         "{0} is linked to no other case."};
inline constexpr refusal_kind time_given{"barriers.time_given", 409,
                                         "More time was given once for {0} already."};
inline constexpr refusal_kind time_of_other{
    "barriers.time_of_other", 403, "Only {0}, whose position is due, can ask for more time."};
inline constexpr refusal_kind position_missing{
    "barriers.position_missing", 409, "The position of {0} is not there, and may come until {1}."};
inline constexpr refusal_kind consultations_past{"barriers.consultations_past", 422,
                                                 "Consultations are held today, {0}, or later."};
inline constexpr refusal_kind no_quorum{
    "barriers.no_quorum", 409, "{0} of {1} members of the panel voted; more than half must."};
inline constexpr refusal_kind no_majority{"barriers.no_majority", 409,
                                          "No class has more than half of the {0} votes."};
inline constexpr refusal_kind due_past{"barriers.due_past", 422,
                                       "The last day of a measure is today, {0}, or later."};
inline constexpr refusal_kind remedy_unknown{"barriers.remedy_unknown", 404,
                                             "There is no measure {0} on this case."};
inline constexpr refusal_kind remedy_proved{"barriers.remedy_proved", 409,
                                            "It was shown already that {0} was done."};
inline constexpr refusal_kind day_to_come{"barriers.day_to_come", 422,
                                          "This is said when it has happened; today is {0}."};
inline constexpr refusal_kind remedies_open{"barriers.remedies_open", 409,
                                            "Not every measure on {0} was shown to be done."};
inline constexpr refusal_kind finding_missing{
    "barriers.finding_missing", 422, "Name the finding and the name of this barrier in it."};
inline constexpr refusal_kind finding_unfit{
    "barriers.finding_unfit", 409,
    "{0} is no finding by a method barrier-cost that stands and has a figure {1}."};

inline constexpr refusal_kind import_unknown{"barriers.import_unknown", 404,
                                             "There is no batch {0}."};
inline constexpr refusal_kind import_closed{"barriers.import_closed", 409,
                                            "The batch {0} was taken over or put away already."};
inline constexpr refusal_kind import_elsewhere{"barriers.import_elsewhere", 422,
                                               "This part is for {0}, and its batch for {1}."};
inline constexpr refusal_kind part_out_of_order{"barriers.part_out_of_order", 409,
                                                "Parts come one after another; the next is {0}."};
inline constexpr refusal_kind cases_missing{"barriers.cases_missing", 422,
                                            "A part of a batch has from 1 to {0} cases."};
inline constexpr refusal_kind import_full{"barriers.import_full", 422,
                                          "A batch has at most {0} cases. Begin another one."};
inline constexpr refusal_kind cases_differ{"barriers.cases_differ", 409,
                                           "The batch has {0} cases, not {1}: a part is missing."};
inline constexpr refusal_kind cases_refused{
    "barriers.cases_refused", 422,
    "Nothing was taken over: {0} of {1} cases cannot be. The first is row {2} ({3}, {4})."};
inline constexpr refusal_kind number_missing{
    "barriers.number_missing", 422, "Give the number or name of the case in that register."};
inline constexpr refusal_kind source_missing{"barriers.source_missing", 422,
                                             "Name the register that the case is taken from."};
inline constexpr refusal_kind number_taken{"barriers.number_taken", 409,
                                           "{0} of this register was taken over before, as {1}."};
inline constexpr refusal_kind number_twice{"barriers.number_twice", 422,
                                           "{0} of this register stands in row {1} already."};

inline constexpr const refusal_kind* all[] = {
    &barrier_unknown,    &link_unknown,      &draft_unknown,     &body_unknown,
    &member_unknown,     &not_by_decision,   &not_desk,          &not_contact,
    &no_contact,         &linked_away,       &wrong_step,        &key_malformed,
    &key_taken,          &class_impossible,  &seal_not_personal, &draft_closed,
    &draft_taken,        &draft_over,        &comments_open,     &not_on_draft,
    &word_out_of_order,  &words_full,        &report_withdrawn,  &signature_wrong,
    &text_missing,       &text_too_long,     &reason_missing,    &member_fixed,
    &nothing_hindered,   &heading_malformed, &list_too_long,     &firms_impossible,
    &file_malformed,     &link_itself,       &main_unfit,        &has_duplicates,
    &not_linked,         &time_given,        &time_of_other,     &position_missing,
    &consultations_past, &no_quorum,         &no_majority,       &due_past,
    &remedy_unknown,     &remedy_proved,     &day_to_come,       &remedies_open,
    &finding_missing,    &finding_unfit,     &import_unknown,    &import_closed,
    &import_elsewhere,   &part_out_of_order, &cases_missing,     &import_full,
    &cases_differ,       &cases_refused,     &number_missing,    &source_missing,
    &number_taken,       &number_twice};

}  // namespace veche::barriers::refusals
