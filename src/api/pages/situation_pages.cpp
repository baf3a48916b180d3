// The situation of every region: rates, reproduction numbers, how new figures are and what is odd
// in them; as it is known now, or as it was known on a day.

#include <algorithm>

#include "api/pages/acts.hpp"
#include "api/pages/map_view.hpp"
#include "api/pages/money_office.hpp"
#include "api/pages/situation_parts.hpp"
#include "numerics/digits.hpp"
#include "render/map_chart.hpp"

namespace veche::api::pages::of_situation {

using namespace situation;

namespace {

/// One region as a program reads it: a row of CSV, an element of JSON.
struct situation_figure {
    std::string region;
    std::string name;
    std::optional<date> newest;
    std::optional<std::int64_t> age_days;
    std::optional<std::int64_t> people;
    std::string people_on;
    std::optional<std::int64_t> cases_7_days;
    std::optional<std::int64_t> cases_14_days;
    std::optional<std::string> cases_7_days_per_100k;
    std::optional<std::string> cases_14_days_per_100k;
    std::optional<std::string> deaths_7_days_per_100k;
    std::optional<std::string> deaths_14_days_per_100k;
    std::optional<std::string> r;
    std::optional<std::string> r_low;
    std::optional<std::string> r_high;
    std::optional<std::string> r_above_one;
    std::optional<std::string> doubling_days;
    std::optional<std::string> dispersion;
    std::string note;
    std::string flags;
    std::string method;
    std::optional<std::int64_t> as_of_entry;
};
VECHE_VIEW_HERE(situation_figure, (region, "Short name of the region."), (name, "Its name."),
                (newest, "The newest day with a figure."), (age_days, "How many days ago that is."),
                (people, "People who live there."), (people_on, "When they did."),
                (cases_7_days, "Cases of the 7 days up to it."),
                (cases_14_days, "Cases of the 14 days."),
                (cases_7_days_per_100k, "Of 7 days per 100,000 people."),
                (cases_14_days_per_100k, "Of 14 days per 100,000 people."),
                (deaths_7_days_per_100k, "Deaths of 7 days per 100,000 people."),
                (deaths_14_days_per_100k, "Deaths of 14 days per 100,000 people."),
                (r, "Reproduction number, the mean."), (r_low, "Lower end of its wide interval."),
                (r_high, "Upper end of its wide interval."),
                (r_above_one, "Probability that it exceeds 1."),
                (doubling_days, "Days in which cases double; below 0 they halve."),
                (dispersion, "Of the counts."), (note, "Why there is no number."),
                (flags, "Kinds of what is odd."), (method, "Method and its version."),
                (as_of_entry, "The entry of the journal that holds the newest report."))

struct situation_line {
    std::string region;
    std::string name;
    std::string href;
    bool inner = false;
    std::optional<date> newest;
    std::string age;
    bool silent = false;
    std::string cases_week;
    std::string cases_fortnight;
    std::string deaths_week;
    std::string deaths_fortnight;
    std::string r;
    std::string range;
    std::string above_one;
    std::string doubling;
    std::string note;
    std::vector<flag_words> flags;
};
VECHE_VIEW_HERE(situation_line, (region, "Short name."), (name, "Its name."), (href, "Its page."),
                (inner, "Whether it is part of another."),
                (newest, "The newest day with a figure."), (age, "How long ago that is."),
                (silent, "Whether a figure is missing."),
                (cases_week, "Cases of 7 days per 100,000."),
                (cases_fortnight, "Cases of 14 days per 100,000."),
                (deaths_week, "Deaths of 7 days per 100,000."),
                (deaths_fortnight, "Deaths of 14 days per 100,000."), (r, "Reproduction number."),
                (range, "Its wide interval."), (above_one, "Probability that it exceeds 1."),
                (doubling, "Days in which cases double or halve."),
                (note, "Why there is no number."), (flags, "What is odd."))

struct situation_page {
    shown<overview_view> view;
    std::string known;
    std::vector<situation_line> lines;
    std::string method;
    std::string entry;
    std::string query;
    std::string people;
    std::int64_t count = 0;
    bool mapped = false;
    render::markup map;
    std::string map_says;
    std::optional<map_ways> ways;
    std::vector<revision_line> revisions;
    std::int64_t changed = 0;
    shown<reports_view> reports;
    bool may_import = false;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(situation_page, (view, "The regions."), (known, "The day asked for."),
                (lines, "A line for each region."), (method, "How R is estimated, in words."),
                (entry, "Entry of the newest report."), (query, "The day as part of an address."),
                (people, "When people were counted."), (count, "How many regions."),
                (mapped, "Whether there is a map."), (map, "Cases of 14 days by region, drawn."),
                (map_says, "Whose outlines there are."), (ways, "Ways around the map."),
                (revisions, "Figures that were changed, the latest first."),
                (changed, "How many there are."), (reports, "Reports, the newest first."),
                (may_import, "Whether the reader may report from a table."),
                (acts, "What the reader may do."))

const situation::series_row* series_in(const region_row& row, std::string_view series) {
    for (const situation::series_row& one : row.series)
        if (one.series.value == series) return &one;
    return nullptr;
}

std::optional<std::string> machine_rate(std::optional<std::int64_t> hundredths) {
    if (!hundredths) return std::nullopt;
    return numerics::decimals(static_cast<double>(*hundredths) / 100, 2);
}

std::string rate_text(const visit& here, std::optional<std::int64_t> hundredths) {
    return hundredths ? hundredths_text(here, *hundredths) : std::string("–");
}

situation_figure figure_of(const visit& here, const overview_view& view, const region_row& row,
                           const region_estimate& estimate, const std::vector<flag_words>& flags) {
    situation_figure out;
    out.region = row.named.region.value;
    out.name = name_of_region(here, row.named);
    out.newest = row.newest;
    out.age_days = row.age_days;
    out.people = row.people;
    out.people_on = row.people_on;
    if (const situation::series_row* cases = series_in(row, "cases")) {
        out.cases_7_days = cases->week;
        out.cases_14_days = cases->fortnight;
        out.cases_7_days_per_100k = machine_rate(cases->week_per_100k);
        out.cases_14_days_per_100k = machine_rate(cases->fortnight_per_100k);
    }
    if (const situation::series_row* deaths = series_in(row, "deaths")) {
        out.deaths_7_days_per_100k = machine_rate(deaths->week_per_100k);
        out.deaths_14_days_per_100k = machine_rate(deaths->fortnight_per_100k);
    }
    out.r = estimate.mean;
    out.r_low = estimate.low;
    out.r_high = estimate.high;
    out.r_above_one = estimate.above_one;
    out.doubling_days = estimate.doubling_days;
    out.dispersion = estimate.dispersion;
    out.note = estimate.note;
    for (const flag_words& one : flags) out.flags += (out.flags.empty() ? "" : " ") + one.kind;
    out.method = situation_method;
    if (view.seq > 0) out.as_of_entry = view.seq;
    return out;
}

std::string note_text(const visit& here, const std::string& note) {
    return note.empty() ? std::string() : here.text("situation.note." + note);
}

std::string doubling_text(const visit& here, const std::optional<std::string>& days) {
    if (!days) return "–";
    const bool halves = days->starts_with('-');
    return here.text(halves ? "situation.halves" : "situation.doubles",
                     {{"days", here.texts.locale().digits(halves ? days->substr(1) : *days)}});
}

situation_line line_of(const visit& here, const region_row& row, const region_estimate& estimate,
                       std::vector<flag_words> flags, const std::string& query) {
    situation_line out;
    out.region = row.named.region.value;
    out.name = name_of_region(here, row.named);
    out.href = here.link("situation/" + out.region) + query;
    out.inner = row.part_of.has_value();
    out.newest = row.newest;
    out.age = row.age_days ? here.text("situation.age", {{"n", *row.age_days}}) : std::string();
    out.silent = row.silent_days.has_value();
    const situation::series_row* cases = series_in(row, "cases");
    const situation::series_row* deaths = series_in(row, "deaths");
    const auto rate = [&](const situation::series_row* of, auto part) {
        return rate_text(here, of ? of->*part : std::optional<std::int64_t>());
    };
    out.cases_week = rate(cases, &situation::series_row::week_per_100k);
    out.cases_fortnight = rate(cases, &situation::series_row::fortnight_per_100k);
    out.deaths_week = rate(deaths, &situation::series_row::week_per_100k);
    out.deaths_fortnight = rate(deaths, &situation::series_row::fortnight_per_100k);
    out.r = digits_text(here, estimate.mean);
    if (estimate.low)
        out.range = digits_text(here, estimate.low) + "–" + digits_text(here, estimate.high);
    out.above_one = digits_text(here, estimate.above_one);
    out.doubling = doubling_text(here, estimate.doubling_days);
    out.note = note_text(here, estimate.note);
    out.flags = std::move(flags);
    return out;
}

/// Regions darker the more cases of 14 days they have per 100,000 people.
class situation_map {
  public:
    explicit situation_map(const visit& here) : here_(here) {}

