// Invitations and what is answered to them, and absences that are excused.

#include <algorithm>

#include "assembly/checks.hpp"
#include "assembly/limits.hpp"
#include "assembly/motion_refusal.hpp"

namespace veche::assembly {

namespace {

std::vector<body_id> bodies_of(const session& s) {
    std::vector<body_id> bodies{s.body};
    bodies.insert(bodies.end(), s.joint_with.begin(), s.joint_with.end());
    return bodies;
}

/// The longest notice that the charter asks for, and whether one of the bodies refuses a shorter.
struct notice_rule {
    std::int32_t days = 0;
    bool refuses = false;
};

notice_rule rule_of(const charter::state& charter, const session& s) {
    notice_rule rule;
    for (const body_id& id : bodies_of(s)) {
        const charter::body* body = charter.find_body(id);
        if (!body || !body->sessions || !body->sessions->notice_days) continue;
        rule.days = std::max(rule.days, *body->sessions->notice_days);
        rule.refuses = rule.refuses || body->sessions->late == charter::late_notice::refuse;
    }
    return rule;
}

result<void> check_guests(const world& w, const session& s, const send_invitations& c) {
    for (auto one = c.guests.begin(); one != c.guests.end(); ++one) {
        const std::string place = "guests." + std::to_string(one - c.guests.begin());
        const bool twice = std::any_of(c.guests.begin(), one, [&](const invited_guest& other) {
            return other.guest == one->guest;
        });
        if (twice || s.find_invitation(one->guest))
            return refuse(refusals::id_taken, place + ".guest", one->guest.value);
        VECHE_CHECK(check_text(w.charter, one->role, place + ".role", limits::title_bytes,
                               presence_of_text::required));
    }
    std::size_t known = c.guests.size();
    if (s.invited)
        for (const invitation& one : s.invited->to) known += one.seat.empty() ? 1 : 0;
    if (known > limits::guests)
        return refuse(refusals::too_many, "guests", std::to_string(limits::guests));
    return {};
}

result<const invitation*> invitation_for(const session& s, const answer_invitation& c) {
    if (c.seat.has_value() == c.guest.has_value()) return refuse(refusals::invitee_missing, "seat");
    const invitation* found = c.seat ? s.find_invitation(*c.seat) : s.find_invitation(*c.guest);
    if (!found)
        return refuse(refusals::not_invited, c.seat ? "seat" : "guest",
                      c.seat ? *c.seat : c.guest->value);
    return found;
}

/// Who was invited, or the office that convenes.
result<void> may_answer(const world& w, const session& s, const invitation& to,
                        const context& ctx) {
    const date today = date_of(ctx.at);
    const bool own = !ctx.decision &&
                     (to.seat.empty() ? to.guest.office && w.charter.holds_office(
                                                               ctx.actor, *to.guest.office, today)
                                      : w.charter.holds_seat(ctx.actor, to.seat, today));
    if (own || require_power<answer_invitation>(w, ctx, "convene", s.body)) return {};
    const std::string& who = to.seat.empty() ? to.guest.guest.value : to.seat;
    return refuse(refusals::may_not_answer, to.seat.empty() ? "guest" : "seat", who);
}

}  // namespace

result<events> decide(const world& w, const send_invitations& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    for (std::size_t i = 0; i < c.guests.size(); ++i)
        if (const auto& office = c.guests[i].office; office && !w.charter.find_office(*office))
            return refuse(refusals::office_unknown, "guests." + std::to_string(i) + ".office",
                          office->value);
    VECHE_CHECK(require_power<send_invitations>(w, ctx, "convene", s->body));
    VECHE_CHECK(check_guests(w, *s, c));
    VECHE_CHECK(
        check_text(w.charter, c.note, "note", limits::text_bytes, presence_of_text::optional));
    if (s->status != session_status::convened)
        return refuse(refusals::session_begun, "session", s->id.value);
    const notice_rule rule = rule_of(w.charter, *s);
    const instant last = plus_days(s->starts, -rule.days);
    if (rule.refuses && last < ctx.at)
        return refuse(refusals::notice_too_short, "session", std::to_string(rule.days),
                      to_text(last));
    return events{};
}

void apply(state& s, const charter::state& charter, const send_invitations& c, const context& ctx) {
    session& changed = s.sessions.edit(c.session);
    notice sent;
    sent.sent = ctx.at;
    sent.seq = ctx.seq;
    sent.revision = changed.revision;
    sent.days = rule_of(charter, changed).days;
    sent.late = plus_days(changed.starts, -sent.days) < ctx.at;
    sent.note = c.note;
    for (const body_id& body : bodies_of(changed))
        for (const charter::elector& e : charter.electorate(body, date_of(changed.starts))) {
            if (e.holder.empty()) continue;
            invitation& to = sent.to.emplace_back();
            to.seat = e.seat;
            to.holder = e.holder;
            // Whoever took the seat since answers anew.
            const invitation* before = changed.find_invitation(e.seat);
            if (before && before->holder == e.holder) to.answer = before->answer;
        }
    if (changed.invited)
        for (const invitation& before : changed.invited->to)
            if (before.seat.empty()) sent.to.push_back(before);
    for (const invited_guest& one : c.guests) sent.to.emplace_back().guest = one;
    changed.invited = std::move(sent);
}

result<events> decide(const world& w, const answer_invitation& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    const invitation* to = VECHE_TRY(invitation_for(*s, c));
    VECHE_CHECK(may_answer(w, *s, *to, ctx));
    VECHE_CHECK(check_text(w.charter, c.substitute, "substitute", limits::title_bytes,
                           presence_of_text::optional));
    if ((c.answer == invitation_answer::substitute) == c.substitute.empty())
        return refuse(refusals::substitute_missing, "substitute");
    if (c.mode) VECHE_CHECK(check_mode(*s, c.mode));
    VECHE_CHECK(not_over(*s));
    return events{};
}

void apply(state& s, const charter::state&, const answer_invitation& c, const context& ctx) {
    session& changed = s.sessions.edit(c.session);
    for (invitation& to : changed.invited->to)
        if (c.seat ? to.seat == *c.seat : to.seat.empty() && to.guest.guest == *c.guest)
            to.answer = answered{c.answer, c.substitute, c.mode, ctx.at, ctx.seq, changed.revision};
}

result<events> decide(const world& w, const excuse_absence& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    if (!find_elector(w.charter, *s, c.seat, date_of(s->starts)))
        return refuse(refusals::seat_unknown, "seat", c.seat);
    if (!require_power<excuse_absence>(w, ctx, "preside", s->body))
        VECHE_CHECK(require_power<excuse_absence>(w, ctx, "convene", s->body));
    if (s->status == session_status::cancelled)
        return refuse(refusals::session_over, "session", s->id.value);
    if (std::binary_search(s->excused.begin(), s->excused.end(), c.seat))
        return refuse(refusals::already_excused, "seat", c.seat);
    return events{};
}

void apply(state& s, const charter::state&, const excuse_absence& c, const context&) {
    auto& excused = s.sessions.edit(c.session).excused;
    excused.insert(std::lower_bound(excused.begin(), excused.end(), c.seat), c.seat);
}

}  // namespace veche::assembly
