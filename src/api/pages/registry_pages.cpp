// The register: links between members and their state, places, organisations and joint enterprises,
// each record with its source.

#include <algorithm>

#include "api/pages/acts.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/map_view.hpp"
#include "api/pages/money_office.hpp"
#include "api/pages/paging.hpp"
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
    std::optional<std::int64_t> drawn_from;
    std::int64_t drawn_to = 0;
    std::vector<place_row> linked;
    shown<organisations_view> enterprises;
    std::vector<act> acts;
};
VECHE_FIELDS(
    regions_page, (links, "Links, as far as they were asked for."), (words, "Words looked for."),
    (regions, "Regions to choose from."), (states, "States to choose from."),
    (filtered, "Whether a filter is set."), (query, "The filter as part of an address."),
    (pages, "Where the reader is in a long list."), (mapped, "Whether any link can be drawn."),
    (map, "The links that were asked for, drawn."), (map_says, "Whose outlines there are."),
    (ways, "Ways around the map."), (drawn_from, "The first link on the map, where not all are."),
    (drawn_to, "The last of them."), (unmapped, "Links of which a side has no known point."),
    (linked, "Regions with links, those with most first."),
    (enterprises, "Enterprises of several sides."), (acts, "What the reader may do."))

struct places_page {
    shown<places_view> places;
    std::string words;
    bool filtered = false;
    std::string query;
    std::optional<paging> pages;
};
VECHE_FIELDS(places_page, (places, "Places, as far as they were asked for."),
             (words, "Words looked for."), (filtered, "Whether a filter is set."),
             (query, "The filter as part of an address."),
             (pages, "Where the reader is in a long list."))

struct year_link {
    std::string year;
    std::string href;
};
VECHE_FIELDS(year_link, (year, "The year."), (href, "The report of it."))

struct registry_place_page {
    shown<place_view> view;
    shown<place_year_view> report;
    std::string report_year;
    std::optional<std::int64_t> took_part;
    std::vector<year_link> years;
    std::vector<act> acts;
};
VECHE_FIELDS(registry_place_page, (view, "The place."), (report, "The year that was asked for."),
             (report_year, "That year."), (took_part, "People who took part, where it is known."),
             (years, "Years with activities."), (acts, "What the reader may do."))

struct registry_link_page {
    shown<link_view> view;
    std::vector<act> acts;
};
VECHE_FIELDS(registry_link_page, (view, "The link."), (acts, "What the reader may do."))

struct organisations_page {
    shown<organisations_view> organisations;
    std::string words;
    bool filtered = false;
    std::string query;
    std::optional<paging> pages;
};
VECHE_FIELDS(organisations_page, (organisations, "Organisations, as far as they were asked for."),
             (words, "Words looked for."), (filtered, "Whether a filter is set."),
             (query, "The filter as part of an address."),
             (pages, "Where the reader is in a long list."))

struct organisation_page {
    shown<organisation_view> view;
    std::vector<act> acts;
};
VECHE_FIELDS(organisation_page, (view, "The organisation."), (acts, "What the reader may do."))

/// Links of which the map shows one block: that in which the part of the list lies.
constexpr std::int32_t most_on_map = 500;
static_assert(most_on_map % rows_per_page == 0);

std::optional<std::string> words_asked(const visit& here) {
    const auto words = here.asked.query_value("q");
    return words.empty() ? std::nullopt : std::optional(std::string(words));
}

/// The states of links by name, that of the address chosen.
std::vector<choice_option> state_options(const visit& here, std::optional<link_standing> chosen) {
    std::vector<choice_option> out;
    for (const std::string_view name : describe<link_standing>().choices)
        out.push_back({std::string(name), here.text("choice.link_standing." + std::string(name)),
                       chosen && name_of(*chosen) == name});
    return out;
}

std::optional<link_standing> state_asked(const visit& here) {
    const std::string asked(here.asked.query_value("state"));
    const auto names = describe<link_standing>().choices;
    const auto there = std::find(names.begin(), names.end(), asked);
    if (there == names.end()) return std::nullopt;
    return static_cast<link_standing>(there - names.begin());
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
        constexpr double degree = 1e6;
        const std::string id =
            end.organisation ? "o " + end.organisation->value : "p " + end.place->place.value;
        const auto [known, fresh] = numbers_.emplace(id, circles_.size());
        if (fresh) {
            const std::string name = here_.name_of(end.names);
            circles_.push_back({name, name, end.at->latitude / degree, end.at->longitude / degree,
                                0, render::chart_kind::own});
        }
        circles_[known->second].size += 1;
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
    query.standing = state_asked(here);
    if (const std::string region = identifier_asked(here, "region"); !region.empty())
        query.place = place_id{region};
    return query;
}

/// The links of the page's list out of the block of links that the map shows.
shown<links_view> listed(const visit& here, const links_view& block) {
    auto part = std::make_shared<links_view>(block);
    const auto first = std::min<std::size_t>(
        static_cast<std::size_t>(rows_before(here) % most_on_map), block.links.size());
    const auto last = std::min<std::size_t>(first + rows_per_page, block.links.size());
    part->links.assign(block.links.begin() + static_cast<std::ptrdiff_t>(first),
                       block.links.begin() + static_cast<std::ptrdiff_t>(last));
    return {std::move(part)};
}

