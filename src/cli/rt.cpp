#include "cli/rt.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "cli/evidence_sheet.hpp"
#include "cli/files.hpp"
#include "cli/picture_file.hpp"
#include "cli/table_file.hpp"
#include "epidemic/blocks.hpp"
#include "epidemic/forecast.hpp"
#include "epidemic/nowcast.hpp"
#include "epidemic/refusal.hpp"
#include "epidemic/window_choice.hpp"
#include "kernel/csv.hpp"
#include "kernel/hash.hpp"
#include "numerics/digits.hpp"
#include "render/charts.hpp"

namespace veche::cli {
namespace {

constexpr double smooth_below = 0.5, rough_above = 2;  // dispersions that are told
constexpr std::size_t least_foretold = 28;             // days that a dispersion needs
constexpr std::size_t days_of_nowcast = 14;            // that are printed
constexpr double none = std::numeric_limits<double>::quiet_NaN();

struct estimated {
    epidemic::series of;
    epidemic::serial_interval interval;
    std::vector<epidemic::window_estimate> windows;
    epidemic::foretold ahead;
    epidemic::coverage held;
    std::vector<epidemic::mixed_estimate> mixed;  ///< where the interval or counts are uncertain
    epidemic::nowcast now;
    std::vector<std::string> said;  ///< of how it was estimated
};

result<epidemic::serial_interval> interval_of(const rt_options& o, std::size_t days) {
    if (o.interval_file.empty())
        return epidemic::discretised(o.interval_mean, o.interval_deviation, days);
    const std::string bytes = VECHE_TRY(read_file(o.interval_file));
    const tables::table t = VECHE_TRY(table_in(o.interval_file, bytes));
    return epidemic::given(VECHE_TRY(t.numbers("w")));
}

result<std::vector<epidemic::series>> chosen_series(const rt_options& o, const tables::table& t) {
    auto all = VECHE_TRY(epidemic::series_of(t, o.layout));
    if (o.only.empty()) return all;
    const auto at = std::find_if(all.begin(), all.end(),
                                 [&](const epidemic::series& one) { return one.region == o.only; });
    if (at == all.end()) return refuse(epidemic::refusals::region_unknown, "region", o.only);
    return std::vector{*at};
}

/// The settings with the window that was asked for; "auto" is said in the estimate.
result<epidemic::estimate_settings> settings_for(const rt_options& o, const epidemic::incidence& of,
                                                 estimated& out) {
    epidemic::estimate_settings how = o.how;
    if (o.window != "auto") {
        const auto days = std::strtoull(o.window.c_str(), nullptr, 10);
        how.window = static_cast<std::size_t>(days);
        return how;
    }
    const auto choice = VECHE_TRY(epidemic::choose_window(of, out.interval, how));
    how.window = choice.chosen;
    if (choice.days > 0)
        out.said.push_back(fmt::format("a window of {} days foretold {} days best (weight {:.2f})",
                                       choice.chosen, choice.days,
                                       choice.weights[choice.chosen - 1].weight));
    return how;
}

/// Rows as blocks of the days since the row before; the first is as long as the second.
std::vector<epidemic::block> blocks_of(epidemic::series& of) {
    std::vector<std::size_t> rows;
    for (std::size_t t = 0; t < of.reported.size(); ++t)
        if (of.reported[t]) rows.push_back(t);
    std::vector<epidemic::block> out;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::size_t days = i > 0 ? rows[i] - rows[i - 1] : rows.size() > 1 ? rows[1] : 7;
        out.push_back({of.counts.cases[rows[i]], days});
    }
    if (!out.empty()) of.days.insert(of.days.begin(), out.front().days - 1, "before");
    std::erase_if(of.oddities, [](const epidemic::oddity& one) {
        return one.kind == epidemic::oddity_kind::no_report;
    });
    return out;
}

/// Over all serial intervals that may be, where the interval is uncertain.
result<void> add_uncertainty(const rt_options& o, const epidemic::incidence& of,
                             const epidemic::estimate_settings& how, estimated& out) {
    if (o.interval_mean_deviation == 0 && o.interval_deviation_deviation == 0) return {};
    const epidemic::uncertain_interval w{o.interval_mean, o.interval_mean_deviation,
                                         o.interval_deviation, o.interval_deviation_deviation};
    const auto all = VECHE_TRY(epidemic::intervals_of(w, of.cases.size()));
    out.mixed = VECHE_TRY(epidemic::estimate_over(of, all, how));
    out.said.push_back(fmt::format("the plain interval is over {} serial intervals", all.size()));
    return {};
}

result<estimated> estimate_weekly(const rt_options& o, epidemic::series of) {
    estimated out;
    const auto blocks = blocks_of(of);
    out.interval = VECHE_TRY(interval_of(o, of.days.size()));
    epidemic::estimate_settings how = o.how;
    const auto spread = VECHE_TRY(epidemic::spread_over_days(blocks, out.interval, how));
    of.counts = {spread.daily, {}};
    how = VECHE_TRY(settings_for(o, of.counts, out));
    out.windows = VECHE_TRY(epidemic::estimate_blocks(spread, out.interval, how));
    out.said.push_back("counts of several days were spread over them");
    out.of = std::move(of);
    return out;
}

result<estimated> estimate_one(const rt_options& o, epidemic::series of) {
    if (o.weekly) return estimate_weekly(o, std::move(of));
    estimated out;
    out.interval = VECHE_TRY(interval_of(o, of.counts.cases.size()));
    const epidemic::serial_interval& w = out.interval;
    const auto how = VECHE_TRY(settings_for(o, of.counts, out));
    out.windows = VECHE_TRY(epidemic::estimate(of.counts, w, how));
    out.ahead = epidemic::foretell(of.counts, out.windows, epidemic::infectivity_of(of.counts, w));
    out.held =
        epidemic::coverage_from(out.ahead.days, o.coverage_from == 0 ? 0 : o.coverage_from - 1);
    VECHE_CHECK(add_uncertainty(o, of.counts, how, out));
    out.of = std::move(of);
    return out;
}

/// R over what the latest days will have once all of it is reported.
result<estimated> estimate_late(const rt_options& o, const epidemic::late_series& of) {
    estimated out;
    out.now = epidemic::nowcast_of(of.known);
    out.of.region = of.region;
    out.of.days = of.days;
    for (const epidemic::nowcast_day& one : out.now.days) out.of.counts.cases.push_back(one.seen);
    out.interval = VECHE_TRY(interval_of(o, of.days.size()));
    const auto how = VECHE_TRY(settings_for(o, out.of.counts, out));
    out.windows = VECHE_TRY(epidemic::estimate(out.of.counts, out.interval, how));
    out.mixed = VECHE_TRY(epidemic::estimate_nowcast(out.now, out.interval, how));
    if (out.now.incomplete_from)
        out.said.push_back(fmt::format("counts from {} on are not complete; {} cases were late",
                                       of.days[*out.now.incomplete_from], out.now.learned_from));
    return out;
}

/// What R means in days: ln 2 over the growth that goes with it; below 0 it is halving.
double doubling_days(const epidemic::serial_interval& w, double reproduction) {
    const double growth = epidemic::growth_of_reproduction(w, reproduction);
    return growth == 0 ? none : 0.69314718055994531 / growth;
}

std::vector<table_cell> newest_row(const estimated& e) {
    const auto& last = e.windows.back();
    const std::string to = e.of.days[last.to];
    if (last.no_information)
        return {e.of.region, e.of.days[last.from],
                to,          last.cases,
                none,        none,
                none,        none,
                none,        none,
                none,        std::string("no information")};
    epidemic::wide_interval wide{none, none};
    if (!e.ahead.spread.empty()) wide = epidemic::widened(last, e.ahead.spread.back());
    // Where counts or the interval are uncertain, R is over all that may be.
    const bool over = !e.mixed.empty();
    const double mean = over ? e.mixed.back().mean : last.mean();
    const auto& quantiles = over ? e.mixed.back().quantiles : last.quantiles;
    std::string said;
    for (const std::string& one : e.said) said += (said.empty() ? "" : "; ") + one;
    return {e.of.region,
            e.of.days[last.from],
            to,
            last.cases,
            mean,
            quantiles.front(),
            quantiles.back(),
            wide.low,
            wide.high,
            over ? e.mixed.back().above_one : last.above_one,
            doubling_days(e.interval, mean),
            said};
}

void add_remarks(const estimated& e, evidence_sheet& to) {
    for (const epidemic::oddity& one : e.of.oddities) {
        const std::string days =
            one.from == one.to ? one.from : fmt::format("{} to {}", one.from, one.to);
        switch (one.kind) {
            case epidemic::oddity_kind::fell:
                to.remarks.push_back(
                    fmt::format("{}: the sum fell by {} on {}, which counts as no case.",
                                e.of.region, one.value, days));
                break;
            case epidemic::oddity_kind::no_report:
                to.remarks.push_back(
                    fmt::format("{}: no row for {}; what was reported later stands on its own day.",
                                e.of.region, days));
                break;
            case epidemic::oddity_kind::silent:
                to.remarks.push_back(
                    fmt::format("{}: no case from {}: there were none, or none were reported.",
                                e.of.region, days));
                break;
        }
    }
    if (e.ahead.days.size() < least_foretold) return;
    if (e.held.dispersion < smooth_below)
        to.remarks.push_back(fmt::format(
            "{}: counts are smoother than counting allows (dispersion {:.2f}); ask how they are "
            "reported.",
            e.of.region, e.held.dispersion));
    if (e.held.dispersion > rough_above)
        to.remarks.push_back(
            fmt::format("{}: counts are rougher than counting explains (dispersion {:.2f}); the "
                        "plain interval is too narrow.",
                        e.of.region, e.held.dispersion));
}

sheet_table coverage_table(const std::vector<estimated>& all) {
    sheet_table out{
        "how often 95 % intervals held the next day's count",
        {"region", "days", "plain", "wide", "median width of wide / mean", "dispersion"},
        {}};
    for (const estimated& e : all)
        out.rows.push_back({e.of.region, static_cast<double>(e.held.days), e.held.plain,
                            e.held.wide, e.held.median_width, e.held.dispersion});
    return out;
}

std::string all_windows(const std::vector<estimated>& all) {
    std::string out =
        "region,from,to,cases,mean,deviation,q2.5,q5,q25,q50,q75,q95,q97.5,above_one,spread,"
        "wide_low,wide_high,no_information\n";
    for (const estimated& e : all)
        for (std::size_t i = 0; i < e.windows.size(); ++i) {
            const auto& one = e.windows[i];
            const double spread = e.ahead.spread.empty() ? none : e.ahead.spread[i];
            epidemic::wide_interval wide{none, none};
            if (!e.ahead.spread.empty()) wide = epidemic::widened(one, spread);
            out += csv_cell(e.of.region) + "," + e.of.days[one.from] + "," + e.of.days[one.to];
            std::vector<double> figures = {one.cases, one.mean(), one.deviation()};
            figures.insert(figures.end(), one.quantiles.begin(), one.quantiles.end());
            for (const double one_more : {one.above_one, spread, wide.low, wide.high})
                figures.push_back(one_more);
            for (const double figure : figures) out += "," + numerics::digits(figure);
            out += one.no_information ? ",yes\n" : ",no\n";
        }
    return out;
}

/// Days for the axis below, some six of them.
std::vector<render::chart_tick> day_ticks(const estimated& e, std::size_t count) {
    std::vector<render::chart_tick> out;
    const std::size_t step = std::max<std::size_t>(1, count / 6);
    for (std::size_t i = 0; i < count; ++i)
        out.push_back(
            {static_cast<double>(i), i % step == 0 ? e.of.days[e.windows[i].to] : std::string()});
    return out;
}

std::string picture_of(const estimated& e) {
    std::vector<render::chart_line> lines(3);
    lines[0] = {"R", "R", {}, render::chart_kind::own};
    lines[1] = {"low", "wide interval, low", {}, render::chart_kind::rest};
    lines[2] = {"high", "wide interval, high", {}, render::chart_kind::rest};
    double most = 1;
    for (std::size_t i = 0; i < e.windows.size(); ++i) {
        const auto& one = e.windows[i];
        epidemic::wide_interval wide{none, none};
        if (!e.ahead.spread.empty()) wide = epidemic::widened(one, e.ahead.spread[i]);
        const bool known = !one.no_information;
        // The first windows of an outbreak know little: they would press all others flat.
        const auto drawn = [&](double value) {
            return known && value < 6 && value == value ? std::optional(value) : std::nullopt;
        };
        lines[0].values.push_back(drawn(one.mean()));
        lines[1].values.push_back(drawn(wide.low));
        lines[2].values.push_back(drawn(wide.high));
        for (const auto& line : lines) most = std::max(most, line.values.back().value_or(0));
    }
    std::vector<render::chart_tick> steps;
    for (const double at : render::axis_steps(most)) steps.push_back({at, numerics::digits(at, 3)});
    return render::lines("Reproduction number, " + e.of.region,
                         "R of windows by their last day, with its wide interval of 95 %; values "
                         "above 6 are left out.",
                         day_ticks(e, e.windows.size()), steps, lines)
        .bytes;
}

result<std::vector<estimated>> estimate_all(const rt_options& o, const tables::table& t) {
    std::vector<estimated> all;
    for (epidemic::series& one : VECHE_TRY(chosen_series(o, t)))
        all.push_back(VECHE_TRY(estimate_one(o, std::move(one))));
    return all;
}

result<std::vector<estimated>> estimate_all_late(const rt_options& o, const tables::table& t) {
    std::vector<estimated> all;
    for (const auto& one : VECHE_TRY(epidemic::late_series_of(t, o.layout, o.reported)))
        if (o.only.empty() || one.region == o.only) all.push_back(VECHE_TRY(estimate_late(o, one)));
    if (all.empty()) return refuse(epidemic::refusals::region_unknown, "region", o.only);
    return all;
}

sheet_table nowcast_table(const std::vector<estimated>& all) {
    sheet_table out{"what the latest days will have",
                    {"region", "day", "seen", "share known", "nowcast", "2.5 %", "97.5 %"},
                    {}};
    for (const estimated& e : all) {
        const auto& days = e.now.days;
        for (std::size_t i = days.size() - std::min(days.size(), days_of_nowcast); i < days.size();
             ++i)
            out.rows.push_back({e.of.region, e.of.days[i], days[i].seen, days[i].share,
                                days[i].mean, days[i].low, days[i].high});
    }
    return out;
}

/// Says every row that cannot be taken.
result<void> check_rows(const rt_options& o, const tables::table& t, const terminal& on) {
    constexpr std::size_t most_shown = 50;
    const auto faults = epidemic::faults_in(t, o.layout, o.reported);
    if (faults.empty()) return {};
    for (std::size_t k = 0; k < std::min(faults.size(), most_shown); ++k)
        on.err << faults[k].sentence() << '\n';
    return refuse(epidemic::refusals::rows_unsound, "data", std::to_string(faults.size()));
}

result<evidence_sheet> estimates(const rt_options& o, const terminal& on) {
    const std::string bytes = VECHE_TRY(read_file(o.data));
    const tables::table t = VECHE_TRY(table_in(o.data, bytes));
    VECHE_CHECK(check_rows(o, t, on));
    const std::vector<estimated> all =
        o.reported.empty() ? VECHE_TRY(estimate_all(o, t)) : VECHE_TRY(estimate_all_late(o, t));
    evidence_sheet out;
    out.title = "Reproduction numbers";
    out.facts = {{"data", o.data.filename().string()},
                 {"SHA-256", to_hex(sha256(bytes))},
                 {"method", std::string("Cori et al. 2013, as EpiEstim 3.0.0")},
                 {"window, days", o.window}};
    sheet_table newest{"newest window",
                       {"region", "from", "to", "cases", "R", "2.5 %", "97.5 %", "wide 2.5 %",
                        "wide 97.5 %", "P(R > 1)", "doubling days (below 0: halving)", "note"},
                       {}};
    for (const estimated& e : all) {
        add_remarks(e, out);
        if (e.windows.empty()) continue;
        newest.rows.push_back(newest_row(e));
    }
    out.tables.push_back(std::move(newest));
    if (!o.reported.empty()) out.tables.push_back(nowcast_table(all));
    if (o.coverage_from > 0) out.tables.push_back(coverage_table(all));
    if (!o.all.empty()) VECHE_CHECK(write_new_file(o.all, all_windows(all), false));
    if (!o.plot.empty())
        VECHE_CHECK(write_new_file(o.plot, picture_file(picture_of(all.front())), false));
    return out;
}

}  // namespace

int rt(const rt_options& o, const terminal& on) {
    const auto made = estimates(o, on);
    if (!made) return on.fail(made.error());
    show(*made, on);
    return done;
}

}  // namespace veche::cli
