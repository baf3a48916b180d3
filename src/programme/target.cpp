#include "programme/target.hpp"

#include <algorithm>

#include "programme/period.hpp"

namespace veche::programme {
namespace {

using values = std::vector<value_point>;

date end_of(const value_point& one, const target_question& q) {
    return one.period.empty() ? q.due : one.until;
}

/// What a value means that has not reached its target: the period may still run.
target_state not_yet(const value_point& newest, const target_question& q) {
    return end_of(newest, q) >= q.today ? target_state::on_the_way : target_state::missed;
}

target_state reaches(const target_question& q) {
    if (!q.asked.target || q.values.empty()) return target_state::not_known;
    const value_point& newest = q.values.back();
    return newest.value >= *q.asked.target ? target_state::met : not_yet(newest, q);
}

target_state stays_below(const target_question& q) {
    if (!q.asked.target || q.values.empty()) return target_state::not_known;
    const value_point& newest = q.values.back();
    if (newest.value > *q.asked.target) return target_state::missed;
    return end_of(newest, q) >= q.today && !q.done ? target_state::on_the_way : target_state::met;
}

target_state reached_by_date(const target_question& q) {
    const date by = q.asked.by.value_or(q.due);
    std::optional<date> reached;
    if (q.asked.target) {
        for (const value_point& one : q.values)
            if (one.value >= *q.asked.target && (!reached || one.until < *reached))
                reached = one.until;
    } else {
        reached = q.done ? q.done : q.all_milestones;
    }
    if (reached && *reached <= by) return target_state::met;
    if (by < q.today) return target_state::missed;
    return q.values.empty() && q.asked.target ? target_state::not_known : target_state::on_the_way;
}

target_state goes_its_way(const target_question& q) {
    const bool from_first = !q.asked.baseline;
    if (q.values.size() < (from_first ? 2U : 1U)) return target_state::not_known;
    const ratio base = from_first ? q.values.front().value : *q.asked.baseline;
    const value_point& newest = q.values.back();
    const bool down = q.asked.direction == trend_direction::down;
    const bool beyond = down ? newest.value < base : newest.value > base;
    const bool far_enough = !q.asked.target || (down ? newest.value <= *q.asked.target
                                                     : newest.value >= *q.asked.target);
    return beyond && far_enough ? target_state::met : not_yet(newest, q);
}

target_state is_present(const target_question& q) {
    if (q.values.empty()) return target_state::not_known;
    const value_point& newest = q.values.back();
    const bool there = newest.value > ratio{0, 1} && (newest.shown || newest.computed);
    return there ? target_state::met : not_yet(newest, q);
}

}  // namespace

std::vector<value_point> reported_values(const measure& m) {
    values out;
    for (const report& one : m.reports) {
        if (!one.value) continue;
        const date day = date_of(one.at);
        const auto within =
            one.period.empty() ? std::optional(period{day, day}) : parse_period(one.period);
        if (!within) continue;
        const auto same = std::find_if(out.begin(), out.end(), [&](const value_point& known) {
            return !one.period.empty() && known.period == one.period;
        });
        value_point point{one.period, within->from,           within->until,
                          *one.value, !one.documents.empty(), false,
                          one.seq};
        if (same == out.end())
            out.push_back(std::move(point));
        else
            *same = std::move(point);
    }
    std::stable_sort(out.begin(), out.end(), [](const value_point& a, const value_point& b) {
        return std::tie(a.until, a.from, a.seq) < std::tie(b.until, b.from, b.seq);
    });
    return out;
}

target_state state_of_target(const target_question& q) {
    switch (q.asked.form) {
        case target_form::at_least:
        case target_form::share:
            return reaches(q);
        case target_form::at_most:
            return stays_below(q);
        case target_form::by_date:
            return reached_by_date(q);
        case target_form::trend:
            return goes_its_way(q);
        case target_form::present:
            return is_present(q);
    }
    return target_state::not_known;
}

std::int32_t hundredths_of_percent(ratio part, ratio all) {
    if (part.num <= 0) return 0;
    if (part >= all) return 10'000;
    // Both products have 36 digits at most (parse_ratio), so that ten times one fits 128 bits.
    int128 rest = static_cast<int128>(part.num) * all.den;
    const int128 bottom = static_cast<int128>(part.den) * all.num;
    std::int32_t out = 0;
    for (int place = 0; place < 4; ++place) {
        out = out * 10 + static_cast<std::int32_t>(rest * 10 / bottom);
        rest = rest * 10 % bottom;
    }
    return out;
}

}  // namespace veche::programme
