#pragma once
// Why the fund says no, in the order in which it is checked.

#include "kernel/result.hpp"

namespace veche::fund::refusals {

inline constexpr refusal_kind only_by_decision{
    "fund.only_by_decision", 403, "This takes a decision: table a motion that orders it."};
inline constexpr refusal_kind not_by_decision{
    "fund.not_by_decision", 403,
    "No decision can order this: money that arrived is recorded by an office that keeps it."};
inline constexpr refusal_kind no_treasury{
    "fund.no_treasury", 403, "Say under which office with the power \"money\" you act."};
inline constexpr refusal_kind unit_unknown{"fund.unit_unknown", 404,
                                           "The union keeps no unit {0}."};
inline constexpr refusal_kind member_unknown{"fund.member_unknown", 404, "There is no member {0}."};
inline constexpr refusal_kind line_unknown{"fund.line_unknown", 404,
                                           "There is no budget line {0}."};
inline constexpr refusal_kind contribution_unknown{"fund.contribution_unknown", 404,
                                                   "There is no receipt {0}."};
inline constexpr refusal_kind four_eyes{
    "fund.four_eyes", 403,
    "Whoever recorded a receipt cannot reverse it: it takes another person."};
inline constexpr refusal_kind recorded_already{
    "fund.recorded_already", 409,
    "{0} is recorded already, with the same content. Nothing was done twice."};
inline constexpr refusal_kind line_taken{"fund.line_taken", 409,
                                         "There is another budget line {0} already."};
inline constexpr refusal_kind assessment_taken{"fund.assessment_taken", 409,
                                               "There is another assessment {0} already."};
inline constexpr refusal_kind contribution_taken{"fund.contribution_taken", 409,
                                                 "There is another receipt {0} already."};
inline constexpr refusal_kind correction_taken{"fund.correction_taken", 409,
                                               "There is another correction {0} already."};
inline constexpr refusal_kind contribution_reversed{"fund.contribution_reversed", 409,
                                                    "The receipt {0} was reversed already."};
inline constexpr refusal_kind title_missing{"fund.title_missing", 400,
                                            "A budget line needs a title."};
inline constexpr refusal_kind reason_missing{"fund.reason_missing", 400, "Say why it is reversed."};
inline constexpr refusal_kind text_too_long{"fund.text_too_long", 400,
                                            "The text is longer than {0} bytes."};
inline constexpr refusal_kind year_malformed{"fund.year_malformed", 400,
                                             "A budget year is 1900 to 9999."};
inline constexpr refusal_kind amount_not_positive{"fund.amount_not_positive", 400,
                                                  "The amount must be more than zero."};
inline constexpr refusal_kind key_missing{
    "fund.key_missing", 409, "No member has a weight \"money\" to divide by. State the shares."};
inline constexpr refusal_kind not_a_member{"fund.not_a_member", 409,
                                           "{0} is no member on the day of the assessment."};
inline constexpr refusal_kind unit_differs{"fund.unit_differs", 400,
                                           "The amount is in {0}, and must be in {1}."};
inline constexpr refusal_kind share_repeated{"fund.share_repeated", 400, "{0} has two shares."};
inline constexpr refusal_kind share_negative{"fund.share_negative", 400,
                                             "A share cannot be less than zero."};
inline constexpr refusal_kind shares_differ{"fund.shares_differ", 400,
                                            "The shares sum to {0} and the total is {1}."};
inline constexpr refusal_kind amount_negative{"fund.amount_negative", 400,
                                              "An appropriation cannot be less than zero."};
inline constexpr refusal_kind amount_unchanged{"fund.amount_unchanged", 400,
                                               "The line has this appropriation already."};
inline constexpr refusal_kind below_spent{
    "fund.below_spent", 409,
    "The line cannot be cut below the {0} minor units that were spent on it."};
inline constexpr refusal_kind date_future{"fund.date_future", 400,
                                          "The value date {0} lies in the future."};
inline constexpr refusal_kind reference_malformed{"fund.reference_malformed", 400,
                                                  "Give the bank's reference, 1 to {0} bytes."};
inline constexpr refusal_kind overflow{
    "fund.overflow", 409, "The balance of {0} would leave the range that the ledger can hold."};

inline constexpr const refusal_kind* all[] = {&only_by_decision,
                                              &not_by_decision,
                                              &no_treasury,
                                              &unit_unknown,
                                              &member_unknown,
                                              &line_unknown,
                                              &contribution_unknown,
                                              &four_eyes,
                                              &recorded_already,
                                              &line_taken,
                                              &assessment_taken,
                                              &contribution_taken,
                                              &correction_taken,
                                              &contribution_reversed,
                                              &title_missing,
                                              &reason_missing,
                                              &text_too_long,
                                              &year_malformed,
                                              &amount_not_positive,
                                              &key_missing,
                                              &not_a_member,
                                              &unit_differs,
                                              &share_repeated,
                                              &share_negative,
                                              &shares_differ,
                                              &amount_negative,
                                              &amount_unchanged,
                                              &below_spent,
                                              &date_future,
                                              &reference_malformed,
                                              &overflow};

}  // namespace veche::fund::refusals
