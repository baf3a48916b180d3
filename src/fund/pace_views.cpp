// The pace of spending: what was to be used by a day, and what was.

#include "fund/pace_views.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "fund/checks.hpp"
#include "fund/operations.hpp"
#include "fund/refusal.hpp"

namespace veche::fund {
namespace {

struct plan_point {
    date by;
    int128 minor = 0;
};

/// What the line may spend itself.
int128 own_part(const ledger::budget_line& held) {
    return held.appropriation - held.given;
}

/// Of the months that a provisional line is open for; else of its year.
date last_day_of(const budget_line& line) {
    if (!line.provisional || line.provisional->months == 12) return last_day(line.asked.year);
    return {date_from({line.asked.year, line.provisional->months + 1, 1}).days - 1};
}

std::vector<plan_point> points_of(const budget_line& line, int128 whole) {
    const date first = date_from({line.asked.year, 1, 1});
    const bool in_year = civil_of(line.on).year == line.asked.year;
    if (line.plans.empty()) {
        const date begin = in_year && !line.provisional ? line.on : first;
        return {{{begin.days - 1}, 0}, {last_day_of(line), whole}};
    }
    std::vector<plan_point> points{{{first.days - 1}, 0}};
    for (const plan_step& step : line.plans.back().steps)
        points.push_back({step.by, step.amount_.minor});
    return points;
}

/// Straight from point to point, cut to the minor unit.
int128 height_at(const std::vector<plan_point>& points, date day) {
    if (day <= points.front().by) return 0;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const plan_point& from = points[i - 1];
        const plan_point& to = points[i];
        if (day < to.by)
            return from.minor + (to.minor - from.minor) * (day.days - from.by.days) /
                                    (to.by.days - from.by.days);
    }
    return points.back().minor;
}

std::int32_t percent_of(int128 part, int128 of) {
    return static_cast<std::int32_t>(std::min<int128>(part * 100 / of, INT32_MAX));
}

/// The rule stands at pace_warning.
pace_warning warning_for(int128 whole, int128 planned, int128 used, bool last_quarter) {
    if (planned <= 0) return pace_warning::none;
    if (used == 0 && last_quarter) return pace_warning::nothing_committed;
    const bool begun = planned * 12 >= whole;
    return begun && used * 5 < planned * 4 ? pace_warning::behind_plan : pace_warning::none;
}

/// How a line stood at the end of the day; now, where the day is not over.
ledger::line_use use_of(const ledger::budget_line& held, date on, bool over) {
    if (!over) return {held.open, held.paid};
    const ledger::line_use* then = held.days.until(on);
    return then ? *then : ledger::line_use{};
}

pace_row row_of(const state& s, const budget_line& line, date on, bool over) {
    const ledger::budget_line& held = *s.book.lines.find(line.asked.line.value);
    const ledger::line_use use = use_of(held, on, over);
    const unit_id& unit = line.asked.amount_.unit;
    pace_row row;
    row.line = line.asked.line;
    row.title = line.asked.title;
    row.whole = amount_in(unit, own_part(held));
    row.planned = planned_by(s, row.line, on);
    row.open = amount_in(unit, use.open);
    row.paid = amount_in(unit, use.paid);
    const int128 used = use.open + use.paid;
    if (row.planned.minor > 0) row.percent = percent_of(used, row.planned.minor);
    row.warning = warning_for(row.whole.minor, row.planned.minor, used,
                              on >= date_from({line.asked.year, 10, 1}));
    if (!line.plans.empty()) row.plan = line.plans.back().decision;
    row.seq = static_cast<std::int64_t>(line.plans.empty() ? line.seq : line.plans.back().seq);
    return row;
}

using quarter_sums = std::array<int128, 4>;

/// What a leg adds to what lines have paid: what is owed to a partner becomes less only by paying
/// it or by settling an advance; a charge is paid at once; a recovery may go back on its line.
int128 paid_by(const ledger::entry& entry, const ledger::leg_view& leg) {
    if (leg.account.starts_with("Payable:")) return leg.minor > 0 ? leg.minor : 0;
    const bool at_once = entry.id.starts_with("charge:") || entry.id.starts_with("recover:");
    return at_once && leg.account.starts_with("Expense:") ? leg.minor : 0;
}

std::map<unit_id, quarter_sums> quarters_in(const state& s, std::int32_t year) {
    std::map<unit_id, quarter_sums> sums;
    for (const auto& [place, entry] : s.book.entries) {
        if (!entry.day) continue;
        const civil day = civil_of(*entry.day);
        if (day.year != year) continue;
        for (const ledger::leg_view leg : entry.legs)
            sums[{std::string(leg.unit)}][static_cast<std::size_t>((day.month - 1) / 3)] +=
                paid_by(entry, leg);
    }
    return sums;
}

std::vector<quarter_row> rows_of(const quarter_sums& sums, const unit_id& unit) {
    int128 all = 0;
    for (const int128 one : sums) all += one;
    std::vector<quarter_row> rows;
    for (const int128 one : sums) {
        quarter_row row{static_cast<std::int32_t>(rows.size() + 1), amount_in(unit, one), {}};
        if (all > 0 && one >= 0) row.percent = percent_of(one, all);
        rows.push_back(row);
    }
    return rows;
}

}  // namespace

amount planned_by(const state& s, const line_id& id, date day) {
    const budget_line& line = *s.lines.find(id);
    const int128 whole = own_part(*s.book.lines.find(id.value));
    return amount_in(line.asked.amount_.unit,
                     std::min(height_at(points_of(line, whole), day), whole));
}

result<pace_view> ask(const world& w, const pace_query& q, const viewer& by) {
    if (q.year) VECHE_CHECK(check_year(*q.year));
    const date today = date_of(by.now);
    pace_view v;
    v.year = q.year.value_or(civil_of(today).year);
    v.on = std::min(today, last_day(v.year));
    std::set<std::int64_t> years;
    std::map<unit_id, pace_total> totals;
    for (const auto& [id, line] : w.own.lines) {
        years.insert(line.asked.year);
        if (line.asked.year != v.year) continue;
        v.lines.push_back(row_of(w.own, line, v.on, v.on != today));
        const pace_row& row = v.lines.back();
        pace_total& total = totals[row.whole.unit];
        for (amount* sum : {&total.whole, &total.planned, &total.open, &total.paid})
            sum->unit = row.whole.unit;
        total.whole.minor += row.whole.minor;
        total.planned.minor += row.planned.minor;
        total.open.minor += row.open.minor;
        total.paid.minor += row.paid.minor;
    }
    v.years.assign(years.begin(), years.end());
    auto quarters = quarters_in(w.own, v.year);
    for (auto& [unit, total] : totals) {
        for (const int128 one : quarters[unit])
            if (!fits(one)) return refuse(refusals::overflow, "year", unit.value);
        total.quarters = rows_of(quarters[unit], unit);
        v.totals.push_back(std::move(total));
    }
    return v;
}

}  // namespace veche::fund
