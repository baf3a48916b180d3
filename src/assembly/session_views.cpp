#include <algorithm>

#include "assembly/refusal.hpp"
#include "assembly/view_making.hpp"

namespace veche::assembly {

namespace {

session_row show_row(const world& w, const session& s) {
    session_row row;
    row.id = s.id;
    row.title = s.title;
    row.body = show_body(w.charter, s.body);
    row.joint_with = show_bodies(w.charter, s.joint_with);
    row.starts = s.starts;
    row.venue = s.venue;
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

std::vector<paper_view> show_papers(const session& s, const std::optional<item_id>& item) {
    std::vector<paper_view> out;
    for (const paper& p : s.papers)
        if (p.item == item)
            out.push_back(
                {p.id, p.title, p.language, p.content, p.at, static_cast<std::int64_t>(p.seq)});
    return out;
}

std::vector<item_view> show_agenda(const world& w, const session& s) {
    std::vector<item_view> out;
    std::optional<instant> expected = s.opened.value_or(s.starts);
    for (const agenda_item& item : s.agenda) {
        item_view& shown = out.emplace_back();
        shown.id = item.id;
        shown.number = static_cast<std::int32_t>(out.size());
        shown.kind = item.kind;
        shown.title = item.title;
        shown.minutes = item.minutes;
        shown.expected = expected;
        shown.measure = item.measure;
        shown.papers = show_papers(s, item.id);
        for (const motion_id& id : s.motions)
            if (const motion& m = *w.own.motions.find(id); m.item == item.id)
                shown.motions.push_back(show_row(w, m));
        // One item of unknown length makes the rest of the timetable unknown.
        if (expected && item.minutes)
            expected->ms += std::int64_t{*item.minutes} * 60'000;
        else
            expected.reset();
    }
    return out;
}

/// Every seat with a vote in the session on its day, held or vacant.
std::vector<presence_view> show_presence(const world& w, const session& s, const viewer& v) {
    std::vector<presence_view> out;
    const date day = date_of(s.closed.value_or(s.opened ? v.now : s.starts));
    std::vector<body_id> bodies{s.body};
    bodies.insert(bodies.end(), s.joint_with.begin(), s.joint_with.end());
    for (const body_id& body : bodies)
        for (const charter::elector& e : w.charter.electorate(body, day)) {
            presence_view& p = out.emplace_back();
            p.seat = e.seat;
            p.name = w.charter.name_of_seat(e.seat);
            p.body = body;
            if (!e.member.empty()) p.member = e.member;
            if (const auto* member = w.charter.find_member(e.member)) p.member_name = member->name;
            if (!e.holder.empty()) {
                p.holder = e.holder;
                p.holder_title = w.charter.title_of(e.holder);
            }
            p.present = s.is_present(e.seat);
            p.own = !v.person.empty() && e.holder == v.person;
        }
    return out;
}

}  // namespace

result<sessions_view> ask(const world& w, const sessions_query& q, const viewer&) {
    if (q.body && !w.charter.find_body(*q.body))
        return refuse(refusals::body_unknown, "body", q.body->value);
    sessions_view out;
    for (const auto& [id, s] : w.own.sessions)
        if (wanted(s, q)) (s.over() ? out.past : out.coming).push_back(show_row(w, s));
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
    out.venue = s.venue;
    out.status = s.status;
    out.opened = s.opened;
    out.closed = s.closed;
    out.reason = s.reason;
    out.agenda = show_agenda(w, s);
    out.papers = show_papers(s, std::nullopt);
    out.presence_kept = s.presence_kept;
    out.seats_present = static_cast<std::int32_t>(s.present.size());
    out.presence = show_presence(w, s, v);
    for (auto id = s.votes.rbegin(); id != s.votes.rend(); ++id)
        out.votes.push_back(show(w, *w.own.votes.find(*id), v, vote_detail::among_others));
    std::vector<body_id> bodies{s.body};
    bodies.insert(bodies.end(), s.joint_with.begin(), s.joint_with.end());
    out.means = means_of(w, bodies, v);
    out.seq = static_cast<std::int64_t>(s.seq);
    return out;
}

}  // namespace veche::assembly
