#include <algorithm>

#include "assembly/refusal.hpp"
#include "assembly/series_refusal.hpp"
#include "assembly/view_making.hpp"

namespace veche::assembly {

due_session became(const session& s, instant now) {
    if (s.status == session_status::cancelled) return due_session::cancelled;
    // The day is the due moment's own: whoever opens some hours after it is in time.
    const bool same_day = s.opened && s.opened->ms < s.series->due_at.ms + ms_per_day;
    if (s.opened) return same_day ? due_session::held : due_session::held_late;
    return s.series->due_at < now ? due_session::late : due_session::to_come;
}

std::int32_t days_late(const session& s, instant now) {
    const due_session how = became(s, now);
    if (how != due_session::late && how != due_session::held_late) return 0;
    return static_cast<std::int32_t>((s.opened.value_or(now).ms - s.series->due_at.ms) /
                                     ms_per_day);
}

namespace {

series_row show_row(const world& w, const session_series& of, instant now) {
    series_row row;
    const plan_series& plan = of.plan;
    row.id = plan.series;
    row.title = plan.title;
    row.body = show_body(w.charter, plan.body);
    row.rhythm = plan.rhythm;
    row.time = plan.time;
    row.zone = plan.zone;
    row.from = plan.from;
    row.until = plan.until;
    row.ended = of.ended;
    row.seq = static_cast<std::int64_t>(of.seq);
    for (const session_id& id : of.sessions) {
        const session& s = *w.own.sessions.find(id);
        ++row.sessions;
        if (s.series->due_at < now) ++row.due;
        switch (became(s, now)) {
            case due_session::held:
                ++row.held;
                break;
            case due_session::held_late:
                ++row.held_late;
                break;
            case due_session::late:
                ++row.late;
                break;
            case due_session::cancelled:
                ++row.cancelled;
                break;
            case due_session::to_come:
                break;
        }
        if (s.status == session_status::convened && s.starts >= now &&
            (!row.next || s.starts < *row.next))
            row.next = s.starts;
    }
    return row;
}

bool sits(const plan_series& plan, const body_id& body) {
    return plan.body == body ||
           std::find(plan.joint_with.begin(), plan.joint_with.end(), body) != plan.joint_with.end();
}

}  // namespace

result<series_list_view> ask(const world& w, const series_list_query& q, const viewer& v) {
    if (q.body && !w.charter.find_body(*q.body))
        return refuse(refusals::body_unknown, "body", q.body->value);
    series_list_view out;
    for (const auto& [id, of] : w.own.series)
        if (!q.body || sits(of.plan, *q.body)) out.series.push_back(show_row(w, of, v.now));
    return out;
}

result<series_view> ask(const world& w, const series_query& q, const viewer& v) {
    const session_series* of = w.own.series.find(q.id);
    if (!of) return refuse(refusals::series_unknown, "id", q.id.value);
    series_view out;
    out.series = show_row(w, *of, v.now);
    out.joint_with = show_bodies(w.charter, of->plan.joint_with);
    out.venue = of->plan.venue;
    out.mode = of->plan.mode.value_or(session_mode::in_person);
    out.minutes = of->plan.minutes;
    out.reason = of->reason;
    for (const session_id& id : of->sessions) {
        const session& s = *w.own.sessions.find(id);
        due_session_view& shown = out.sessions.emplace_back();
        shown.session = id;
        shown.title = s.title;
        shown.number = s.series->number;
        shown.due = s.series->due;
        shown.became = became(s, v.now);
        shown.starts = s.starts;
        shown.moved = s.starts != s.series->due_at;
        shown.opened = s.opened;
        shown.days_late = days_late(s, v.now);
    }
    std::vector<body_id> bodies{of->plan.body};
    bodies.insert(bodies.end(), of->plan.joint_with.begin(), of->plan.joint_with.end());
    out.means = means_of(w, bodies, v);
    return out;
}

}  // namespace veche::assembly
