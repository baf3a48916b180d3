// The register: links between members and their state, places, organisations and joint enterprises,
// each record with its source.

#include <algorithm>

#include "api/pages/acts.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/feeds.hpp"
#include "api/pages/following.hpp"
#include "api/pages/map_view.hpp"
#include "api/pages/money_office.hpp"
#include "api/pages/paging.hpp"
#include "api/pages/plan_parts.hpp"
#include "beneficiaries/views.hpp"
#include "registry/exchange_views.hpp"
#include "registry/partner_views.hpp"
#include "registry/views.hpp"
#include "render/map_chart.hpp"

namespace veche::api::pages {
namespace {

using namespace registry;

struct regions_page {
    shown<links_view> links;
    std::string words;
    std::vector<choice_option> regions;
    std::vector<choice_option> states;
    bool filtered = false;
    std::string query;
    std::optional<paging> pages;
    bool mapped = false;
    render::markup map;
    std::string map_says;
    std::optional<map_ways> ways;
    std::optional<std::int64_t> unmapped;
    std::optional<std::int64_t> gathered;
    std::vector<place_row> linked;
    shown<organisations_view> enterprises;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(regions_page, (links, "Links, as far as they were asked for."),
                (words, "Words looked for."), (regions, "Regions to choose from."),
                (states, "States to choose from."), (filtered, "Whether a filter is set."),
                (query, "The filter as part of an address."),
                (pages, "Where the reader is in a long list."),
                (mapped, "Whether any link can be drawn."),
                (map, "The links that were asked for, drawn."),
                (map_says, "Whose outlines there are."), (ways, "Ways around the map."),
                (gathered, "Pairs of regions, where each pair is one line."),
                (unmapped, "Links of which a side has no known point."),
                (linked, "Regions with links, those with most first."),
                (enterprises, "Enterprises of several sides."), (acts, "What the reader may do."))

struct places_page {
    shown<places_view> places;
    std::string words;
    bool filtered = false;
    std::string query;
    std::optional<paging> pages;
};
VECHE_VIEW_HERE(places_page, (places, "Places, as far as they were asked for."),
                (words, "Words looked for."), (filtered, "Whether a filter is set."),
                (query, "The filter as part of an address."),
                (pages, "Where the reader is in a long list."))

struct year_link {
    std::string year;
    std::string href;
};
VECHE_VIEW_HERE(year_link, (year, "The year."), (href, "The report of it."))

struct registry_place_page {
    shown<place_view> view;
    std::vector<year_link> years;
    std::optional<std::int64_t> more_links;
    std::optional<std::int64_t> more_organisations;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(registry_place_page, (view, "The place."), (years, "Years with activities."),
                (more_links, "How many links it has, where not all are shown."),
                (more_organisations, "How many organisations it has, where not all are shown."),
                (acts, "What the reader may do."))

struct registry_year_page {
    shown<place_year_view> report;
    std::string year;
    std::optional<std::int64_t> took_part;
    std::optional<std::int64_t> more_links;
    std::optional<std::int64_t> more_silent;
    std::optional<std::int64_t> more_enterprises;
    std::optional<std::int64_t> more_plan;
    std::vector<year_link> years;
};
VECHE_VIEW_HERE(registry_year_page, (report, "The year of the place."), (year, "The year."),
                (took_part, "People who took part, where it is known."),
                (more_links, "Links with activities, where not all are shown."),
                (more_silent, "Links without, where not all are shown."),
                (more_enterprises, "Enterprises, where not all are shown."),
                (more_plan, "Items of plans, where not all are shown."),
                (years, "The years before and after it."))

struct registry_link_page {
    shown<link_view> view;
    std::vector<plan_line> plan;
    std::optional<paging> pages;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(registry_link_page, (view, "The link."), (plan, "The items of its plan."),
                (pages, "Where the reader is in its activities."),
                (acts, "What the reader may do."))

struct organisations_page {
    shown<organisations_view> organisations;
    std::string words;
    std::string place;
    localized place_names;
    std::vector<choice_option> sectors;
    std::vector<choice_option> kinds;
    std::vector<choice_option> states;
    bool run = false;
    bool filtered = false;
    std::string query;
    std::optional<paging> pages;
};
VECHE_VIEW_HERE(organisations_page,
                (organisations, "Organisations, as far as they were asked for."),
                (words, "Words looked for."), (place, "The place asked for."),
                (place_names, "Its names."), (sectors, "Sectors to choose from."),
                (kinds, "Kinds to choose from."), (states, "States of enterprises to choose from."),
                (run, "Whether only those that several sides run are asked for."),
                (filtered, "Whether a filter is set."),
                (query, "The filter as part of an address."),
                (pages, "Where the reader is in a long list."))

struct organisation_page {
    shown<organisation_view> view;
    shown<owners_view> owners;
    std::string public_money;
    shown<roles_view> roles;
    shown<profiles_view> profiles;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(organisation_page, (view, "The organisation."), (owners, "Who owns it."),
                (public_money, "Page of public money that it got or reported, if any."),
                (roles, "Calls and exchanges in which it has a part."),
                (profiles, "What it offers and asks for, whatever the state."),
                (acts, "What the reader may do."))

/// More links than these are drawn region by region.
constexpr std::int32_t most_on_map = 500;

std::optional<std::string> words_asked(const visit& here) {
    const auto words = here.asked.query_value("q");
    return words.empty() ? std::nullopt : std::optional(std::string(words));
}

/// Regions with links, those with most first.
std::vector<place_row> linked_regions(visit& here) {
    places_query query;
    query.kind = place_kind::region;
    std::vector<place_row> out;
    if (const auto all = here.ask<places_view>(query))
        for (const place_row& one : (*all)->places)
            if (one.links > 0) out.push_back(one);
    std::stable_sort(out.begin(), out.end(),
                     [](const place_row& a, const place_row& b) { return a.links > b.links; });
    return out;
}

/// Sides of links with the lines between them, as a map draws them.
class link_map {
  public:
    explicit link_map(const visit& here) : here_(here) {}