    void draw(const overview_view& view, situation_page& page, const std::string& query) const {
        const bool outlined = here_.site.maps != nullptr && here_.site.maps->regions.has_value();
        if (!outlined) return circles(view, page);
        const maps::sheet& sheet = *here_.site.maps->regions;
        render::outline_picture what;
        for (const region_row& row : view.regions)
            if (const auto unit = unit_of(sheet, row))
                what.regions.insert_or_assign(*unit, region_of(row, query));
        if (what.regions.empty()) return circles(view, page);
        for (std::size_t i = 0; i < std::size(tint_begins); ++i)
            what.keys.push_back({key_of(i), i + 1});
        pairs kept;
        for (const auto& [name, value] : here_.asked.query)
            if (name == "known" && !value.empty()) kept.emplace_back(name, value);
        const map_view looked(sheet, sheet.whole(), look_asked(here_), here_.link("situation"),
                              std::move(kept));
        page.map =
            render::outline_map(here_.text("situation.map"), here_.text("situation.map_says"),
                                sheet, looked.window(), what);
        page.ways = looked.ways();
        page.map_says = words_on_outlines(here_, sheet);
        page.mapped = true;
    }

  private:
    /// From how many cases per 100,000 on, in hundredths, a region is one darker.
    static constexpr std::int64_t tint_begins[] = {0, 5'000, 20'000};

