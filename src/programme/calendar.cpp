// What time does to measures.

#include <algorithm>

#include "kernel/check.hpp"
#include "programme/deadlines.hpp"

namespace veche::programme {

instant falls_due(const measure& m) {
    return start_of(date{m.due.days + 1});
}

std::int64_t days_late(const measure& m, instant at) {
    return m.open() ? std::max(date_of(at).days - m.due.days, 0) : 0;
}

measure_status status_of(const measure& m, instant at) {
    if (m.dropped) return measure_status::dropped;
    if (m.done) return measure_status::done;
    if (m.escalated_to) return measure_status::very_late;
    if (days_late(m, at) > 0) return measure_status::late;
    return m.reports.empty() ? measure_status::planned : measure_status::running;
}

std::optional<instant> earliest_due(const state& s) {
    if (s.deadlines.empty()) return std::nullopt;
    return (*s.deadlines.begin()).first.at;
}

std::optional<event> next_due(const state& s, const charter::state& charter, instant at) {
    if (s.deadlines.empty()) return std::nullopt;
    const deadline& first = (*s.deadlines.begin()).first;
    if (first.at > at) return std::nullopt;
    const measure* m = s.measures.find(first.measure);
    VECHE_ENSURE(m && m->open(), "a deadline is of an open measure");
    if (!first.escalation) return make_event(measure_overdue{m->id, m->owner, m->due});
    // The body above may have gone since the measure became late: then the owner itself is named.
    const charter::body* owner = charter.find_body(m->owner);
    const body_id to = owner && owner->parent ? *owner->parent : m->owner;
    return make_event(
        measure_escalated{m->id, m->owner, to, static_cast<std::int32_t>(days_late(*m, first.at))});
}

std::vector<measure_id> late_measures_for(const state& s, const body_id& body) {
    std::vector<const measure*> late;
    for (const auto& [key, m] : s.measures)
        if (m.open() && m.overdue && (m.owner == body || m.escalated_to == body))
            late.push_back(&m);
    std::sort(late.begin(), late.end(), [](const measure* a, const measure* b) {
        return std::tie(a->due, a->id) < std::tie(b->due, b->id);
    });
    std::vector<measure_id> ids;
    for (const measure* m : late) ids.push_back(m->id);
    return ids;
}

events follow_up(const world& w, const decision_id& decision, const body_id& body,
                 std::int32_t index, refusal_record why) {
    for (const auto& [key, item] : w.own.follow_ups)
        if (item.decision == decision && !item.resolved) return {};
    // Several attempts may fail, each with its own item once the last was settled.
    follow_up_id free{decision.value};
    for (int n = 2; w.own.follow_ups.contains(free); ++n)
        free.value = decision.value + "-" + std::to_string(n);
    return {make_event(follow_up_opened{free, decision, body, index, std::move(why)})};
}

}  // namespace veche::programme
