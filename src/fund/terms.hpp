#pragma once
// Words that the fund's commands share.

#include "kernel/content_ref.hpp"
#include "kernel/message.hpp"

namespace veche::fund {

using line_id = id<struct line_tag>;  ///< a line of the budget
using assessment_id = id<struct assessment_tag>;
using contribution_id = id<struct contribution_tag>;
using correction_id = id<struct correction_tag>;
using virement_id = id<struct virement_tag>;
using carry_over_id = id<struct carry_over_tag>;
using write_off_id = id<struct write_off_tag>;
using bank_account_id = id<struct bank_account_tag>;
using income_id = id<struct income_tag>;
using charge_id = id<struct charge_tag>;
using exchange_id = id<struct exchange_tag>;
using rate_id = id<struct rate_tag>;  ///< a rate that a forecast may use
using past_budget_id = id<struct past_budget_tag>;
using commitment_id = id<struct commitment_tag>;  ///< a reservation, and the commitment it becomes
using release_id = id<struct release_tag>;
using claim_id = id<struct claim_tag>;
using payment_id = id<struct payment_tag>;
using advance_id = id<struct advance_tag>;
using settlement_id = id<struct settlement_tag>;
using refund_id = id<struct refund_tag>;
using recovery_id = id<struct recovery_tag>;
using statement_id = id<struct statement_tag>;  ///< what the bank says of an account
/// A call of the union; only the office knows more of it.
using call_ref = id<struct call_ref_tag>;

/// A member's part of an assessment where the decision states the amounts.
struct share {
    member_id member;
    amount amount_;
    bool operator==(const share&) const = default;
};
VECHE_FIELDS(share, (member, "The member."), (amount_, "What it owes."))

/// Who gets the money: an organisation, by the name it is registered under. Where its bank account
/// is stays out of the journal.
struct partner {
    std::string name;
    std::string registration;  ///< register and number, as in "RU-INN-7707083893"; may be empty
    bool operator==(const partner&) const = default;
};
VECHE_FIELDS(partner, (name, "Registered name."),
             (registration, "Register and number, as in RU-INN-7707083893."))

struct instalment {
    date due;
    amount amount_;
    bool operator==(const instalment&) const = default;
};
VECHE_FIELDS(instalment, (due, "Day on which it falls due."), (amount_, "How much."))

/// Against what an instalment of a contract is paid.
enum class instalment_proof : std::uint8_t { signing, interim_report, final_report };
VECHE_CHOICES(instalment_proof, signing, interim_report, final_report)

/// An instalment of a contract as its call fixed it.
struct promised_part {
    instalment_proof shown{};
    std::int32_t due_days = 0;
    amount amount_;
    bool operator==(const promised_part&) const = default;
};
VECHE_FIELDS(promised_part, (shown, "Against what it is paid."),
             (due_days, "Days from signing until it falls due."), (amount_, "How much."))

/// A step of what is planned, counted from the beginning of the year.
struct plan_step {
    date by;
    amount amount_;
    bool operator==(const plan_step&) const = default;
};
VECHE_FIELDS(plan_step, (by, "Day by the end of which it is to be."),
             (amount_, "How much is to be committed or paid by then, since the year began."))

enum class rounding_mode : std::uint8_t { half_even, half_up, down };
VECHE_CHOICES(rounding_mode, half_even, half_up, down)

/// How much of the one unit a whole of the other is worth, by whom, when, and how what is left over
/// is rounded. Nothing of this has a default.
struct exchange_rate {
    ratio rate;
    std::string source;
    date on;
    rounding_mode rounding{};
    bool operator==(const exchange_rate&) const = default;
};
VECHE_FIELDS(exchange_rate,
             (rate, "Units got for one unit given, as a fraction: 8242135/100000 is 82.42135."),
             (source, "Who published the rate."), (on, "Of which day it is."),
             (rounding, "How the last minor unit is rounded."))

/// What a whole of another unit is worth in that of a commitment.
struct unit_rate {
    unit_id unit;
    exchange_rate at;
    bool operator==(const unit_rate&) const = default;
};
VECHE_FIELDS(unit_rate, (unit, "The other currency."), (at, "The rate."))

/// One cost of a claim, in the currency in which it arose.
struct claim_item {
    std::string title;
    amount amount_;
    std::optional<content_ref> document;
    bool operator==(const claim_item&) const = default;
};
VECHE_FIELDS(claim_item, (title, "What it was for."), (amount_, "What it cost."),
             (document, "Invoice or other proof, by its content."))

enum class deduction_kind : std::uint8_t {
    not_eligible,
    outside_period,
    no_proof,
    twice,
    arithmetic,
    procurement,
    other
};
VECHE_CHOICES(deduction_kind, not_eligible, outside_period, no_proof, twice, arithmetic,
              procurement, other)

/// One line of a bank's statement. Who paid or was paid is not in it: names and accounts of others
/// stay out of the journal.
struct statement_line {
    std::string line;  ///< the bank's own reference of it, once in a statement
    date day;
    amount amount_;  ///< what it adds; below zero what left
    std::optional<std::string> end_to_end;
    std::optional<std::string> text;
    bool operator==(const statement_line&) const = default;
};
VECHE_FIELDS(statement_line, (line, "The bank's reference of the line."),
             (day, "Day on which the bank booked it."),
             (amount_, "What it adds to the account; below zero what left it."),
             (end_to_end, "The id that went with the order from end to end."),
             (text, "Text of the bank; never the name or account of another."))

/// What control takes off a claim.
struct deduction {
    std::int32_t item = 0;  ///< number of the item in the claim, from 1
    amount amount_;         ///< in the unit of the commitment
    deduction_kind kind{};
    std::string note;
    bool operator==(const deduction&) const = default;
};
VECHE_FIELDS(deduction, (item, "Number of the item in the claim, from 1."),
             (amount_, "How much is taken off, in the unit of the commitment."), (kind, "Why."),
             (note, "In words."))

}  // namespace veche::fund
