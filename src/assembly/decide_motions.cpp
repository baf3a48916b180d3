// Motions, and the second attempt at what a decision orders.

#include "assembly/checks.hpp"
#include "assembly/limits.hpp"

namespace veche::assembly {

namespace {

/// The body that is to decide: the one named, or the one that leads the session.
const body_id& deciding_body(const session& s, const table_motion& c) {
    return c.body ? *c.body : s.body;
}

/// A holder of any seat of the body may table; so may an office with the power.
result<void> may_table(const world& w, const body_id& body, const context& ctx) {
    if (!ctx.decision && !w.charter.seats_of(ctx.actor, body, date_of(ctx.at)).empty()) return {};
    if (require_power<table_motion>(w, ctx, "table", body)) return {};
    return refuse(refusals::may_not_table, "", body.value);
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

/// Whether decisions of the body may order the command: asked of the one gate of authority, as if
/// the decision had been taken already.
bool may_order(const world& w, const body_id& body, const std::string& type, instant at) {
    context as_decision;
    as_decision.at = at;
    as_decision.decision = decision_authority{{}, body, {}};
    return charter::require(w.charter, as_decision, "", body, type).has_value();
}

result<void> check_enactments(const world& w, const body_id& body, const table_motion& c,
                              instant at) {
    if (c.enactments.size() > limits::enactments)
        return refuse(refusals::too_many, "enactments", std::to_string(limits::enactments));
    for (std::size_t i = 0; i < c.enactments.size(); ++i) {
        const enactment& e = c.enactments[i];
        const std::string place = "enactments." + std::to_string(i);
        if (e.type.empty()) return refuse(refusals::enactment_malformed, place + ".type");
        if (e.v < 1) return refuse(refusals::enactment_malformed, place + ".v");
        if (!e.body.bytes.starts_with('{'))
            return refuse(refusals::enactment_malformed, place + ".body");
        if (!may_order(w, body, e.type, at))
            return refuse(refusals::enactment_not_allowed, place + ".type", body.value, e.type);
    }
    return {};
}

/// Whoever tabled it: the same person, or a later holder of the seat or office it was tabled under.
bool tabled_it(const world& w, const motion& m, const context& ctx) {
    if (ctx.decision || ctx.actor.empty()) return false;
    const date today = date_of(ctx.at);
    return ctx.actor == m.tabled_by || w.charter.holds_seat(ctx.actor, m.tabled_as, today) ||
           w.charter.holds_office(ctx.actor, office_id{m.tabled_as}, today);
}

}  // namespace

result<events> decide(const world& w, const table_motion& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    if (!s->find_item(c.item)) return refuse(refusals::item_unknown, "item", c.item.value);
    const body_id& body = deciding_body(*s, c);
    const charter::body* described = w.charter.find_body(body);
    if (!described) return refuse(refusals::body_unknown, "body", body.value);
    VECHE_CHECK(may_table(w, body, ctx));
    if (w.own.motions.contains(c.motion))
        return refuse(refusals::id_taken, "motion", c.motion.value);
    if (!s->sits(body)) return refuse(refusals::body_not_sitting, "body", body.value);
    VECHE_CHECK(check_rule(*described, c));
    VECHE_CHECK(
        check_text(w.charter, c.title, "title", limits::title_bytes, presence_of_text::required));
    VECHE_CHECK(
        check_text(w.charter, c.text, "text", limits::text_bytes, presence_of_text::required));
    VECHE_CHECK(check_enactments(w, body, c, ctx.at));
    if (s->motions.size() >= limits::motions)
        return refuse(refusals::too_many, "motion", std::to_string(limits::motions));
    if (s->over()) return refuse(refusals::session_over, "session", s->id.value);
    return events{};
}

result<events> decide(const world& w, const withdraw_motion& c, const context& ctx) {
    const motion* m = VECHE_TRY(known_motion(w.own, c.motion, "motion"));
    if (!tabled_it(w, *m, ctx) && !require_power<withdraw_motion>(w, ctx, "preside", m->body))
        return refuse(refusals::may_not_withdraw, "motion");
    if (m->status != motion_status::tabled)
        return refuse(refusals::motion_not_tabled, "motion", m->id.value,
                      std::string(name_of(m->status)));
    return events{};
}

result<events> decide(const world& w, const retry_enactments& c, const context& ctx) {
    const decision* d = w.own.decisions.find(c.decision);
    if (!d) return refuse(refusals::decision_unknown, "decision", c.decision.value);
    if (!require_power<retry_enactments>(w, ctx, "measures", d->body))
        VECHE_CHECK(require_power<retry_enactments>(w, ctx, "preside", d->body));
    if (d->fate != enactment_fate::failed)
        return refuse(refusals::nothing_failed, "decision", d->id.value);
    return events{};
}

}  // namespace veche::assembly
