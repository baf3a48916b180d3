// One region: its counts day by day with what is odd in them as questions, reproduction numbers
// with both intervals, and every figure that was changed.

#include <algorithm>
#include <charconv>

#include "api/pages/acts.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/money_office.hpp"
#include "api/pages/situation_parts.hpp"
#include "numerics/digits.hpp"
#include "render/band_chart.hpp"

namespace veche::api::pages::of_situation {

using namespace situation;

namespace {

constexpr std::size_t days_drawn = 182;
constexpr std::size_t days_listed = 28;

/// A day as a program reads it.
struct region_day {
    date day;
    std::optional<std::int64_t> value;
    std::optional<std::int64_t> gained;
    std::int64_t versions = 0;
    std::optional<std::string> nowcast;
    std::optional<std::string> nowcast_low;
    std::optional<std::string> nowcast_high;
    std::optional<std::string> r;
    std::optional<std::string> r_plain_low;
    std::optional<std::string> r_plain_high;
    std::optional<std::string> r_low;
    std::optional<std::string> r_high;
    std::optional<std::string> r_above_one;
};
VECHE_VIEW_HERE(region_day, (day, "The day."), (value, "Its figure; nothing: no report."),
                (gained, "What it added, where that is known."),
                (versions, "How many figures it had."),
                (nowcast, "What it will have once all is reported."),
                (nowcast_low, "Lower end of its interval of 95 %."),
                (nowcast_high, "Its upper end."), (r, "R of the window that ends with it."),
                (r_plain_low, "Lower end of the plain posterior of 95 %."),
                (r_plain_high, "Its upper end."), (r_low, "Lower end of the wide interval."),
                (r_high, "Its upper end."), (r_above_one, "Probability that R exceeds 1."))

struct region_day_line {
    date day;
    std::string value;
    std::string gained;
    bool revised = false;
    std::string nowcast;
    std::string r;
    std::string plain;
    std::string wide;
};
VECHE_VIEW_HERE(region_day_line, (day, "The day."), (value, "Its figure."),
                (gained, "What it added."), (revised, "Whether its figure was changed."),
                (nowcast, "What it will have."), (r, "R."), (plain, "Its plain interval."),
                (wide, "Its wide interval."))

struct situation_region_page {
    region_row row;
    std::string name;
    std::string series_name;
    std::string series_unit;
    std::vector<choice_option> series;
    std::string known;
    std::string query;
    std::string rates;
    std::string basis;
    std::string method;
    std::string entry;
    std::string incomplete;
    std::string note;
    std::string held;
    std::vector<flag_words> flags;
    std::vector<region_day_line> days;
    render::markup counts;
    render::markup numbers;
    bool drawn = false;
    bool estimated = false;
    std::vector<revision_line> revisions;
    std::int64_t changed = 0;
    std::string part_of;
    std::vector<total_row> totals;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(situation_region_page, (row, "The region."), (name, "Its name."),
                (series_name, "What is shown."), (series_unit, "The same, as a word in a heading."),
                (series, "Series to choose from."), (known, "The day asked for."),
                (query, "What was asked for, as part of an address."), (rates, "Rates in words."),
                (basis, "What a figure is of."), (method, "How R is estimated."),
                (entry, "Entry of the newest report."), (incomplete, "From which day on it is."),
                (note, "Why there is no R."),
                (held, "How often intervals held the next day's count."), (flags, "What is odd."),
                (days, "The latest days."), (counts, "Counts day by day."),
                (numbers, "R day by day."), (drawn, "Whether there are counts to draw."),
                (estimated, "Whether there are estimates."), (revisions, "Changed figures."),
                (changed, "How many there are."), (part_of, "Name of the region it is part of."),
                (totals, "Its totals beside the sums of its parts."),
                (acts, "What the reader may do."))

std::optional<std::string> places(double value, int count) {
    return numerics::decimals(value, count);
}

/// Days of the view with what was estimated of them, by their place in the assessment.
class day_maker {
  public:
    day_maker(const counts_view& counts, const assessed& of) : counts_(counts), of_(of) {
        if (!of.counts || !of.note.empty()) return;
        const assessed_counts& made = *of.counts;
        for (std::size_t i = 0; i < made.days.size(); ++i) at_.emplace(made.days[i].days, i);
        for (std::size_t i = 0; i < made.made.windows.size(); ++i)
            window_of_.emplace(made.made.windows[i].to, i);
        for (std::size_t i = 0; i < made.over_now.size(); ++i)
            mixed_of_.emplace(made.over_now[i].to, i);
    }

