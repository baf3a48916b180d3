#pragma once
// What people see of the fund. Every figure names the entries behind it.

#include <tuple>

#include "fund/arrears_views.hpp"
#include "fund/contract_views.hpp"
#include "fund/fund.hpp"
#include "fund/pace_views.hpp"

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
    std::optional<line_id> parent;
    amount original;
    amount amended;
    amount given;
    amount open;
    amount paid;
    amount available;
    decision_id decision;
    std::optional<measure_id> measure;
    std::int64_t seq = 0;
    std::optional<std::int32_t> provisional{};
};
VECHE_FIELDS(line_row, (line, "The budget line."), (title, "Its title."), (year, "Budget year."),
             (parent, "The line it is a part of."), (original, "Appropriation as first decided."),
             (amended, "Appropriation in force."), (given, "Given to lines under it."),
             (open, "Reserved and committed, not paid."), (paid, "Paid."),
             (available, "What can still be spent."), (decision, "The decision."),
             (measure, "The measure it pays for."), (seq, "Entry."),
             (provisional,
              "How many twelfths of last year's line it is, while the budget is "
              "late."))

struct unit_total {
    amount original;
    amount amended;
    amount open;
    amount paid;
    amount available;
};
VECHE_FIELDS(unit_total, (original, "As first decided."), (amended, "In force."),
             (open, "Reserved and committed, not paid."), (paid, "Paid."),
             (available, "What can still be spent."))

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
             (totals, "Sums by unit of the lines shown that are no part of another one."))

struct member_row {
    member_id member;
    localized name;
    amount assessed;
    amount received;
    amount written_off;
    amount outstanding;  ///< negative: paid ahead
    std::int64_t last_seq = 0;
};
VECHE_FIELDS(member_row, (member, "The member."), (name, "Its name."), (assessed, "Called."),
             (received, "Received."), (written_off, "Given up."),
             (outstanding, "Still owed; below zero, paid ahead."), (last_seq, "The latest entry."))

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

// --- Commitments, claims, payments
// ------------------------------------------------------------------

enum class commitment_status : std::uint8_t { pending, open, voided, expired, done };
VECHE_CHOICES(commitment_status, pending, open, voided, expired, done)

struct commitment_row {
    commitment_id id;
    line_id line;
    localized line_title;
    localized purpose;
    fund::partner partner;
    commitment_status status{};
    amount amount_;
    amount released;
    amount accepted;
    amount paid;
    amount advanced;
    std::optional<date> expires;
    decision_id decision;
    std::int64_t seq = 0;
};
VECHE_FIELDS(commitment_row, (id, "The commitment."), (line, "The line that pays."),
             (line_title, "Title of the line."), (purpose, "What for."), (partner, "Who gets it."),
             (status, "Where it stands; done when nothing is left of it."),
             (amount_, "Reserved; once confirmed, committed."), (released, "Released of it."),
             (accepted, "Accepted of claims."), (paid, "Paid."),
             (advanced, "Paid ahead and not settled."), (expires, "Last day of the reservation."),
             (decision, "The decision it rests on."), (seq, "Entry."))

struct commitments_query {
    static constexpr wire_info wire{"fund.commitments", 1, "Reservations and commitments."};
    std::optional<line_id> line;
};
VECHE_FIELDS(commitments_query, (line, "Only of this line."))

struct commitments_view {
    std::vector<commitment_row> commitments;
};
VECHE_FIELDS(commitments_view, (commitments, "The latest first."))

struct claim_row {
    claim_id id;
    commitment_id commitment;
    localized purpose;
    fund::partner partner;
    claim_status status{};
    amount claimed;
    amount deducted;
    amount accepted;
    amount paid;
    std::int64_t seq = 0;
    std::optional<std::int64_t> judged_seq;
    person_id submitted_by;
};
VECHE_FIELDS(claim_row, (id, "The claim."), (commitment, "The commitment."),
             (purpose, "What the commitment is for."), (partner, "Who claims."),
             (status, "Where it stands."), (claimed, "What is asked for."),
             (deducted, "What control took off."), (accepted, "What is owed."), (paid, "Paid."),
             (seq, "Entry."), (judged_seq, "Entry that judged it."),
             (submitted_by, "Who submitted it."))

