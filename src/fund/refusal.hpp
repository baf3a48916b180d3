#pragma once
// Why the fund says no, in the order in which it is checked.

#include "kernel/result.hpp"

namespace veche::fund::refusals {

inline constexpr refusal_kind only_by_decision{
    "fund.only_by_decision", 403, "This takes a decision: table a motion that orders it."};
inline constexpr refusal_kind not_by_decision{
    "fund.not_by_decision", 403,
    "No decision can order this: it is recorded by an office that keeps it."};
inline constexpr refusal_kind no_office{"fund.no_office", 403,
                                        "Say under which office with the power \"{0}\" you act."};
inline constexpr refusal_kind unit_unknown{"fund.unit_unknown", 404,
                                           "The union keeps no unit {0}."};
inline constexpr refusal_kind member_unknown{"fund.member_unknown", 404, "There is no member {0}."};
inline constexpr refusal_kind line_unknown{"fund.line_unknown", 404,
                                           "There is no budget line {0}."};
inline constexpr refusal_kind parent_unknown{"fund.parent_unknown", 404,
                                             "There is no budget line {0} to be a part of."};
inline constexpr refusal_kind assessment_unknown{"fund.assessment_unknown", 404,
                                                 "There is no assessment {0}."};
inline constexpr refusal_kind contribution_unknown{"fund.contribution_unknown", 404,
                                                   "There is no receipt {0}."};
inline constexpr refusal_kind bank_unknown{"fund.bank_unknown", 404,
                                           "The fund has no account {0}."};
inline constexpr refusal_kind commitment_unknown{"fund.commitment_unknown", 404,
                                                 "There is no commitment {0}."};
inline constexpr refusal_kind claim_unknown{"fund.claim_unknown", 404, "There is no claim {0}."};
inline constexpr refusal_kind account_unknown{"fund.account_unknown", 404,
                                              "The book has no account {0} in {1}."};
inline constexpr refusal_kind payment_unknown{"fund.payment_unknown", 404,
                                              "There is no payment {0}."};
inline constexpr refusal_kind contract_unknown{"fund.contract_unknown", 404,
                                               "There is no contract {0}."};
inline constexpr refusal_kind four_eyes{
    "fund.four_eyes", 403, "This takes another person than the one who did the step before it."};
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
inline constexpr refusal_kind id_taken{"fund.id_taken", 409,
                                       "The id {0} is used already, with other content."};
inline constexpr refusal_kind contract_taken{"fund.contract_taken", 409,
                                             "{0} has a contract for what was won already: {1}."};
inline constexpr refusal_kind contract_not_drafted{"fund.contract_not_drafted", 409,
                                                   "{0} was signed or given up already."};
inline constexpr refusal_kind contract_differs{
    "fund.contract_differs", 409,
    "What was won has changed since {0} was drafted: give the draft up and make another."};
inline constexpr refusal_kind contract_over{"fund.contract_over", 409, "The contract {0} is over."};
inline constexpr refusal_kind contract_not_signed{
    "fund.contract_not_signed", 409, "{0} is a draft: it can be given up, and not be fulfilled."};
inline constexpr refusal_kind claims_waiting{
    "fund.claims_waiting", 409,
    "{0} claims on the contract wait to be judged: what they come to is known then."};
inline constexpr refusal_kind contract_running{
    "fund.contract_running", 409,
    "The last instalment falls due on {0}. Until then the contract can only be given up, with a "
    "reason."};
inline constexpr refusal_kind contribution_reversed{"fund.contribution_reversed", 409,
                                                    "The receipt {0} was reversed already."};
inline constexpr refusal_kind line_provisional{
    "fund.line_provisional", 409,
    "The line {0} is provisional: open more months of it, or put the budget in its place."};
inline constexpr refusal_kind not_provisional{"fund.not_provisional", 409,
                                              "The line {0} is not provisional."};
inline constexpr refusal_kind title_missing{"fund.title_missing", 400,
                                            "A budget line needs a title."};
inline constexpr refusal_kind name_missing{"fund.name_missing", 400, "An account needs a name."};
inline constexpr refusal_kind purpose_missing{"fund.purpose_missing", 400, "Say what it is for."};
inline constexpr refusal_kind reason_missing{"fund.reason_missing", 400, "Say why."};
inline constexpr refusal_kind partner_missing{"fund.partner_missing", 400,
                                              "Say who gets the money."};
inline constexpr refusal_kind text_too_long{"fund.text_too_long", 400,
                                            "The text is longer than {0} bytes."};
inline constexpr refusal_kind year_malformed{"fund.year_malformed", 400,
                                             "A budget year is 1900 to 9999."};
inline constexpr refusal_kind amount_not_positive{"fund.amount_not_positive", 400,
                                                  "The amount must be more than zero."};
inline constexpr refusal_kind due_past{
    "fund.due_past", 400, "The last day to pay, {0}, lies before the day of the call."};
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
inline constexpr refusal_kind below_used{
    "fund.below_used", 409,
    "{0} of the line is reserved, committed, paid or given to lines under it: the budget cannot "
    "be less."};
inline constexpr refusal_kind date_future{"fund.date_future", 400,
                                          "The value date {0} lies in the future."};
inline constexpr refusal_kind reference_malformed{"fund.reference_malformed", 400,
                                                  "Give the bank's reference, 1 to {0} bytes."};
inline constexpr refusal_kind statement_too_large{
    "fund.statement_too_large", 400,
    "A statement has no more than {0} lines and {1} bytes: record it in parts, by days."};
inline constexpr refusal_kind statement_unordered{"fund.statement_unordered", 400,
                                                  "A statement ends before it begins."};
inline constexpr refusal_kind statement_line_unsound{
    "fund.statement_line_unsound", 400,
    "A line needs a reference of the bank that no other line of the statement has, an amount that "
    "is not zero and a day of the statement."};
inline constexpr refusal_kind statement_differs{
    "fund.statement_differs", 400,
    "The opening balance and the lines make {0}, and the statement closes with {1}."};
inline constexpr refusal_kind statement_overlaps{
    "fund.statement_overlaps", 409,
    "The statement {0} of this account ends on {1}, and this one begins before that day."};
inline constexpr refusal_kind opening_differs{
    "fund.opening_differs", 409,
    "The statement {0} before it closed with {1}, and this one opens with {2}."};
inline constexpr refusal_kind figures_missing{"fund.figures_missing", 400,
                                              "State at least one figure of the budget."};
inline constexpr refusal_kind source_malformed{
    "fund.source_malformed", 400, "Say where the figures are stated, in 1 to {0} bytes."};
inline constexpr refusal_kind not_later{"fund.not_later", 400,
                                        "What is carried over goes to a line of a later year."};
inline constexpr refusal_kind year_open{
    "fund.year_open", 409,
    "The books of {0} are not closed yet: only what is left then can be carried over."};
inline constexpr refusal_kind not_year_before{"fund.not_year_before", 400,
                                              "The line {0} is not of the year before {1}."};
inline constexpr refusal_kind year_decided{
    "fund.year_decided", 409,
    "The budget of {0} is decided, as the line {1} shows: nothing of it is provisional any more."};
inline constexpr refusal_kind months_malformed{
    "fund.months_malformed", 400,
    "Say for how many months in all: no more than 12, and more than the {0} that are open."};
inline constexpr refusal_kind month_not_begun{"fund.month_not_begun", 409,
                                              "Only {0} months of {1} have begun."};
inline constexpr refusal_kind expiry_past{"fund.expiry_past", 400,
                                          "The last day of a reservation lies before today."};
inline constexpr refusal_kind instalment_unordered{
    "fund.instalment_unordered", 400,
    "Instalments come in the order of their days, each of more than zero."};
inline constexpr refusal_kind instalments_exceed{
    "fund.instalments_exceed", 400,
    "The instalments sum to {0}, and no more than {1} is committed."};
inline constexpr refusal_kind plan_malformed{
    "fund.plan_malformed", 400,
    "A plan has 1 to {0} steps: days of the line's year, each later than the one before, and "
    "amounts that never fall."};
inline constexpr refusal_kind plan_exceeds{"fund.plan_exceeds", 400,
                                           "The plan reaches {0}, and the line has only {1}."};
inline constexpr refusal_kind claim_empty{"fund.claim_empty", 400,
                                          "A claim names at least one cost, and no more than {0}."};
inline constexpr refusal_kind content_malformed{
    "fund.content_malformed", 400, "The document is not named by a hash, a size and a media type."};
inline constexpr refusal_kind rate_missing{
    "fund.rate_missing", 400,
    "Say what {0} is worth in {1}: the rate, its source, its day and the rounding."};
inline constexpr refusal_kind rate_needless{"fund.rate_needless", 400,
                                            "No cost of the claim is in {0}."};
inline constexpr refusal_kind rate_same_unit{"fund.rate_same_unit", 400,
                                             "A rate is between two different units."};
inline constexpr refusal_kind rate_malformed{
    "fund.rate_malformed", 400, "A rate is more than zero, with a source and a day that has come."};
inline constexpr refusal_kind instalment_not_due{
    "fund.instalment_not_due", 409,
    "Only {0} of the contract has fallen due and is not claimed; the next instalment falls due on "
    "{1}."};
inline constexpr refusal_kind report_missing{
    "fund.report_missing", 400,
    "This instalment is paid against a report: add the report to one of the costs."};
inline constexpr refusal_kind contract_whole{
    "fund.contract_whole", 409,
    "{0} is a contract with a winner of a call: what is left of it is free when it ends."};
inline constexpr refusal_kind contract_no_advance{
    "fund.contract_no_advance", 409,
    "Nothing is paid ahead of the contract {0}: what is due on signing is claimed."};
inline constexpr refusal_kind held_for_contracts{
    "fund.held_for_contracts", 409,
    "Only {0} of the commitment is free: the rest is for contracts with those who win in the calls "
    "that stand on it."};
inline constexpr refusal_kind claim_judged{"fund.claim_judged", 409,
                                           "The claim {0} was judged already."};
inline constexpr refusal_kind deduction_unknown{"fund.deduction_unknown", 400,
                                                "The claim has no item {0}."};
inline constexpr refusal_kind deduction_exceeds{"fund.deduction_exceeds", 400,
                                                "No more than {0} can be taken off this item."};
inline constexpr refusal_kind nothing_accepted{"fund.nothing_accepted", 400,
                                               "Nothing is left of the claim: reject it instead."};
inline constexpr refusal_kind payments_empty{"fund.payments_empty", 400,
                                             "A payment run has 1 to {0} payments."};
inline constexpr refusal_kind decision_unknown{"fund.decision_unknown", 404,
                                               "There is no decision {0}."};
inline constexpr refusal_kind decision_not_in_force{"fund.decision_not_in_force", 409,
                                                    "The decision {0} is not in force."};
inline constexpr refusal_kind period_closed{
    "fund.period_closed", 409,
    "The books are closed through {0}: nothing is written for that day any more."};
inline constexpr refusal_kind exceeds_parent{"fund.exceeds_parent", 409,
                                             "The line above has only {0} left to give."};
inline constexpr refusal_kind same_branch{
    "fund.same_branch", 400, "Nothing moves within one branch: amend the lower line instead."};
inline constexpr refusal_kind below_committed{
    "fund.below_committed", 409,
    "Only {0} of the line is free: the rest is committed, paid or given to lines under it."};
inline constexpr refusal_kind exceeds_available{"fund.exceeds_available", 409,
                                                "Only {0} of the line was not spent."};
inline constexpr refusal_kind exceeds_receivable{"fund.exceeds_receivable", 409,
                                                 "The member owes only {0}."};
inline constexpr refusal_kind exceeds_appropriation{"fund.exceeds_appropriation", 409,
                                                    "The line has only {0} left."};
inline constexpr refusal_kind pending_not_resolved{
    "fund.pending_not_resolved", 409,
    "Reservations wait to be confirmed or given up. The year is closed when none does."};
inline constexpr refusal_kind already_resolved{
    "fund.already_resolved", 409, "The reservation was confirmed, given up or has expired."};
inline constexpr refusal_kind not_committed{
    "fund.not_committed", 409,
    "The reservation is not confirmed, so nothing can be claimed or paid on it."};
inline constexpr refusal_kind expired{"fund.expired", 409,
                                      "The reservation's last day has passed."};
inline constexpr refusal_kind exceeds_pending{"fund.exceeds_pending", 409, "Only {0} is reserved."};
inline constexpr refusal_kind exceeds_open{"fund.exceeds_open", 409,
                                           "Only {0} of the commitment is free to be released."};
inline constexpr refusal_kind exceeds_commitment{"fund.exceeds_commitment", 409,
                                                 "Only {0} of the commitment is left."};
inline constexpr refusal_kind exceeds_accepted{"fund.exceeds_accepted", 409,
                                               "Only {0} of the claim is left to pay."};
inline constexpr refusal_kind exceeds_advance{"fund.exceeds_advance", 409,
                                              "Only {0} of the advance is left."};
inline constexpr refusal_kind exceeds_paid{"fund.exceeds_paid", 409,
                                           "Only {0} of the payment has not come back."};
inline constexpr refusal_kind rate_mismatch{"fund.rate_mismatch", 400,
                                            "At this rate it gives {0}."};
inline constexpr refusal_kind insufficient_cash{
    "fund.insufficient_cash", 409, "The account holds only {0}: authority to spend is not money."};
inline constexpr refusal_kind overflow{
    "fund.overflow", 409, "The balance of {0} would leave the range that the ledger can hold."};

inline constexpr const refusal_kind* all[] = {&only_by_decision,
                                              &not_by_decision,
                                              &no_office,
                                              &unit_unknown,
                                              &member_unknown,
                                              &line_unknown,
                                              &parent_unknown,
                                              &assessment_unknown,
                                              &contribution_unknown,
                                              &bank_unknown,
                                              &commitment_unknown,
                                              &claim_unknown,
                                              &account_unknown,
                                              &payment_unknown,
                                              &contract_unknown,
                                              &four_eyes,
                                              &recorded_already,
                                              &line_taken,
                                              &assessment_taken,
                                              &contribution_taken,
                                              &correction_taken,
                                              &id_taken,
                                              &contract_taken,
                                              &contract_not_drafted,
                                              &contract_differs,
                                              &contract_over,
                                              &contract_not_signed,
                                              &claims_waiting,
                                              &contract_running,
                                              &contribution_reversed,
                                              &line_provisional,
                                              &not_provisional,
                                              &title_missing,
                                              &name_missing,
                                              &purpose_missing,
                                              &reason_missing,
                                              &partner_missing,
                                              &text_too_long,
                                              &year_malformed,
                                              &amount_not_positive,
                                              &due_past,
                                              &key_missing,
                                              &not_a_member,
                                              &unit_differs,
                                              &share_repeated,
                                              &share_negative,
                                              &shares_differ,
                                              &amount_negative,
                                              &amount_unchanged,
                                              &below_used,
                                              &date_future,
                                              &reference_malformed,
                                              &statement_too_large,
                                              &statement_unordered,
                                              &statement_line_unsound,
                                              &statement_differs,
                                              &statement_overlaps,
                                              &opening_differs,
                                              &figures_missing,
                                              &source_malformed,
                                              &not_later,
                                              &year_open,
                                              &not_year_before,
                                              &year_decided,
                                              &months_malformed,
                                              &month_not_begun,
                                              &expiry_past,
                                              &instalment_unordered,
                                              &instalments_exceed,
                                              &plan_malformed,
                                              &plan_exceeds,
                                              &claim_empty,
                                              &content_malformed,
                                              &rate_missing,
                                              &rate_needless,
                                              &rate_same_unit,
                                              &rate_malformed,
                                              &instalment_not_due,
                                              &report_missing,
                                              &contract_whole,
                                              &contract_no_advance,
                                              &held_for_contracts,
                                              &claim_judged,
                                              &deduction_unknown,
                                              &deduction_exceeds,
                                              &nothing_accepted,
                                              &payments_empty,
                                              &decision_unknown,
                                              &decision_not_in_force,
                                              &period_closed,
                                              &exceeds_parent,
                                              &same_branch,
                                              &below_committed,
                                              &exceeds_available,
                                              &exceeds_receivable,
                                              &exceeds_appropriation,
                                              &pending_not_resolved,
                                              &already_resolved,
                                              &not_committed,
                                              &expired,
                                              &exceeds_pending,
                                              &exceeds_open,
                                              &exceeds_commitment,
                                              &exceeds_accepted,
                                              &exceeds_advance,
                                              &exceeds_paid,
                                              &rate_mismatch,
                                              &insufficient_cash,
                                              &overflow};

}  // namespace veche::fund::refusals
