#pragma once
// A fixed rhythm of sessions: on which days it falls, in whole days of the calendar. The clock of
// a place is not known here: what its zone's law says is data that a command brings along, so that
// a replay never depends on somebody's table of time zones.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "kernel/fields.hpp"
#include "kernel/result.hpp"

namespace veche::assembly {

enum class rhythm_unit : std::uint8_t { week, month };
VECHE_CHOICES(rhythm_unit, week, month)

enum class day_of_week : std::uint8_t {
    monday,
    tuesday,
    wednesday,
    thursday,
    friday,
    saturday,
    sunday
};
VECHE_CHOICES(day_of_week, monday, tuesday, wednesday, thursday, friday, saturday, sunday)

/// The how-manieth such weekday of its month.
enum class month_week : std::uint8_t { first, second, third, fourth, last };
VECHE_CHOICES(month_week, first, second, third, fourth, last)

/// "Every 2 weeks on Monday", "every month on the first Tuesday", "every 6 months on day 15". The
/// months counted are those from the month of the first day on; a day that a month lacks is its
/// last.
struct session_rhythm {
    std::int32_t every = 1;
    rhythm_unit unit{};
    std::optional<day_of_week> weekday;
    std::optional<month_week> which;
    std::optional<std::int32_t> day;
};
VECHE_FIELDS(session_rhythm, (every, "Every how many weeks or months."), (unit, "Weeks or months."),
             (weekday, "On which day of the week."), (which, "Which of these in the month."),
             (day, "On which day of the month, where no weekday is named."))

/// From that day of the place on, its clocks are so far east of UTC.
struct zone_offset {
    date from;
    std::int32_t minutes = 0;
    bool operator==(const zone_offset&) const = default;
};
VECHE_FIELDS(zone_offset, (from, "First day."), (minutes, "Minutes east of UTC."))

/// Refuses a rhythm that names no day, or two.
result<void> check_rhythm(const session_rhythm&);
/// The days of the rhythm from `from` to `until`, both included, `most` at most.
std::vector<date> days_of(const session_rhythm&, date from, date until, std::size_t most);
/// Minutes after midnight of "10:00"; nothing for anything else.
std::optional<std::int32_t> parse_time(std::string_view text);
/// The moment of that time of that day; the last offset that has begun holds.
instant moment_of(date day, std::int32_t minutes, const std::vector<zone_offset>& offsets);

}  // namespace veche::assembly