struct claims_query {
    static constexpr wire_info wire{"fund.claims", 1, "Claims of partners."};
    std::optional<claim_status> status;
};
VECHE_FIELDS(claims_query, (status, "Only those that stand so."))

struct claims_view {
    std::vector<claim_row> claims;
};
VECHE_FIELDS(claims_view, (claims, "The latest first."))

struct payment_row {
    payment_id id;
    claim_id claim;
    commitment_id commitment;
    line_id line;
    localized purpose;
    fund::partner partner;
    amount amount_;
    amount recovered;
    date effective;
    bank_account_id bank;
    decision_id decision;
    std::int64_t seq = 0;
};
VECHE_FIELDS(payment_row, (id, "The payment."), (claim, "The claim."),
             (commitment, "The commitment."), (line, "The line."), (purpose, "What for."),
             (partner, "Who was paid."), (amount_, "How much."), (recovered, "What came back."),
             (effective, "Day of the order."), (bank, "Account of the fund."),
             (decision, "The decision it rests on."), (seq, "Entry."))

struct payments_query {
    static constexpr wire_info wire{"fund.payments", 1, "Payments on claims."};
};
VECHE_NO_FIELDS(payments_query)

struct payments_view {
    std::vector<payment_row> payments;
};
VECHE_FIELDS(payments_view, (payments, "The latest first."))

struct advance_row {
    advance_id id;
    commitment_id commitment;
    line_id line;
    localized purpose;
    fund::partner partner;
    amount amount_;
    date effective;
    bank_account_id bank;
    decision_id decision;
    std::int64_t seq = 0;
};
VECHE_FIELDS(advance_row, (id, "The advance."), (commitment, "The commitment."),
             (line, "The line."), (purpose, "What for."), (partner, "Who was paid ahead."),
             (amount_, "How much."), (effective, "Day of the order."),
             (bank, "Account of the fund."), (decision, "The decision it rests on."),
             (seq, "Entry."))

struct advances_query {
    static constexpr wire_info wire{"fund.advances", 1, "Advances paid on commitments."};
};
VECHE_NO_FIELDS(advances_query)

struct advances_view {
    std::vector<advance_row> advances;
};
VECHE_FIELDS(advances_view, (advances, "The latest first."))

struct claim_item_row {
    std::int64_t number = 0;
    std::string title;
    amount asked;
    amount converted;
    std::optional<content_ref> document;
};
VECHE_FIELDS(claim_item_row, (number, "Number in the claim."), (title, "What it was for."),
             (asked, "What it cost."), (converted, "In the unit of the commitment, frozen."),
             (document, "Its proof."))

struct claim_detail {
    claim_row claim;
    std::vector<claim_item_row> items;
    std::vector<unit_rate> rates;
    std::vector<deduction> deductions;
    localized reason;
};
VECHE_FIELDS(claim_detail, (claim, "The claim."), (items, "Its costs."), (rates, "Its rates."),
             (deductions, "What control took off."), (reason, "Why it was rejected."))

struct event_row {
    std::string what;
    std::string id;
    amount amount_;
    std::optional<date> day;
    std::int64_t seq = 0;
};
VECHE_FIELDS(event_row, (what, "Kind of the entry in the book."), (id, "Its id."),
             (amount_, "How much."), (day, "The day it is for."), (seq, "Entry."))

struct commitment_query {
    static constexpr wire_info wire{"fund.commitment", 1, "The life of one commitment."};
    commitment_id id;
};
VECHE_FIELDS(commitment_query, (id, "The commitment."))

struct commitment_view {
    commitment_row commitment;
    std::optional<content_ref> contract;
    std::vector<instalment> instalments;
    localized reason;
    std::vector<claim_detail> claims;
    std::vector<payment_row> payments;
    std::vector<event_row> entries;
};
VECHE_FIELDS(commitment_view, (commitment, "Where it stands."), (contract, "The contract."),
             (instalments, "When parts fall due."), (reason, "Why it was given up."),
             (claims, "Its claims, the first first."), (payments, "Its payments, the first first."),
             (entries, "What the book wrote for it, the first first."))

