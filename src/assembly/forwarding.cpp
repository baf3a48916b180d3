#include "assembly/forwarding.hpp"

#include <algorithm>

#include "assembly/course_refusal.hpp"
#include "assembly/limits.hpp"
#include "assembly/motion_checks.hpp"
#include "assembly/reactions.hpp"

namespace veche::assembly {

namespace {

/// The motion that is forwarded; none only while a decision that orders it is rehearsed, before the
/// motion is known.
result<const motion*> find_origin(const state& s, const forward_motion& c, const context& ctx) {
    if (c.motion) return known_motion(s, *c.motion, "motion");
    if (!ctx.decision) return refuse(refusals::origin_missing, "motion");
    const decision* d = s.decisions.find(ctx.decision->decision);
    return d ? s.motions.find(d->motion) : nullptr;
}

bool has_room(const session& s) {
    return s.agenda.size() < limits::items && s.motions.size() < limits::motions;
}

forwarded_motion_placed place_on(const session& s, const motion_id& id) {
    forwarded_motion_placed e;
    e.motion = id;
    e.session = s.id;
    for (int n = 1; e.item.empty() || s.find_item(e.item); ++n)
        e.item = {"forwarded-" + std::to_string(n)};
    return e;
}

result<void> check_destination(const world& w, const body_id& from, const forward_motion& c,
                               instant at) {
    if (c.to == from) return refuse(refusals::forwarded_to_itself, "to", from.value);
    const auto& rules = w.charter.find_body(c.to)->rules;
    const bool known =
        c.rule ? std::find(rules.begin(), rules.end(), *c.rule) != rules.end() : !rules.empty();
    if (!known) return refuse(refusals::rule_not_of_body, "rule", c.rule.value_or(""), c.to.value);
    if (c.enactments.size() > limits::enactments)
        return refuse(refusals::too_many, "enactments", std::to_string(limits::enactments));
    for (std::size_t i = 0; i < c.enactments.size(); ++i)
        VECHE_CHECK(
            check_enactment(w, c.to, c.enactments[i], "enactments." + std::to_string(i), at));
    return {};
}

}  // namespace

std::string forwarded_rule(const charter::state& charter, const forward_motion& c) {
    return c.rule ? *c.rule : charter.find_body(c.to)->rules.front();
}

result<events> decide(const world& w, const forward_motion& c, const context& ctx) {
    const motion* m = VECHE_TRY(find_origin(w.own, c, ctx));
    if (!w.charter.find_body(c.to)) return refuse(refusals::body_unknown, "to", c.to.value);
    const body_id from = m ? m->body : ctx.decision->body;
    VECHE_CHECK(require_power<forward_motion>(w, ctx, "preside", from));
    if (ctx.decision && ctx.decision->body != from)
        return refuse(refusals::forwards_others, "motion", ctx.decision->body.value);
    if (w.own.motions.contains(c.forwarded) || w.own.forwards.contains(c.forwarded))
        return refuse(refusals::id_taken, "forwarded", c.forwarded.value);
    VECHE_CHECK(check_destination(w, from, c, ctx.at));
    if (m && m->status != motion_status::tabled && m->status != motion_status::adopted)
        return refuse(refusals::not_forwardable, "motion", m->id.value,
                      std::string(name_of(m->status)));
    events follow;
    if (const auto next = next_session(w.own, c.to))
        if (const session& s = *w.own.sessions.find(*next); has_room(s))
            follow.push_back(make_event(place_on(s, c.forwarded)));
    return follow;
}

void apply(state& s, const charter::state& charter, const forward_motion& c, const context& ctx) {
    const motion* m = find_origin(s, c, ctx).value_or(nullptr);
    forwarding made;
    made.id = c.forwarded;
    made.from = m ? m->body : ctx.decision->body;
    made.to = c.to;
    if (ctx.decision) made.decision = ctx.decision->decision;
    made.rule = forwarded_rule(charter, c);
    made.enactments = c.enactments;
    made.at = ctx.at;
    made.seq = ctx.seq;
    if (m) {
        made.origin = m->id;
        made.title = m->title;
        made.text = m->text;
        s.motions.edit(made.origin).forwarded.push_back(c.forwarded);
    }
    s.forwards.insert(c.forwarded, std::move(made));
    s.waiting_forwards.push_back(c.forwarded);
}

void apply(state& s, const charter::state&, const forwarded_motion_placed& e, const context& ctx) {
    forwarding& from = s.forwards.edit(e.motion);
    from.placed = true;
    std::erase(s.waiting_forwards, e.motion);
    session& in = s.sessions.edit(e.session);
    agenda_item item;
    item.id = e.item;
    item.kind = item_kind::decision;
    item.title = from.title;
    in.agenda.push_back(std::move(item));
    in.motions.push_back(e.motion);
    motion made;
    made.id = e.motion;
    made.session = e.session;
    made.item = e.item;
    made.body = from.to;
    made.title = from.title;
    made.original = from.text;
    made.put_text(from.text);
    made.rule = from.rule;
    made.enactments = made.original_enactments = from.enactments;
    made.at = ctx.at;
    made.seq = ctx.seq;
    s.motions.insert(e.motion, std::move(made));
}

std::optional<forwarded_motion_placed> place_forwarded(const state& s, const session_id& id) {
    const session& on = *s.sessions.find(id);
    if (!has_room(on)) return std::nullopt;
    for (const motion_id& waiting : s.waiting_forwards)
        if (on.sits(s.forwards.find(waiting)->to)) return place_on(on, waiting);
    return std::nullopt;
}

}  // namespace veche::assembly
