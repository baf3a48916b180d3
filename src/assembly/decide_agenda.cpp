// The agenda: its tree, and which item is dealt with.

#include <algorithm>

#include "assembly/agenda.hpp"
#include "assembly/checks.hpp"
#include "assembly/limits.hpp"

namespace veche::assembly {

namespace {

/// The item it goes before and the item it stands under exist and belong together.
result<void> check_place(const session& s, const std::optional<item_id>& before,
                         const std::optional<item_id>& under) {
    if (before) VECHE_CHECK(known_item(s, *before, "before"));
    if (under) VECHE_CHECK(known_item(s, *under, "under"));
    return {};
}

/// How deep the gap lies, and that `levels` more fit there.
result<void> check_gap(const session& s, const std::optional<item_id>& before,
                       const std::optional<item_id>& under, std::size_t levels) {
    if (before && under && s.find_item(*before)->under != under)
        return refuse(refusals::item_not_under, "before", before->value, under->value);
    std::size_t depth = 0;
    const agenda_gap gap = gap_of(s.agenda, before, under);
    for (auto up = gap.under; up; up = s.find_item(*up)->under) ++depth;
    if (depth + levels > limits::agenda_levels)
        return refuse(refusals::agenda_too_deep, under ? "under" : "before",
                      std::to_string(limits::agenda_levels));
    return {};
}

bool has_parts(const session& s, const item_id& id) {
    return std::any_of(s.agenda.begin(), s.agenda.end(),
                       [&](const agenda_item& one) { return one.under == id; });
}

/// An open item or an internal one.
template <class Command>
result<events> judge_new_item(const world& w, const Command& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    VECHE_CHECK(check_place(*s, c.before, c.under));
    VECHE_CHECK(require_power<Command>(w, ctx, "agenda", s->body));
    if (s->find_item(c.item)) return refuse(refusals::id_taken, "item", c.item.value);
    VECHE_CHECK(
        check_text(w.charter, c.title, "title", limits::title_bytes, presence_of_text::required));
    if (c.minutes && (*c.minutes < 1 || *c.minutes > limits::item_minutes))
        return refuse(refusals::minutes_out_of_range, "minutes");
    VECHE_CHECK(check_gap(*s, c.before, c.under, 1));
    VECHE_CHECK(room_for(s->agenda.size(), limits::items, "item"));
    VECHE_CHECK(not_over(*s));
    return events{};
}

/// Whether the item runs and none under it does.
bool runs_itself(const session& s, const item_id& id) {
    return s.find_item(id)->running() &&
           std::none_of(s.agenda.begin(), s.agenda.end(),
                        [&](const agenda_item& one) { return one.under == id && one.running(); });
}

}  // namespace

result<events> decide(const world& w, const add_item& c, const context& ctx) {
    return judge_new_item(w, c, ctx);
}

result<events> decide(const world& w, const add_internal_item& c, const context& ctx) {
    return judge_new_item(w, c, ctx);
}

result<events> decide(const world& w, const move_item& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    VECHE_CHECK(known_item(*s, c.item, "item"));
    VECHE_CHECK(check_place(*s, c.before, c.under));
    VECHE_CHECK(require_power<move_item>(w, ctx, "agenda", s->body));
    // Before itself: it stays where it is.
    if (c.before && *c.before != c.item && stands_within(s->agenda, *c.before, c.item))
        return refuse(refusals::item_within_itself, "before", c.item.value);
    if (c.under && stands_within(s->agenda, *c.under, c.item))
        return refuse(refusals::item_within_itself, "under", c.item.value);
    VECHE_CHECK(check_gap(*s, c.before, c.under, height_of(s->agenda, c.item)));
    VECHE_CHECK(not_over(*s));
    return events{};
}

result<events> decide(const world& w, const remove_item& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    VECHE_CHECK(known_item(*s, c.item, "item"));
    VECHE_CHECK(require_power<remove_item>(w, ctx, "agenda", s->body));
    VECHE_CHECK(not_over(*s));
    for (const motion_id& id : s->motions)
        if (w.own.motions.find(id)->stood_under(s->id, c.item))
            return refuse(refusals::item_in_use, "item", c.item.value);
    if (has_parts(*s, c.item)) return refuse(refusals::item_has_parts, "item", c.item.value);
    if (!s->find_item(c.item)->dealt_with.empty())
        return refuse(refusals::item_dealt_with, "item", c.item.value);
    return events{};
}

result<events> decide(const world& w, const start_item& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    VECHE_CHECK(known_item(*s, c.item, "item"));
    VECHE_CHECK(require_power<start_item>(w, ctx, "preside", s->body));
    if (s->status != session_status::open)
        return refuse(refusals::session_not_open, "session", s->id.value);
    if (runs_itself(*s, c.item)) return refuse(refusals::item_running, "item", c.item.value);
    return events{};
}

result<events> decide(const world& w, const close_item& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    VECHE_CHECK(known_item(*s, c.item, "item"));
    VECHE_CHECK(require_power<close_item>(w, ctx, "preside", s->body));
    if (s->status != session_status::open)
        return refuse(refusals::session_not_open, "session", s->id.value);
    if (!s->find_item(c.item)->running())
        return refuse(refusals::item_not_running, "item", c.item.value);
    return events{};
}

}  // namespace veche::assembly