    static std::optional<std::int64_t> rate(const region_row& row) {
        const situation::series_row* cases = series_in(row, "cases");
        return cases ? cases->fortnight_per_100k : std::nullopt;
    }
    std::string key_of(std::size_t i) const {
        const auto whole = [&](std::size_t at) { return tint_begins[at] / 100; };
        if (i + 1 == std::size(tint_begins))
            return here_.text("situation.rate_from", {{"n", whole(i)}});
        return here_.text("situation.rate_between", {{"from", whole(i)}, {"to", whole(i + 1)}});
    }
    std::string says_of(const region_row& row) const {
        const std::string name = name_of_region(here_, row.named);
        if (const auto cases = rate(row))
            return here_.text("situation.region_rate",
                              {{"region", name}, {"rate", hundredths_text(here_, *cases)}});
        return here_.text("situation.region_unknown", {{"region", name}});
    }
    render::map_region region_of(const region_row& row, const std::string& query) const {
        std::size_t tint = 0;
        if (const auto cases = rate(row))
            for (const std::int64_t least : tint_begins) tint += *cases >= least ? 1U : 0U;
        return {name_of_region(here_, row.named), says_of(row),
                here_.link("situation/" + row.named.region.value) + query, tint};
    }
    static std::optional<std::size_t> unit_of(const maps::sheet& sheet, const region_row& row) {
        constexpr double degree = 1e6;
        if (const auto known = sheet.find(row.named.region.value)) return known;
        if (!row.latitude || !row.longitude || !row.part_of) return std::nullopt;
        return sheet.around({static_cast<double>(*row.longitude) / degree,
                             static_cast<double>(*row.latitude) / degree});
    }
    void circles(const overview_view& view, situation_page& page) const {
        constexpr double degree = 1e6;
        std::vector<render::map_circle> all;
        for (const region_row& row : view.regions)
            if (const auto cases = rate(row); cases && *cases > 0 && row.latitude && row.longitude)
                all.push_back({name_of_region(here_, row.named), says_of(row),
                               static_cast<double>(*row.latitude) / degree,
                               static_cast<double>(*row.longitude) / degree,
                               static_cast<double>(*cases), render::chart_kind::own});
        if (all.empty()) return;
        page.map =
            render::circle_map(here_.text("situation.map"), here_.text("situation.map_says"), all);
        page.map_says = here_.text("situation.circles_say");
        page.mapped = true;
    }