struct account_query {
    static constexpr wire_info wire{"fund.account", 1, "Every entry of one account."};
    std::string account;
    unit_id unit;
};
VECHE_FIELDS(account_query, (account, "The account, as in Bank:main."), (unit, "The unit."))

struct account_entry_row {
    std::string what;
    std::string id;
    std::optional<date> day;
    amount change;
    amount balance;
    std::string other;
    std::optional<decision_id> decision;
    std::int64_t seq = 0;
};
VECHE_FIELDS(account_entry_row, (what, "Kind of the entry."), (id, "Its id."),
             (day, "The day it is for."), (change, "What it adds."),
             (balance, "What the account holds after it, in the order of writing."),
             (other, "The account on the other side; nothing where there are several."),
             (decision, "The decision it rests on."), (seq, "Entry."))

struct account_view {
    std::string account;
    amount balance;
    std::vector<account_entry_row> entries;
};
VECHE_FIELDS(account_view, (account, "The account."), (balance, "What it holds."),
             (entries, "In the order of their writing."))

// --- The bank beside the book
// -----------------------------------------------------------------------

/// What became of a line of the bank. A line is about an entry of the book by the id that went with
/// the order from end to end, or by the bank's reference that the book has.
enum class bank_line_status : std::uint8_t {
    matched,   ///< an entry of the book with the same amount
    differs,   ///< an entry with another amount
    repeated,  ///< its entry has its line already
    returned,  ///< the other way than the entry that has its line already
    waiting    ///< nothing in the book is about it yet
};
VECHE_CHOICES(bank_line_status, matched, differs, repeated, returned, waiting)

struct bank_line_row {
    bank_account_id account;
    statement_id statement;
    std::string line;
    date day;
    amount amount_;
    std::optional<std::string> end_to_end;
    std::optional<std::string> text;
    bank_line_status status{};
    std::optional<std::string> what;
    std::optional<std::string> id;
    std::optional<amount> booked;
    std::optional<std::int64_t> booked_seq;
    std::int64_t seq = 0;
};
VECHE_FIELDS(bank_line_row, (account, "Account of the fund."), (statement, "The statement."),
             (line, "The bank's reference of the line."), (day, "Day on which the bank booked it."),
             (amount_, "What it adds to the account."), (end_to_end, "The id from end to end."),
             (text, "Text of the bank."), (status, "What became of it."),
             (what, "Kind of the entry of the book that it is about."), (id, "Its id."),
             (booked, "What the book has for it."), (booked_seq, "Entry that booked it."),
             (seq, "Entry of the statement."))

struct unseen_row {
    bank_account_id account;
    std::string what;
    std::string id;
    std::optional<date> day;
    amount change;
    std::int64_t seq = 0;
};
VECHE_FIELDS(unseen_row, (account, "Account of the fund."), (what, "Kind of the entry."),
             (id, "Its id."), (day, "The day it is for."), (change, "What it adds to the account."),
             (seq, "Entry."))

struct statement_row {
    statement_id statement;
    bank_account_id account;
    date from;
    date until;
    amount opening;
    amount closing;
    amount book;
    amount difference;
    std::int64_t lines = 0;
    std::int64_t seq = 0;
};
VECHE_FIELDS(statement_row, (statement, "The statement."), (account, "Account of the fund."),
             (from, "Its first day."), (until, "Its last day."), (opening, "Where it opens."),
             (closing, "Where it closes."), (book, "What the book holds on its last day."),
             (difference, "What the bank has more than the book."), (lines, "How many lines."),
             (seq, "Entry."))

/// Balances are those of the last day of the last statement; without one, the book's is of now.
struct bank_account_row {
    bank_account_id account;
    localized name;
    amount book;
    std::optional<statement_id> statement;
    std::optional<date> day;
    std::optional<amount> bank;
    std::optional<amount> difference;
    std::int64_t waiting = 0;
    std::int64_t mismatched = 0;
    std::int64_t unseen = 0;
};
VECHE_FIELDS(bank_account_row, (account, "Account of the fund."),
             (name, "Its name, if it has one."), (book, "What the book holds on that day."),
             (statement, "The last statement."), (day, "Its last day."),
             (bank, "What the bank says."), (difference, "What the bank has more than the book."),
             (waiting, "Lines of the bank that nothing in the book is about."),
             (mismatched, "Lines that differ from their entry, repeat it or return it."),
             (unseen, "Entries of the book that no line is about."))

