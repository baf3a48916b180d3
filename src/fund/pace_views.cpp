// The pace of spending: what was to be used by a day, and what was.

#include "fund/pace_views.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "fund/checks.hpp"
#include "fund/operations.hpp"
#include "fund/refusal.hpp"
#include "fund/views.hpp"

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

/// What of a line is bound and what is spent.
struct line_use {
    int128 open = 0;
    int128 paid = 0;
};
using use_by_line = std::map<line_id, line_use>;

/// What was bound for a commitment and what of it was freed or paid.
struct bound_money {
    int128 reserved = 0;
    std::optional<int128> committed;
    int128 gone = 0;
    std::optional<line_id> line;
};

void take_movement(const movement_row& one, use_by_line& lines,
                   std::map<commitment_id, bound_money>& bound) {
    const int128 minor = one.amount_.minor;
    const bool settles = one.what == "payment" || one.what == "settle";
    // What came back as income is of no line any more.
    if (one.line && (settles || one.what == "charge")) lines[*one.line].paid += minor;
    if (one.line && one.what == "recover") lines[*one.line].paid -= minor;
    if (!one.commitment) return;
    bound_money& of = bound[*one.commitment];
    if (one.line) of.line = one.line;
    if (one.what == "reserve") of.reserved = minor;
    if (one.what == "commit") of.committed = minor;
    if (settles || one.what == "release") of.gone += minor;
}

/// How lines stood at the end of the day, told from every step for that day and before.
result<use_by_line> used_until(const world& w, date day, const viewer& by) {
    const movements_view all = VECHE_TRY(ask(w, movements_query{}, by));
    use_by_line lines;
    std::map<commitment_id, bound_money> bound;
    for (const movement_row& one : all.movements)
        if (one.day <= day) take_movement(one, lines, bound);
    for (const auto& [id, of] : bound) {
        const auto& given_up = w.own.commitments.find(id)->given_up_on;
        if (!of.line || (given_up && *given_up <= day)) continue;
        lines[*of.line].open += of.committed.value_or(of.reserved) - of.gone;
    }
    return lines;
}

/// How they stand now.
use_by_line used_now(const state& s) {
    use_by_line lines;
    for (const auto& [id, line] : s.lines) {
        const ledger::budget_line& held = *s.book.lines.find(id.value);
        lines[id] = {held.open, held.paid};
    }
    return lines;
}

pace_row row_of(const state& s, const budget_line& line, const line_use& use, date on) {
    const ledger::budget_line& held = *s.book.lines.find(line.asked.line.value);
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
    use_by_line use = used_now(w.own);
    if (v.on != today) use = VECHE_TRY(used_until(w, v.on, by));
    for (const auto& [id, line] : w.own.lines) {
        years.insert(line.asked.year);
        if (line.asked.year != v.year) continue;
        v.lines.push_back(row_of(w.own, line, use[id], v.on));
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