    /// False where a side has no known point.
    bool add(const link_row& one) {
        if (!one.a.at || !one.b.at) return false;
        const std::size_t from = circle(one.a);
        const std::size_t to = circle(one.b);
        const bool alive = one.standing == link_standing::active;
        const bool concluded = one.standing == link_standing::concluded;
        lines_.push_back({from, to, name_of_link(one),
                          alive       ? render::chart_kind::own
                          : concluded ? render::chart_kind::other
                                      : render::chart_kind::rest});
        return true;
    }
    [[nodiscard]] bool empty() const { return circles_.empty(); }
    /// The links between two regions as one line; false where one of them has no known point.
    bool add(const region_pair& one) {
        if (!one.a_at || !one.b_at) return false;
        const std::size_t from =
            circle("p " + one.a.place.value, one.a.names, *one.a_at, one.links);
        const std::size_t to = circle("p " + one.b.place.value, one.b.names, *one.b_at, one.links);
        lines_.push_back({from, to,
                          here_.name_of(one.a.names) + " – " + here_.name_of(one.b.names) + ": " +
                              std::to_string(one.links),
                          one.alive > 0 ? render::chart_kind::own : render::chart_kind::rest});
        return true;
    }
    /// On an empty net of degrees.
    [[nodiscard]] render::markup draw() const {
        return render::circle_map(here_.text("registry.map"), here_.text("registry.map_says"),
                                  circles_, lines_);
    }
    /// On outlines, regions darker the more links they have.
    [[nodiscard]] render::markup draw(const maps::sheet& sheet, const maps::window& window,
                                      const std::vector<place_row>& regions) const {
        render::outline_picture what{{}, circles_, lines_, {}};
        for (const place_row& one : regions)
            if (const auto unit = unit_of(sheet, one)) what.regions.emplace(*unit, region_of(one));
        for (std::size_t i = 0; i < std::size(tint_begins); ++i)
            what.keys.push_back({key_of(i), i + 1});
        return render::outline_map(here_.text("registry.map"), here_.text("registry.outlines_say"),
                                   sheet, window, what);
    }

  private:
    /// From how many links on a region is one darker.
    static constexpr std::int64_t tint_begins[] = {1, 3, 6};

