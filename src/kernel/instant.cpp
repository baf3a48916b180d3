#include "kernel/instant.hpp"

#include <cstdio>

namespace veche {
namespace {

// Days from civil and back after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
constexpr std::int32_t days_from_civil(int y, int m, int d) {
    y -= m <= 2;
    const int era = (y >= 0 ? y : y - 399) / 400;
    const int yoe = y - era * 400;
    const int doy = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
    const int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

/// Reads `count` digits at `at`; -1 where a character is not a digit.
int digits(std::string_view text, std::size_t at, std::size_t count) {
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

void put(char* out, std::int64_t value, int count) {
    for (int i = count - 1; i >= 0; --i) {
        out[i] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
}

}  // namespace

civil civil_of(date d) {
    const int z = d.days + 719468;
    const int era = (z >= 0 ? z : z - 146096) / 146097;
    const int doe = z - era * 146097;
    const int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const int mp = (5 * doy + 2) / 153;
    const int day = doy - (153 * mp + 2) / 5 + 1;
    const int month = mp < 10 ? mp + 3 : mp - 9;
    return {yoe + era * 400 + (month <= 2), month, day};
}

date date_from(civil c) {
    return {days_from_civil(c.year, c.month, c.day)};
}

date date_of(instant t) {
    std::int64_t days = t.ms / ms_per_day;
    if (t.ms % ms_per_day < 0) --days;
    return {static_cast<std::int32_t>(days)};
}

std::string to_text(date d) {
    const civil c = civil_of(d);
    std::string out = "0000-00-00";
    put(out.data(), c.year, 4);
    put(out.data() + 5, c.month, 2);
    put(out.data() + 8, c.day, 2);
    return out;
}

std::string to_text(instant t) {
    const date d = date_of(t);
    const std::int64_t rest = t.ms - start_of(d).ms;
    std::string out = to_text(d) + "T00:00:00.000Z";
    put(out.data() + 11, rest / 3'600'000, 2);
    put(out.data() + 14, rest / 60'000 % 60, 2);
    put(out.data() + 17, rest / 1000 % 60, 2);
    put(out.data() + 20, rest % 1000, 3);
    return out;
}

std::optional<date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const int y = digits(text, 0, 4);
    const int m = digits(text, 5, 2);
    const int d = digits(text, 8, 2);
    if (y < 1900 || m < 1 || m > 12 || d < 1 || d > days_in(y, m)) return std::nullopt;
    return date{days_from_civil(y, m, d)};
}

std::optional<instant> parse_instant(std::string_view text) {
    if (text.size() != 24 || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
        text[19] != '.' || text[23] != 'Z')
        return std::nullopt;
    const auto day = parse_date(text.substr(0, 10));
    const int h = digits(text, 11, 2);
    const int m = digits(text, 14, 2);
    const int s = digits(text, 17, 2);
    const int ms = digits(text, 20, 3);
    if (!day || h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 59 || ms < 0)
        return std::nullopt;
    return instant{start_of(*day).ms + ((h * 60 + m) * 60 + s) * std::int64_t{1000} + ms};
}

int days_in(int year, int month) {
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[month - 1];
}

}  // namespace veche
