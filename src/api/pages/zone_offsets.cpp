#include "api/pages/zone_offsets.hpp"

#include "assembly/views.hpp"

namespace veche::api::pages {
namespace {

/// More days than any series has: a form with an absurd last day costs little.
constexpr std::int32_t most_days = 8000;

/// The offset at a time of the place: first as if the clocks did not change that day, then as they
/// do.
std::int32_t offset_at(const render::zone& zone, date day, std::int32_t minutes) {
    const instant local{start_of(day).ms + std::int64_t{minutes} * 60'000};
    const std::int32_t guess = zone.offset(local);
    return zone.offset({local.ms - std::int64_t{guess} * 60'000});
}

struct span_of_days {
    date from;
    date until;
    std::string time;
    std::string zone;
};

std::optional<span_of_days> planned(const render::form_pairs& values) {
    const auto from = parse_date(render::form_value(values, "from"));
    const auto until = parse_date(render::form_value(values, "until"));
    if (!from || !until) return std::nullopt;
    return span_of_days{*from, *until, std::string(render::form_value(values, "time")),
                        std::string(render::form_value(values, "zone"))};
}

std::optional<span_of_days> extended(visit& here, const render::form_pairs& values) {
    const auto series = render::form_value(values, "series");
    const auto until = parse_date(render::form_value(values, "until"));
    if (!until || !is_identifier(series)) return std::nullopt;
    const auto view =
        here.ask<assembly::series_view>(assembly::series_query{{std::string(series)}});
    if (!view) return std::nullopt;
    const assembly::series_row& row = (*view)->series;
    return span_of_days{{row.until.days + 1}, *until, row.time, row.zone};
}

}  // namespace

std::vector<assembly::zone_offset> offsets_between(const render::zone& zone, date from, date until,
                                                   std::int32_t minutes) {
    std::vector<assembly::zone_offset> out;
    const date last{std::min(until.days, from.days + most_days)};
    for (date day = from; day <= last; ++day.days) {
        const std::int32_t offset = offset_at(zone, day, minutes);
        if (out.empty() || out.back().minutes != offset) out.push_back({day, offset});
    }
    return out;
}

void fill_offsets(visit& here, std::string_view type, render::form_pairs& values) {
    const bool plans = type == assembly::plan_series::wire.type;
    if (!plans && type != assembly::extend_series::wire.type) return;
    for (const auto& [name, value] : values)
        if (name.starts_with("offsets.") && !value.empty()) return;
    const auto span = plans ? planned(values) : extended(here, values);
    const auto minutes = span ? assembly::parse_time(span->time) : std::nullopt;
    if (!minutes) return;  // the room says what is wrong
    std::size_t n = 0;
    for (const auto& one :
         offsets_between(here.site.zone(span->zone), span->from, span->until, *minutes)) {
        const std::string path = "offsets." + std::to_string(n++);
        values.emplace_back(path + ".from", to_text(one.from));
        values.emplace_back(path + ".minutes", std::to_string(one.minutes));
    }
}

}  // namespace veche::api::pages
