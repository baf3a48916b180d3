// Doses: where every one is, lots and their lives, shipments, allocations with their reasons, and
// how many people are covered where.

#include <algorithm>

#include "api/pages/acts.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/money_office.hpp"
#include "doses/views.hpp"

namespace veche::api::pages {
namespace {

/// Lots that expire within so many days are shown first.
constexpr std::int32_t soon_days = 60;

struct doses_page {
    shown<doses::stock_view> stock;
    shown<doses::lots_view> soon;
    shown<doses::lots_view> lots;
    shown<doses::shipments_view> way;
    shown<doses::shipments_view> shipments;
    shown<doses::allocations_view> allocations;
    std::int64_t soon_days = 0;
    std::vector<act> acts;
};
VECHE_FIELDS(doses_page, (stock, "Where doses are."), (soon, "Lots that expire soon."),
             (lots, "All lots."), (way, "Shipments under way."), (shipments, "All shipments."),
             (allocations, "Allocations."), (soon_days, "Which days are soon."),
             (acts, "What the reader may do."))

struct dose_lot_page {
    shown<doses::lot_view> lot;
    std::vector<act> acts;
};
VECHE_FIELDS(dose_lot_page, (lot, "The lot."), (acts, "What the reader may do."))

struct dose_allocation_page {
    shown<doses::allocation_view> allocation;
    std::string fault;
};
VECHE_FIELDS(dose_allocation_page, (allocation, "The allocation."),
             (fault, "What the check finds."))

struct coverage_page {
    shown<doses::coverage_view> coverage;
    std::vector<choice_option> groups;
    std::string as_of;
    std::string query;
    std::vector<act> acts;
};
VECHE_FIELDS(coverage_page, (coverage, "Coverage."), (groups, "Groups to choose from."),
             (as_of, "The day asked for."), (query, "The filter as part of an address."),
             (acts, "What the reader may do."))

struct policies_page {
    shown<doses::policies_view> policies;
    std::int64_t weekly = 0;
    std::int64_t weeks = 0;
    std::int64_t interval = 0;
    std::int64_t horizon = 0;
    std::string query;
};
VECHE_FIELDS(policies_page, (policies, "Policies side by side."), (weekly, "Doses a week."),
             (weeks, "Weeks."), (interval, "Weeks between doses."), (horizon, "Weeks ahead."),
             (query, "The question as part of an address."))

std::optional<std::string> keeper(const visit& here) {
    const auto desk = office_with_power(here, "doses");
    return desk ? desk : office_with_power(here, "keep_doses");
}

response table_of(visit& here, const doses_page& page) {
    const std::string part(here.asked.query_value("list"));
    if (part == "products") return here.csv(page.stock->products);
    if (part == "lots") return here.csv(page.lots->lots);
    if (part == "shipments") return here.csv(page.shipments->shipments);
    if (part == "allocations") return here.csv(page.allocations->allocations);
    return here.csv(page.stock->rows);
}

response all_doses(visit& here) {
    doses_page page;
    VECHE_SHOW_OR_FAIL(stock, here, here.ask<doses::stock_view>(doses::stock_query{}));
    page.stock = stock;
    if (here.form == "json") return here.json(*stock);
    VECHE_SHOW_OR_FAIL(soon, here, here.ask<doses::lots_view>(doses::lots_query{{}, soon_days}));
    VECHE_SHOW_OR_FAIL(lots, here, here.ask<doses::lots_view>(doses::lots_query{}));
    VECHE_SHOW_OR_FAIL(way, here, here.ask<doses::shipments_view>(doses::shipments_query{true}));
    VECHE_SHOW_OR_FAIL(shipments, here, here.ask<doses::shipments_view>(doses::shipments_query{}));
    VECHE_SHOW_OR_FAIL(allocations, here,
                       here.ask<doses::allocations_view>(doses::allocations_query{}));
    page.soon = soon;
    page.lots = lots;
    page.way = way;
    page.shipments = shipments;
    page.allocations = allocations;
    page.soon_days = soon_days;
    if (here.form == "csv") return table_of(here, page);
    act_list acts(here, "doses");
    const auto office = keeper(here);
    for (const std::string_view type :
         {doses::receive_lot::wire.type, doses::dispatch::wire.type, doses::accept::wire.type,
          doses::open_vials::wire.type, doses::give::wire.type, doses::discard::wire.type,
          doses::count_stock::wire.type, doses::state_need::wire.type})
        acts.form(type, office, {});
    const auto desk = office_with_power(here, "doses");
    for (const std::string_view type :
         {doses::record_product::wire.type, doses::record_site::wire.type,
          doses::record_group::wire.type, doses::record_target::wire.type})
        acts.form(type, desk, {});
    page.acts = acts.take();
    return here.show("doses", page);
}

std::optional<instant> end_of_day(const std::string& day) {
    const auto on = parse_date(day);
    if (!on) return std::nullopt;
    return instant{start_of(date{on->days + 1}).ms - 1};
}

response dose_coverage(visit& here) {
    doses::coverage_query query;
    const std::string group = identifier_asked(here, "group");
    if (!group.empty()) query.group = doses::group_id{group};
    const std::string as_of(here.asked.query_value("known"));
    query.known = end_of_day(as_of);
    VECHE_SHOW_OR_FAIL(coverage, here, here.ask<doses::coverage_view>(query));
    if (here.form == "json") return here.json(*coverage);
    if (here.form == "csv") return here.csv(coverage->regions);
    VECHE_SHOW_OR_FAIL(registers, here, here.ask<doses::registers_view>(doses::registers_query{}));
    coverage_page page;
    page.coverage = coverage;
    for (const doses::group_row& one : registers->groups)
        page.groups.push_back({one.group.value, here.name_of(one.names), one.group.value == group});
    page.as_of = query.known ? as_of : "";
    page.query = query_text(here);
    here.above("doses", here.text("doses.title"));
    act_list acts(here, "doses/coverage");
    acts.form(doses::report_people::wire.type, keeper(here), {});
    page.acts = acts.take();
    return here.show("dose_coverage", page);
}

/// A number of the address within its bounds, or what stands for it.
std::int64_t number_or(const visit& here, std::string_view name, std::int64_t most,
                       std::int64_t otherwise) {
    const auto asked = number_in(here.asked.query_value(name));
    return asked && *asked >= 1 && *asked <= static_cast<std::uint64_t>(most)
               ? static_cast<std::int64_t>(*asked)
               : otherwise;
}

response dose_policies(visit& here) {
    policies_page page;
    page.weekly = number_or(here, "weekly", 1'000'000'000, 10'000);
    page.weeks = number_or(here, "weeks", 520, 26);
    page.interval = number_or(here, "interval", 104, 4);
    page.horizon = number_or(here, "horizon", 104, 1);
    VECHE_SHOW_OR_FAIL(
        policies, here,
        here.ask<doses::policies_view>(doses::policies_query{
            page.weekly, static_cast<std::int32_t>(page.weeks),
            static_cast<std::int32_t>(page.interval), static_cast<std::int32_t>(page.horizon)}));
    if (here.form == "json") return here.json(*policies);
    if (here.form == "csv") return here.csv(policies->weeks);
    page.policies = policies;
    page.query = query_text(here);
    here.above("doses", here.text("doses.title"));
    return here.show("dose_policies", page);
}

response doses_of(visit& here) {
    here.page.door = "health";
    if (here.id.empty()) return all_doses(here);
    if (here.id == "coverage") return dose_coverage(here);
    if (here.id == "policies") return dose_policies(here);
    return here.redirect(here.link("dose-lots/" + here.id));
}

response dose_lot(visit& here) {
    here.page.door = "health";
    if (here.id.empty()) return here.redirect(here.link("doses"));
    VECHE_SHOW_OR_FAIL(lot, here, here.ask<doses::lot_view>(doses::lot_query{{here.id}}));
    if (here.form == "json") return here.json(*lot);
    if (here.form == "csv") return here.csv(lot->moves);
    here.above("doses", here.text("doses.title"));
    act_list acts(here, "dose-lots/" + here.id);
    const auto office = keeper(here);
    for (const std::string_view type :
         {doses::give::wire.type, doses::transfer::wire.type, doses::discard::wire.type,
          doses::count_stock::wire.type, doses::quarantine::wire.type, doses::release::wire.type})
        acts.form(type, office, {{"lot", here.id}});
    acts.form(doses::recall_lot::wire.type, office_with_power(here, "doses"), {{"lot", here.id}});
    return here.show("dose_lot", dose_lot_page{lot, acts.take()});
}

response dose_allocation(visit& here) {
    here.page.door = "health";
    if (here.id.empty()) return here.redirect(here.link("doses"));
    VECHE_SHOW_OR_FAIL(allocation, here,
                       here.ask<doses::allocation_view>(doses::allocation_query{{here.id}}));
    if (here.form == "json") return here.json(*allocation);
    if (here.form == "csv") return here.csv(allocation->shares);
    here.above("doses", here.text("doses.title"));
    return here.show("dose_allocation", dose_allocation_page{allocation, allocation->fault});
}

constexpr page_route dose_routes[] = {
    {"doses", doses_of}, {"dose-lots", dose_lot}, {"dose-allocations", dose_allocation}};
constexpr template_need dose_needs[] = {{"doses", &describe<doses_page>},
                                        {"dose_lot", &describe<dose_lot_page>},
                                        {"dose_allocation", &describe<dose_allocation_page>},
                                        {"dose_coverage", &describe<coverage_page>},
                                        {"dose_policies", &describe<policies_page>}};

}  // namespace

const page_group dose_pages{dose_routes, dose_needs};

}  // namespace veche::api::pages
