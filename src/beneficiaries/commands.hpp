#pragma once
// What may be asked. A record that exists is put again as a whole, with the reason: what it said
// before stays on the journal.

#include <tuple>

#include "beneficiaries/terms.hpp"

namespace veche::beneficiaries {

/// By an office with power "beneficiaries" in the body.
struct name_payer {
    static constexpr wire_info wire{"beneficiaries.name_payer", 1,
                                    "Say which public body owes a report for each year."};
    party_id payer;
    body_id body;
    std::int32_t from = 0;
    std::optional<std::int32_t> until;
    std::int32_t due_days = 0;
    std::string rule;
    std::optional<office_id> office;
    localized reason;
};
VECHE_FIELDS(name_payer, (payer, "The organisation of the register that pays."),
             (body, "The body whose office answers for its reports."),
             (from, "The first year for which it owes one."),
             (until, "The last year for which it owes one."),
             (due_days, "Days after the end of a year within which its report is due."),
             (rule, "The rule by which it owes them."),
             (office, "An office that may report for it, beside that of the body."),
             (reason, "Why the record is corrected, by language."))

/// Of one part of a report.
inline constexpr std::size_t max_payments = 200;

/// By an office with power "beneficiaries" in the payer's body, or by the payer's own office. A
/// report has one part or several; a part that exists is put again with the reason. A zero report
/// is one part without payments.
struct report_payments {
    static constexpr wire_info wire{"beneficiaries.report_payments", 1,
                                    "Report what a public body paid in a year, or that it paid "
                                    "nothing."};
    party_id payer;
    std::int32_t year = 0;
    std::int32_t part = 1;
    bool zero = false;
    std::vector<disclosed_payment> payments;
    std::string source;
    std::optional<std::string> address;
    std::optional<content_ref> document;
    localized reason;
};
VECHE_FIELDS(report_payments, (payer, "Who paid."), (year, "The year."),
             (part, "Number of the part, from 1."),
             (zero, "Whether nothing was paid; that is a report."),
             (payments,
              "What was paid; to one recipient under one rule for one purpose in one "
              "row."),
             (source, "Where the figures are from."), (address, "Where they stand on the web."),
             (document, "The report as it was sent."),
             (reason, "Why the part is corrected, by language."))

/// By an office with power "beneficiaries" in the body. Amounts and days come from the book of the
/// fund.
struct refer_commitment {
    static constexpr wire_info wire{"beneficiaries.refer_commitment", 1,
                                    "Say that a commitment of the fund is a grant to an "
                                    "organisation, or advertising."};
    spending_id commitment;
    body_id body;
    party_id recipient;
    payment_kind kind{};
    std::string rule;
    conflict_note conflicts{};
    localized tie;
    localized reason;
};
VECHE_FIELDS(refer_commitment, (commitment, "The commitment of the fund."),
             (body, "The body whose office answers for it."),
             (recipient, "The organisation of the register that it pays."),
             (kind, "A grant or a contract for advertising."),
             (rule, "The rule under which it is paid."),
             (conflicts, "What was said of ties between who decided and who is paid."),
             (tie, "The tie that was declared, by language."),
             (reason, "Why the record is corrected, by language."))

using commands = std::tuple<name_payer, report_payments, refer_commitment>;

}  // namespace veche::beneficiaries
