// Doses: where every one is, lots and their lives, shipments, allocations with their reasons, and
// how many people are covered where.

#include <algorithm>

#include "api/pages/acts.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/dose_plan_parts.hpp"
#include "api/pages/money_office.hpp"
#include "assembly/views.hpp"
#include "doses/views.hpp"
#include "numerics/digits.hpp"
#include "render/band_chart.hpp"

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
    shown<doses::supply_view> supply;
    std::int64_t supply_days = 0;
    std::int64_t soon_days = 0;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(doses_page, (stock, "Where doses are."), (soon, "Lots that expire soon."),
                (lots, "All lots."), (way, "Shipments under way."), (shipments, "All shipments."),
                (allocations, "Allocations."), (supply, "How sites did with what they had."),
                (supply_days, "Days that are looked at for it."),
                (soon_days, "Which days are soon."), (acts, "What the reader may do."))

struct dose_lot_page {
    shown<doses::lot_view> lot;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(dose_lot_page, (lot, "The lot."), (acts, "What the reader may do."))

struct dose_allocation_page {
    shown<doses::allocation_view> allocation;
    std::string fault;
    std::optional<dose_plan_part> price;
};
VECHE_VIEW_HERE(dose_allocation_page, (allocation, "The allocation."),
                (fault, "What the check finds."), (price, "With a plan: what its floor costs."))

/// A plan that a motion proposes, before it is voted on.
struct dose_plan_page {
    std::string motion;
    localized title;
    doses::plan_view plan;
    localized product_names;
    localized why;
    dose_plan_part price;
};
VECHE_VIEW_HERE(dose_plan_page, (motion, "The motion."), (title, "Its title."), (plan, "The plan."),
                (product_names, "The product."), (why, "Why by this rule."),
                (price, "What its floor costs."))

struct coverage_page {
    shown<doses::coverage_view> coverage;
    shown<doses::coverage_history_view> history;
    render::markup plot;
    bool drawn = false;
    std::vector<choice_option> groups;
    std::string as_of;
    std::string query;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(coverage_page, (coverage, "Coverage."), (history, "The gap through time."),
                (plot, "The same as a picture."), (drawn, "Whether there are days to draw."),
                (groups, "Groups to choose from."), (as_of, "The day asked for."),
                (query, "The filter as part of an address."), (acts, "What the reader may do."))

struct policies_page {
    shown<doses::policies_view> policies;
    std::int64_t weekly = 0;
    std::int64_t weeks = 0;
    std::int64_t interval = 0;
    std::int64_t horizon = 0;
    std::string query;
};
VECHE_VIEW_HERE(policies_page, (policies, "Policies side by side."), (weekly, "Doses a week."),
                (weeks, "Weeks."), (interval, "Weeks between doses."), (horizon, "Weeks ahead."),
                (query, "The question as part of an address."))

std::optional<std::string> keeper(const visit& here) {
    const auto desk = office_with_power(here, "doses");
    return desk ? desk : office_with_power(here, "keep_doses");
}

response table_of(visit& here, const doses_page& page) {
    const std::string part(here.asked.query_value("list"));
    if (part == "supply") return here.csv(page.supply->rows);
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
    VECHE_SHOW_OR_FAIL(supply, here, here.ask<doses::supply_view>(doses::supply_query{}));
    page.supply = supply;
    page.supply_days = doses::usual_supply_days;
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

double part_shown(const ratio& of) {
    return 100.0 * static_cast<double>(of.num) / static_cast<double>(of.den);
}

/// All regions together, between the lowest and the highest one.
render::markup coverage_drawn(const visit& here, const doses::coverage_history_view& of) {
    if (of.days.size() < 2) return {};
    render::band_line line{here.text("doses.gap_line"), {}, {}, {}};
    std::vector<render::chart_tick> times, ticks;
    double most = 1;
    for (const doses::coverage_day& one : of.days) {
        line.middle.emplace_back(part_shown(one.all));
        line.low.emplace_back(part_shown(one.least));
        line.high.emplace_back(part_shown(one.most));
        most = std::max(most, part_shown(one.most));
        times.push_back({static_cast<double>(one.on.days), to_text(one.on)});
    }
    for (const double at : render::axis_steps(most))
        ticks.push_back({at, here.texts.locale().digits(numerics::digits(at, 4)) + "\u00a0%"});
    return render::bands(here.text("doses.gap_plot"), here.text("doses.gap_plot_says"), times,
                         ticks, {line});
}

response dose_coverage(visit& here) {
    doses::coverage_query query;
    const std::string group = identifier_asked(here, "group");
    if (!group.empty()) query.group = doses::group_id{group};
    const std::string as_of(here.asked.query_value("known"));
    query.known = end_of_day(as_of);
    VECHE_SHOW_OR_FAIL(coverage, here, here.ask<doses::coverage_view>(query));
    if (here.form == "json") return here.json(*coverage);
    VECHE_SHOW_OR_FAIL(history, here,
                       here.ask<doses::coverage_history_view>(
                           doses::coverage_history_query{query.group, query.known}));
    if (here.form == "csv" && here.asked.query_value("list") == "history")
        return here.csv(history->days);
    if (here.form == "csv") return here.csv(coverage->regions);
    VECHE_SHOW_OR_FAIL(registers, here, here.ask<doses::registers_view>(doses::registers_query{}));
    coverage_page page;
    page.coverage = coverage;
    page.history = history;
    page.plot = coverage_drawn(here, *history);
    page.drawn = history->days.size() > 1;
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
    dose_allocation_page page{allocation, allocation->fault, {}};
    if (allocation->plan && allocation->asked)
        page.price = priced_plan(here, *allocation->asked, *allocation->plan, allocation->vial);
    return here.show("dose_allocation", page);
}

/// The order of the motion that shares doses out by a plan: the one asked for, or the first.
std::optional<doses::allocate> plan_ordered(const visit& here,
                                            const assembly::motion_view& motion) {
    const auto asked = number_in(here.asked.query_value("order"));
    for (const assembly::enactment_view& one : motion.enactments) {
        if (one.type != doses::allocate::wire.type) continue;
        if (asked && *asked != static_cast<std::uint64_t>(one.number)) continue;
        auto body = from_json<doses::allocate>(std::string_view(one.body.bytes));
        if (body && body->plan) return *std::move(body);
    }
    return std::nullopt;
}

response dose_plan(visit& here) {
    here.page.door = "health";
    if (here.id.empty()) return here.redirect(here.link("doses"));
    VECHE_SHOW_OR_FAIL(motion, here,
                       here.ask<assembly::motion_view>(assembly::motion_query{{here.id}}));
    const auto asked = plan_ordered(here, *motion);
    if (!asked) return here.redirect(here.link("motions/" + here.id));
    VECHE_SHOW_OR_FAIL(plan, here, here.ask<doses::plan_view>(doses::weigh_query{{}, *asked}));
    if (here.form == "json") return here.json(*plan);
    if (here.form == "csv") return here.csv(plan->regions);
    VECHE_SHOW_OR_FAIL(stock, here,
                       here.ask<doses::stock_view>(doses::stock_query{asked->product, {}}));
    dose_plan_page page;
    page.motion = here.id;
    page.title = motion->title;
    page.plan = *plan;
    page.why = asked->why;
    std::int32_t vial = 1;
    for (const doses::product_row& one : stock->products) {
        page.product_names = one.names;
        vial = one.vial;
    }
    page.price = priced_plan(here, *asked, *plan, vial);
    here.above("motions/" + here.id, here.name_of(motion->title));
    return here.show("dose_plan", page);
}

constexpr page_route dose_routes[] = {{"doses", doses_of},
                                      {"dose-lots", dose_lot},
                                      {"dose-allocations", dose_allocation},
                                      {"dose-plans", dose_plan}};
constexpr template_need dose_needs[] = {{"doses", &describe<doses_page>},
                                        {"dose_lot", &describe<dose_lot_page>},
                                        {"dose_allocation", &describe<dose_allocation_page>},
                                        {"dose_plan", &describe<dose_plan_page>},
                                        {"dose_coverage", &describe<coverage_page>},
                                        {"dose_policies", &describe<policies_page>}};

}  // namespace

const page_group dose_pages{dose_routes, dose_needs};

}  // namespace veche::api::pages