    std::string key_of(std::size_t i) const {
        if (i + 1 == std::size(tint_begins))
            return here_.text("registry.links_from", {{"n", tint_begins[i]}});
        return here_.text("registry.links_between",
                          {{"from", tint_begins[i]}, {"to", tint_begins[i + 1] - 1}});
    }
    render::map_region region_of(const place_row& one) const {
        const std::string name = here_.name_of(one.named.names);
        std::size_t tint = 0;
        for (const std::int64_t least : tint_begins) tint += one.links >= least ? 1U : 0U;
        return {name, here_.text("registry.region_links", {{"region", name}, {"n", one.links}}),
                here_.link("places/" + one.named.place.value), tint};
    }
    /// By code; where the register names its places otherwise, by where it is.
    static std::optional<std::size_t> unit_of(const maps::sheet& sheet, const place_row& one) {
        constexpr double degree = 1e6;
        if (const auto known = sheet.find(one.named.place.value)) return known;
        if (!one.at) return std::nullopt;
        return sheet.around({one.at->longitude / degree, one.at->latitude / degree});
    }
    std::string name_of_link(const link_row& one) const {
        return here_.name_of(one.a.names) + " – " + here_.name_of(one.b.names) + ": " +
               here_.text("choice.link_standing." + std::string(name_of(one.standing)));
    }
    std::size_t circle(const end_row& end) {
        const std::string id =
            end.organisation ? "o " + end.organisation->value : "p " + end.place->place.value;
        return circle(id, end.names, *end.at, 1);
    }
    std::size_t circle(const std::string& id, const localized& names, const map_point& at,
                       std::int64_t links) {
        constexpr double degree = 1e6;
        const auto [known, fresh] = numbers_.emplace(id, circles_.size());
        if (fresh) {
            const std::string name = here_.name_of(names);
            circles_.push_back({name, name, at.latitude / degree, at.longitude / degree, 0,
                                render::chart_kind::own});
        }
        circles_[known->second].size += static_cast<double>(links);
        return known->second;
    }

