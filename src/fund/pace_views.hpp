#pragma once
// How fast lines are used, against what was planned for the day, with an early warning.

#include "fund/fund.hpp"

namespace veche::fund {

/// behind_plan: less than four fifths of what was planned for the day is committed or paid, once a
/// twelfth of the line was to be. nothing_committed: nothing at all in the last quarter of the
/// year. That a line is overspent cannot be (I3).
enum class pace_warning : std::uint8_t { none, behind_plan, nothing_committed };
VECHE_CHOICES(pace_warning, none, behind_plan, nothing_committed)

struct pace_row {
    line_id line;
    localized title;
    amount whole;
    amount planned;
    amount open;
    amount paid;
    std::optional<std::int32_t> percent;
    pace_warning warning{};
    std::optional<decision_id> plan;
    std::int64_t seq = 0;
};
VECHE_FIELDS(pace_row, (line, "The budget line."), (title, "Its title."),
             (whole, "What it may spend itself: its appropriation less what lines under it got."),
             (planned, "What was to be committed or paid by the end of the day."),
             (open, "Reserved and committed, not paid, on that day."), (paid, "Paid by then."),
             (percent,
              "Open and paid of planned, in whole percent, cut; nothing where nothing was "
              "planned yet."),
             (warning, "The early warning."),
             (plan, "The decision that planned it; without one the line is even over its year."),
             (seq, "Entry of the plan, else of the line."))

struct quarter_row {
    std::int32_t quarter = 0;
    amount paid;
    std::optional<std::int32_t> percent;
};
VECHE_FIELDS(quarter_row, (quarter, "1 to 4."), (paid, "Paid in it, less what came back."),
             (percent,
              "Of all paid in the year, in whole percent, cut; nothing where nothing was."))

struct pace_total {
    amount whole;
    amount planned;
    amount open;
    amount paid;
    std::vector<quarter_row> quarters;
};
VECHE_FIELDS(pace_total, (whole, "What the lines may spend."), (planned, "Planned by the day."),
             (open, "Reserved and committed, not paid."), (paid, "Paid."),
             (quarters, "When money of the unit was paid in the year, out of any line."))

struct pace_query {
    static constexpr wire_info wire{"fund.pace", 1,
                                    "How fast lines are used, against what was planned."};
    std::optional<std::int32_t> year;
};
VECHE_FIELDS(pace_query, (year, "The budget year; the running one where none."))

struct pace_view {
    std::int32_t year = 0;
    date on;
    std::vector<std::int64_t> years;
    std::vector<pace_row> lines;
    std::vector<pace_total> totals;
};
VECHE_FIELDS(pace_view, (year, "The budget year."),
             (on, "The day by whose end it counts: today, or the last of a year that is over."),
             (years, "Years that have lines."), (lines, "Its lines, by id."),
             (totals, "Sums by unit."))

/// What of the line was to be committed or paid by the end of the day. A plan goes straight from
/// each of its steps to the next, the first from nothing on 31 December before. Without a plan the
/// line is even from the day on which it was opened, or from 1 January where that was in another
/// year; a provisional one from 1 January over its months. Never more than the line has.
amount planned_by(const state&, const line_id&, date);

result<pace_view> ask(const world&, const pace_query&, const viewer&);

}  // namespace veche::fund
