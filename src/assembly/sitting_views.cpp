// Parts of the view of one session: agenda and times, papers, invitations, attendance.

#include <algorithm>
#include <map>

#include "assembly/agenda.hpp"
#include "assembly/casting.hpp"
#include "assembly/papers.hpp"
#include "assembly/view_making.hpp"

namespace veche::assembly {

namespace {

paper_view show(const session& s, const paper& p) {
    paper_view out;
    out.id = p.id;
    out.title = p.title;
    out.language = p.language;
    out.content = p.content;
    out.at = p.at;
    out.seq = static_cast<std::int64_t>(p.seq);
    out.version = p.version;
    out.replaces = p.replaces;
    out.replaced_by = p.replaced_by;
    out.translates = p.translates;
    out.due = p.due;
    out.late = p.late();
    out.outdated = is_outdated(s, p);
    return out;
}

std::vector<dossier_view> dossiers(const session& s, const std::optional<item_id>& item) {
    std::vector<dossier_view> out;
    for (const dossier& one : dossiers_of(s, item)) {
        dossier_view& shown = out.emplace_back();
        for (const paper* p : one.current) shown.current.push_back(show(s, *p));
        for (const paper* p : one.earlier) shown.earlier.push_back(show(s, *p));
        shown.missing = one.missing;
    }
    return out;
}

std::vector<paper_view> papers(const session& s, const std::optional<item_id>& item) {
    std::vector<paper_view> out;
    for (const paper& p : s.papers)
        if (p.item == item) out.push_back(show(s, p));
    return out;
}

void show_times(const agenda_item& item, instant now, item_view& shown) {
    if (item.dealt_with.empty()) return;
    shown.started = item.dealt_with.front().from;
    shown.ended = item.dealt_with.back().until;
    std::int64_t used = 0;
    for (const span& one : item.dealt_with) used += one.until.value_or(now).ms - one.from.ms;
    shown.minutes_used = static_cast<std::int32_t>(used / ms_per_minute);
}

/// What was recorded of each seat, gathered once: a large body has thousands of them.
struct recorded {
    std::vector<const attended*> stretches;
    const invitation* invited = nullptr;
};
using records = std::map<std::string_view, recorded>;

records records_of(const session& s) {
    records out;
    for (const attended& one : s.attendance) out[one.seat].stretches.push_back(&one);
    if (s.invited)
        for (const invitation& to : s.invited->to)
            if (!to.seat.empty()) out[to.seat].invited = &to;
    return out;
}

/// Presence of one seat in all its stretches.
void show_stretches(const session& s, const recorded& of, instant now, presence_view& out) {
    std::int64_t all = 0;
    for (const attended* one : of.stretches) {
        const auto until = one->when.until ? one->when.until : s.closed;
        if (!out.came) out.came = one->when.from;
        out.left = until;
        out.mode = one->mode;
        out.entries.push_back(static_cast<std::int64_t>(one->seq));
        if (one->end_seq > 0) out.entries.push_back(static_cast<std::int64_t>(one->end_seq));
        // Registered before the opening, a seat is present from the opening on.
        const instant from = s.opened ? std::max(*s.opened, one->when.from) : one->when.from;
        all += std::max<std::int64_t>(until.value_or(now).ms - from.ms, 0);
    }
    out.minutes_present = static_cast<std::int32_t>(all / ms_per_minute);
}

attendance attends(const session& s, const presence_view& of) {
    if (!of.holder && !of.came) return attendance::vacant;
    if (of.came)
        return of.left && s.status == session_status::open ? attendance::left : attendance::present;
    if (of.answer == invitation_answer::substitute) return attendance::represented;
    if (of.excused) return attendance::excused;
    if (s.status == session_status::convened || !s.presence_kept) return attendance::expected;
    return attendance::absent;
}

void show_answer(const session& s, const std::optional<answered>& said, presence_view& out) {
    if (!said) return;
    out.answer = said->answer;
    out.answer_outdated = said->revision < s.revision && s.status == session_status::convened;
    out.substitute = said->substitute;
}

}  // namespace

void show_agenda(const world& w, const session& s, const viewer& v, session_view& out) {
    const auto outline = outline_of(s.agenda);
    const auto states = states_of(s.agenda);
    const timetable plan = plan_of(s, s.opened.value_or(s.starts));
    const timetable forecast = forecast_of(s, v.now);
    for (std::size_t i = 0; i < s.agenda.size(); ++i) {
        const agenda_item& item = s.agenda[i];
        item_view& shown = out.agenda.emplace_back();
        shown.id = item.id;
        shown.number = static_cast<std::int32_t>(i + 1);
        shown.label = outline[i].label;
        shown.depth = static_cast<std::int32_t>(outline[i].depth);
        shown.under = item.under;
        shown.kind = item.kind;
        shown.title = item.title;
        shown.minutes = item.minutes;
        shown.not_before = item.not_before;
        if (s.mode != session_mode::written) shown.expected = plan.items[i].start;
        shown.state = states[i];
        show_times(item, s.closed.value_or(v.now), shown);
        shown.predicted_start = forecast.items[i].start;
        shown.predicted_end = forecast.items[i].end;
        shown.measure = item.measure;
        shown.about = item.about;
        shown.sealed = item.sealed;
        shown.papers_due = due_of(w.charter, s, item.id);
        shown.languages = languages_of(s, item.id);
        shown.dossiers = dossiers(s, item.id);
        shown.papers_missing = item.papers && shown.dossiers.empty();
        shown.papers = papers(s, item.id);
        for (const motion_id& id : s.motions)
            if (const motion& m = *w.own.motions.find(id); m.stood_under(s.id, item.id))
                shown.motions.push_back(show_row(w, m));
    }
    if (s.mode == session_mode::written) return;
    out.planned_end = s.ends;
    if (!s.ends && !s.agenda.empty()) out.planned_end = plan_of(s, s.starts).end;
    if (s.status != session_status::open) return;
    out.predicted_end = forecast.end;
    if (!out.planned_end || !out.predicted_end) return;
    out.minutes_behind =
        static_cast<std::int32_t>((out.predicted_end->ms - out.planned_end->ms) / ms_per_minute);
    // A session that goes on the next day was broken off, and is not behind its plan.
    constexpr std::int32_t half_a_day = 720;
    if (*out.minutes_behind > 0 && *out.minutes_behind < half_a_day)
        out.minutes_late = out.minutes_behind;
}

void show_papers(const world& w, const session& s, session_view& out) {
    out.papers_due = due_of(w.charter, s, std::nullopt);
    out.dossiers = dossiers(s, std::nullopt);
    out.papers_missing = s.paper_due && out.dossiers.empty();
    out.papers = papers(s, std::nullopt);
}

void show_invitations(const world& w, const session& s, const viewer& v, session_view& out) {
    if (!s.invited) return;
    notice_view& shown = out.notice.emplace();
    shown.sent = s.invited->sent;
    shown.days = s.invited->days;
    shown.late = s.invited->late;
    shown.outdated = s.invited->revision < s.revision && s.status == session_status::convened;
    shown.note = s.invited->note;
    shown.seq = static_cast<std::int64_t>(s.invited->seq);
    for (const invitation& to : s.invited->to) {
        ++shown.invited;
        if (!to.answer) ++shown.unanswered;
        if (to.answer)
            ++(to.answer->answer == invitation_answer::accept    ? shown.accepted
               : to.answer->answer == invitation_answer::decline ? shown.declined
                                                                 : shown.substitutes);
        if (!to.seat.empty()) continue;
        guest_view& guest = out.guests.emplace_back();
        guest.guest = to.guest.guest;
        guest.role = to.guest.role;
        guest.office = to.guest.office;
        guest.own = to.guest.office && !v.person.empty() &&
                    w.charter.holds_office(v.person, *to.guest.office, date_of(v.now));
        if (!to.answer) continue;
        guest.answer = to.answer->answer;
        guest.answer_outdated = to.answer->revision < s.revision;
        guest.substitute = to.answer->substitute;
        guest.mode = to.answer->mode;
    }
}

/// Every seat with a vote in the session on its day, held or vacant.
void show_presence(const world& w, const session& s, const viewer& v, session_view& out) {
    const date day = date_of(s.closed.value_or(s.opened ? v.now : s.starts));
    const records known = records_of(s);
    const auto given = proxies_in_force(w, s.id, day);
    std::vector<body_id> bodies{s.body};
    bodies.insert(bodies.end(), s.joint_with.begin(), s.joint_with.end());
    for (const body_id& body : bodies)
        for (const charter::elector& e : w.charter.electorate(body, day)) {
            presence_view& p = out.presence.emplace_back();
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
            for (const proxy* one : given)
                if (one->seat == e.seat && !one->vote) p.represented_by = one->by;
            p.excused = std::binary_search(s.excused.begin(), s.excused.end(), e.seat);
            if (const auto of = known.find(e.seat); of != known.end()) {
                show_stretches(s, of->second, v.now, p);
                p.invited = of->second.invited != nullptr;
                if (p.invited) show_answer(s, of->second.invited->answer, p);
            }
            p.attends = attends(s, p);
        }
}

}  // namespace veche::assembly
