// Folding sessions, their agenda, papers and presence.

#include <algorithm>

#include "assembly/amendments.hpp"
#include "assembly/assembly.hpp"

namespace veche::assembly {

namespace {

auto place_of(std::vector<agenda_item>& agenda, const std::optional<item_id>& item) {
    return item ? std::find_if(agenda.begin(), agenda.end(),
                               [&](const agenda_item& i) { return i.id == *item; })
                : agenda.end();
}

/// Motions that were not voted on end with their session.
void lapse_motions(state& s, const session& over) {
    for (const motion_id& id : over.motions)
        if (s.motions.find(id)->status == motion_status::tabled) {
            motion& m = s.motions.edit(id);
            m.status = motion_status::lapsed;
            lapse_amendments(s, m);
        }
}

/// What a calendar must be told again.
void note_change(session& changed, const context& ctx) {
    ++changed.revision;
    changed.changed = ctx.at;
}

}  // namespace

void apply(state& s, const charter::state&, const convene_session& c, const context& ctx) {
    session made;
    made.id = c.id;
    made.body = c.body;
    made.joint_with = c.joint_with;
    made.title = c.title;
    made.starts = c.starts;
    made.venue = c.venue;
    made.changed = ctx.at;
    made.seq = ctx.seq;
    s.sessions.insert(c.id, std::move(made));
}

void apply(state& s, const charter::state&, const reschedule_session& c, const context& ctx) {
    session& changed = s.sessions.edit(c.session);
    changed.starts = c.starts;
    if (!c.venue.empty()) changed.venue = c.venue;
    note_change(changed, ctx);
}

void apply(state& s, const charter::state&, const cancel_session& c, const context& ctx) {
    session& changed = s.sessions.edit(c.session);
    changed.status = session_status::cancelled;
    changed.closed = ctx.at;
    changed.reason = c.reason;
    note_change(changed, ctx);
    lapse_motions(s, changed);
}

void apply(state& s, const charter::state&, const open_session& c, const context& ctx) {
    session& changed = s.sessions.edit(c.session);
    changed.status = session_status::open;
    changed.opened = ctx.at;
}

void apply(state& s, const charter::state&, const close_session& c, const context& ctx) {
    session& changed = s.sessions.edit(c.session);
    changed.status = session_status::closed;
    changed.closed = ctx.at;
    lapse_motions(s, changed);
    close_floor(s, changed, ctx.at);
}

void apply(state& s, const charter::state&, const add_item& c, const context&) {
    auto& agenda = s.sessions.edit(c.session).agenda;
    agenda.insert(place_of(agenda, c.before), {c.item, c.kind, c.title, c.minutes, std::nullopt});
}

void apply(state& s, const charter::state&, const move_item& c, const context&) {
    if (c.before == c.item) return;
    auto& agenda = s.sessions.edit(c.session).agenda;
    const auto from = place_of(agenda, c.item);
    agenda_item moved = std::move(*from);
    agenda.erase(from);
    agenda.insert(place_of(agenda, c.before), std::move(moved));
}

void apply(state& s, const charter::state&, const remove_item& c, const context&) {
    session& changed = s.sessions.edit(c.session);
    changed.agenda.erase(place_of(changed.agenda, c.item));
    for (paper& p : changed.papers)
        if (p.item == c.item) p.item.reset();
}

void apply(state& s, const charter::state&, const add_paper& c, const context& ctx) {
    s.sessions.edit(c.session).papers.push_back(
        {c.paper, c.item, c.title, c.language, c.content, ctx.at, ctx.seq});
}

void apply(state& s, const charter::state&, const register_presence& c, const context&) {
    session& changed = s.sessions.edit(c.session);
    auto& present = changed.present;
    present.insert(std::lower_bound(present.begin(), present.end(), c.seat), c.seat);
    changed.presence_kept = true;
}

void apply(state& s, const charter::state&, const end_presence& c, const context&) {
    auto& present = s.sessions.edit(c.session).present;
    present.erase(std::lower_bound(present.begin(), present.end(), c.seat));
}

void apply(state& s, const charter::state&, const item_placed& e, const context&) {
    s.sessions.edit(e.session).agenda.push_back(
        {e.item, item_kind::overdue, e.title, std::nullopt, e.measure});
}

}  // namespace veche::assembly
