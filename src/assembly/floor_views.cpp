#include <algorithm>

#include "assembly/checks.hpp"
#include "assembly/view_making.hpp"

namespace veche::assembly {

namespace {

std::int32_t seconds(std::int64_t ms) {
    return static_cast<std::int32_t>(ms / 1000);
}

/// Interventions and points of order are not on the clock.
std::optional<std::int32_t> limit_of(const speakers_list& list, const speech& s) {
    if (s.kind != speech_kind::speech || !list.seconds_each) return std::nullopt;
    return *list.seconds_each + s.extra_seconds;
}

speech_view show(const world& w, const speakers_list& list, const speech& s, const viewer& v) {
    speech_view out;
    out.id = s.id;
    out.kind = s.kind;
    out.stands = s.stands;
    out.point = s.point;
    out.status = s.status;
    out.speaker = s.seat.empty() ? s.guest : w.charter.name_of_seat(s.seat);
    if (!s.person.empty()) out.role = w.charter.title_of(s.person);
    if (out.role == out.speaker) out.role.clear();
    if (!s.member.empty()) out.member = s.member;
    if (const auto* member = w.charter.find_member(s.member)) out.member_name = member->name;
    out.used = seconds(s.used_at(v.now));
    out.limit = limit_of(list, s);
    if (out.limit) out.left = *out.limit - out.used;
    out.over = out.left && *out.left < 0;
    out.running = s.running_since.has_value();
    out.started = s.started;
    out.own = !v.person.empty() && s.person == v.person;
    out.seq = static_cast<std::int64_t>(s.seq);
    return out;
}

/// Members in the order in which they first spoke.
std::vector<speaking_time> times_of(const world& w, const speakers_list& list, instant now) {
    std::vector<speaking_time> out;
    std::vector<std::int64_t> used;
    for (const speech& s : list.speeches) {
        if (s.kind != speech_kind::speech || !s.started) continue;
        const std::optional<member_id> member =
            s.member.empty() ? std::nullopt : std::optional(s.member);
        auto row = std::find_if(out.begin(), out.end(),
                                [&](const speaking_time& t) { return t.member == member; });
        if (row == out.end()) {
            row = out.insert(out.end(), {member, {}, 0, 0, std::nullopt});
            if (const auto* known = w.charter.find_member(s.member)) row->name = known->name;
            used.push_back(0);
        }
        ++row->speeches;
        used[static_cast<std::size_t>(row - out.begin())] += s.used_at(now);
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i].used = seconds(used[i]);
        if (list.seconds_per_member && out[i].member)
            out[i].left = *list.seconds_per_member - out[i].used;
    }
    return out;
}

list_view show(const world& w, const session& in, const speakers_list& list, const viewer& v) {
    list_view out;
    out.id = list.id;
    out.item = list.item;
    if (const agenda_item* item = in.find_item(list.item)) out.item_title = item->title;
    out.open = list.open;
    out.alternate = list.alternate;
    out.seconds_each = list.seconds_each;
    out.seconds_per_member = list.seconds_per_member;
    if (const speech* now = list.speaking()) out.speaking = show(w, list, *now, v);
    for (const speech* waiting : line_of(list)) out.waiting.push_back(show(w, list, *waiting, v));
    std::vector<const speech*> done;
    for (const speech& s : list.speeches) {
        if (s.status == speech_status::interrupted) out.interrupted.push_back(show(w, list, s, v));
        if (s.status == speech_status::done) done.push_back(&s);
    }
    std::stable_sort(done.begin(), done.end(), [](const speech* a, const speech* b) {
        return a->started->ms < b->started->ms;
    });
    for (const speech* s : done) out.done.push_back(show(w, list, *s, v));
    out.times = times_of(w, list, v.now);
    out.seq = static_cast<std::int64_t>(list.seq);
    return out;
}

}  // namespace

result<floor_view> ask(const world& w, const floor_query& q, const viewer& v) {
    const session* s = VECHE_TRY(known_session(w.own, q.session, "session"));
    floor_view out;
    out.session = s->id;
    out.title = s->title;
    out.body = show_body(w.charter, s->body);
    out.status = s->status;
    out.now = v.now;
    for (auto id = s->lists.rbegin(); id != s->lists.rend(); ++id)
        out.lists.push_back(show(w, *s, *w.own.lists.find(*id), v));
    std::vector<body_id> bodies{s->body};
    bodies.insert(bodies.end(), s->joint_with.begin(), s->joint_with.end());
    out.means = means_of(w, bodies, v);
    for (const std::string& seat : out.means.seats)
        out.own_seats.push_back({seat, w.charter.name_of_seat(seat)});
    return out;
}

}  // namespace veche::assembly
