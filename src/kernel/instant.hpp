#pragma once
// Time as the fold knows it: UTC milliseconds and civil dates, integer arithmetic only (proleptic
// Gregorian calendar, no leap seconds). Where a clock is read is the edge's business.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace veche {

/// A civil date, days since 1970-01-01. Text form "2026-08-01".
struct date {
    std::int32_t days = 0;
    auto operator<=>(const date&) const = default;
};

/// Milliseconds since 1970-01-01T00:00:00Z. Text form "2026-08-01T12:00:00.123Z", always 24 bytes.
struct instant {
    std::int64_t ms = 0;
    auto operator<=>(const instant&) const = default;
};

constexpr std::int64_t ms_per_minute = 60'000;
constexpr std::int64_t ms_per_day = 86'400'000;

std::string to_text(date d);
std::string to_text(instant t);
/// Exactly the text form, years 1900 to 9999, days that exist; otherwise nothing.
std::optional<date> parse_date(std::string_view text);
std::optional<instant> parse_instant(std::string_view text);

/// The UTC date on which the instant falls.
date date_of(instant t);
/// Midnight UTC at the start of the date.
constexpr instant start_of(date d) {
    return {d.days * ms_per_day};
}
constexpr instant plus_days(instant t, std::int64_t days) {
    return {t.ms + days * ms_per_day};
}

struct civil {
    int year;
    int month;  ///< 1..12
    int day;    ///< 1..31
};
civil civil_of(date d);
date date_from(civil c);
/// How many days the month (1..12) of that year has.
int days_in(int year, int month);

}  // namespace veche
