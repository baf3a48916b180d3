#include "api/pages/situation_parts.hpp"

#include <algorithm>

#include "numerics/digits.hpp"
#include "render/filters.hpp"

namespace veche::api::pages::of_situation {

using namespace situation;

namespace {

std::optional<std::string> two_places(double value) {
    return numerics::decimals(value, 2);
}

std::string day_text(const visit& here, const std::optional<date>& day) {
    return day ? render::date_text(*day, here.around) : std::string();
}

flag_words in_words(const visit& here, const flag_row& one) {
    const std::string kind(name_of(one.kind));
    const std::string series = one.series ? name_of_series(here, *one.series, {}) : std::string();
    flag_words out;
    out.kind = kind;
    out.tag = here.text("choice.flag_kind." + kind);
    out.question = here.text("situation.flag." + kind,
                             {{"series", series},
                              {"from", day_text(here, one.from)},
                              {"to", day_text(here, one.to)},
                              {"n", one.days},
                              {"amount", here.texts.locale().number(one.amount.value_or(0))}});
    return out;
}

flag_words estimate_flag(const visit& here, const std::string& kind,
                         const std::vector<render::text_argument>& with) {
    return {kind, here.text("situation.odd." + kind), here.text("situation.flag." + kind, with)};
}

}  // namespace

assessed assess_region(visit& here, const overview_view& view, const region_row& row) {
    if (!view.method) return {nullptr, "no_method"};
    const auto cases =
        std::find_if(row.series.begin(), row.series.end(),
                     [](const situation::series_row& one) { return one.series.value == "cases"; });
    if (cases == row.series.end()) return {nullptr, "no_cases"};
    const std::string key = row.named.region.value + " " + std::to_string(view.reports) + " " +
                            std::to_string(view.method->seq) + " " + std::to_string(row.every_days);
    const auto made = here.site.assessed->get(key, [&]() -> result<assessed_counts> {
        const auto counts = VECHE_TRY(
            here.ask<counts_view>(counts_query{row.named.region, cases->series, view.known}));
        return assess_counts(*counts, *view.method, row.every_days);
    });
    if (!made) return {nullptr, "no_cases"};
    return {*made, (*made)->lacks};
}

region_estimate estimate_of(const assessed& of) {
    region_estimate out;
    out.note = of.note;
    if (!of.counts || !of.note.empty()) return out;
    const assessed_counts& counts = *of.counts;
    if (counts.made.dispersion) out.dispersion = two_places(*counts.made.dispersion);
    const epidemic::window_estimate& last = counts.made.windows.back();
    out.from = counts.days[last.from];
    out.to = counts.days[last.to];
    if (last.no_information) {
        out.note = "no_information";
        return out;
    }
    double mean = last.mean();
    if (!counts.over_now.empty()) {
        const epidemic::mixed_estimate& now = counts.over_now.back();
        out.from = counts.days[now.from];
        out.to = counts.days[now.to];
        mean = now.mean;
        out.plain_low = two_places(now.quantiles.front());
        out.plain_high = two_places(now.quantiles.back());
        out.above_one = two_places(now.above_one);
    } else {
        out.plain_low = two_places(last.quantiles.front());
        out.plain_high = two_places(last.quantiles.back());
        out.above_one = two_places(last.above_one);
    }
    out.mean = two_places(mean);
    if (counts.spread_out) {
        out.note = "weekly";
    } else {
        const double spread = counts.made.ahead.spread.back();
        const auto wide = epidemic::widened(last, spread);
        // Beside the wide interval stands the probability that goes with it.
        if (counts.over_now.empty())
            out.above_one = two_places(epidemic::above_one_widened(last, spread));
        out.low = two_places(wide.low);
        out.high = two_places(wide.high);
    }
    if (const auto days = counts.made.doubling_days(mean))
        out.doubling_days = numerics::decimals(*days, 1);
    return out;
}

std::vector<flag_words> flags_in_words(const visit& here, const region_row& row,
                                       const assessed& of) {
    std::vector<flag_words> out;
    for (const flag_row& one : row.flags) out.push_back(in_words(here, one));
    if (!of.counts || !of.note.empty()) return out;
    const epidemic::assessment& made = of.counts->made;
    const auto value = [&](const std::optional<double>& number) {
        return here.texts.locale().digits(numerics::decimals(number.value_or(0), 2));
    };
    if (made.windows.back().no_information)
        out.push_back(estimate_flag(here, "no_information", {}));
    if (made.smooth())
        out.push_back(estimate_flag(here, "smooth", {{"value", value(made.dispersion)}}));
    if (made.rough())
        out.push_back(estimate_flag(here, "rough", {{"value", value(made.dispersion)}}));
    if (made.weekday_share && *made.weekday_share < 0.5)
        out.push_back(estimate_flag(here, "weekday",
                                    {{"value", here.texts.locale().digits(numerics::decimals(
                                                   *made.weekday_share * 100, 0))}}));
    if (!made.backlogs.empty()) {
        const epidemic::backlog& last = made.backlogs.back();
        out.push_back(estimate_flag(
            here, "backlog",
            {{"day", day_text(here, of.counts->days[last.day])},
             {"n", static_cast<std::int64_t>(last.empty_days)},
             {"cases", here.texts.locale().number(static_cast<std::int64_t>(last.cases))}}));
    }
    if (of.counts->now.incomplete_from)
        out.push_back(estimate_flag(
            here, "incomplete",
            {{"day", day_text(here, of.counts->days[std::min(*of.counts->now.incomplete_from,
                                                             of.counts->days.size() - 1)])}}));
    return out;
}

std::vector<revision_line> lines_of(const visit& here, const revisions_view& of) {
    std::vector<revision_line> out;
    for (const revision_row& one : of.revisions)
        out.push_back({name_of_region(here, one.named),
                       here.link("situation/" + one.named.region.value),
                       name_of_series(here, one.series, {}), one.day, one.before, one.after, one.at,
                       std::to_string(one.seq), one.reason});
    return out;
}

std::optional<date> known_asked(const visit& here) {
    return parse_date(here.asked.query_value("known"));
}

std::string name_of_region(const visit& here, const region_name& of) {
    const std::string name = here.name_of(of.names);
    return name.empty() ? of.region.value : name;
}

std::string hundredths_text(const visit& here, std::int64_t value) {
    const std::int64_t whole = value < 0 ? -value : value;
    std::string cents = std::to_string(whole % 100);
    if (cents.size() == 1) cents.insert(0, "0");
    const std::string text = (value < 0 ? "-" : "") + std::to_string(whole / 100) + "." + cents;
    return here.texts.locale().digits(text);
}

std::string digits_text(const visit& here, const std::optional<std::string>& digits) {
    return digits ? here.texts.locale().digits(*digits) : std::string("–");
}

std::string name_of_series(const visit& here, const situation::series_id& id,
                           const localized& names) {
    for (const std::string_view one : common_series)
        if (id.value == one) return here.text("situation.series." + id.value);
    const std::string name = here.name_of(names);
    return name.empty() ? id.value : name;
}

}  // namespace veche::api::pages::of_situation
