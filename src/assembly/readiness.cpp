#include "assembly/readiness.hpp"

#include <algorithm>

#include "assembly/amendments.hpp"
#include "assembly/casting.hpp"
#include "assembly/course_refusal.hpp"
#include "assembly/limits.hpp"
#include "assembly/motion_checks.hpp"
#include "assembly/motion_refusal.hpp"

namespace veche::assembly {

namespace {

constexpr std::int64_t hour_ms = 3'600'000;

const charter::motion_procedure* procedure_of(const charter::state& charter, const body_id& id) {
    const charter::body* body = charter.find_body(id);
    return body && body->motions ? &*body->motions : nullptr;
}

/// Whoever the stage names, or who presides where it names nobody.
result<void> may_advance(const world& w, const motion& m, const charter::motion_stage& stage,
                         const context& ctx) {
    if (stage.by.empty()) return require_power<advance_motion>(w, ctx, "preside", m.body);
    const date today = date_of(ctx.at);
    const bool named = std::find(stage.by.begin(), stage.by.end(), ctx.auth) != stage.by.end();
    const bool held = w.charter.holds_office(ctx.actor, office_id{ctx.auth}, today) ||
                      w.charter.holds_seat(ctx.actor, ctx.auth, today);
    if (named && held) return {};
    return refuse(refusals::may_not_advance, "stage", stage.id);
}

/// The last vote on the motion, by itself or in a bundle: what it said, when, and who knows it.
struct verdict_on {
    charter::outcome outcome = charter::outcome::pending;
    instant decided;
    const vote* by_name = nullptr;  ///< nothing where only totals are known
};

std::optional<verdict_on> last_verdict(const state& s, const motion& m) {
    std::optional<verdict_on> last;
    if (!m.votes.empty())
        if (const vote& v = *s.votes.find(m.votes.back()); v.result)
            last = {v.result->outcome, due_time(v), v.counted ? nullptr : &v};
    for (const auto& [id, v] : s.secret_votes)
        if (v.motion == m.id && v.result && v.ended && (!last || last->decided < *v.ended))
            last = {v.result->outcome, *v.ended, nullptr};
    return last;
}

/// Where the charter leaves it to the side that won, the seat must have been on it.
result<void> check_winner(const world& w, const motion& m, const std::string& seat) {
    if (!procedure_of(w.charter, m.body)->reconsider_by_winners.value_or(false)) return {};
    const vote* v = last_verdict(w.own, m)->by_name;
    if (!v) return refuse(refusals::winners_unknown, "motion", m.id.value);
    const auto place = v->roll->find(seat);
    if (place && counting_ballot(*v, *place) == charter::ballot::no) return {};
    return refuse(refusals::not_of_the_winners, "seat", seat);
}

}  // namespace

const charter::motion_stage* next_stage(const motion& m) {
    return m.reached.size() < m.stages.size() ? &m.stages[m.reached.size()] : nullptr;
}

std::optional<instant> motions_close(const charter::state& charter, const body_id& body,
                                     instant session_starts) {
    const auto* how = procedure_of(charter, body);
    if (!how || !how->motion_hours) return std::nullopt;
    return instant{session_starts.ms - *how->motion_hours * hour_ms};
}

bool is_urgent(const motion& m) {
    if (m.urgent == urgency::not_needed || m.urgent == urgency::granted) return true;
    return m.urgent == urgency::needed && m.urgency_supporters &&
           static_cast<std::int64_t>(m.support.by.size()) >= *m.urgency_supporters;
}

result<void> check_in_time(const charter::state& charter, const body_id& body,
                           instant session_starts, instant at) {
    const auto closes = motions_close(charter, body, session_starts);
    if (!closes || at < *closes) return {};
    const auto* how = procedure_of(charter, body);
    if (how->urgency_supporters || how->urgency_rule) return {};
    return refuse(refusals::motions_closed, "session", to_text(*closes));
}

result<void> check_way(const world& w, const motion& m, const std::optional<bundle_id>& in) {
    if (const bundle* b = bundle_of(w.own, m); b && b->id != in)
        return refuse(refusals::in_bundle, "motion", m.id.value, b->id.value);
    VECHE_CHECK(check_support(m, nullptr));
    if (!is_urgent(m)) return refuse(refusals::not_urgent, "motion", m.id.value);
    if (const auto* stage = next_stage(m))
        return refuse(refusals::stage_missing, "motion", m.id.value, stage->id);
    if (const auto order = voting_order(w.own, m); !order.empty())
        return refuse(refusals::amendments_pending, "motion", order.front().value);
    return {};
}

result<void> check_ready(const world& w, const motion& m, const std::optional<bundle_id>& in) {
    VECHE_CHECK(require_tabled(m, "motion"));
    VECHE_CHECK(check_way(w, m, in));
    return check_parts_settled(m);
}

result<void> check_reconsiderable(const world& w, const motion& m, instant at) {
    if (m.status == motion_status::adopted)
        return refuse(refusals::needs_repeal, "motion", m.decision->value);
    const auto last = last_verdict(w.own, m);
    const bool lost = last && (last->outcome == charter::outcome::rejected ||
                               last->outcome == charter::outcome::no_opinion);
    if (!lost || (m.status != motion_status::rejected && m.status != motion_status::no_opinion))
        return refuse(refusals::nothing_to_reconsider, "motion", m.id.value,
                      std::string(name_of(m.status)));
    const auto* how = procedure_of(w.charter, m.body);
    if (!how || !how->reconsider_hours)
        return refuse(refusals::never_reconsidered, "motion", m.body.value);
    if (m.reconsidered) return refuse(refusals::reconsidered_already, "motion", m.id.value);
    const instant ends{last->decided.ms + *how->reconsider_hours * hour_ms};
    if (ends <= at) return refuse(refusals::reconsidered_too_late, "motion", to_text(ends));
    return {};
}

result<std::string> urgency_rule(const world& w, const motion& m) {
    VECHE_CHECK(require_tabled(m, "motion"));
    const auto* how = procedure_of(w.charter, m.body);
    if (m.urgent != urgency::needed || is_urgent(m) || !how || !how->urgency_rule)
        return refuse(refusals::no_urgency_vote, "urgency", m.id.value);
    return *how->urgency_rule;
}

result<events> decide(const world& w, const advance_motion& c, const context& ctx) {
    const motion* m = VECHE_TRY(known_motion(w.own, c.motion, "motion"));
    const auto stage = std::find_if(m->stages.begin(), m->stages.end(),
                                    [&](const auto& one) { return one.id == c.stage; });
    if (stage == m->stages.end()) return refuse(refusals::stage_unknown, "stage", c.stage);
    VECHE_CHECK(may_advance(w, *m, *stage, ctx));
    VECHE_CHECK(
        check_text(w.charter, c.note, "note", limits::text_bytes, presence_of_text::optional));
    const session& s = *w.own.sessions.find(m->session);
    if (s.over()) return refuse(refusals::session_over, "motion", s.id.value);
    VECHE_CHECK(require_tabled(*m, "motion"));
    const auto* next = next_stage(*m);
    if (!next || next->id != c.stage)
        return refuse(refusals::stage_not_next, "stage", c.stage, next ? next->id : "vote");
    return events{};
}

result<events> decide(const world& w, const reconsider_motion& c, const context& ctx) {
    const motion* m = VECHE_TRY(known_motion(w.own, c.motion, "motion"));
    const charter::seat* seat = w.charter.find_seat(c.seat);
    if (!seat || seat->body != m->body) return refuse(refusals::seat_unknown, "seat", c.seat);
    if (!w.charter.holds_seat(ctx.actor, c.seat, date_of(ctx.at)))
        return refuse(refusals::seat_not_held, "seat", c.seat);
    const session& s = *w.own.sessions.find(m->session);
    if (s.over()) return refuse(refusals::session_over, "motion", s.id.value);
    VECHE_CHECK(check_reconsiderable(w, *m, ctx.at));
    VECHE_CHECK(check_winner(w, *m, c.seat));
    return events{};
}

void apply(state& s, const charter::state&, const advance_motion& c, const context& ctx) {
    s.motions.edit(c.motion).reached.push_back(
        {c.stage, ctx.actor, ctx.auth, c.note, ctx.at, ctx.seq});
}

void apply(state& s, const charter::state& charter, const reconsider_motion& c,
           const context& ctx) {
    motion& m = s.motions.edit(c.motion);
    m.status = motion_status::tabled;
    m.reconsidered = reconsideration{c.seat, ctx.actor, ctx.at, ctx.seq};
    // What waits to come back in a later session is back in this one.
    std::erase(s.returning, m.id);
    restore_parts(s, charter, m);
}

}  // namespace veche::assembly
