#pragma once
// What is public of public money: all of it.

#include "beneficiaries/beneficiaries.hpp"
#include "beneficiaries/standing.hpp"

namespace veche::beneficiaries {

/// An organisation as others name it. Without a name where the register has no such record.
struct party_name {
    party_id id;
    localized names;
    std::optional<member_id> member;
};
VECHE_FIELDS(party_name, (id, "Short name in the register."), (names, "Names by language."),
             (member, "The member that it is of."))

struct payments_query {
    static constexpr wire_info wire{"beneficiaries.payments", 1,
                                    "What was paid to whom, row by row."};
    std::optional<std::int32_t> year;
    std::optional<party_id> payer;
    std::optional<bool> fund;
    std::optional<party_id> recipient;
    std::optional<payment_kind> kind;
    std::optional<std::int32_t> offset;
    std::optional<std::int32_t> count;
};
VECHE_FIELDS(payments_query, (year, "Only of this year."), (payer, "Only by this public body."),
             (fund, "Only by the fund, or only by others."),
             (recipient, "Only to this organisation."), (kind, "Only of this kind."),
             (offset, "How many to leave out at the beginning."),
             (count, "How many to show; all where nothing is said."))

struct payment_row {
    std::int32_t year = 0;
    std::optional<party_name> payer;
    std::optional<party_name> recipient;
    std::optional<std::int64_t> persons;
    payment_kind kind{};
    std::string rule;
    localized purpose;
    amount money;
    std::optional<amount> came_back;
    conflict_note conflicts{};
    localized tie;
    std::optional<spending_id> commitment;
    std::optional<std::string> payment;
    std::int64_t seq = 0;
};
VECHE_FIELDS(payment_row, (year, "The year."), (payer, "Who paid; nothing: the fund."),
             (recipient, "Who was paid, or"), (persons, "how many natural persons."),
             (kind, "A grant or advertising."), (rule, "The rule under which it was paid."),
             (purpose, "What for."), (money, "How much."),
             (came_back, "What came back of it to the fund."),
             (conflicts, "What was said of ties."), (tie, "The tie that was declared."),
             (commitment, "The commitment of the fund."),
             (payment, "The fund's order to its bank."), (seq, "Entry that says so."))

struct payments_view {
    std::vector<payment_row> payments;
    std::vector<amount> sums;
    std::int32_t found = 0;
    std::int32_t total = 0;
};
VECHE_FIELDS(payments_view, (payments, "The latest year first, then by recipient."),
             (sums, "Sums of all that match, by unit, less what came back."),
             (found, "How many match."), (total, "How many there are in all."))

struct reports_query {
    static constexpr wire_info wire{"beneficiaries.reports", 1,
                                    "By payer and year: what was reported, and who has not."};
    std::optional<std::int32_t> year;
    std::optional<party_id> payer;
    std::optional<report_standing> standing;
    std::optional<std::int32_t> offset;
    std::optional<std::int32_t> count;
};
VECHE_FIELDS(reports_query, (year, "Only for this year."), (payer, "Only of this public body."),
             (standing, "Only those that stand so."),
             (offset, "How many to leave out at the beginning."),
             (count, "How many to show; all where nothing is said."))

struct report_row {
    std::int32_t year = 0;
    std::optional<party_name> payer;
    std::optional<report_standing> standing;
    std::optional<date> due;
    std::optional<std::int64_t> days_late;
    std::int64_t rows = 0;
    std::vector<amount> sums;
    std::string rule;
    std::optional<std::int64_t> seq;
};
VECHE_FIELDS(report_row, (year, "The year."), (payer, "Who paid; nothing: the fund."),
             (standing, "Where its report stands, by rule; the fund's is its book."),
             (due, "The last day on which it is in time."),
             (days_late, "Days by which it was late, or is."), (rows, "Payments."),
             (sums, "What was paid, by unit, less what came back."),
             (rule, "The rule by which it reports."), (seq, "Entry of the report."))

struct reports_view {
    std::vector<report_row> reports;
    std::int32_t found = 0;
    std::int64_t missing = 0;
};
VECHE_FIELDS(reports_view, (reports, "The latest year first, the fund before others."),
             (found, "How many match."),
             (missing, "How many reports are missing, whatever was asked for."))

struct recipients_query {
    static constexpr wire_info wire{"beneficiaries.recipients", 1, "By recipient."};
    std::optional<std::int32_t> year;
    std::optional<party_id> payer;
    std::optional<payment_kind> kind;
    std::optional<bool> fund;
    std::optional<std::int32_t> offset;
    std::optional<std::int32_t> count;
};
VECHE_FIELDS(recipients_query, (year, "Only of this year."), (payer, "Only by this public body."),
             (kind, "Only of this kind."), (fund, "Only by the fund, or only by others."),
             (offset, "How many to leave out at the beginning."),
             (count, "How many to show; all where nothing is said."))

struct recipient_row {
    std::optional<party_name> recipient;
    std::int32_t first = 0;
    std::int32_t last = 0;
    std::int64_t payers = 0;
    std::int64_t rows = 0;
    std::vector<amount> sums;
};
VECHE_FIELDS(recipient_row, (recipient, "Who was paid; nothing: natural persons."),
             (first, "The first year."), (last, "The last year."),
             (payers, "How many paid, the fund too."), (rows, "Payments."),
             (sums, "What was paid, by unit, less what came back."))

struct recipients_view {
    std::vector<recipient_row> recipients;
    std::int32_t found = 0;
};
VECHE_FIELDS(recipients_view, (recipients, "By short name, natural persons last."),
             (found, "How many match."))

struct report_query {
    static constexpr wire_info wire{"beneficiaries.report", 1,
                                    "The report of a payer for a year, with its history."};
    party_id payer;
    std::int32_t year = 0;
};
VECHE_FIELDS(report_query, (payer, "The payer."), (year, "The year."))

struct part_row {
    std::int32_t part = 0;
    bool zero = false;
    std::int64_t rows = 0;
    std::vector<amount> sums;
    std::string source;
    std::optional<std::string> address;
    std::optional<content_ref> document;
    localized reason;
    person_id by;
    std::string as;
    instant at;
    std::vector<std::int64_t> versions;
};
VECHE_FIELDS(part_row, (part, "Number."), (zero, "Whether it says that nothing was paid."),
             (rows, "Payments."), (sums, "What was paid, by unit."),
             (source, "Where the figures are from."), (address, "Where they stand on the web."),
             (document, "The report as it was sent."), (reason, "Why it was corrected."),
             (by, "Who reported."), (as, "Under which office."), (at, "When."),
             (versions, "Entries that recorded it, the last holds."))

struct report_view {
    report_row row;
    body_id body;
    std::int32_t from = 0;
    std::optional<std::int32_t> until;
    std::vector<part_row> parts;
    std::vector<payment_row> payments;
};
VECHE_FIELDS(report_view, (row, "The report in short."),
             (body, "The body whose office answers for it."),
             (from, "The first year for which the payer owes one."), (until, "The last one."),
             (parts, "Its parts."), (payments, "What it names, by recipient."))

struct payers_query {
    static constexpr wire_info wire{"beneficiaries.payers", 1,
                                    "Public bodies that owe reports of what they paid."};
};
VECHE_NO_FIELDS(payers_query)

struct payer_row {
    party_name payer;
    body_id body;
    std::int32_t from = 0;
    std::optional<std::int32_t> until;
    std::int32_t due_days = 0;
    std::string rule;
    std::optional<office_id> office;
    std::vector<std::int64_t> versions;
};
VECHE_FIELDS(payer_row, (payer, "The payer."), (body, "The body whose office answers for it."),
             (from, "The first year for which it owes a report."), (until, "The last year."),
             (due_days, "Days after the end of a year within which it is due."),
             (rule, "The rule by which it owes them."), (office, "Its own office."),
             (versions, "Entries that recorded it, the last holds."))

struct payers_view {
    std::vector<payer_row> payers;
};
VECHE_FIELDS(payers_view, (payers, "By short name."))

struct unreferred_query {
    static constexpr wire_info wire{
        "beneficiaries.unreferred", 1,
        "Commitments of the fund to media, cultural bodies and associations of the register of "
        "which nobody has said what they are."};
};
VECHE_NO_FIELDS(unreferred_query)

struct unreferred_row {
    spending_id commitment;
    localized purpose;
    party_name recipient;
};
VECHE_FIELDS(unreferred_row, (commitment, "The commitment."), (purpose, "What for."),
             (recipient, "Whom it pays."))

struct unreferred_view {
    std::vector<unreferred_row> commitments;
};
VECHE_FIELDS(unreferred_view, (commitments, "By short name."))

using queries = std::tuple<payments_query, reports_query, recipients_query, report_query,
                           payers_query, unreferred_query>;

result<payments_view> ask(const world&, const payments_query&, const viewer&);
result<reports_view> ask(const world&, const reports_query&, const viewer&);
result<recipients_view> ask(const world&, const recipients_query&, const viewer&);
result<report_view> ask(const world&, const report_query&, const viewer&);
result<payers_view> ask(const world&, const payers_query&, const viewer&);
result<unreferred_view> ask(const world&, const unreferred_query&, const viewer&);

}  // namespace veche::beneficiaries