void draw_links(const visit& here, const links_view& block, regions_page& page) {
    link_map map(here);
    std::int64_t unmapped = 0;
    for (const link_row& one : block.links) unmapped += map.add(one) ? 0 : 1;
    if (unmapped > 0) page.unmapped = unmapped;
    page.mapped = !map.empty();
    if (!page.mapped) return;
    if (const auto drawn = static_cast<std::int64_t>(block.links.size()); drawn < block.found) {
        page.drawn_from = rows_before(here) / most_on_map * most_on_map + 1;
        page.drawn_to = *page.drawn_from + drawn - 1;
    }
    if (here.site.maps == nullptr || !here.site.maps->regions) {
        page.map = map.draw();
        page.map_says = here.text("registry.map_says");
        return;
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
}

void fill_filters(visit& here, const links_query& query, regions_page& page) {
    page.words = query.query.value_or("");
    page.linked = linked_regions(here);
    for (const place_row& one : page.linked)
        page.regions.push_back({one.named.place.value, here.name_of(one.named.names),
                                query.place && *query.place == one.named.place});
    std::sort(page.regions.begin(), page.regions.end(),
              [](const auto& a, const auto& b) { return a.label < b.label; });
    page.states = state_options(here, query.standing);
    page.filtered = query.query || query.standing || query.place;
    page.query = query_text(here);
}

response regions(visit& here) {
    here.page.door = "regions";
    links_query query = links_asked(here);
    if (here.form.empty()) {
        query.offset = rows_before(here) / most_on_map * most_on_map;
        query.count = most_on_map;
    }
    VECHE_SHOW_OR_FAIL(links, here, here.ask<links_view>(query));
    if (here.form == "json") return here.json(*links);
    if (here.form == "csv") return here.csv(links->links);
    regions_page page;
    page.links = listed(here, *links);
    page.pages = paging_of(here, links->found);
    fill_filters(here, query, page);
    draw_links(here, *links, page);
    organisations_query run;
    run.run = true;
    VECHE_SHOW_OR_FAIL(enterprises, here, here.ask<organisations_view>(run));
    page.enterprises = enterprises;
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
    VECHE_SHOW_OR_FAIL(view, here, here.ask<place_view>(place_query{{here.id}}));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(view->links);
    here.above("regions", here.text("door.regions"));
    registry_place_page page;
    page.view = view;
    for (const std::int32_t each : view->years) {
        const std::string name = std::to_string(each);
        page.years.push_back({name, here.link("places/" + here.id + "?year=" + name)});
    }
    const auto year = number_in(here.asked.query_value("year"));
    if (year && *year >= 1900 && *year < 10'000) {
        const place_year_query query{{here.id}, static_cast<std::int32_t>(*year)};
        VECHE_SHOW_OR_FAIL(report, here, here.ask<place_year_view>(query));
        page.report = report;
        page.report_year = std::to_string(*year);
        if (report->people > 0) page.took_part = report->people;
    }
    act_list acts(here, "places/" + here.id);
    const auto office = office_with_power(here, "registry");
    acts.form(record_population::wire.type, office, {{"place", here.id}});
    acts.form(record_link::wire.type, office, {{"a.place", here.id}});
    page.acts = acts.take();
    return here.show("registry_place", page);
}

response places(visit& here) {
    here.page.door = "regions";
    return here.id.empty() ? all_places(here) : one_place(here);
}

response links(visit& here) {
    here.page.door = "regions";
    if (here.id.empty()) return here.redirect(here.link("regions"));
    VECHE_SHOW_OR_FAIL(view, here, here.ask<link_view>(link_query{{here.id}}));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(view->activities);
    here.above("regions", here.text("door.regions"));
    act_list acts(here, "links/" + here.id);
    const auto office = office_with_power(here, "registry");
    acts.form(report_activity::wire.type, office, {{"link", here.id}});
    acts.form(claim_link::wire.type, office, {{"link", here.id}});
    return here.show("registry_link", registry_link_page{view, acts.take()});
}

response all_organisations(visit& here) {
    organisations_query query;
    query.query = words_asked(here);
    if (here.form.empty()) {
        query.offset = rows_before(here);
        query.count = rows_per_page;
    }
    VECHE_SHOW_OR_FAIL(all, here, here.ask<organisations_view>(query));
    if (here.form == "json") return here.json(*all);
    if (here.form == "csv") return here.csv(all->organisations);
    here.above("regions", here.text("door.regions"));
    return here.show("organisations",
                     organisations_page{all, query.query.value_or(""), query.query.has_value(),
                                        query_text(here), paging_of(here, all->found)});
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
    if (view->row.form) acts.form(report_operation::wire.type, office, it);
    acts.form(report_activity::wire.type, office, it);
    acts.form(merge_organisations::wire.type, office, {{"kept", here.id}});
    return here.show("organisation", organisation_page{view, acts.take()});
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
                                            {"registry_link", &describe<registry_link_page>},
                                            {"organisations", &describe<organisations_page>},
                                            {"organisation", &describe<organisation_page>}};

}  // namespace

const page_group registry_pages{registry_routes, registry_needs};

}  // namespace veche::api::pages
