#include "programme/programme.hpp"

namespace veche::programme {
namespace {

void set_deadline(state& s, const measure& m) {
    s.deadlines.insert({falls_due(m), m.id, false}, '\0');
}

/// Takes the measure's deadlines out of the order.
void clear_deadlines(state& s, measure& m) {
    if (!m.overdue) s.deadlines.erase(deadline{falls_due(m), m.id, false});
    if (m.escalates) s.deadlines.erase(deadline{*m.escalates, m.id, true});
    m.escalates.reset();
}

report report_of(const report_id& id, const localized& note, const std::optional<ratio>& value,
                 const std::vector<evidence>& documents, const context& ctx, bool completing) {
    return {id, note, value, documents, ctx.actor, ctx.auth, ctx.at, ctx.seq, completing};
}

}  // namespace

void apply(state& s, const charter::state&, const add_measure& c, const context& ctx) {
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
    m.decision = ctx.decision ? ctx.decision->decision : decision_id{};
    m.added = ctx.at;
    m.seq = ctx.seq;
    set_deadline(s, m);
    s.measures.insert(c.measure, std::move(m));
}

void apply(state& s, const charter::state&, const amend_measure& c, const context& ctx) {
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
    m.escalated_seq.reset();
    set_deadline(s, m);
}

void apply(state& s, const charter::state&, const drop_measure& c, const context& ctx) {
    measure& m = s.measures.edit(c.measure);
    clear_deadlines(s, m);
    m.dropped = ctx.at;
    m.drop_reason = c.reason;
    m.closed_seq = ctx.seq;
}

void apply(state& s, const charter::state&, const report_progress& c, const context& ctx) {
    s.measures.edit(c.measure).reports.push_back(
        report_of(c.report, c.note, c.value, c.evidence_, ctx, false));
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
    s.deadlines.erase(deadline{falls_due(m), m.id, false});
    const charter::body* owner = charter.find_body(m.owner);
    if (!owner || !owner->escalate_days || !owner->parent) return;
    m.escalates = plus_days(falls_due(m), *owner->escalate_days);
    s.deadlines.insert({*m.escalates, m.id, true}, '\0');
}

void apply(state& s, const charter::state&, const measure_escalated& e, const context& ctx) {
    measure& m = s.measures.edit(e.measure);
    m.escalated_to = e.to;
    m.escalated_seq = ctx.seq;
    s.deadlines.erase(deadline{*m.escalates, m.id, true});
    m.escalates.reset();
}

void apply(state& s, const charter::state&, const follow_up_opened& e, const context& ctx) {
    s.follow_ups.insert(
        e.follow_up,
        {e.follow_up, e.decision, e.body, e.index, e.why, ctx.at, ctx.seq, std::nullopt, {}});
}

}  // namespace veche::programme
