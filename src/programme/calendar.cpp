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

milestone_status status_of(const milestone& one, date today) {
    if (one.reached)
        return one.due < *one.reached ? milestone_status::reached_late : milestone_status::reached;
    return one.due < today ? milestone_status::late : milestone_status::ahead;
}

std::optional<date> all_reached(const measure& m) {
    std::optional<date> last;
    for (const milestone& one : m.milestones) {
        if (!one.reached) return std::nullopt;
        last = last ? std::max(*last, *one.reached) : one.reached;
    }
    return last;
}

instant run_falls_due(const approval_step& plan, const step_run& run) {
    return plus_days(start_of(date_of(run.from)), plan.days + std::int64_t{1});
}

std::int64_t days_used(const step_run& run, instant at) {
    return std::max(date_of(run.until.value_or(at)).days - date_of(run.from).days, 0);
}

std::int64_t days_over(const approval_step& plan, const step_run& run, instant at) {
    return std::max<std::int64_t>(days_used(run, at) - plan.days, 0);
}

std::optional<instant> earliest_due(const state& s) {
    std::optional<instant> first;
    if (!s.deadlines.empty()) first = (*s.deadlines.begin()).first.at;
    if (s.step_deadlines.empty()) return first;
    const instant step = (*s.step_deadlines.begin()).first.at;
    return first ? std::min(*first, step) : step;
}

namespace {

/// Where a matter of the body goes. The body above may have gone since it became late: then the
/// body itself is named.
body_id above(const charter::state& charter, const body_id& id) {
    const charter::body* body = charter.find_body(id);
    return body && body->parent ? *body->parent : id;
}

event passed(const state& s, const charter::state& charter, const deadline& first) {
    const measure* m = s.measures.find(first.measure);
    VECHE_ENSURE(m && m->open(), "a deadline is of an open measure");
    switch (first.kind) {
        case deadline_kind::overdue:
            break;
        case deadline_kind::escalation:
            return make_event(
                measure_escalated{m->id, m->owner, above(charter, m->owner),
                                  static_cast<std::int32_t>(days_late(*m, first.at))});
        case deadline_kind::reminder:
            return make_event(
                measure_reminded{m->id, m->owner, m->due, m->due.days - date_of(first.at).days});
    }
    return make_event(measure_overdue{m->id, m->owner, m->due});
}

event passed(const state& s, const charter::state& charter, const step_deadline& first) {
    const approval* of = s.approvals.find(first.approval);
    const step_state* one = of ? of->find(first.step) : nullptr;
    VECHE_ENSURE(one && one->running(), "a deadline is of a running step");
    if (!first.escalation)
        return make_event(approval_overdue{of->id, first.step, one->plan.body, one->plan.days});
    const auto over = static_cast<std::int32_t>(days_over(one->plan, one->runs.back(), first.at));
    return make_event(approval_escalated{of->id, first.step, one->plan.body,
                                         above(charter, one->plan.body), over});
}

}  // namespace

std::optional<event> next_due(const state& s, const charter::state& charter, instant at) {
    const auto first = earliest_due(s);
    if (!first || *first > at) return std::nullopt;
    // Measures come before approvals of the same moment.
    if (!s.deadlines.empty() && (*s.deadlines.begin()).first.at == *first)
        return passed(s, charter, (*s.deadlines.begin()).first);
    return passed(s, charter, (*s.step_deadlines.begin()).first);
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
