#pragma once
// Money that comes and goes at the bank, apart from payments on commitments. Power "money".

#include "charter/charter.hpp"
#include "fund/terms.hpp"

namespace veche::fund {

/// An account at a bank, or a store of things, that the fund keeps. Without it there is "main".
struct open_bank_account {
    static constexpr wire_info wire{"fund.open_bank_account", 1, "Open an account of the fund."};
    bank_account_id account;
    localized name;
    unit_id unit;
    bool operator==(const open_bank_account&) const = default;
};
VECHE_FIELDS(open_bank_account, (account, "Id of the account."), (name, "Name by language."),
             (unit, "What it holds."))

/// Money of a member has arrived in the bank. A former member may still pay what it owed; what
/// comes above that is a prepayment.
struct receive_contribution {
    static constexpr wire_info wire{"fund.receive_contribution", 1,
                                    "Record a contribution received."};
    contribution_id contribution;
    member_id member;
    amount amount_;
    date effective;
    std::string reference;
    std::optional<bank_account_id> bank;
    bool operator==(const receive_contribution&) const = default;
};
VECHE_FIELDS(receive_contribution, (contribution, "Id of the receipt."), (member, "Who paid."),
             (amount_, "What arrived."), (effective, "Value date."),
             (reference, "Reference of the bank."),
             (bank, "Account of the fund; else the main one."))

/// By another person than the one who recorded it. A new entry that reverses the receipt; nothing
/// is deleted.
struct correct_contribution {
    static constexpr wire_info wire{"fund.correct_contribution", 1,
                                    "Reverse a receipt recorded by mistake."};
    correction_id correction;
    contribution_id contribution;
    localized reason;
    bool operator==(const correct_contribution&) const = default;
};
VECHE_FIELDS(correct_contribution, (correction, "Id of the correction."),
             (contribution, "The receipt."), (reason, "Why, by language."))

enum class income_kind : std::uint8_t { interest, gift, fee, other };
VECHE_CHOICES(income_kind, interest, gift, fee, other)

/// Income that no member owes.
struct record_income {
    static constexpr wire_info wire{"fund.record_income", 1, "Record other income of the fund."};
    income_id income;
    income_kind kind{};
    amount amount_;
    date effective;
    std::string reference;
    std::optional<bank_account_id> bank;
    bool operator==(const record_income&) const = default;
};
VECHE_FIELDS(record_income, (income, "Id of the receipt."), (kind, "What kind of income."),
             (amount_, "What arrived."), (effective, "Value date."),
             (reference, "Reference of the bank."),
             (bank, "Account of the fund; else the main one."))

/// What the bank takes for itself, out of a line.
struct record_bank_charge {
    static constexpr wire_info wire{"fund.record_bank_charge", 1, "Record a charge of the bank."};
    charge_id charge;
    line_id line;
    amount amount_;
    date effective;
    std::string reference;
    std::optional<bank_account_id> bank;
    bool operator==(const record_bank_charge&) const = default;
};
VECHE_FIELDS(record_bank_charge, (charge, "Id of the charge."), (line, "The line that pays it."),
             (amount_, "What was taken."), (effective, "Value date."),
             (reference, "Reference of the bank."),
             (bank, "Account of the fund; else the main one."))

/// The stated rate must give the second amount from the first, to the minor unit.
struct exchange_money {
    static constexpr wire_info wire{"fund.exchange_money", 1, "Record an exchange at the bank."};
    exchange_id exchange;
    amount given;
    amount got;
    exchange_rate at;
    date effective;
    std::string reference;
    std::optional<bank_account_id> from_bank;
    std::optional<bank_account_id> to_bank;
    bool operator==(const exchange_money&) const = default;
};
VECHE_FIELDS(exchange_money, (exchange, "Id of the exchange."), (given, "What was given."),
             (got, "What came for it."), (at, "The rate."), (effective, "Value date."),
             (reference, "Reference of the bank."),
             (from_bank, "Account that gave; else the main one."),
             (to_bank, "Account that got; else the main one."))

/// What the bank says of an account: its lines lead from the opening to the closing balance, which
/// is where the next statement opens. It writes nothing in the book; it is what the book is
/// compared with. The first statement of an account may open with anything.
struct record_statement {
    static constexpr wire_info wire{"fund.record_statement", 1, "Record a statement of the bank."};
    statement_id statement;
    std::optional<bank_account_id> bank;
    date from;
    date until;
    amount opening;
    amount closing;
    std::vector<statement_line> lines;
    bool operator==(const record_statement&) const = default;
};
VECHE_FIELDS(record_statement, (statement, "Id of the statement."),
             (bank, "Account of the fund; else the main one."), (from, "Its first day."),
             (until, "Its last day."), (opening, "Booked balance before the first day."),
             (closing, "Booked balance after the last day."),
             (lines, "What the bank booked between them."))

/// What forecasts are told in a member's own currency by. Nothing in the book changes by it; the
/// newest that is not of a later day counts.
struct name_rate {
    static constexpr wire_info wire{"fund.name_rate", 1, "Name a rate for forecasts."};
    rate_id rate;
    unit_id from;
    unit_id to;
    exchange_rate at;
    bool operator==(const name_rate&) const = default;
};
VECHE_FIELDS(name_rate, (rate, "Id of the named rate."), (from, "Unit that is told in another."),
             (to, "Unit that it is told in."), (at, "The rate."))

/// How far a budget had come when its figures were stated.
enum class budget_stage : std::uint8_t { announced, reading, adopted, decreed, amended, reported };
VECHE_CHOICES(budget_stage, announced, reading, adopted, decreed, amended, reported)

/// What is known of a budget from before this book, with its source. A fact beside the book: no
/// account and no authority changes by it.
struct record_past_budget {
    static constexpr wire_info wire{"fund.record_past_budget", 1,
                                    "Record what is known of a past budget."};
    past_budget_id budget;
    std::int32_t year = 0;
    budget_stage stage{};
    std::optional<amount> revenue;
    std::optional<amount> contributions;
    std::optional<amount> expenditure;
    std::string source;
    charter::source_mark mark{};
    bool operator==(const record_past_budget&) const = default;
};
VECHE_FIELDS(record_past_budget, (budget, "Id of the record."), (year, "Budget year."),
             (stage, "How far the budget had come."), (revenue, "All revenue."),
             (contributions, "What members were to contribute."), (expenditure, "All expenditure."),
             (source, "Where the figures are stated."), (mark, "How far the source was read."))

}  // namespace veche::fund
