// Judging what is asked about the plan of a measure: milestones, parts, what it waits for.

#include "programme/checks.hpp"
#include "programme/refusal.hpp"

namespace veche::programme {
namespace {

result<const milestone*> find_milestone(const measure& m, const milestone_id& id) {
    if (const milestone* one = m.find_milestone(id)) return one;
    return refuse(refusals::milestone_unknown, "milestone", id.value);
}

result<void> check_not_reached(const milestone& one) {
    if (one.reached) return refuse(refusals::milestone_reached, "milestone", one.id.value);
    return {};
}

}  // namespace

result<events> decide(const world& w, const set_milestone& c, const context& ctx) {
    const measure* m = VECHE_TRY(find(w, c.measure));
    VECHE_CHECK(may_keep(w, ctx, m->owner, set_milestone::wire.type));
    VECHE_CHECK(check_open(*m));
    const milestone* known = m->find_milestone(c.milestone);
    if (known) VECHE_CHECK(check_not_reached(*known));
    if (blank(c.title)) return refuse(refusals::title_missing, "title");
    VECHE_CHECK(check_text(w, c.title, "title", max_title_bytes));
    VECHE_CHECK(check_due(c.due, ctx));
    if (!known && m->milestones.size() >= max_milestones)
        return refuse(refusals::milestones_too_many, "milestone", std::to_string(max_milestones));
    return events{};
}

result<events> decide(const world& w, const drop_milestone& c, const context& ctx) {
    const measure* m = VECHE_TRY(find(w, c.measure));
    const milestone* one = VECHE_TRY(find_milestone(*m, c.milestone));
    VECHE_CHECK(may_keep(w, ctx, m->owner, drop_milestone::wire.type));
    VECHE_CHECK(check_open(*m));
    VECHE_CHECK(check_not_reached(*one));
    if (blank(c.reason)) return refuse(refusals::reason_missing, "reason");
    VECHE_CHECK(check_text(w, c.reason, "reason", max_text_bytes));
    return events{};
}

result<events> decide(const world& w, const reach_milestone& c, const context& ctx) {
    VECHE_CHECK(by_office(ctx));
    const measure* m = VECHE_TRY(find(w, c.measure));
    const milestone* one = VECHE_TRY(find_milestone(*m, c.milestone));
    if (!reports_for(w, *m, ctx, reach_milestone::wire.type))
        return refuse(refusals::not_responsible, {}, m->owner.value);
    VECHE_CHECK(check_open(*m));
    VECHE_CHECK(check_not_reached(*one));
    if (blank(c.note)) return refuse(refusals::note_missing, "note");
    VECHE_CHECK(check_text(w, c.note, "note", max_text_bytes));
    VECHE_CHECK(check_documents(c.evidence_, "evidence"));
    if (c.on && date_of(ctx.at) < *c.on) return refuse(refusals::day_ahead, "on", to_text(*c.on));
    return events{};
}

result<events> decide(const world& w, const arrange_measure& c, const context& ctx) {
    const measure* m = VECHE_TRY(find(w, c.measure));
    VECHE_CHECK(may_keep(w, ctx, m->owner, arrange_measure::wire.type));
    VECHE_CHECK(check_open(*m));
    if (m->parent == c.parent && m->weight == c.weight.value_or(1) && m->waits_for == c.waits_for)
        return refuse(refusals::nothing_changes);
    VECHE_CHECK(check_place(w, c.measure, c.parent, c.weight, c.waits_for));
    return events{};
}

}  // namespace veche::programme
