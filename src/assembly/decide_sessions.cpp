// Sessions and presence in them.

#include <algorithm>

#include "assembly/casting.hpp"
#include "assembly/checks.hpp"
#include "assembly/elections.hpp"
#include "assembly/limits.hpp"

namespace veche::assembly {

namespace {

result<void> not_begun(const session& s) {
    if (s.status != session_status::convened)
        return refuse(refusals::session_begun, "session", s.id.value);
    return {};
}

result<void> check_bodies(const world& w, const convene_session& c) {
    if (!w.charter.find_body(c.body)) return refuse(refusals::body_unknown, "body", c.body.value);
    for (std::size_t i = 0; i < c.joint_with.size(); ++i)
        if (!w.charter.find_body(c.joint_with[i]))
            return refuse(refusals::body_unknown, "joint_with." + std::to_string(i),
                          c.joint_with[i].value);
    return {};
}

result<void> check_end(const std::optional<instant>& ends, instant starts) {
    if (ends && *ends <= starts) return refuse(refusals::ends_before_start, "ends");
    return {};
}

/// The holder of the seat, or an office that presides.
template <class Command>
result<void> may_record_presence(const world& w, const session& s, const Command& c,
                                 const context& ctx) {
    const date today = date_of(ctx.at);
    if (!find_elector(w.charter, s, c.seat, today))
        return refuse(refusals::seat_unknown, "seat", c.seat);
    if (!ctx.decision && w.charter.holds_seat(ctx.actor, c.seat, today)) return {};
    if (require_power<Command>(w, ctx, "preside", s.body)) return {};
    return refuse(refusals::seat_not_held, "seat", c.seat);
}

/// A session does not end before its votes; those by correspondence may outlast it, but not its
/// cancellation.
result<void> no_votes(const world& w, const session& s, instant at, bool written_too) {
    for (const vote_id& id : s.votes) {
        const vote& v = *w.own.votes.find(id);
        if (!is_over(v, at) && (written_too || !v.written))
            return refuse(refusals::votes_open, "session", id.value);
    }
    for (const auto& [id, secret] : w.own.secret_votes)
        if (secret.session == s.id && secret.under_way())
            return refuse(refusals::votes_open, "session", id.value);
    return {};
}

}  // namespace

result<events> decide(const world& w, const convene_session& c, const context& ctx) {
    VECHE_CHECK(check_bodies(w, c));
    VECHE_CHECK(require_power<convene_session>(w, ctx, "convene", c.body));
    for (const body_id& body : c.joint_with)
        VECHE_CHECK(require_power<convene_session>(w, ctx, "convene", body));
    if (w.own.sessions.contains(c.id)) return refuse(refusals::id_taken, "id", c.id.value);
    VECHE_CHECK(check_joint_bodies(c.body, c.joint_with));
    VECHE_CHECK(
        check_text(w.charter, c.title, "title", limits::title_bytes, presence_of_text::required));
    VECHE_CHECK(check_to_come(c.starts, ctx.at, "starts"));
    VECHE_CHECK(check_end(c.ends, c.starts));
    VECHE_CHECK(check_zone(c.zone, "zone"));
    VECHE_CHECK(
        check_text(w.charter, c.venue, "venue", limits::title_bytes, presence_of_text::optional));
    return events{};
}

result<events> decide(const world& w, const reschedule_session& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    VECHE_CHECK(require_power<reschedule_session>(w, ctx, "convene", s->body));
    VECHE_CHECK(check_to_come(c.starts, ctx.at, "starts"));
    VECHE_CHECK(check_end(c.ends, c.starts));
    VECHE_CHECK(check_zone(c.zone, "zone"));
    VECHE_CHECK(
        check_text(w.charter, c.venue, "venue", limits::title_bytes, presence_of_text::optional));
    VECHE_CHECK(not_begun(*s));
    return events{};
}

result<events> decide(const world& w, const cancel_session& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    VECHE_CHECK(require_power<cancel_session>(w, ctx, "convene", s->body));
    VECHE_CHECK(
        check_text(w.charter, c.reason, "reason", limits::title_bytes, presence_of_text::optional));
    VECHE_CHECK(not_begun(*s));
    VECHE_CHECK(no_votes(w, *s, ctx.at, true));
    return events{};
}

result<events> decide(const world& w, const open_session& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    VECHE_CHECK(require_power<open_session>(w, ctx, "preside", s->body));
    VECHE_CHECK(not_begun(*s));
    return events{};
}

result<events> decide(const world& w, const close_session& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    VECHE_CHECK(require_power<close_session>(w, ctx, "preside", s->body));
    if (s->status != session_status::open)
        return refuse(refusals::session_not_open, "session", s->id.value);
    VECHE_CHECK(no_votes(w, *s, ctx.at, false));
    return check_no_election_open(w.own, *s).map([] { return events{}; });
}

result<events> decide(const world& w, const register_presence& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    VECHE_CHECK(may_record_presence(w, *s, c, ctx));
    VECHE_CHECK(check_mode(*s, c.mode));
    VECHE_CHECK(not_over(*s));
    if (s->is_present(c.seat)) return refuse(refusals::already_present, "seat", c.seat);
    return events{};
}

result<events> decide(const world& w, const end_presence& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    VECHE_CHECK(may_record_presence(w, *s, c, ctx));
    VECHE_CHECK(not_over(*s));
    if (!s->is_present(c.seat)) return refuse(refusals::not_registered, "seat", c.seat);
    return events{};
}

}  // namespace veche::assembly
