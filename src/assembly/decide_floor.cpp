// The floor: who may ask for it, and what the chair may do with it.

#include <algorithm>

#include "assembly/checks.hpp"
#include "assembly/limits.hpp"

namespace veche::assembly {

namespace {

result<const speakers_list*> known_list(const state& s, const list_id& id) {
    const speakers_list* list = s.lists.find(id);
    if (!list) return refuse(refusals::list_unknown, "list", id.value);
    return list;
}

/// The list, for a command of the chair.
template <class Command>
result<const speakers_list*> presided(const world& w, const Command& c, const context& ctx) {
    const speakers_list* list = VECHE_TRY(known_list(w.own, c.list));
    VECHE_CHECK(require_power<Command>(w, ctx, "preside", list->body));
    if (w.own.sessions.find(list->session)->status != session_status::open)
        return refuse(refusals::session_not_open, "list", list->session.value);
    return list;
}

result<void> check_seconds(std::optional<std::int32_t> seconds, const std::string& field) {
    if (seconds && (*seconds < 1 || *seconds > limits::speech_seconds))
        return refuse(refusals::seconds_out_of_range, field,
                      std::to_string(limits::speech_seconds));
    return {};
}

result<const speech*> waiting_speech(const speakers_list& list, const speech_id& id,
                                     const std::string& field) {
    const speech* found = list.find(id);
    if (!found) return refuse(refusals::speech_unknown, field, id.value);
    if (found->status != speech_status::waiting)
        return refuse(refusals::speech_not_waiting, field, id.value);
    return found;
}

/// The holder of the seat speaks for it; the chair may put down any seat, and guests.
result<void> may_ask(const world& w, const session& s, const ask_for_floor& c, const context& ctx) {
    if (c.seat.has_value() == !c.guest.empty()) return refuse(refusals::speaker_missing, "seat");
    const date today = date_of(ctx.at);
    const bool presides = require_power<ask_for_floor>(w, ctx, "preside", s.body).has_value();
    if (!c.seat) {
        if (!presides) return refuse(refusals::guests_by_chair, "guest");
        return check_text(w.charter, c.guest, "guest", limits::title_bytes,
                          presence_of_text::required);
    }
    if (!find_elector(w.charter, s, *c.seat, today))
        return refuse(refusals::seat_unknown, "seat", *c.seat);
    const bool own = !ctx.decision && w.charter.holds_seat(ctx.actor, *c.seat, today);
    if (!own && !presides) return refuse(refusals::seat_not_held, "seat", *c.seat);
    if (s.presence_kept && !s.is_present(*c.seat))
        return refuse(refusals::not_present, "seat", *c.seat);
    return {};
}

}  // namespace

result<events> decide(const world& w, const open_speakers_list& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    if (!s->find_item(c.item)) return refuse(refusals::item_unknown, "item", c.item.value);
    VECHE_CHECK(require_power<open_speakers_list>(w, ctx, "preside", s->body));
    if (w.own.lists.contains(c.list)) return refuse(refusals::id_taken, "list", c.list.value);
    VECHE_CHECK(check_seconds(c.seconds_each, "seconds_each"));
    VECHE_CHECK(check_seconds(c.seconds_per_member, "seconds_per_member"));
    if (s->lists.size() >= limits::lists)
        return refuse(refusals::too_many, "list", std::to_string(limits::lists));
    if (s->status != session_status::open)
        return refuse(refusals::session_not_open, "session", s->id.value);
    return events{};
}

result<events> decide(const world& w, const close_speakers_list& c, const context& ctx) {
    const speakers_list* list = VECHE_TRY(presided(w, c, ctx));
    if (!list->open) return refuse(refusals::list_closed, "list", list->id.value);
    return events{};
}

result<events> decide(const world& w, const ask_for_floor& c, const context& ctx) {
    const speakers_list* list = VECHE_TRY(known_list(w.own, c.list));
    const session& s = *w.own.sessions.find(list->session);
    VECHE_CHECK(may_ask(w, s, c, ctx));
    if (list->find(c.speech)) return refuse(refusals::id_taken, "speech", c.speech.value);
    if ((c.kind == speech_kind::point_of_order) != c.point.has_value())
        return refuse(refusals::point_missing, "point");
    if (list->speeches.size() >= limits::speeches)
        return refuse(refusals::too_many, "speech", std::to_string(limits::speeches));
    if (s.status != session_status::open)
        return refuse(refusals::session_not_open, "list", s.id.value);
    // A closed list still hears points of order.
    if (!list->open && c.kind != speech_kind::point_of_order)
        return refuse(refusals::list_closed, "list", list->id.value);
    const auto same = [&](const speech& one) {
        return one.status == speech_status::waiting && one.kind == c.kind && c.seat &&
               one.seat == *c.seat;
    };
    if (std::any_of(list->speeches.begin(), list->speeches.end(), same))
        return refuse(refusals::already_waiting, "seat", *c.seat);
    return events{};
}

result<events> decide(const world& w, const withdraw_speech& c, const context& ctx) {
    const speakers_list* list = VECHE_TRY(known_list(w.own, c.list));
    const speech* found = list->find(c.speech);
    if (!found) return refuse(refusals::speech_unknown, "speech", c.speech.value);
    const bool own = !ctx.decision && !found->seat.empty() &&
                     w.charter.holds_seat(ctx.actor, found->seat, date_of(ctx.at));
    if (!own) VECHE_CHECK(require_power<withdraw_speech>(w, ctx, "preside", list->body));
    VECHE_TRY(waiting_speech(*list, c.speech, "speech"));
    return events{};
}

result<events> decide(const world& w, const move_speech& c, const context& ctx) {
    const speakers_list* list = VECHE_TRY(presided(w, c, ctx));
    VECHE_TRY(waiting_speech(*list, c.speech, "speech"));
    if (c.before) VECHE_TRY(waiting_speech(*list, *c.before, "before"));
    return events{};
}

result<events> decide(const world& w, const give_floor& c, const context& ctx) {
    const speakers_list* list = VECHE_TRY(presided(w, c, ctx));
    if (c.speech) VECHE_TRY(waiting_speech(*list, *c.speech, "speech"));
    if (!c.speech && line_of(*list).empty())
        return refuse(refusals::nobody_waits, "list", list->id.value);
    return events{};
}

result<events> decide(const world& w, const pause_speech& c, const context& ctx) {
    const speakers_list* list = VECHE_TRY(presided(w, c, ctx));
    if (!list->speaking()) return refuse(refusals::nobody_speaks, "list", list->id.value);
    if (!list->speaking()->running_since)
        return refuse(refusals::clock_stands, "list", list->id.value);
    return events{};
}

result<events> decide(const world& w, const resume_speech& c, const context& ctx) {
    const speakers_list* list = VECHE_TRY(presided(w, c, ctx));
    if (!list->speaking()) return refuse(refusals::nobody_speaks, "list", list->id.value);
    if (list->speaking()->running_since)
        return refuse(refusals::clock_runs, "list", list->id.value);
    return events{};
}

result<events> decide(const world& w, const end_speech& c, const context& ctx) {
    const speakers_list* list = VECHE_TRY(presided(w, c, ctx));
    if (!list->speaking()) return refuse(refusals::nobody_speaks, "list", list->id.value);
    return events{};
}

result<events> decide(const world& w, const add_speaking_time& c, const context& ctx) {
    const speakers_list* list = VECHE_TRY(presided(w, c, ctx));
    VECHE_CHECK(check_seconds(c.seconds, "seconds"));
    const speech* now = list->speaking();
    if (!now) return refuse(refusals::nobody_speaks, "list", list->id.value);
    return check_seconds(now->extra_seconds + c.seconds, "seconds").map([] { return events{}; });
}

}  // namespace veche::assembly
