// Motions, and the second attempt at what a decision orders.

#include "assembly/course_refusal.hpp"
#include "assembly/limits.hpp"
#include "assembly/motion_checks.hpp"

namespace veche::assembly {

namespace {

/// The body that is to decide: the one named, or the one that leads the session.
const body_id& deciding_body(const session& s, const table_motion& c) {
    return c.body ? *c.body : s.body;
}

/// The rule of the decision is one of the body's; nothing said means its first.
result<void> check_rule(const charter::body& body, const table_motion& c) {
    const auto& rules = body.rules;
    const bool known =
        c.rule ? std::find(rules.begin(), rules.end(), *c.rule) != rules.end() : !rules.empty();
    if (!known)
        return refuse(refusals::rule_not_of_body, "rule", c.rule.value_or(""), body.id.value);
    return {};
}

result<void> check_enactments(const world& w, const body_id& body, const table_motion& c,
                              instant at) {
    if (c.enactments.size() > limits::enactments)
        return refuse(refusals::too_many, "enactments", std::to_string(limits::enactments));
    for (std::size_t i = 0; i < c.enactments.size(); ++i)
        VECHE_CHECK(
            check_enactment(w, body, c.enactments[i], "enactments." + std::to_string(i), at));
    return {};
}

/// Only the body that decided, and what is not repealed yet.
result<void> check_repeal(const state& s, const body_id& body, const table_motion& c) {
    if (!c.repeals) return {};
    const decision& d = *s.decisions.find(*c.repeals);
    if (d.body != body) return refuse(refusals::repeals_others, "repeals", d.id.value, body.value);
    if (d.repealed_by)
        return refuse(refusals::repealed_already, "repeals", d.id.value, d.repealed_by->value);
    return {};
}

}  // namespace

result<events> decide(const world& w, const table_motion& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    if (!s->find_item(c.item)) return refuse(refusals::item_unknown, "item", c.item.value);
    const body_id& body = deciding_body(*s, c);
    const charter::body* described = w.charter.find_body(body);
    if (!described) return refuse(refusals::body_unknown, "body", body.value);
    if (c.repeals && !w.own.decisions.contains(*c.repeals))
        return refuse(refusals::decision_unknown, "repeals", c.repeals->value);
    VECHE_CHECK(may_table<table_motion>(w, body, ctx));
    if (w.own.motions.contains(c.motion) || w.own.forwards.contains(c.motion))
        return refuse(refusals::id_taken, "motion", c.motion.value);
    if (!s->sits(body)) return refuse(refusals::body_not_sitting, "body", body.value);
    VECHE_CHECK(check_rule(*described, c));
    VECHE_CHECK(
        check_text(w.charter, c.title, "title", limits::title_bytes, presence_of_text::required));
    VECHE_CHECK(
        check_text(w.charter, c.text, "text", limits::text_bytes, presence_of_text::required));
    VECHE_CHECK(check_enactments(w, body, c, ctx.at));
    if (c.force_on && *c.force_on < date_of(ctx.at))
        return refuse(refusals::time_passed, "force_on", to_text(*c.force_on));
    VECHE_CHECK(check_repeal(w.own, body, c));
    if (s->motions.size() >= limits::motions)
        return refuse(refusals::too_many, "motion", std::to_string(limits::motions));
    if (s->over()) return refuse(refusals::session_over, "session", s->id.value);
    VECHE_CHECK(check_in_time(w.charter, body, s->starts, ctx.at));
    return events{};
}

result<events> decide(const world& w, const withdraw_motion& c, const context& ctx) {
    const motion* m = VECHE_TRY(known_motion(w.own, c.motion, "motion"));
    if (!tabled_it(w, m->tabled_by, m->tabled_as, ctx) &&
        !require_power<withdraw_motion>(w, ctx, "preside", m->body))
        return refuse(refusals::may_not_withdraw, "motion");
    VECHE_CHECK(require_tabled(*m, "motion"));
    return events{};
}

result<events> decide(const world& w, const retry_enactments& c, const context& ctx) {
    const decision* d = w.own.decisions.find(c.decision);
    if (!d) return refuse(refusals::decision_unknown, "decision", c.decision.value);
    if (!require_power<retry_enactments>(w, ctx, "measures", d->body))
        VECHE_CHECK(require_power<retry_enactments>(w, ctx, "preside", d->body));
    if (d->fate != enactment_fate::failed)
        return refuse(refusals::nothing_failed, "decision", d->id.value);
    if (d->repealed_by)
        return refuse(refusals::repealed_already, "decision", d->id.value, d->repealed_by->value);
    return events{};
}

}  // namespace veche::assembly