struct reconciliation_query {
    static constexpr wire_info wire{"fund.reconciliation", 1,
                                    "The bank's statements beside the book."};
    std::optional<bank_account_id> account;
};
VECHE_FIELDS(reconciliation_query, (account, "Only this account of the fund."))

struct reconciliation_view {
    std::vector<bank_account_row> accounts;
    std::vector<statement_row> statements;
    std::vector<bank_line_row> lines;
    std::vector<unseen_row> unseen;
};
VECHE_FIELDS(reconciliation_view, (accounts, "Accounts by id and unit."),
             (statements, "Statements of each account, the first first."),
             (lines, "Lines of the bank in the order of the statements."),
             (unseen, "Entries of the days of the statements that the bank does not show."))
// --- What moved and what was bound
// ------------------------------------------------------------------

/// One step of the money, in the words of the book: assess, reassess, write_off, receive, correct
/// (of a member), income, charge, reserve, commit, release, claim, advance, settle, payment,
/// refund, recover, exchange.
struct movement_row {
    std::string what;
    std::string id;
    date day;
    amount amount_;
    std::optional<member_id> member;
    std::optional<line_id> line;
    std::optional<commitment_id> commitment;
    std::optional<std::string> income;
    std::optional<decision_id> decision;
    std::int64_t seq = 0;
};
VECHE_FIELDS(movement_row, (what, "Kind of the step."), (id, "Its id."),
             (day, "The day it is for."),
             (amount_,
              "How much; below zero only where a new division takes from a member, and "
              "for what an exchange gave."),
             (member, "Of which member."), (line, "Of which budget line."),
             (commitment, "For which commitment."),
             (income, "As which income of the fund; Recovered where a payment came back as one."),
             (decision, "The decision it rests on."), (seq, "Entry."))

struct movements_query {
    static constexpr wire_info wire{"fund.movements", 1,
                                    "Every step of the money, from contribution to recovery."};
};
VECHE_NO_FIELDS(movements_query)

struct movements_view {
    std::vector<movement_row> movements;
};
VECHE_FIELDS(movements_view, (movements, "The first first."))

// --- By measure
// -------------------------------------------------------------------------------------

/// What the lines of one measure of the programme have for themselves in one unit, and what became
/// of it. A line that names no measure counts for that of the nearest line above it that does.
struct measure_money_row {
    std::optional<measure_id> measure;
    amount whole;
    amount open;
    amount paid;
    amount available;
    std::vector<line_id> lines;
};
VECHE_FIELDS(measure_money_row, (measure, "The measure; nothing of lines that are for none."),
             (whole, "Appropriated to the lines, less what lines under them were given."),
             (open, "Reserved and committed, not paid."), (paid, "Paid."),
             (available, "What can still be spent."), (lines, "The lines, by year and id."))

struct by_measure_query {
    static constexpr wire_info wire{"fund.by_measure", 1,
                                    "What measures of the programme were given and have spent."};
    std::optional<std::int32_t> year;
};
VECHE_FIELDS(by_measure_query, (year, "Only lines of this budget year."))

struct by_measure_view {
    std::vector<measure_money_row> measures;
};
VECHE_FIELDS(by_measure_view,
             (measures, "Measures by id and unit, and last what is for none of them."))

/// A line by itself, without what lines under it were given.
struct measure_line_row {
    line_id line;
    localized title;
    std::int32_t year = 0;
    amount whole;
    amount open;
    amount paid;
    amount available;
    decision_id decision;
    std::int64_t seq = 0;
};
VECHE_FIELDS(measure_line_row, (line, "The budget line."), (title, "Its title."),
             (year, "Budget year."),
             (whole, "Its appropriation, less what lines under it were given."),
             (open, "Reserved and committed, not paid."), (paid, "Paid."),
             (available, "What can still be spent."), (decision, "The decision."), (seq, "Entry."))

