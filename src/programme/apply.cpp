#include <algorithm>

#include "programme/programme.hpp"

namespace veche::programme {
namespace {

void set_deadline(state& s, const measure& m) {
    s.deadlines.insert({falls_due(m), m.id, deadline_kind::overdue}, '\0');
}

/// Reminders that the owner's charter wants before the last day, as far as they still lie ahead.
/// The days are those of the charter on this day; a later change of it holds for new promises.
void set_reminders(state& s, const charter::state& charter, measure& m, instant now) {
    const charter::body* owner = charter.find_body(m.owner);
    if (!owner) return;
    for (const std::int32_t days : owner->remind_days) {
        const instant at = plus_days(start_of(m.due), -days);
        if (at <= now) continue;
        m.reminds.emplace_back(at, days);
        s.deadlines.insert({at, m.id, deadline_kind::reminder}, '\0');
    }
}

/// Takes the measure's deadlines out of the order.
void clear_deadlines(state& s, measure& m) {
    if (!m.overdue) s.deadlines.erase(deadline{falls_due(m), m.id, deadline_kind::overdue});
    if (m.escalates) s.deadlines.erase(deadline{*m.escalates, m.id, deadline_kind::escalation});
    for (const auto& [at, days] : m.reminds)
        s.deadlines.erase(deadline{at, m.id, deadline_kind::reminder});
    m.escalates.reset();
    m.reminds.clear();
}

/// By day, then by name.
void sort_milestones(measure& m) {
    std::sort(m.milestones.begin(), m.milestones.end(), [](const milestone& a, const milestone& b) {
        return std::tie(a.due, a.id) < std::tie(b.due, b.id);
    });
}

milestone& edit_milestone(measure& m, const milestone_id& name) {
    return *std::find_if(m.milestones.begin(), m.milestones.end(),
                         [&](const milestone& one) { return one.id == name; });
}

report report_of(const report_id& id, const localized& note, const std::optional<ratio>& value,
                 const std::vector<evidence>& documents, const context& ctx, bool completing) {
    return {id, note, value, documents, ctx.actor, ctx.auth, ctx.at, ctx.seq, completing, {}};
}

}  // namespace

void apply(state& s, const charter::state& charter, const add_measure& c, const context& ctx) {
    measure m;
    m.id = c.measure;
    m.title = c.title;
    m.text = c.text;
    m.sphere = c.sphere;
    m.owner = c.owner;
    m.responsible = c.responsible;
    m.due = c.due;
    m.indicator_ = c.indicator_;
    m.parent = c.parent;
    m.weight = c.weight.value_or(1);
    m.waits_for = c.waits_for;
    for (const milestone_plan& plan : c.milestones) {
        milestone one;
        one.id = plan.milestone;
        one.title = plan.title;
        one.due = plan.due;
        one.seq = ctx.seq;
        m.milestones.push_back(std::move(one));
    }
    sort_milestones(m);
    m.decision = ctx.decision ? ctx.decision->decision : decision_id{};
    m.added = ctx.at;
    m.seq = ctx.seq;
    set_deadline(s, m);
    set_reminders(s, charter, m, ctx.at);
    s.measures.insert(c.measure, std::move(m));
}

void apply(state& s, const charter::state& charter, const amend_measure& c, const context& ctx) {
    measure& m = s.measures.edit(c.measure);
    // A new date or a new owner is a new promise: what was said of the old one falls.
    const bool anew = c.due || c.owner;
    if (anew) clear_deadlines(s, m);
    amendment change;
    if (ctx.decision) change.decision = ctx.decision->decision;
    change.by = ctx.actor;
    change.as = ctx.auth;
    change.at = ctx.at;
    change.seq = ctx.seq;
    if (c.due) change.due_before = m.due;
    if (c.owner) change.owner_before = m.owner;
    m.amendments.push_back(std::move(change));
    if (!c.title.empty()) m.title = c.title;
    if (!c.text.empty()) m.text = c.text;
    if (c.owner) m.owner = *c.owner;
    if (c.responsible) m.responsible = *c.responsible;
    if (c.indicator_) m.indicator_ = *c.indicator_;
    if (c.due) m.due = *c.due;
    if (!anew) return;
    m.overdue = false;
    m.overdue_seq.reset();
    m.escalated_to.reset();
    m.escalated_at.reset();
    m.escalated_seq.reset();
    set_deadline(s, m);
    set_reminders(s, charter, m, ctx.at);
}

void apply(state& s, const charter::state&, const drop_measure& c, const context& ctx) {
    measure& m = s.measures.edit(c.measure);
    clear_deadlines(s, m);
    m.dropped = ctx.at;
    m.drop_reason = c.reason;
    m.closed_seq = ctx.seq;
}

void apply(state& s, const charter::state&, const report_progress& c, const context& ctx) {
    report one = report_of(c.report, c.note, c.value, c.evidence_, ctx, false);
    one.period = c.period.value_or(std::string());
    s.measures.edit(c.measure).reports.push_back(std::move(one));
    s.reports.insert(c.report, c.measure);
}

void apply(state& s, const charter::state&, const complete_measure& c, const context& ctx) {
    measure& m = s.measures.edit(c.measure);
    clear_deadlines(s, m);
    // The report that closes a measure has no name of its own: it is named by its entry.
    m.reports.push_back(
        report_of({"entry-" + std::to_string(ctx.seq)}, c.note, c.value, c.evidence_, ctx, true));
    m.done = ctx.at;
    m.closed_seq = ctx.seq;
}

void apply(state& s, const charter::state&, const resolve_follow_up& c, const context& ctx) {
    follow_up_item& item = s.follow_ups.edit(c.follow_up);
    item.resolved = ctx.at;
    item.note = c.note;
}

void apply(state& s, const charter::state& charter, const measure_overdue& e, const context& ctx) {
    measure& m = s.measures.edit(e.measure);
    m.overdue = true;
    m.overdue_seq = ctx.seq;
    s.deadlines.erase(deadline{falls_due(m), m.id, deadline_kind::overdue});
    const charter::body* owner = charter.find_body(m.owner);
    if (!owner || !owner->escalate_days || !owner->parent) return;
    m.escalates = plus_days(falls_due(m), *owner->escalate_days);
    s.deadlines.insert({*m.escalates, m.id, deadline_kind::escalation}, '\0');
}

void apply(state& s, const charter::state&, const measure_escalated& e, const context& ctx) {
    measure& m = s.measures.edit(e.measure);
    m.escalated_to = e.to;
    m.escalated_at = ctx.at;
    m.escalated_seq = ctx.seq;
    s.deadlines.erase(deadline{*m.escalates, m.id, deadline_kind::escalation});
    m.escalates.reset();
}

void apply(state& s, const charter::state&, const follow_up_opened& e, const context& ctx) {
    s.follow_ups.insert(
        e.follow_up,
        {e.follow_up, e.decision, e.body, e.index, e.why, ctx.at, ctx.seq, std::nullopt, {}});
}

void apply(state& s, const charter::state&, const measure_reminded& e, const context& ctx) {
    measure& m = s.measures.edit(e.measure);
    const auto given = std::find_if(m.reminds.begin(), m.reminds.end(),
                                    [&](const auto& one) { return one.second == e.days; });
    s.deadlines.erase(deadline{given->first, m.id, deadline_kind::reminder});
    m.reminds.erase(given);
    m.reminders.push_back({e.due, e.days, ctx.at, ctx.seq});
}

void apply(state& s, const charter::state&, const set_milestone& c, const context& ctx) {
    measure& m = s.measures.edit(c.measure);
    if (!m.find_milestone(c.milestone)) {
        m.milestones.emplace_back();
        m.milestones.back().id = c.milestone;
    }
    milestone& one = edit_milestone(m, c.milestone);
    one.title = c.title;
    one.due = c.due;
    one.seq = ctx.seq;
    sort_milestones(m);
}

void apply(state& s, const charter::state&, const drop_milestone& c, const context&) {
    measure& m = s.measures.edit(c.measure);
    std::erase_if(m.milestones, [&](const milestone& one) { return one.id == c.milestone; });
}

void apply(state& s, const charter::state&, const reach_milestone& c, const context& ctx) {
    milestone& one = edit_milestone(s.measures.edit(c.measure), c.milestone);
    one.reached = c.on.value_or(date_of(ctx.at));
    one.note = c.note;
    one.documents = c.evidence_;
    one.by = ctx.actor;
    one.as = ctx.auth;
    one.at = ctx.at;
    one.reached_seq = ctx.seq;
}

void apply(state& s, const charter::state&, const arrange_measure& c, const context&) {
    measure& m = s.measures.edit(c.measure);
    m.parent = c.parent;
    m.weight = c.weight.value_or(1);
    m.waits_for = c.waits_for;
}

}  // namespace veche::programme
