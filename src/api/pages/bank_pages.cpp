// The bank beside the book: what each account holds here and there, which lines wait, what the bank
// has not shown. A difference stands on top, before anything that explains it.

#include "api/pages/acts.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/money_office.hpp"
#include "fund/book_text.hpp"
#include "fund/views.hpp"

namespace veche::api::pages {
namespace {

using namespace fund;

/// A line of the bank with what the book has for it, if it has anything.
struct bank_line_card {
    bank_line_row line;
    std::string did;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(bank_line_card, (line, "The line."),
                (did, "What the entry of the book did, in words."),
                (acts, "How the reader may record it."))

struct unseen_card {
    std::string what;
    unseen_row entry;
};
VECHE_VIEW_HERE(unseen_card, (what, "What it did, in words."), (entry, "The entry."))

struct bank_account_card {
    bank_account_row account;
    bool agrees = false;
    bool compared = false;
};
VECHE_VIEW_HERE(bank_account_card, (account, "The account."),
                (agrees, "Whether bank and book say the same."),
                (compared, "Whether there is a statement to compare with."))

struct bank_page {
    std::vector<bank_account_card> accounts;
    bool compared = false;
    std::vector<bank_line_card> waiting;
    std::vector<unseen_card> unseen;
    std::vector<bank_line_card> matched;
    shown<reconciliation_view> view;
    std::vector<act> acts;
    std::string query;
};
VECHE_VIEW_HERE(bank_page, (accounts, "Accounts at the bank."),
                (compared, "Whether there is any statement."),
                (waiting, "Lines that are not in the book, or not so."),
                (unseen, "Entries that the bank does not show."), (matched, "Lines that agree."),
                (view, "All of it."), (acts, "What the reader may do."),
                (query, "The account chosen as part of an address."))

/// What a line that has no entry may be, as forms that already hold what the bank says of it. The
/// bank's reference becomes that of the entry, by which the two will belong together.
std::vector<act> ways_to_record(const visit& here, const bank_line_row& line) {
    const bool waits = line.status == bank_line_status::waiting;
    const bool sent_back = line.status == bank_line_status::returned && line.what == "payment";
    if (!waits && !sent_back) return {};
    const bool came = line.amount_.minor > 0;
    const std::int64_t minor = came ? line.amount_.minor : -line.amount_.minor;
    const std::string& unit = line.amount_.unit.value;
    std::vector<act_field> told{{"amount.minor", fund::decimal_text(minor, here.names.scale(unit))},
                                {"amount.unit", unit},
                                {"effective", to_text(line.day)},
                                {"reference", line.line}};
    if (line.account.value != "main") told.push_back({"bank", line.account.value});
    const auto office = office_with_power(here, "money");
    act_list acts(here, "bank");
    if (sent_back) {
        told.push_back({"payment", *line.id});
        acts.form("fund.receive_recovery", office, told);
    } else if (came) {
        acts.form("fund.receive_contribution", office, told);
        acts.form("fund.record_income", office, told);
        acts.form("fund.receive_refund", office, told);
        acts.form("fund.receive_recovery", office, told);
    } else {
        acts.form("fund.record_bank_charge", office, told);
    }
    return acts.take();
}

response bank(visit& here) {
    here.page.door = "money";
    reconciliation_query query;
    if (const std::string account = identifier_asked(here, "account"); !account.empty())
        query.account = bank_account_id{account};
    VECHE_SHOW_OR_FAIL(view, here, here.ask<reconciliation_view>(query));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(view->lines);
    here.above("money", here.text("door.money"));
    here.above("balances", here.text("money.balances"));
    act_list acts(here, "bank");
    const auto office = office_with_power(here, "money");
    acts.form("fund.record_statement", office, {});
    acts.form("fund.record_income", office, {});
    bank_page page{{}, !view->statements.empty(), {}, {}, {}, view, acts.take(), query_text(here)};
    for (const bank_account_row& one : view->accounts)
        page.accounts.push_back(
            {one, one.difference && one.difference->minor == 0, one.difference.has_value()});
    for (const bank_line_row& one : view->lines)
        (one.status == bank_line_status::matched ? page.matched : page.waiting)
            .push_back({one, one.what ? here.text("money.kind." + *one.what) : std::string(),
                        ways_to_record(here, one)});
    for (const unseen_row& one : view->unseen)
        page.unseen.push_back({here.text("money.kind." + one.what), one});
    return here.show("bank", page);
}

constexpr page_route bank_routes[] = {{"bank", bank}};
constexpr template_need bank_needs[] = {{"bank", &describe<bank_page>}};

}  // namespace

const page_group bank_pages{bank_routes, bank_needs};

}  // namespace veche::api::pages
