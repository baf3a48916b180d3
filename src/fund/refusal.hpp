#pragma once
// Why the fund says no, in the order in which it is checked.

#include "kernel/result.hpp"

namespace veche::fund::refusals {

inline constexpr refusal_kind only_by_decision{
    "fund.only_by_decision", 403, "This takes a decision: table a motion that orders it."};
inline constexpr refusal_kind line_taken{"fund.line_taken", 409,
                                         "There is a budget line {0} already."};
inline constexpr refusal_kind line_unknown{"fund.line_unknown", 404,
                                           "There is no budget line {0}."};
inline constexpr refusal_kind title_missing{"fund.title_missing", 400,
                                            "A budget line needs a title."};
inline constexpr refusal_kind unit_unknown{"fund.unit_unknown", 404,
                                           "The union keeps no unit {0}."};
inline constexpr refusal_kind unit_differs{"fund.unit_differs", 400,
                                           "The amount is in {0}, and must be in {1}."};
inline constexpr refusal_kind amount_not_positive{"fund.amount_not_positive", 400,
                                                  "The amount must be more than zero."};
inline constexpr refusal_kind amount_negative{"fund.amount_negative", 400,
                                              "An appropriation cannot be less than zero."};
inline constexpr refusal_kind amount_unchanged{"fund.amount_unchanged", 400,
                                               "The line has this appropriation already."};
inline constexpr refusal_kind year_malformed{"fund.year_malformed", 400,
                                             "A budget year is 1900 to 9999."};
inline constexpr refusal_kind assessment_taken{"fund.assessment_taken", 409,
                                               "There is an assessment {0} already."};
inline constexpr refusal_kind member_unknown{"fund.member_unknown", 404,
                                             "There is no member {0} on that day."};
inline constexpr refusal_kind shares_differ{"fund.shares_differ", 400,
                                            "The shares sum to {0} and the total is {1}."};
inline constexpr refusal_kind share_repeated{"fund.share_repeated", 400, "{0} has two shares."};
inline constexpr refusal_kind key_missing{
    "fund.key_missing", 409, "No member has a weight \"money\" to divide by. State the shares."};
inline constexpr refusal_kind contribution_taken{"fund.contribution_taken", 409,
                                                 "There is a receipt {0} already."};
inline constexpr refusal_kind contribution_unknown{"fund.contribution_unknown", 404,
                                                   "There is no receipt {0}."};
inline constexpr refusal_kind contribution_reversed{"fund.contribution_reversed", 409,
                                                    "The receipt {0} was reversed already."};
inline constexpr refusal_kind date_future{"fund.date_future", 400,
                                          "The value date {0} lies in the future."};
inline constexpr refusal_kind reference_missing{"fund.reference_missing", 400,
                                                "Give the bank's reference, 1 to 140 characters."};
inline constexpr refusal_kind four_eyes{
    "fund.four_eyes", 403,
    "Whoever recorded a receipt cannot reverse it: it takes another person."};
inline constexpr refusal_kind reason_missing{"fund.reason_missing", 400, "Say why it is reversed."};
inline constexpr refusal_kind overflow{
    "fund.overflow", 409, "The balance of {0} would leave the range that the ledger can hold."};

inline constexpr const refusal_kind* all[] = {&only_by_decision,
                                              &line_taken,
                                              &line_unknown,
                                              &title_missing,
                                              &unit_unknown,
                                              &unit_differs,
                                              &amount_not_positive,
                                              &amount_negative,
                                              &amount_unchanged,
                                              &year_malformed,
                                              &assessment_taken,
                                              &member_unknown,
                                              &shares_differ,
                                              &share_repeated,
                                              &key_missing,
                                              &contribution_taken,
                                              &contribution_unknown,
                                              &contribution_reversed,
                                              &date_future,
                                              &reference_missing,
                                              &four_eyes,
                                              &reason_missing,
                                              &overflow};

}  // namespace veche::fund::refusals