struct measure_money_query {
    static constexpr wire_info wire{"fund.measure", 1,
                                    "The money of one measure: its lines and every step."};
    std::optional<measure_id> measure;
    std::optional<std::int32_t> year;
};
VECHE_FIELDS(measure_money_query, (measure, "The measure; without one, what is for none."),
             (year, "Only lines of this budget year."))

struct measure_money_view {
    std::vector<measure_money_row> units;
    std::vector<measure_line_row> lines;
    std::vector<movement_row> steps;
};
VECHE_FIELDS(measure_money_view, (units, "Its sums, unit by unit."),
             (lines, "Its lines, by year and id."),
             (steps, "What was reserved, committed, claimed and paid on them, the first first."))

// --- Budgets from before this book
// ------------------------------------------------------------------

struct past_budget_row {
    past_budget_id id;
    std::int32_t year = 0;
    budget_stage stage{};
    std::optional<amount> revenue;
    std::optional<amount> contributions;
    std::optional<amount> expenditure;
    std::string source;
    charter::source_mark mark{};
    std::int64_t seq = 0;
};
VECHE_FIELDS(past_budget_row, (id, "The record."), (year, "Budget year."),
             (stage, "How far the budget had come."), (revenue, "All revenue."),
             (contributions, "What members were to contribute."), (expenditure, "All expenditure."),
             (source, "Where the figures are stated."), (mark, "How far the source was read."),
             (seq, "Entry."))

struct past_budgets_query {
    static constexpr wire_info wire{"fund.past_budgets", 1, "What is known of past budgets."};
};
VECHE_NO_FIELDS(past_budgets_query)

struct past_budgets_view {
    std::vector<past_budget_row> budgets;
};
VECHE_FIELDS(past_budgets_view, (budgets, "By year, in the order of recording."))

// --- The book as a file
// -----------------------------------------------------------------------------

enum class book_form : std::uint8_t { ledger, beancount, csv };
VECHE_CHOICES(book_form, ledger, beancount, csv)

struct book_query {
    static constexpr wire_info wire{"fund.book", 1, "The whole book as text for other programs."};
    book_form form = book_form::ledger;
};
VECHE_FIELDS(book_query, (form, "For hledger and ledger, for beancount, or as rows."))

struct book_view {
    std::string text;
};
VECHE_FIELDS(book_view, (text, "The file."))

using queries =
    std::tuple<balances_query, budget_query, contributions_query, line_query, commitments_query,
               commitment_query, claims_query, payments_query, account_query, movements_query,
               book_query, arrears_query, pace_query, past_budgets_query, reconciliation_query,
               by_measure_query, measure_money_query, advances_query, contracts_query>;

result<balances_view> ask(const world&, const balances_query&, const viewer&);
result<budget_view> ask(const world&, const budget_query&, const viewer&);
result<contributions_view> ask(const world&, const contributions_query&, const viewer&);
result<line_view> ask(const world&, const line_query&, const viewer&);
result<commitments_view> ask(const world&, const commitments_query&, const viewer&);
result<commitment_view> ask(const world&, const commitment_query&, const viewer&);
result<claims_view> ask(const world&, const claims_query&, const viewer&);
result<payments_view> ask(const world&, const payments_query&, const viewer&);
result<account_view> ask(const world&, const account_query&, const viewer&);
result<movements_view> ask(const world&, const movements_query&, const viewer&);
result<past_budgets_view> ask(const world&, const past_budgets_query&, const viewer&);
result<book_view> ask(const world&, const book_query&, const viewer&);
result<reconciliation_view> ask(const world&, const reconciliation_query&, const viewer&);
result<advances_view> ask(const world&, const advances_query&, const viewer&);
result<by_measure_view> ask(const world&, const by_measure_query&, const viewer&);
result<measure_money_view> ask(const world&, const measure_money_query&, const viewer&);
result<contracts_view> ask(const world&, const contracts_query&, const viewer&);

}  // namespace veche::fund
