#include "assembly/rhythm.hpp"

#include <algorithm>

#include "assembly/limits.hpp"
#include "assembly/series_refusal.hpp"

namespace veche::assembly {

namespace {

/// 1 January 1970 was a Thursday.
day_of_week weekday_of(date day) {
    return static_cast<day_of_week>(((day.days + 3) % 7 + 7) % 7);
}

date first_of(int year, int month) {
    return date_from({year, month, 1});
}

/// The month so many months after that of the date, as (year, month).
civil months_after(date day, std::int32_t count) {
    const civil from = civil_of(day);
    const int month = from.month - 1 + count;
    return {from.year + month / 12, month % 12 + 1, 1};
}

std::int32_t days_between(day_of_week from, day_of_week to) {
    return (static_cast<std::int32_t>(to) - static_cast<std::int32_t>(from) + 7) % 7;
}

/// The day of the rhythm in that month.
date day_in(const session_rhythm& r, const civil& month) {
    const date first = first_of(month.year, month.month);
    const civil next = months_after(first, 1);
    const date last{first_of(next.year, next.month).days - 1};
    if (r.day) return std::min(last, date{first.days + *r.day - 1});
    if (*r.which == month_week::last)
        return {last.days - days_between(*r.weekday, weekday_of(last))};
    return {first.days + days_between(weekday_of(first), *r.weekday) +
            7 * static_cast<std::int32_t>(*r.which)};
}

}  // namespace

result<void> check_rhythm(const session_rhythm& r) {
    if (r.every < 1 || r.every > limits::rhythm_every)
        return refuse(refusals::rhythm_out_of_range, "rhythm.every", "1",
                      std::to_string(limits::rhythm_every));
    if (r.day && (*r.day < 1 || *r.day > 31))
        return refuse(refusals::rhythm_out_of_range, "rhythm.day", "1", "31");
    const bool weekly = r.weekday && !r.which && !r.day;
    const bool monthly = r.day ? !r.weekday && !r.which : r.weekday && r.which;
    if (r.unit == rhythm_unit::week ? !weekly : !monthly)
        return refuse(refusals::rhythm_unsound, "rhythm.weekday");
    return {};
}

std::vector<date> days_of(const session_rhythm& r, date from, date until, std::size_t most) {
    std::vector<date> out;
    const auto take = [&](date day) {
        if (from <= day && day <= until) out.push_back(day);
    };
    if (r.unit == rhythm_unit::week) {
        date day{from.days + days_between(weekday_of(from), *r.weekday)};
        for (; day <= until && out.size() < most; day.days += 7 * r.every) take(day);
        return out;
    }
    for (std::int32_t n = 0; out.size() < most; n += r.every) {
        const civil month = months_after(from, n);
        if (first_of(month.year, month.month) > until) break;
        take(day_in(r, month));
    }
    return out;
}

std::optional<std::int32_t> parse_time(std::string_view text) {
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
        return std::nullopt;
    const std::int32_t hours = (text[0] - '0') * 10 + (text[1] - '0');
    const std::int32_t minutes = (text[3] - '0') * 10 + (text[4] - '0');
    if (hours > 23 || minutes > 59) return std::nullopt;
    return hours * 60 + minutes;
}

instant moment_of(date day, std::int32_t minutes, const std::vector<zone_offset>& offsets) {
    std::int32_t east = 0;
    for (const zone_offset& one : offsets)
        if (one.from <= day) east = one.minutes;
    return {start_of(day).ms + (minutes - east) * ms_per_minute};
}

}  // namespace veche::assembly
