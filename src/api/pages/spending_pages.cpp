// The road of the money: reservations and commitments, claims, payments, and the entries of an
// account. Every figure leads to its entry and to the decision behind it.

#include "api/pages/acts.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/contract_parts.hpp"
#include "api/pages/money_office.hpp"
#include "fund/views.hpp"
#include "render/filters.hpp"

namespace veche::api::pages {
namespace {

using namespace fund;

std::string commitment_path(const commitment_id& id) {
    return "commitments/" + id.value;
}

// --- Commitments
// ------------------------------------------------------------------------------------

struct commitments_page {
    shown<commitments_view> list;
};
VECHE_VIEW_HERE(commitments_page, (list, "Reservations and commitments."))

response list_commitments(visit& here) {
    VECHE_SHOW_OR_FAIL(list, here, here.ask<commitments_view>(commitments_query{}));
    if (here.form == "json") return here.json(*list);
    if (here.form == "csv") return here.csv(list->commitments);
    return here.show("commitments", commitments_page{list});
}

struct claim_card {
    claim_detail detail;
    std::vector<std::string> rates;
    std::vector<std::string> off;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(claim_card, (detail, "The claim."), (rates, "Its rates, each as a line."),
                (off, "What control took off, each as a line."), (acts, "What the reader may do."))

struct entry_line {
    std::string what;
    event_row entry;
};
VECHE_VIEW_HERE(entry_line, (what, "What it did, in words."), (entry, "The entry."))

struct commitment_page {
    shown<commitment_view> view;
    std::vector<claim_card> claims;
    std::vector<entry_line> entries;
    std::vector<act> acts;
    std::vector<calls::call_row> calls;
    std::optional<contract_card> contract;
    std::optional<contracts_part> carved;
};
VECHE_VIEW_HERE(commitment_page, (view, "The commitment."), (claims, "Its claims."),
                (entries, "What the book wrote for it."), (acts, "What the reader may do."),
                (calls, "Calls that stand on it."),
                (contract, "The contract with a winner of a call that it is of."),
                (carved, "Contracts carved out of it."))

std::vector<std::string> rates_of(const visit& here, const claim_detail& claim) {
    std::vector<std::string> lines;
    for (const unit_rate& one : claim.rates)
        lines.push_back(
            here.text("money.rate_line",
                      {{"unit", one.unit.value},
                       {"rate", rate_words(one.at.rate) + " " + claim.claim.claimed.unit.value},
                       {"source", one.at.source},
                       {"on", render::date_text(one.at.on, here.around)}}));
    return lines;
}

std::vector<std::string> deductions_of(const visit& here, const claim_detail& claim) {
    std::vector<std::string> lines;
    for (const deduction& one : claim.deductions)
        lines.push_back(here.text(
            "money.off_line",
            {{"item", std::to_string(one.item)},
             {"amount", render::amount_text(one.amount_, here.around)},
             {"kind", here.text("choice.deduction_kind." + std::string(name_of(one.kind)))},
             {"note", one.note}}));
    return lines;
}

std::vector<act> acts_on(const visit& here, const claim_row& claim, const std::string& back) {
    act_list acts(here, back);
    const auto certifies = office_with_power(here, "certify");
    const std::vector<act_field> this_claim{{"claim", claim.id.value}};
    if (claim.status == claim_status::submitted) {
        if (claim.submitted_by.value == here.context.person) {
            const auto commits = office_with_power(here, "commit");
            acts.form("fund.reject_claim", commits ? commits : certifies, this_claim,
                      here.text("money.withdraw_claim"));
        } else {
            acts.form("fund.accept_claim", certifies, this_claim);
            acts.form("fund.reject_claim", certifies, this_claim);
        }
    }
    if (claim.paid.minor < claim.accepted.minor) {
        acts.form("fund.settle_advance", certifies, this_claim);
        acts.form("fund.pay_claims", office_with_power(here, "pay"),
                  {{"payments.0.claim", claim.id.value}});
    }
    return acts.take();
}

std::vector<act> acts_on(const visit& here, const commitment_row& one, const std::string& back,
                         bool contract) {
    act_list acts(here, back);
    const auto commits = office_with_power(here, "commit");
    const std::vector<act_field> this_one{{"commitment", one.id.value}};
    if (one.status == commitment_status::pending) {
        acts.form("fund.confirm_reservation", commits, this_one);
        acts.form("fund.void_reservation", commits, this_one);
    }
    if (one.status == commitment_status::open) {
        acts.form("fund.submit_claim", commits, this_one);
        if (contract) return acts.take();
        acts.form("fund.release_commitment", commits, this_one);
        acts.form("fund.pay_advance", office_with_power(here, "pay"), this_one);
    }
    if (one.advanced.minor > 0)
        acts.form("fund.receive_refund", office_with_power(here, "money"), this_one);
    return acts.take();
}

/// The contract that the commitment is of, or the calls that stand on it with theirs.
void show_contracts(visit& here, commitment_page& page, const std::string& back) {
    const commitment_id& id = page.view->commitment.id;
    contracts_query own;
    own.contract = id;
    contracts_part of = contracts_asked(here, own, back);
    if (!of.contracts.empty()) page.contract = std::move(of.contracts.front());
    contracts_query carved;
    carved.from = id;
    contracts_part out = contracts_asked(here, carved, back);
    if (!out.contracts.empty()) page.carved = std::move(out);
    calls::calls_query standing;
    standing.commitment = calls::backing_id{id.value};
    if (page.contract) standing.commitment = calls::backing_id{page.contract->row.from.value};
    const auto calls = here.ask<calls::calls_view>(standing);
    if (!calls) return;
    for (const calls::call_row& one : (*calls)->calls)
        if (!page.contract || one.call.value == page.contract->row.call.value)
            page.calls.push_back(one);
}

response one_commitment(visit& here) {
    VECHE_SHOW_OR_FAIL(view, here, here.ask<commitment_view>(commitment_query{{here.id}}));
    if (here.form == "json") return here.json(*view);
    here.above("commitments", here.text("money.commitments"));
    const std::string back = commitment_path({here.id});
    commitment_page page;
    page.view = view;
    show_contracts(here, page, back);
    page.acts = acts_on(here, view->commitment, back, page.contract.has_value());
    if (page.contract)
        for (act& one : page.contract->acts) page.acts.push_back(std::move(one));
    for (const claim_detail& one : view->claims)
        page.claims.push_back(
            {one, rates_of(here, one), deductions_of(here, one), acts_on(here, one.claim, back)});
    for (const event_row& one : view->entries)
        page.entries.push_back({here.text("money.kind." + one.what), one});
    return here.show("commitment", page);
}

response commitments(visit& here) {
    here.page.door = "money";
    here.above("money", here.text("door.money"));
    return here.id.empty() ? list_commitments(here) : one_commitment(here);
}

// --- Claims and payments
// ----------------------------------------------------------------------------

struct claims_page {
    shown<claims_view> list;
};
VECHE_VIEW_HERE(claims_page, (list, "Claims of partners."))

response claims(visit& here) {
    here.page.door = "money";
    here.above("money", here.text("door.money"));
    VECHE_SHOW_OR_FAIL(list, here, here.ask<claims_view>(claims_query{}));
    if (here.form == "json") return here.json(*list);
    if (here.form == "csv") return here.csv(list->claims);
    return here.show("claims", claims_page{list});
}

struct payment_card {
    payment_row payment;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(payment_card, (payment, "The payment."), (acts, "What the reader may do about it."))

struct payments_page {
    std::vector<payment_card> payments;
};
VECHE_VIEW_HERE(payments_page, (payments, "The payments."))

response payments(visit& here) {
    here.page.door = "money";
    here.above("money", here.text("door.money"));
    VECHE_SHOW_OR_FAIL(list, here, here.ask<payments_view>(payments_query{}));
    if (here.form == "json") return here.json(*list);
    if (here.form == "csv") return here.csv(list->payments);
    payments_page page;
    const auto keeps = office_with_power(here, "money");
    for (const payment_row& one : list->payments) {
        act_list acts(here, "payments");
        if (one.recovered.minor < one.amount_.minor)
            acts.form("fund.receive_recovery", keeps,
                      {{"payment", one.id.value}, {"decision", one.decision.value}});
        page.payments.push_back({one, acts.take()});
    }
    return here.show("payments", page);
}

// --- The entries of an account
// ----------------------------------------------------------------------

struct account_line {
    std::string what;
    account_entry_row entry;
};
VECHE_VIEW_HERE(account_line, (what, "What it did, in words."), (entry, "The entry."))

struct account_page {
    shown<account_view> view;
    std::vector<account_line> entries;
    std::string query;
};
VECHE_VIEW_HERE(account_page, (view, "The account."), (entries, "Its entries."),
                (query, "The account as part of an address."))

response accounts(visit& here) {
    here.page.door = "money";
    here.above("money", here.text("door.money"));
    here.above("balances", here.text("money.balances"));
    // Without an account there is nothing to show but which there are.
    if (here.asked.query_value("account").empty()) return here.redirect(here.link("balances"));
    const account_query query{std::string(here.asked.query_value("account")),
                              {std::string(here.asked.query_value("unit"))}};
    VECHE_SHOW_OR_FAIL(view, here, here.ask<account_view>(query));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(view->entries);
    account_page page{view, {}, query_text(here)};
    for (const account_entry_row& one : view->entries)
        page.entries.push_back({here.text("money.kind." + one.what), one});
    return here.show("account", page);
}

constexpr page_route spending_routes[] = {{"commitments", commitments},
                                          {"claims", claims},
                                          {"payments", payments},
                                          {"accounts", accounts}};
constexpr template_need spending_needs[] = {{"commitments", &describe<commitments_page>},
                                            {"commitment", &describe<commitment_page>},
                                            {"claims", &describe<claims_page>},
                                            {"payments", &describe<payments_page>},
                                            {"account", &describe<account_page>}};

}  // namespace

const page_group spending_pages{spending_routes, spending_needs};

}  // namespace veche::api::pages