    std::vector<region_day> days() const {
        std::vector<region_day> out;
        for (const day_row& one : counts_.days) {
            region_day row;
            row.day = one.day;
            row.value = one.value;
            row.gained = one.gained;
            row.versions = one.versions;
            if (const auto at = at_.find(one.day.days); at != at_.end()) add(row, at->second);
            out.push_back(std::move(row));
        }
        return out;
    }

  private:
    void add(region_day& row, std::size_t at) const {
        const assessed_counts& made = *of_.counts;
        if (at < made.now.days.size() && made.now.days[at].share < 0.999) {
            row.nowcast = places(made.now.days[at].mean, 1);
            row.nowcast_low = places(made.now.days[at].low, 0);
            row.nowcast_high = places(made.now.days[at].high, 0);
        }
        const auto window = window_of_.find(at);
        if (window == window_of_.end()) return;
        const epidemic::window_estimate& one = made.made.windows[window->second];
        if (one.no_information) return;
        row.r = places(one.mean(), 3);
        row.r_plain_low = places(one.quantiles.front(), 3);
        row.r_plain_high = places(one.quantiles.back(), 3);
        row.r_above_one = places(one.above_one, 3);
        if (!made.made.ahead.spread.empty()) {
            const auto wide = epidemic::widened(one, made.made.ahead.spread[window->second]);
            row.r_low = places(wide.low, 3);
            row.r_high = places(wide.high, 3);
        }
        // Where late reports are still to come, R is that over the nowcast.
        const auto mixed = mixed_of_.find(at);
        if (made.over_now.empty()) return;
        const std::size_t from = made.now.incomplete_from.value_or(at + 1);
        if (at < from) return;
        row.r_low.reset(), row.r_high.reset();
        if (mixed == mixed_of_.end()) {
            row.r.reset(), row.r_plain_low.reset(), row.r_plain_high.reset();
            row.r_above_one.reset();
            return;
        }
        const epidemic::mixed_estimate& over = made.over_now[mixed->second];
        row.r = places(over.mean, 3);
        row.r_plain_low = places(over.quantiles.front(), 3);
        row.r_plain_high = places(over.quantiles.back(), 3);
        row.r_above_one = places(over.above_one, 3);
    }

