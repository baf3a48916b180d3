#include <algorithm>

#include "assembly/casting.hpp"
#include "assembly/refusal.hpp"
#include "assembly/view_making.hpp"

namespace veche::assembly {

namespace {

session_row show_row(const world& w, const session& s, instant now) {
    session_row row;
    row.id = s.id;
    row.title = s.title;
    row.body = show_body(w.charter, s.body);
    row.joint_with = show_bodies(w.charter, s.joint_with);
    row.starts = s.starts;
    row.venue = s.venue;
    row.mode = s.mode;
    row.ends = s.ends;
    if (s.series) row.series = s.series->series;
    if (s.series && became(s, now) == due_session::late) row.days_late = days_late(s, now);
    row.status = s.status;
    row.items = static_cast<std::int32_t>(s.agenda.size());
    row.motions = static_cast<std::int32_t>(s.motions.size());
    row.decisions = s.decisions;
    row.revision = s.revision;
    row.changed = s.changed;
    row.open_votes = static_cast<std::int32_t>(std::count_if(
        s.votes.begin(), s.votes.end(),
        [&](const vote_id& id) { return w.own.votes.find(id)->status == vote_status::open; }));
    return row;
}

bool wanted(const session& s, const sessions_query& q) {
    const date day = date_of(s.starts);
    return (!q.body || s.sits(*q.body)) && (!q.from || *q.from <= day) &&
           (!q.until || day <= *q.until);
}

void show_series(const world& w, const session& s, const viewer& v, session_view& out) {
    if (!s.series) return;
    out.series = s.series->series;
    out.series_title = w.own.series.find(s.series->series)->plan.title;
    out.due = s.series->due;
    out.moved = s.starts != s.series->due_at;
    if (became(s, v.now) == due_session::late) out.days_late = days_late(s, v.now);
}

}  // namespace

result<sessions_view> ask(const world& w, const sessions_query& q, const viewer& v) {
    if (q.body && !w.charter.find_body(*q.body))
        return refuse(refusals::body_unknown, "body", q.body->value);
    sessions_view out;
    for (const auto& [id, s] : w.own.sessions)
        if (wanted(s, q)) (s.over() ? out.past : out.coming).push_back(show_row(w, s, v.now));
    const auto sooner = [](const session_row& a, const session_row& b) {
        return a.starts < b.starts;
    };
    std::stable_sort(out.coming.begin(), out.coming.end(), sooner);
    std::stable_sort(out.past.begin(), out.past.end(),
                     [&](const session_row& a, const session_row& b) { return sooner(b, a); });
    return out;
}

result<session_view> ask(const world& w, const session_query& q, const viewer& v) {
    const session* found = w.own.sessions.find(q.id);
    if (!found) return refuse(refusals::session_unknown, "id", q.id.value);
    const session& s = *found;
    session_view out;
    out.id = s.id;
    out.title = s.title;
    out.body = show_body(w.charter, s.body);
    out.joint_with = show_bodies(w.charter, s.joint_with);
    out.starts = s.starts;
    out.ends = s.ends;
    out.venue = s.venue;
    out.zone = s.zone;
    out.mode = s.mode;
    out.status = s.status;
    out.opened = s.opened;
    out.closed = s.closed;
    out.reason = s.reason;
    show_series(w, s, v, out);
    show_agenda(w, s, v, out);
    show_papers(w, s, out);
    show_invitations(w, s, v, out);
    out.presence_kept = s.presence_kept;
    out.seats_present = static_cast<std::int32_t>(s.present.size());
    show_presence(w, s, v, out);
    for (auto id = s.votes.rbegin(); id != s.votes.rend(); ++id)
        out.votes.push_back(show(w, *w.own.votes.find(*id), v, vote_detail::among_others));
    add_secret_votes(w, s, v, out.votes);
    for (const bundle_id& id : s.bundles) {
        const bundle& b = *w.own.bundles.find(id);
        out.bundles.push_back({b.id, b.title, b.status});
    }
    std::vector<body_id> bodies{s.body};
    bodies.insert(bodies.end(), s.joint_with.begin(), s.joint_with.end());
    out.proxies = show_proxies(w, s, v);
    for (const body_id& body : bodies)
        out.knows_proxies = out.knows_proxies || knows_proxies(w.charter, body);
    out.means = means_of(w, bodies, v);
    out.seq = static_cast<std::int64_t>(s.seq);
    return out;
}

}  // namespace veche::assembly
