#pragma once
// Why the room says no, in the order in which it is checked.

#include "kernel/result.hpp"

namespace veche::beneficiaries::refusals {

inline constexpr refusal_kind body_unknown{"beneficiaries.body_unknown", 404,
                                           "There is no body {0}."};
inline constexpr refusal_kind payer_unknown{
    "beneficiaries.payer_unknown", 404,
    "{0} is not named as one that owes reports. Name it first."};
inline constexpr refusal_kind not_by_decision{
    "beneficiaries.not_by_decision", 403,
    "What was paid is reported by who answers for it; a decision cannot order it."};
inline constexpr refusal_kind not_reporter{
    "beneficiaries.not_reporter", 403,
    "Only an office with the power \"beneficiaries\" in {0} may do this."};
inline constexpr refusal_kind not_reporter_of{
    "beneficiaries.not_reporter_of", 403,
    "Only an office with the power \"beneficiaries\" in {0}, or the office of the payer, may do "
    "this."};
inline constexpr refusal_kind party_unknown{"beneficiaries.party_unknown", 404,
                                            "There is no organisation {0} in the register."};
inline constexpr refusal_kind party_merged{
    "beneficiaries.party_merged", 409,
    "The record {0} was merged into {1}. Name that one instead."};
inline constexpr refusal_kind spending_unknown{"beneficiaries.spending_unknown", 404,
                                               "The fund has no commitment {0} with a partner."};
inline constexpr refusal_kind reason_missing{
    "beneficiaries.reason_missing", 422,
    "{0} was recorded already. Give the reason why it is corrected."};
inline constexpr refusal_kind years_impossible{
    "beneficiaries.years_impossible", 422,
    "Years run from 1990 to 2200, and the last is not before the first."};
inline constexpr refusal_kind days_impossible{"beneficiaries.days_impossible", 422,
                                              "A report is due within 0 to 730 days."};
inline constexpr refusal_kind rule_missing{"beneficiaries.rule_missing", 422,
                                           "Name the rule, as in the article of a law."};
inline constexpr refusal_kind text_too_long{"beneficiaries.text_too_long", 413,
                                            "This text may have at most {0} bytes."};
inline constexpr refusal_kind office_unknown{"beneficiaries.office_unknown", 404,
                                             "There is no office {0}."};
inline constexpr refusal_kind year_not_owed{
    "beneficiaries.year_not_owed", 409,
    "{0} owes no report for this year. Correct the years for which it does."};
inline constexpr refusal_kind year_to_come{
    "beneficiaries.year_to_come", 422,
    "A year is reported when it has begun; a zero report when it is over."};
inline constexpr refusal_kind part_out_of_order{"beneficiaries.part_out_of_order", 409,
                                                "Parts come one after another; the next is {0}."};
inline constexpr refusal_kind zero_unclear{
    "beneficiaries.zero_unclear", 422,
    "A report names payments or says that there were none, not both and not neither."};
inline constexpr refusal_kind zero_in_parts{
    "beneficiaries.zero_in_parts", 409,
    "That nothing was paid is a report of one part. Correct the parts that say otherwise."};
inline constexpr refusal_kind too_many_payments{
    "beneficiaries.too_many_payments", 413,
    "A part has at most {0} payments. Put the others into another part."};
inline constexpr refusal_kind source_missing{"beneficiaries.source_missing", 422,
                                             "Say where the figures are from."};
inline constexpr refusal_kind file_malformed{
    "beneficiaries.file_malformed", 422,
    "A file is named by the SHA-256 of its bytes, its size and its media type."};
inline constexpr refusal_kind recipient_unclear{
    "beneficiaries.recipient_unclear", 422,
    "Name the organisation that was paid, or say how many natural persons were; their names stay "
    "off the journal."};
inline constexpr refusal_kind purpose_missing{"beneficiaries.purpose_missing", 422,
                                              "Say in at least one language what it was for."};
inline constexpr refusal_kind unit_unknown{"beneficiaries.unit_unknown", 404,
                                           "The charter has no unit {0}."};
inline constexpr refusal_kind money_impossible{
    "beneficiaries.money_impossible", 422,
    "A payment is more than nothing, and at most 10^15 of the smallest units."};
inline constexpr refusal_kind tie_unclear{
    "beneficiaries.tie_unclear", 422,
    "Where a tie was declared say which; where none was, leave it empty."};

inline constexpr const refusal_kind* all[] = {
    &body_unknown,     &payer_unknown,     &not_by_decision,   &not_reporter,    &not_reporter_of,
    &party_unknown,    &party_merged,      &spending_unknown,  &reason_missing,  &years_impossible,
    &days_impossible,  &rule_missing,      &text_too_long,     &office_unknown,  &year_not_owed,
    &year_to_come,     &part_out_of_order, &zero_unclear,      &zero_in_parts,   &too_many_payments,
    &source_missing,   &file_malformed,    &recipient_unclear, &purpose_missing, &unit_unknown,
    &money_impossible, &tie_unclear};

}  // namespace veche::beneficiaries::refusals
