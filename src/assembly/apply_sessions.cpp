// Folding sessions and presence in them.

#include <algorithm>

#include "assembly/amendments.hpp"
#include "assembly/assembly.hpp"
#include "assembly/checks.hpp"

namespace veche::assembly {

namespace {

/// Motions that were not voted on end with their session.
void lapse_motions(state& s, const session& over) {
    for (const motion_id& id : over.motions)
        if (const motion& left = *s.motions.find(id);
            left.session == over.id && left.status == motion_status::tabled) {
            motion& m = s.motions.edit(id);
            m.status = motion_status::lapsed;
            lapse_amendments(s, m);
        }
    dissolve_bundles(s, over);
}

void close_items(session& over, instant at) {
    for (agenda_item& item : over.agenda)
        if (item.running()) item.dealt_with.back().until = at;
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
    if (c.mode) made.mode = *c.mode;
    made.ends = c.ends;
    made.zone = c.zone;
    made.changed = ctx.at;
    made.seq = ctx.seq;
    s.sessions.insert(c.id, std::move(made));
}

void apply(state& s, const charter::state&, const reschedule_session& c, const context& ctx) {
    session& changed = s.sessions.edit(c.session);
    changed.starts = c.starts;
    if (!c.venue.empty()) changed.venue = c.venue;
    if (c.mode) changed.mode = *c.mode;
    changed.ends = c.ends;
    if (c.zone) changed.zone = c.zone;
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
    close_items(changed, ctx.at);
    lapse_motions(s, changed);
    close_floor(s, changed, ctx.at);
}

void apply(state& s, const charter::state&, const register_presence& c, const context& ctx) {
    session& changed = s.sessions.edit(c.session);
    auto& present = changed.present;
    present.insert(std::lower_bound(present.begin(), present.end(), c.seat), c.seat);
    changed.presence_kept = true;
    changed.attendance.push_back(
        {c.seat, mode_of(changed, c.mode), {ctx.at, std::nullopt}, ctx.seq, 0});
}

void apply(state& s, const charter::state&, const end_presence& c, const context& ctx) {
    session& changed = s.sessions.edit(c.session);
    auto& present = changed.present;
    present.erase(std::lower_bound(present.begin(), present.end(), c.seat));
    const auto last = std::find_if(changed.attendance.rbegin(), changed.attendance.rend(),
                                   [&](const attended& one) { return one.seat == c.seat; });
    last->when.until = ctx.at;
    last->end_seq = ctx.seq;
}

}  // namespace veche::assembly
