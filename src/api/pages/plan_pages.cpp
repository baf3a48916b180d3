// Plans of links: all items with their state, to be filtered by region and state and followed in a
// calendar; and the items of one link with what may be done about each.

#include <algorithm>

#include "api/pages/choices.hpp"
#include "api/pages/feeds.hpp"
#include "api/pages/money_office.hpp"
#include "api/pages/paging.hpp"
#include "api/pages/plan_parts.hpp"
#include "documents/plan_news.hpp"
#include "registry/views.hpp"

namespace veche::api::pages {
namespace {

using namespace registry;

struct plans_page {
    shown<plan_items_view> plans;
    std::string words;
    std::vector<choice_option> regions;
    std::vector<choice_option> states;
    bool filtered = false;
    std::string query;
    std::optional<paging> pages;
};
VECHE_VIEW_HERE(plans_page, (plans, "Items, as far as they were asked for."),
                (words, "Words looked for."), (regions, "Regions to choose from."),
                (states, "States to choose from."), (filtered, "Whether a filter is set."),
                (query, "The filter as part of an address."),
                (pages, "Where the reader is in a long list."))

plan_items_query items_asked(const visit& here) {
    plan_items_query query;
    if (const auto words = here.asked.query_value("q"); !words.empty())
        query.query = std::string(words);
    if (const auto region = identifier_asked(here, "region"); !region.empty())
        query.place = place_id{region};
    query.standing = enum_asked<item_standing>(here, "state");
    if (const auto from = parse_date(std::string(here.asked.query_value("from"))))
        query.from = *from;
    if (const auto until = parse_date(std::string(here.asked.query_value("until"))))
        query.until = *until;
    return query;
}

/// Regions with links, by name.
std::vector<choice_option> regions_with_links(visit& here, const plan_items_query& query) {
    places_query asked;
    asked.kind = place_kind::region;
    std::vector<choice_option> out;
    if (const auto all = here.ask<places_view>(asked))
        for (const place_row& one : (*all)->places)
            if (one.links > 0)
                out.push_back({one.named.place.value, here.name_of(one.named.names),
                               query.place && *query.place == one.named.place});
    std::sort(out.begin(), out.end(),
              [](const auto& a, const auto& b) { return a.label < b.label; });
    return out;
}

response plans_feed(const visit& here, const plan_items_view& view) {
    std::vector<documents::feed_entry> news;
    const auto in = setting_of(here);
    for (const item_row& one : view.items) {
        news.push_back(documents::news_of(in, one));
        if (one.standing == item_standing::late) news.push_back(documents::lateness_of(in, one));
    }
    return atom_feed(here, "plans" + query_text(here), here.text("plans.title"), std::move(news));
}

response show_plans(visit& here, const plan_items_query& query,
                    const shown<plan_items_view>& view) {
    plans_page page;
    page.plans = view;
    page.words = query.query.value_or("");
    page.regions = regions_with_links(here, query);
    page.states = enum_options(here, query.standing);
    page.filtered = query.query || query.place || query.standing || query.from || query.until;
    page.query = query_text(here);
    page.pages = paging_of(here, view->found);
    offer_atom(here, "plans", page.query);
    offer_calendar(here, "plans", page.query);
    return here.show("plans", page);
}

response all_plans(visit& here) {
    here.page.door = "regions";
    if (!here.id.empty()) return here.redirect(here.link("plans"));
    plan_items_query query = items_asked(here);
    if (here.form.empty()) {
        query.offset = rows_before(here);
        query.count = rows_per_page;
    }
    VECHE_SHOW_OR_FAIL(view, here, here.ask<plan_items_view>(query));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(view->items);
    if (here.form == "ics") return plan_calendar(here, here.text("plans.title"), view->items);
    if (here.form == "atom") return plans_feed(here, *view);
    here.above("regions", here.text("door.regions"));
    return show_plans(here, query, view);
}

constexpr page_route plan_routes[] = {{"plans", all_plans}};
constexpr template_need plan_needs[] = {{"plans", &describe<plans_page>}};

}  // namespace

const page_group plan_pages{plan_routes, plan_needs};

response plan_calendar(const visit& here, std::string title, const std::vector<item_row>& items) {
    std::vector<documents::calendar_event> events;
    const auto in = setting_of(here);
    for (const item_row& one : items) events.push_back(documents::event_of(in, one));
    return calendar(here, std::move(title), std::move(events));
}

std::vector<plan_line> plan_lines(const visit& here, const std::vector<planned_item_view>& plan) {
    std::vector<plan_line> out;
    const auto office = office_with_power(here, "registry");
    for (const planned_item_view& one : plan) {
        act_list acts(here, "links/" + here.id);
        const std::vector<act_field> it{{"link", here.id}, {"item", one.row.item.value}};
        acts.form(report_item::wire.type, office, it);
        acts.form(plan_item::wire.type, office, it, here.text("plans.amend"));
        out.push_back({one, acts.take()});
    }
    return out;
}

shown<plan_items_view> late_plans(visit& here, const std::optional<std::string>& words) {
    plan_items_query query;
    query.query = words;
    query.standing = item_standing::late;
    auto view = here.ask<plan_items_view>(query);
    return view ? *std::move(view) : shown<plan_items_view>{std::make_shared<plan_items_view>()};
}

}  // namespace veche::api::pages
