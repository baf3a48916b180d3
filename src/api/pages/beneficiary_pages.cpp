// Beneficiaries of public money: by payer and year, by recipient, payment by payment, and who has
// not reported. An organisation's page shows what it got and who owns it.

#include <algorithm>
#include <set>

#include "api/pages/acts.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/money_office.hpp"
#include "api/pages/paging.hpp"
#include "api/urlencoded.hpp"
#include "beneficiaries/views.hpp"
#include "registry/views.hpp"

namespace veche::api::pages {
namespace {

namespace money_of = beneficiaries;  // the fund has rows of payments too

/// One of the lists of the page. Each can be shown alone, page by page; together each shows its
/// beginning.
struct list_view {
    bool shown = true;
    std::optional<std::int64_t> all;
    std::optional<paging> pages;
};
VECHE_VIEW_HERE(list_view, (shown, "Whether it is shown."),
                (all, "How many there are, where only the beginning is shown."),
                (pages, "Where the reader is in it."))

struct beneficiaries_page {
    shown<money_of::reports_view> missing;
    shown<money_of::reports_view> reports;
    shown<money_of::recipients_view> recipients;
    shown<money_of::payments_view> payments;
    shown<money_of::unreferred_view> unreferred;
    std::vector<choice_option> years;
    std::vector<choice_option> payers;
    std::vector<choice_option> kinds;
    bool filtered = false;
    list_view missing_list;
    list_view reports_list;
    list_view recipients_list;
    list_view payments_list;
    std::string more;
    std::string query;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(beneficiaries_page, (missing, "Reports that are due and were not given."),
                (reports, "By payer and year."), (recipients, "By recipient."),
                (payments, "Payment by payment."),
                (unreferred, "Commitments of which nobody said what they are."),
                (years, "Years to choose from."), (payers, "Payers to choose from."),
                (kinds, "Kinds to choose from."), (filtered, "Whether a filter is set."),
                (missing_list, "How missing reports are shown."),
                (reports_list, "How reports are shown."),
                (recipients_list, "How recipients are shown."),
                (payments_list, "How payments are shown."),
                (more, "What an address of one list alone begins with."),
                (query, "The filter as part of an address."), (acts, "What the reader may do."))

struct beneficiary_page {
    shown<registry::organisation_view> organisation;
    shown<registry::owners_view> owners;
    shown<money_of::payments_view> got;
    shown<money_of::reports_view> gave;
    std::optional<paging> pages;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(beneficiary_page, (organisation, "The organisation."), (owners, "Who owns it."),
                (got, "What it got."), (gave, "Its own reports."),
                (pages, "Where the reader is in what it got."), (acts, "What the reader may do."))

struct public_report_page {
    shown<money_of::report_view> report;
    std::string year;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(public_report_page, (report, "The report."), (year, "Its year."),
                (acts, "What the reader may do."))

std::optional<std::int32_t> year_asked(const visit& here) {
    const auto year = number_in(here.asked.query_value("year"));
    if (!year || *year < 1900 || *year >= 10'000) return std::nullopt;
    return static_cast<std::int32_t>(*year);
}

constexpr std::string_view by_the_fund = "fund";

money_of::payments_query payments_asked(const visit& here) {
    money_of::payments_query query;
    query.year = year_asked(here);
    query.kind = enum_asked<money_of::payment_kind>(here, "kind");
    const std::string payer = identifier_asked(here, "payer");
    if (payer == by_the_fund)
        query.fund = true;
    else if (!payer.empty())
        query.payer = money_of::party_id{payer};
    return query;
}

std::string name_of_party(const visit& here, const money_of::party_name& one) {
    const std::string name = here.name_of(one.names);
    return name.empty() ? one.id.value : name;
}

/// What the filters offer: years and payers that occur, and the kinds.
void fill_filters(const visit& here, const money_of::reports_view& all,
                  const money_of::payments_query& query, beneficiaries_page& page) {
    std::set<std::int32_t, std::greater<>> years;
    std::map<std::string, std::string> payers;
    for (const money_of::report_row& one : all.reports) {
        years.insert(one.year);
        if (one.payer) payers.emplace(one.payer->id.value, name_of_party(here, *one.payer));
    }
    for (const std::int32_t one : years)
        page.years.push_back({std::to_string(one), std::to_string(one), query.year == one});
    page.payers.push_back(
        {std::string(by_the_fund), here.text("beneficiaries.fund"), query.fund.value_or(false)});
    for (const auto& [id, name] : payers)
        page.payers.push_back({id, name, query.payer && query.payer->value == id});
    page.kinds = enum_options(here, query.kind);
}

/// "?year=2024&", to which what list is wanted is added.
std::string query_beginning(const visit& here) {
    pairs kept;
    for (const auto& [name, value] : here.asked.query)
        if (name != "page" && name != "list" && !value.empty()) kept.emplace_back(name, value);
    return kept.empty() ? "?" : "?" + to_urlencoded(kept) + "&";
}

/// Lists that can be shown alone, page by page; together each shows its beginning.
constexpr std::string_view lists[] = {"missing", "reports", "recipients"};

std::string list_asked(const visit& here) {
    const std::string_view asked = here.asked.query_value("list");
    return std::find(std::begin(lists), std::end(lists), asked) == std::end(lists)
               ? std::string()
               : std::string(asked);
}

money_of::reports_query reports_asked(const money_of::payments_query& of) {
    money_of::reports_query out;
    out.year = of.year;
    out.payer = of.payer;
    return out;
}

money_of::recipients_query recipients_asked(const money_of::payments_query& of) {
    money_of::recipients_query out;
    out.year = of.year;
    out.payer = of.payer;
    out.kind = of.kind;
    out.fund = of.fund;
    return out;
}

/// The part of the list that is shown: its page where it is shown alone, else its beginning.
template <class Query>
void show_part_of(const visit& here, Query& query, bool alone) {
    query.offset = alone ? rows_before(here) : 0;
    query.count = rows_per_page;
}

list_view view_of_list(const visit& here, const std::string& asked, std::string_view name,
                       std::int32_t found) {
    list_view out;
    out.shown = asked.empty() || asked == name;
    if (asked == name)
        out.pages = paging_of(here, found);
    else if (found > rows_per_page)
        out.all = found;
    return out;
}

/// What a program takes: the list that is named, whole.
response beneficiaries_file(visit& here, const std::string& list,
                            const money_of::payments_query& query) {
    if (list == "recipients") {
        VECHE_SHOW_OR_FAIL(all, here, here.ask<money_of::recipients_view>(recipients_asked(query)));
        return here.form == "json" ? here.json(*all) : here.csv(all->recipients);
    }
    if (list.empty()) {
        VECHE_SHOW_OR_FAIL(all, here, here.ask<money_of::payments_view>(query));
        return here.form == "json" ? here.json(*all) : here.csv(all->payments);
    }
    money_of::reports_query of = reports_asked(query);
    if (list == "missing") of.standing = money_of::report_standing::missing;
    VECHE_SHOW_OR_FAIL(all, here, here.ask<money_of::reports_view>(of));
    return here.form == "json" ? here.json(*all) : here.csv(all->reports);
}

response all_beneficiaries(visit& here) {
    money_of::payments_query query = payments_asked(here);
    const std::string list = list_asked(here);
    if (here.form == "json" || here.form == "csv") return beneficiaries_file(here, list, query);
    beneficiaries_page page;
    VECHE_SHOW_OR_FAIL(all, here, here.ask<money_of::reports_view>(money_of::reports_query{}));
    fill_filters(here, *all, query, page);
    money_of::reports_query missing_of;
    missing_of.standing = money_of::report_standing::missing;
    show_part_of(here, missing_of, list == "missing");
    VECHE_SHOW_OR_FAIL(missing, here, here.ask<money_of::reports_view>(missing_of));
    page.missing = missing;
    money_of::reports_query reports_of = reports_asked(query);
    show_part_of(here, reports_of, list == "reports");
    VECHE_SHOW_OR_FAIL(reports, here, here.ask<money_of::reports_view>(reports_of));
    page.reports = reports;
    money_of::recipients_query recipients_of = recipients_asked(query);
    show_part_of(here, recipients_of, list == "recipients");
    VECHE_SHOW_OR_FAIL(recipients, here, here.ask<money_of::recipients_view>(recipients_of));
    page.recipients = recipients;
    show_part_of(here, query, list.empty());
    VECHE_SHOW_OR_FAIL(payments, here, here.ask<money_of::payments_view>(query));
    page.payments = payments;
    VECHE_SHOW_OR_FAIL(unreferred, here,
                       here.ask<money_of::unreferred_view>(money_of::unreferred_query{}));
    page.unreferred = unreferred;
    page.filtered = query.year || query.payer || query.kind || query.fund;
    page.query = query_text(here);
    page.more = query_beginning(here);
    page.missing_list = view_of_list(here, list, "missing", missing->found);
    page.reports_list = view_of_list(here, list, "reports", reports->found);
    page.recipients_list = view_of_list(here, list, "recipients", recipients->found);
    page.payments_list = view_of_list(here, list, "", payments->found);
    act_list acts(here, "beneficiaries");
    const auto office = office_with_power(here, "beneficiaries");
    acts.form(money_of::report_payments::wire.type, office, {});
    acts.form(money_of::name_payer::wire.type, office, {});
    acts.form(money_of::refer_commitment::wire.type, office, {});
    page.acts = acts.take();
    return here.show("beneficiaries", page);
}

response one_beneficiary(visit& here) {
    VECHE_SHOW_OR_FAIL(
        of, here, here.ask<registry::organisation_view>(registry::organisation_query{{here.id}}));
    const std::string& current = of->row.named.organisation.value;
    if (current != here.id) return here.redirect(here.link("beneficiaries/" + current));
    money_of::payments_query query;
    query.recipient = money_of::party_id{here.id};
    if (here.form.empty()) show_part_of(here, query, true);
    VECHE_SHOW_OR_FAIL(got, here, here.ask<money_of::payments_view>(query));
    if (here.form == "json") return here.json(*got);
    if (here.form == "csv") return here.csv(got->payments);
    VECHE_SHOW_OR_FAIL(owners, here,
                       here.ask<registry::owners_view>(registry::owners_query{{here.id}, {}}));
    money_of::reports_query own;
    own.payer = query.recipient;
    VECHE_SHOW_OR_FAIL(gave, here, here.ask<money_of::reports_view>(own));
    here.above("beneficiaries", here.text("beneficiaries.title"));
    act_list acts(here, "beneficiaries/" + here.id);
    const auto office = office_with_power(here, "beneficiaries");
    if (!gave->reports.empty())
        acts.form(money_of::report_payments::wire.type, office, {{"payer", here.id}});
    acts.form(money_of::name_payer::wire.type, office, {{"payer", here.id}});
    acts.form(registry::record_owners::wire.type, office_with_power(here, "registry"),
              {{"organisation", here.id}});
    return here.show("beneficiary", beneficiary_page{of, owners, got, gave,
                                                     paging_of(here, got->found), acts.take()});
}

response beneficiaries_of(visit& here) {
    here.page.door = "money";
    return here.id.empty() ? all_beneficiaries(here) : one_beneficiary(here);
}

response payer_reports(visit& here) {
    here.page.door = "money";
    const auto year = year_asked(here);
    if (here.id.empty() || !year)
        return here.redirect(here.link("beneficiaries" + (here.id.empty() ? "" : "/" + here.id)));
    VECHE_SHOW_OR_FAIL(report, here,
                       here.ask<money_of::report_view>(money_of::report_query{{here.id}, *year}));
    if (here.form == "json") return here.json(*report);
    if (here.form == "csv") return here.csv(report->payments);
    here.above("beneficiaries", here.text("beneficiaries.title"));
    here.above("beneficiaries/" + here.id, name_of_party(here, *report->row.payer));
    act_list acts(here, "payer-reports/" + here.id + "?year=" + std::to_string(*year));
    const std::string next = std::to_string(report->parts.size() + 1);
    acts.form(money_of::report_payments::wire.type, office_with_power(here, "beneficiaries"),
              {{"payer", here.id}, {"year", std::to_string(*year)}, {"part", next}});
    return here.show("public_report",
                     public_report_page{report, std::to_string(*year), acts.take()});
}

constexpr page_route beneficiary_routes[] = {{"beneficiaries", beneficiaries_of},
                                             {"payer-reports", payer_reports}};
constexpr template_need beneficiary_needs[] = {{"beneficiaries", &describe<beneficiaries_page>},
                                               {"beneficiary", &describe<beneficiary_page>},
                                               {"public_report", &describe<public_report_page>}};

}  // namespace

const page_group beneficiary_pages{beneficiary_routes, beneficiary_needs};

}  // namespace veche::api::pages