    const visit& here_;
};

std::string method_text(const visit& here, const overview_view& view) {
    if (!view.method) return here.text("situation.no_method");
    return here.text("situation.method",
                     {{"mean", hundredths_text(here, view.method->mean_hundredths)},
                      {"deviation", hundredths_text(here, view.method->deviation_hundredths)},
                      {"n", std::int64_t{view.method->window}},
                      {"source", view.method->source},
                      {"method", std::string(situation_method)}});
}

/// When and by whom people were counted, each said once.
std::string people_text(const overview_view& view) {
    std::vector<std::string> said;
    for (const region_row& row : view.regions) {
        if (!row.people) continue;
        std::string one = row.people_on + ", " + row.people_source;
        if (std::find(said.begin(), said.end(), one) == said.end()) said.push_back(std::move(one));
    }
    std::string out;
    for (const std::string& one : said) out += (out.empty() ? "" : "; ") + one;
    return out;
}

void offer_acts(visit& here, situation_page& page) {
    act_list acts(here, "situation");
    const auto office = office_with_power(here, "situation");
    acts.form(watch_region::wire.type, office, {});
    acts.form(name_method::wire.type, office, {});
    acts.form(name_series::wire.type, office, {});
    acts.form(withdraw_counts::wire.type, office, {});
    page.acts = acts.take();
    page.may_import = office.has_value();
}

response all_regions(visit& here) {
    const std::optional<date> known = known_asked(here);
    VECHE_SHOW_OR_FAIL(view, here, here.ask<overview_view>(overview_query{known}));
    situation_page page;
    page.query = known ? "?known=" + to_text(*known) : std::string();
    std::vector<situation_figure> figures;
    for (const region_row& row : view->regions) {
        const assessed of = assess_region(here, *view, row);
        const region_estimate estimate = estimate_of(of);
        std::vector<flag_words> flags = flags_in_words(here, row, of);
        if (here.form.empty())
            page.lines.push_back(line_of(here, row, estimate, std::move(flags), page.query));
        else
            figures.push_back(figure_of(here, *view, row, estimate, flags));
    }
    if (here.form == "json") return here.json(figures);
    if (here.form == "csv") return here.csv(figures);
    page.known = known ? to_text(*known) : std::string();
    page.method = method_text(here, *view);
    page.people = people_text(*view);
    page.count = static_cast<std::int64_t>(view->regions.size());
    if (view->seq > 0) page.entry = std::to_string(view->seq);
    situation_map(here).draw(*view, page, page.query);
    revisions_query changed;
    changed.known = known;
    changed.count = 20;
    VECHE_SHOW_OR_FAIL(revisions, here, here.ask<revisions_view>(changed));
    page.revisions = lines_of(here, *revisions);
    page.changed = revisions->found;
    VECHE_SHOW_OR_FAIL(reports, here, here.ask<reports_view>(reports_query{{}, 10}));
    page.reports = reports;
    page.view = view;
    offer_acts(here, page);
    return here.show("situation", page);
}

response situation_of(visit& here) {
    here.page.door = "health";
    if (here.id.empty()) return all_regions(here);
    return here.id == "import" ? situation_import(here) : situation_region(here);
}

constexpr page_route situation_routes[] = {{"situation", situation_of}};
constexpr template_need situation_needs[] = {{"situation", &describe<situation_page>}};

}  // namespace

}  // namespace veche::api::pages::of_situation

namespace veche::api::pages {

const page_group situation_pages{of_situation::situation_routes, of_situation::situation_needs};

}  // namespace veche::api::pages