    const counts_view& counts_;
    const assessed& of_;
    std::map<std::int32_t, std::size_t> at_;
    std::map<std::size_t, std::size_t> window_of_, mixed_of_;
};

std::optional<double> number_of(const std::optional<std::string>& text) {
    double value = 0;
    if (!text ||
        std::from_chars(text->data(), text->data() + text->size(), value).ec != std::errc{})
        return std::nullopt;
    return value;
}

/// Days for the axis below; the picture writes those that have room.
std::vector<render::chart_tick> day_ticks(const std::vector<region_day>& days) {
    std::vector<render::chart_tick> out;
    for (std::size_t i = 0; i < days.size(); ++i)
        out.push_back({static_cast<double>(i), to_text(days[i].day)});
    return out;
}

std::vector<render::chart_tick> value_ticks(const visit& here, double most, int decimals) {
    std::vector<render::chart_tick> out;
    for (const double at : render::axis_steps(most))
        out.push_back({at, here.texts.locale().digits(numerics::decimals(at, decimals))});
    return out;
}

double most_of(const std::vector<render::chart_line>& all) {
    double most = 0;
    for (const render::chart_line& one : all)
        for (const auto& value : one.values) most = std::max(most, value.value_or(0));
    return most;
}

/// The first windows of an outbreak know little: they would press all others flat.
constexpr double most_drawn = 6;

/// R in its wide interval, the plain one within; days without information are gaps.
void draw_numbers(const visit& here, const std::vector<region_day>& days,
                  situation_region_page& page) {
    render::band_line wide{"R, " + here.text("situation.wide_band"), {}, {}, {}};
    render::band_line plain{here.text("situation.plain_band"), {}, {}, {}};
    double most = 0;
    const auto drawn = [&](const std::optional<std::string>& text) {
        auto value = number_of(text);
        if (value && *value > most_drawn) value.reset();
        most = std::max(most, value.value_or(0));
        return value;
    };
    // An upper end beyond what is drawn is cut there; its band goes on.
    const auto end_of = [&](const std::optional<std::string>& text) {
        const auto value = number_of(text);
        if (!value) return value;
        most = std::max(most, std::min(*value, most_drawn));
        return std::optional(std::min(*value, most_drawn));
    };
    bool any_wide = false;
    for (const region_day& one : days) {
        wide.middle.push_back(drawn(one.r));
        const bool known = wide.middle.back().has_value();
        wide.low.push_back(known ? end_of(one.r_low) : std::nullopt);
        wide.high.push_back(known ? end_of(one.r_high) : std::nullopt);
        plain.low.push_back(known ? end_of(one.r_plain_low) : std::nullopt);
        plain.high.push_back(known ? end_of(one.r_plain_high) : std::nullopt);
        any_wide = any_wide || wide.low.back();
    }
    page.estimated = most > 0;
    if (!page.estimated) return;
    if (!any_wide) wide.name = "R", wide.low.clear(), wide.high.clear();
    page.numbers = render::bands(here.text("situation.plot_r", {{"region", page.name}}),
                                 here.text("situation.plot_r_says"), day_ticks(days),
                                 value_ticks(here, most, 1), {wide, plain}, 1.0);
}

void draw(const visit& here, const std::vector<region_day>& all, situation_region_page& page) {
    const std::size_t from = all.size() > days_drawn ? all.size() - days_drawn : 0;
    const std::vector<region_day> days(all.begin() + static_cast<std::ptrdiff_t>(from), all.end());
    std::vector<render::chart_line> counts{{"n", page.series_name, {}, render::chart_kind::own}};
    render::chart_line now{"≈", here.text("situation.nowcast"), {}, render::chart_kind::other};
    bool late = false;
    for (const region_day& one : days) {
        counts[0].values.push_back(
            one.gained ? std::optional(std::max(0.0, static_cast<double>(*one.gained)))
                       : std::nullopt);
        now.values.push_back(number_of(one.nowcast));
        late = late || one.nowcast;
    }
    if (late) counts.push_back(std::move(now));
    page.drawn = most_of(counts) > 0;
    if (page.drawn)
        page.counts =
            render::lines(here.text("situation.plot_counts",
                                    {{"region", page.name}, {"series", page.series_name}}),
                          here.text("situation.plot_counts_says"), day_ticks(days),
                          value_ticks(here, most_of(counts), 0), counts);
    draw_numbers(here, days, page);
}

/// How often both intervals held the next day's count, after the days in which they were learned.
std::string held_text(const visit& here, const assessed& of) {
    if (!of.counts || of.counts->spread_out || !of.counts->made.dispersion) return {};
    const auto& days = of.counts->made.ahead.days;
    const auto held = epidemic::coverage_from(days, days[epidemic::least_foretold].day);
    const auto percent = [&](double share) {
        return here.texts.locale().digits(numerics::decimals(100 * share, 1));
    };
    return here.text("situation.held",
                     {{"n", here.texts.locale().number(static_cast<std::int64_t>(held.days))},
                      {"plain", percent(held.plain)},
                      {"wide", percent(held.wide)}});
}

std::string range_text(const visit& here, const std::optional<std::string>& low,
                       const std::optional<std::string>& high) {
    return low ? digits_text(here, low) + "–" + digits_text(here, high) : std::string();
}

region_day_line line_of(const visit& here, const region_day& one) {
    const auto whole = [&](std::optional<std::int64_t> value) {
        return value ? here.texts.locale().number(*value) : std::string();
    };
    region_day_line out;
    out.day = one.day;
    out.value = one.value ? whole(one.value) : here.text("situation.no_report");
    out.gained = one.gained ? whole(one.gained) : std::string("–");
    out.revised = one.versions > 1;
    if (one.nowcast)
        out.nowcast = digits_text(here, one.nowcast) + " (" +
                      range_text(here, one.nowcast_low, one.nowcast_high) + ")";
    out.r = digits_text(here, one.r);
    out.plain = range_text(here, one.r_plain_low, one.r_plain_high);
    out.wide = range_text(here, one.r_low, one.r_high);
    return out;
}

std::string rates_in_words(const visit& here, const region_row& row,
                           const situation::series_id& series) {
    for (const situation::series_row& one : row.series) {
        if (one.series != series || !row.people) continue;
        const auto said = [&](std::optional<std::int64_t> rate) {
            return rate ? hundredths_text(here, *rate) : std::string("–");
        };
        return here.text("situation.rates", {{"week", said(one.week_per_100k)},
                                             {"fortnight", said(one.fortnight_per_100k)},
                                             {"people", here.texts.locale().number(*row.people)},
                                             {"on", row.people_on},
                                             {"source", row.people_source}});
    }
    return {};
}

void fill_series(const visit& here, const situation::series_id& chosen,
                 situation_region_page& page) {
    for (const situation::series_row& one : page.row.series)
        page.series.push_back(
            {one.series.value, name_of_series(here, one.series, one.names), one.series == chosen});
}

std::string method_words(const visit& here, const overview_view& view) {
    if (!view.method) return here.text("situation.no_method");
    return here.text("situation.method",
                     {{"mean", hundredths_text(here, view.method->mean_hundredths)},
                      {"deviation", hundredths_text(here, view.method->deviation_hundredths)},
                      {"n", std::int64_t{view.method->window}},
                      {"source", view.method->source},
                      {"method", std::string(situation_method)}});
}

std::string query_of_region(const std::optional<date>& known, const situation::series_id& series) {
    std::string out = "?series=" + series.value;
    if (known) out += "&known=" + to_text(*known);
    return out;
}

result<void> fill_history(visit& here, const std::optional<date>& known,
                          const situation::series_id& series, situation_region_page& page) {
    revisions_query changed;
    changed.region = page.row.named.region;
    changed.series = series;
    changed.known = known;
    changed.count = 50;
    const auto revisions = VECHE_TRY(here.ask<revisions_view>(changed));
    page.revisions = lines_of(here, *revisions);
    page.changed = revisions->found;
    const auto totals = VECHE_TRY(here.ask<totals_view>(totals_query{known}));
    for (const total_row& one : totals->totals)
        if (one.named.region == page.row.named.region && one.series == series && one.day)
            page.totals.push_back(one);
    return {};
}

}  // namespace

response situation_region(visit& here) {
    const std::optional<date> known = known_asked(here);
    VECHE_SHOW_OR_FAIL(view, here, here.ask<overview_view>(overview_query{known}));
    const auto row =
        std::find_if(view->regions.begin(), view->regions.end(),
                     [&](const region_row& one) { return one.named.region.value == here.id; });
    const std::string asked = identifier_asked(here, "series");
    const situation::series_id series{asked.empty() ? "cases" : asked};
    VECHE_SHOW_OR_FAIL(counts, here, here.ask<counts_view>(counts_query{{here.id}, series, known}));
    const assessed of = assess_region(here, *view, *row);
    const bool of_cases = series.value == "cases";
    const std::vector<region_day> days = day_maker(*counts, of_cases ? of : assessed{}).days();
    if (here.form == "json") return here.json(days);
    if (here.form == "csv") return here.csv(days);
    situation_region_page page;
    page.row = *row;
    page.name = name_of_region(here, row->named);
    for (const region_row& one : view->regions)
        if (row->part_of == one.named.region) page.part_of = name_of_region(here, one.named);
    fill_series(here, series, page);
    localized names;
    for (const situation::series_row& one : row->series)
        if (one.series == series) names = one.names;
    page.series_name = name_of_series(here, series, names);
    page.known = known ? to_text(*known) : std::string();
    page.query = query_of_region(known, series);
    page.rates = rates_in_words(here, *row, series);
    page.basis = here.text("choice.count_basis." + std::string(name_of(counts->basis)));
    page.method = method_words(here, *view);
    if (view->seq > 0) page.entry = std::to_string(view->seq);
    if (of_cases && of.note.empty()) page.held = held_text(here, of);
    if (of_cases && !of.note.empty()) page.note = here.text("situation.note." + of.note);
    page.flags = flags_in_words(here, *row, of);
    draw(here, days, page);
    for (std::size_t i = days.size(); i > 0 && page.days.size() < days_listed; --i)
        page.days.push_back(line_of(here, days[i - 1]));
    if (const auto done = fill_history(here, known, series, page); !done)
        return here.fail(done.error());
    here.above("situation" + (known ? "?known=" + to_text(*known) : std::string()),
               here.text("situation.title"));
    act_list acts(here, "situation/" + here.id);
    const auto office = office_with_power(here, "situation");
    acts.form(watch_region::wire.type, office, {{"region", here.id}});
    acts.form(withdraw_counts::wire.type, office, {{"region", here.id}, {"series", series.value}});
    page.acts = acts.take();
    return here.show("situation_region", page);
}

namespace {
constexpr template_need region_needs[] = {{"situation_region", &describe<situation_region_page>}};
}  // namespace

}  // namespace veche::api::pages::of_situation

namespace veche::api::pages {

const page_group situation_region_pages{{}, of_situation::region_needs};

}  // namespace veche::api::pages