    const visit& here_;
    std::vector<render::map_circle> circles_;
    std::vector<render::map_line> lines_;
    std::map<std::string, std::size_t> numbers_;
};

links_query links_asked(const visit& here) {
    links_query query;
    query.query = words_asked(here);
    query.standing = enum_asked<link_standing>(here, "state");
    if (const std::string region = identifier_asked(here, "region"); !region.empty())
        query.place = place_id{region};
    return query;
}

/// How many there are, where they are more than those shown.
std::optional<std::int64_t> more_than(std::size_t shown_rows, std::int64_t all) {
    return all > static_cast<std::int64_t>(shown_rows) ? std::optional(all) : std::nullopt;
}

year_link link_of_year(const visit& here, const std::string& place, std::int32_t year) {
    const std::string name = std::to_string(year);
    return {name, here.link("regions/" + place + "/year/" + name)};
}

/// The place and the year of "BY-MA/year/2025"; nothing for another address.
std::optional<place_year_query> year_asked(const visit& here) {
    constexpr std::string_view between = "/year/";
    const std::size_t at = here.id.rfind(between);
    if (at == std::string::npos) return std::nullopt;
    const auto year = number_in(std::string_view(here.id).substr(at + between.size()));
    const std::string place = here.id.substr(0, at);
    if (!is_identifier(place) || !year || *year < 1 || *year > 9999) return std::nullopt;
    return place_year_query{{place}, static_cast<std::int32_t>(*year)};
}

response year_page(visit& here, place_year_query query) {
    if (here.form.empty()) query.count = rows_per_page;
    VECHE_SHOW_OR_FAIL(report, here, here.ask<place_year_view>(query));
    if (here.form == "json") return here.json(*report);
    if (here.form == "csv") {
        std::vector<activity_row> rows;
        for (const link_year_row& one : report->links)
            rows.insert(rows.end(), one.activities.begin(), one.activities.end());
        return here.csv(rows);
    }
    here.above("regions", here.text("door.regions"));
    here.above("places/" + query.place.value, here.name_of(report->place.named.names));
    registry_year_page page;
    page.report = report;
    page.year = std::to_string(query.year);
    if (report->people > 0) page.took_part = report->people;
    page.more_links = more_than(report->links.size(), report->links_found);
    page.more_silent = more_than(report->silent.size(), report->silent_found);
    page.more_enterprises = more_than(report->enterprises.size(), report->enterprises_found);
    page.more_plan = more_than(report->plan.size(), report->plan_found);
    VECHE_SHOW_OR_FAIL(place, here, here.ask<place_view>(place_query{query.place, 0}));
    for (const std::int32_t each : place->years)
        page.years.push_back(link_of_year(here, query.place.value, each));
    return here.show("registry_year", page);
}

/// All links that match, the list has a part of them: each as a line, or where there are too many
/// for that, those between two regions as one.
result<void> gather_links(visit& here, const links_query& asked, const links_view& listed,
                          regions_page& page, link_map& map) {
    std::int64_t unmapped = 0;
    if (listed.found > most_on_map) {
        const auto view = VECHE_TRY(here.ask<link_map_view>(
            link_map_query{asked.query, asked.place, asked.kind, asked.standing, most_on_map}));
        unmapped = view->nowhere;
        for (const region_pair& one : view->pairs) unmapped += map.add(one) ? 0 : one.links;
        page.gathered = view->found;
    } else if (listed.found > static_cast<std::int32_t>(listed.links.size())) {
        links_query every = asked;
        every.offset.reset();
        every.count = most_on_map;
        const auto drawn = VECHE_TRY(here.ask<links_view>(every));
        for (const link_row& one : drawn->links) unmapped += map.add(one) ? 0 : 1;
    } else {
        for (const link_row& one : listed.links) unmapped += map.add(one) ? 0 : 1;
    }
    if (unmapped > 0) page.unmapped = unmapped;
    page.mapped = !map.empty();
    return {};
}

result<void> draw_links(visit& here, const links_query& asked, const links_view& listed,
                        regions_page& page) {
    link_map map(here);
    VECHE_CHECK(gather_links(here, asked, listed, page, map));
    if (!page.mapped) return {};
    if (here.site.maps == nullptr || !here.site.maps->regions) {
        page.map = map.draw();
        page.map_says = page.gathered ? "" : here.text("registry.map_says");
        return {};
    }
    const maps::sheet& sheet = *here.site.maps->regions;
    pairs kept;
    for (const auto& [name, value] : here.asked.query)
        if (name != "zoom" && name != "at" && name != "by" && !value.empty())
            kept.emplace_back(name, value);
    const map_view view(sheet, sheet.whole(), look_asked(here), here.link("regions"),
                        std::move(kept));
    page.map = map.draw(sheet, view.window(), page.linked);
    page.ways = view.ways();
    page.map_says = here.text("registry.outlines_say") + " " + words_on_outlines(here, sheet);
    return {};
}

void fill_filters(visit& here, const links_query& query, regions_page& page) {
    page.words = query.query.value_or("");
    page.linked = linked_regions(here);
    for (const place_row& one : page.linked)
        page.regions.push_back({one.named.place.value, here.name_of(one.named.names),
                                query.place && *query.place == one.named.place});
    std::sort(page.regions.begin(), page.regions.end(),
              [](const auto& a, const auto& b) { return a.label < b.label; });
    page.states = enum_options(here, query.standing);
    page.filtered = query.query || query.standing || query.place;
    page.query = query_text(here);
}

response regions(visit& here) {
    here.page.door = "regions";
    links_query query = links_asked(here);
    if (const auto of = year_asked(here)) return year_page(here, *of);
    if (here.form.empty()) {
        query.offset = rows_before(here);
        query.count = rows_per_page;
    }
    VECHE_SHOW_OR_FAIL(links, here, here.ask<links_view>(query));
    if (here.form == "json") return here.json(*links);
    if (here.form == "csv") return here.csv(links->links);
    regions_page page;
    page.links = links;
    page.pages = paging_of(here, links->found);
    fill_filters(here, query, page);
    if (const auto drawn = draw_links(here, query, *links, page); !drawn)
        return here.fail(drawn.error());
    organisations_query run;
    run.run = true;
    run.count = rows_per_page;
    VECHE_SHOW_OR_FAIL(enterprises, here, here.ask<organisations_view>(run));
    page.enterprises = enterprises;
    offer_atom(here, "data/changes");
    act_list acts(here, "regions");
    const auto office = office_with_power(here, "registry");
    acts.form(record_link::wire.type, office, {});
    acts.form(record_place::wire.type, office, {});
    acts.form(record_organisation::wire.type, office, {});
    page.acts = acts.take();
    return here.show("regions", page);
}

response all_places(visit& here) {
    places_query query;
    query.query = words_asked(here);
    if (here.form.empty()) {
        query.offset = rows_before(here);
        query.count = rows_per_page;
    }
    VECHE_SHOW_OR_FAIL(places, here, here.ask<places_view>(query));
    if (here.form == "json") return here.json(*places);
    if (here.form == "csv") return here.csv(places->places);
    here.above("regions", here.text("door.regions"));
    return here.show("places",
                     places_page{places, query.query.value_or(""), query.query.has_value(),
                                 query_text(here), paging_of(here, places->found)});
}

response one_place(visit& here) {
    const auto year = number_in(here.asked.query_value("year"));
    if (year && *year >= 1900 && *year < 10'000)  // where a year was before it had a page
        return here.redirect(link_of_year(here, here.id, static_cast<std::int32_t>(*year)).href);
    place_query query{{here.id}};
    if (here.form.empty()) query.count = rows_per_page;
    VECHE_SHOW_OR_FAIL(view, here, here.ask<place_view>(query));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(view->links);
    here.above("regions", here.text("door.regions"));
    registry_place_page page;
    page.view = view;
    page.more_links = more_than(view->links.size(), view->row.links);
    page.more_organisations = more_than(view->organisations.size(), view->row.organisations);
    for (const std::int32_t each : view->years)
        page.years.push_back(link_of_year(here, here.id, each));
    act_list acts(here, "places/" + here.id);
    const auto office = office_with_power(here, "registry");
    acts.form(record_population::wire.type, office, {{"place", here.id}});
    acts.form(record_link::wire.type, office, {{"a.place", here.id}});
    page.acts = acts.take();
    offer_follow(here, "place/" + here.id);
    return here.show("registry_place", page);
}

response places(visit& here) {
    here.page.door = "regions";
    return here.id.empty() ? all_places(here) : one_place(here);
}

response link_calendar(const visit& here, const link_view& view) {
    std::vector<item_row> items;
    for (const planned_item_view& one : view.plan) items.push_back(one.row);
    return plan_calendar(
        here, here.name_of(view.row.a.names) + " – " + here.name_of(view.row.b.names), items);
}

response links(visit& here) {
    here.page.door = "regions";
    if (here.id.empty()) return here.redirect(here.link("regions"));
    link_query query{{here.id}};
    if (here.form.empty()) {
        query.offset = rows_before(here);
        query.count = rows_per_page;
    }
    VECHE_SHOW_OR_FAIL(view, here, here.ask<link_view>(query));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(view->activities);
    if (here.form == "ics") return link_calendar(here, *view);
    if (!view->plan.empty()) offer_calendar(here, "links/" + here.id);
    here.above("regions", here.text("door.regions"));
    act_list acts(here, "links/" + here.id);
    const auto office = office_with_power(here, "registry");
    acts.form(report_activity::wire.type, office, {{"link", here.id}});
    acts.form(claim_link::wire.type, office, {{"link", here.id}});
    acts.form(plan_item::wire.type, office, {{"link", here.id}});
    const auto pages = paging_of(here, static_cast<std::int32_t>(view->row.activities));
    offer_follow(here, "link/" + here.id);
    return here.show("registry_link",
                     registry_link_page{view, plan_lines(here, view->plan), pages, acts.take()});
}

/// Divisions of ISIC: those of the programme of joint enterprises first (machine building,
/// electronics, agriculture, textiles), and the one that was asked for.
std::vector<choice_option> sector_options(const visit& here, const std::string& chosen) {
    constexpr std::string_view first[] = {"28", "29", "30", "26", "27", "01", "13", "14"};
    std::vector<choice_option> out;
    for (const std::string_view one : first)
        out.push_back({std::string(one),
                       std::string(one) + " " + here.text("registry.isic." + std::string(one)),
                       chosen == one});
    const bool other = !chosen.empty() && std::none_of(out.begin(), out.end(),
                                                       [](const auto& one) { return one.chosen; });
    if (other) out.push_back({chosen, chosen, true});
    return out;
}

response all_organisations(visit& here) {
    organisations_query query;
    query.query = words_asked(here);
    query.kind = enum_asked<organisation_kind>(here, "kind");
    query.standing = enum_asked<enterprise_standing>(here, "state");
    organisations_page page;
    page.place = identifier_asked(here, "place");
    if (!page.place.empty()) {
        query.place = place_id{page.place};
        VECHE_SHOW_OR_FAIL(place, here, here.ask<place_view>(place_query{*query.place, 0}));
        page.place_names = place->row.named.names;
    }
    if (here.asked.query_value("run") == "true") query.run = true;
    const std::string sector(here.asked.query_value("sector"));
    if (is_isic_division(sector)) query.sector = sector;
    if (here.form.empty()) {
        query.offset = rows_before(here);
        query.count = rows_per_page;
    }
    VECHE_SHOW_OR_FAIL(all, here, here.ask<organisations_view>(query));
    if (here.form == "json") return here.json(*all);
    if (here.form == "csv") return here.csv(all->organisations);
    here.above("regions", here.text("door.regions"));
    page.organisations = all;
    page.words = query.query.value_or("");
    page.sectors = sector_options(here, query.sector.value_or(""));
    page.run = query.run.has_value();
    page.kinds = enum_options(here, query.kind);
    if (page.run) page.states = enum_options(here, query.standing);
    page.filtered =
        query.query || query.place || query.run || query.sector || query.kind || query.standing;
    page.query = query_text(here);
    page.pages = paging_of(here, all->found);
    return here.show("organisations", page);
}

/// The page of public money, where the organisation got any or owes reports.
std::string public_money_of(visit& here) {
    beneficiaries::payments_query got;
    got.recipient = beneficiaries::party_id{here.id};
    got.count = 0;
    const auto rows = here.ask<beneficiaries::payments_view>(got);
    beneficiaries::reports_query gave;
    gave.payer = got.recipient;
    const auto reports = here.ask<beneficiaries::reports_view>(gave);
    const bool any = (rows && (*rows)->found > 0) || (reports && !(*reports)->reports.empty());
    return any ? here.link("beneficiaries/" + here.id) : std::string();
}

response one_organisation(visit& here) {
    VECHE_SHOW_OR_FAIL(view, here, here.ask<organisation_view>(organisation_query{{here.id}}));
    const std::string& current = view->row.named.organisation.value;
    if (current != here.id) return here.redirect(here.link("organisations/" + current));
    if (here.form == "json") return here.json(*view);
    here.above("regions", here.text("door.regions"));
    here.above("organisations", here.text("registry.organisations"));
    act_list acts(here, "organisations/" + here.id);
    const auto office = office_with_power(here, "registry");
    const std::vector<act_field> it{{"organisation", here.id}};
    acts.form(record_enterprise::wire.type, office, it);
    if (!view->row.form) acts.form(record_owners::wire.type, office, it);
    if (view->row.form) acts.form(report_operation::wire.type, office, it);
    acts.form(report_activity::wire.type, office, it);
    acts.form(merge_organisations::wire.type, office, {{"kept", here.id}});
    for (const organisation_name& one : view->merged)
        acts.form(separate_organisations::wire.type, office,
                  {{"kept", here.id}, {"merged", one.organisation.value}},
                  here.text("registry.separate", {{"name", here.name_of(one.names)}}));
    acts.form(name_agent::wire.type, office, it);
    VECHE_SHOW_OR_FAIL(owners, here, here.ask<owners_view>(owners_query{{here.id}, {}}));
    VECHE_SHOW_OR_FAIL(roles, here, here.ask<roles_view>(roles_query{{here.id}}));
    profiles_query offered;
    offered.organisation = organisation_id{here.id};
    VECHE_SHOW_OR_FAIL(profiles, here, here.ask<profiles_view>(offered));
    return here.show("organisation", organisation_page{view, owners, public_money_of(here), roles,
                                                       profiles, acts.take()});
}

response organisations(visit& here) {
    here.page.door = "regions";
    return here.id.empty() ? all_organisations(here) : one_organisation(here);
}

constexpr page_route registry_routes[] = {
    {"regions", regions}, {"places", places}, {"links", links}, {"organisations", organisations}};
constexpr template_need registry_needs[] = {{"regions", &describe<regions_page>},
                                            {"places", &describe<places_page>},
                                            {"registry_place", &describe<registry_place_page>},
                                            {"registry_year", &describe<registry_year_page>},
                                            {"registry_link", &describe<registry_link_page>},
                                            {"organisations", &describe<organisations_page>},
                                            {"organisation", &describe<organisation_page>}};

}  // namespace

const page_group registry_pages{registry_routes, registry_needs};

}  // namespace veche::api::pages
