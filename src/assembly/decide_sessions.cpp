// Sessions, their agenda, papers and presence.

#include <algorithm>

#include "assembly/checks.hpp"
#include "assembly/limits.hpp"

namespace veche::assembly {

namespace {

result<void> not_over(const session& s) {
    if (s.over()) return refuse(refusals::session_over, "session", s.id.value);
    return {};
}

result<void> not_begun(const session& s) {
    if (s.status != session_status::convened)
        return refuse(refusals::session_begun, "session", s.id.value);
    return {};
}

result<void> known_item(const session& s, const item_id& id, const std::string& field) {
    if (!s.find_item(id)) return refuse(refusals::item_unknown, field, id.value);
    return {};
}

result<void> room_for(std::size_t now, std::size_t most, const std::string& field) {
    if (now >= most) return refuse(refusals::too_many, field, std::to_string(most));
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

result<void> check_joint(const convene_session& c) {
    if (c.joint_with.size() > limits::joint_bodies)
        return refuse(refusals::too_many, "joint_with", std::to_string(limits::joint_bodies));
    for (auto b = c.joint_with.begin(); b != c.joint_with.end(); ++b)
        if (*b == c.body || std::find(c.joint_with.begin(), b, *b) != b)
            return refuse(refusals::body_repeated,
                          "joint_with." + std::to_string(b - c.joint_with.begin()), b->value);
    return {};
}

result<void> check_content(const content_ref& content) {
    const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (content.sha256.size() != 64 ||
        !std::all_of(content.sha256.begin(), content.sha256.end(), is_hex))
        return refuse(refusals::content_malformed, "content.sha256");
    if (content.size <= 0) return refuse(refusals::content_malformed, "content.size");
    const auto is_media = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("/.+-_").find(c) != std::string_view::npos;
    };
    const auto slash = content.media.find('/');
    const bool two_parts = slash != std::string::npos && slash != 0 &&
                           slash + 1 != content.media.size() &&
                           content.media.find('/', slash + 1) == std::string::npos;
    if (!two_parts || content.media.size() > limits::media_bytes ||
        !std::all_of(content.media.begin(), content.media.end(), is_media))
        return refuse(refusals::content_malformed, "content.media");
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

}  // namespace

result<events> decide(const world& w, const convene_session& c, const context& ctx) {
    VECHE_CHECK(check_bodies(w, c));
    VECHE_CHECK(require_power<convene_session>(w, ctx, "convene", c.body));
    for (const body_id& body : c.joint_with)
        VECHE_CHECK(require_power<convene_session>(w, ctx, "convene", body));
    if (w.own.sessions.contains(c.id)) return refuse(refusals::id_taken, "id", c.id.value);
    VECHE_CHECK(check_joint(c));
    VECHE_CHECK(
        check_text(w.charter, c.title, "title", limits::title_bytes, presence_of_text::required));
    VECHE_CHECK(check_to_come(c.starts, ctx.at, "starts"));
    VECHE_CHECK(
        check_text(w.charter, c.venue, "venue", limits::title_bytes, presence_of_text::optional));
    return events{};
}

result<events> decide(const world& w, const reschedule_session& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    VECHE_CHECK(require_power<reschedule_session>(w, ctx, "convene", s->body));
    VECHE_CHECK(check_to_come(c.starts, ctx.at, "starts"));
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
    for (const vote_id& id : s->votes)
        if (w.own.votes.find(id)->status == vote_status::open)
            return refuse(refusals::votes_open, "session", id.value);
    return events{};
}

result<events> decide(const world& w, const add_item& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    if (c.before) VECHE_CHECK(known_item(*s, *c.before, "before"));
    VECHE_CHECK(require_power<add_item>(w, ctx, "agenda", s->body));
    if (s->find_item(c.item)) return refuse(refusals::id_taken, "item", c.item.value);
    VECHE_CHECK(
        check_text(w.charter, c.title, "title", limits::title_bytes, presence_of_text::required));
    if (c.minutes && (*c.minutes < 1 || *c.minutes > limits::item_minutes))
        return refuse(refusals::minutes_out_of_range, "minutes");
    VECHE_CHECK(room_for(s->agenda.size(), limits::items, "item"));
    VECHE_CHECK(not_over(*s));
    return events{};
}

result<events> decide(const world& w, const move_item& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    VECHE_CHECK(known_item(*s, c.item, "item"));
    if (c.before) VECHE_CHECK(known_item(*s, *c.before, "before"));
    VECHE_CHECK(require_power<move_item>(w, ctx, "agenda", s->body));
    VECHE_CHECK(not_over(*s));
    return events{};
}

result<events> decide(const world& w, const remove_item& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    VECHE_CHECK(known_item(*s, c.item, "item"));
    VECHE_CHECK(require_power<remove_item>(w, ctx, "agenda", s->body));
    VECHE_CHECK(not_over(*s));
    for (const motion_id& id : s->motions)
        if (w.own.motions.find(id)->item == c.item)
            return refuse(refusals::item_in_use, "item", c.item.value);
    return events{};
}

result<events> decide(const world& w, const add_paper& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    if (c.item) VECHE_CHECK(known_item(*s, *c.item, "item"));
    VECHE_CHECK(require_power<add_paper>(w, ctx, "papers", s->body));
    if (std::any_of(s->papers.begin(), s->papers.end(),
                    [&](const paper& p) { return p.id == c.paper; }))
        return refuse(refusals::id_taken, "paper", c.paper.value);
    VECHE_CHECK(
        check_text(w.charter, c.title, "title", limits::title_bytes, presence_of_text::required));
    VECHE_CHECK(check_language(w.charter, c.language, "language"));
    VECHE_CHECK(check_content(c.content));
    VECHE_CHECK(room_for(s->papers.size(), limits::papers, "paper"));
    if (s->status == session_status::cancelled)
        return refuse(refusals::session_over, "session", s->id.value);
    return events{};
}

result<events> decide(const world& w, const register_presence& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    VECHE_CHECK(may_record_presence(w, *s, c, ctx));
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
