#pragma once
// What people see of the fund. Every figure names the entries behind it.

#include <tuple>

#include "fund/fund.hpp"

namespace veche::fund {

struct balance_row {
    std::string account;
    amount balance;
    std::int64_t entries = 0;  ///< how many entries touched it
    std::int64_t last_seq = 0;
};
VECHE_FIELDS(balance_row, (account, "The account."), (balance, "Its balance."),
             (entries, "How many entries make it up."), (last_seq, "The latest of them."))

struct balances_query {
    static constexpr wire_info wire{"fund.balances", 1, "Balances of the ledger's accounts."};
    std::optional<date> at;
};
VECHE_FIELDS(balances_query, (at, "Only entries effective on or before this day."))

struct balances_view {
    std::vector<balance_row> accounts;
};
VECHE_FIELDS(balances_view, (accounts, "Accounts by name and unit."))

struct line_row {
    line_id line;
    localized title;
    std::int32_t year = 0;
    amount original;
    amount amended;
    decision_id decision;
    std::optional<measure_id> measure;
    std::int64_t seq = 0;
};
VECHE_FIELDS(line_row, (line, "The budget line."), (title, "Its title."), (year, "Budget year."),
             (original, "Appropriation as first decided."), (amended, "Appropriation in force."),
             (decision, "The decision."), (measure, "The measure it pays for."), (seq, "Entry."))

struct unit_total {
    amount original;
    amount amended;
};
VECHE_FIELDS(unit_total, (original, "As first decided."), (amended, "In force."))

struct budget_query {
    static constexpr wire_info wire{"fund.budget", 1, "Budget lines and their appropriations."};
    std::optional<std::int32_t> year;
};
VECHE_FIELDS(budget_query, (year, "Only this budget year."))

struct budget_view {
    std::vector<std::int64_t> years;
    std::vector<line_row> lines;
    std::vector<unit_total> totals;
};
VECHE_FIELDS(budget_view, (years, "Years that have lines."), (lines, "The lines, by year and id."),
             (totals, "Sums of the lines shown, by unit."))

struct member_row {
    member_id member;
    localized name;
    amount assessed;
    amount received;
    amount outstanding;  ///< negative: paid ahead
    std::int64_t last_seq = 0;
};
VECHE_FIELDS(member_row, (member, "The member."), (name, "Its name."), (assessed, "Called."),
             (received, "Received."), (outstanding, "Still owed; below zero, paid ahead."),
             (last_seq, "The latest entry."))

struct receipt_row {
    contribution_id id;
    member_id member;
    localized name;
    amount amount_;
    date effective;
    std::string reference;
    std::int64_t seq = 0;
    std::optional<std::int64_t> reversed_seq;
};
VECHE_FIELDS(receipt_row, (id, "The receipt."), (member, "Who paid."), (name, "Its name."),
             (amount_, "What arrived."), (effective, "Value date."),
             (reference, "Bank's reference."), (seq, "Entry."),
             (reversed_seq, "Entry that reversed it."))

struct contributions_query {
    static constexpr wire_info wire{"fund.contributions", 1,
                                    "Contributions called, received and outstanding."};
};
VECHE_NO_FIELDS(contributions_query)

struct contributions_view {
    std::vector<member_row> members;
    std::vector<receipt_row> receipts;
};
VECHE_FIELDS(contributions_view, (members, "By member and unit."),
             (receipts, "Receipts, the latest first."))

struct line_query {
    static constexpr wire_info wire{"fund.line", 1, "One budget line."};
    line_id id;
};
VECHE_FIELDS(line_query, (id, "The line."))

struct amendment_row {
    decision_id decision;
    amount amended;
    std::int64_t seq = 0;
};
VECHE_FIELDS(amendment_row, (decision, "The decision that changed it."),
             (amended, "The appropriation from then on."), (seq, "Entry."))

struct line_view {
    line_row line;
    std::vector<amendment_row> amendments;
};
VECHE_FIELDS(line_view, (line, "The line."), (amendments, "Changes, the first first."))

using queries = std::tuple<balances_query, budget_query, contributions_query, line_query>;

result<balances_view> ask(const world&, const balances_query&, const viewer&);
result<budget_view> ask(const world&, const budget_query&, const viewer&);
result<contributions_view> ask(const world&, const contributions_query&, const viewer&);
result<line_view> ask(const world&, const line_query&, const viewer&);

}  // namespace veche::fund
