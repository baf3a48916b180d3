#include "assembly/course_views.hpp"

#include "assembly/course_refusal.hpp"
#include "assembly/view_making.hpp"

namespace veche::assembly {

std::vector<stage_view> show_stages(const world& w, const motion& m) {
    std::vector<stage_view> out;
    for (std::size_t i = 0; i < m.stages.size(); ++i) {
        stage_view& shown = out.emplace_back();
        shown.id = m.stages[i].id;
        shown.name = m.stages[i].name;
        shown.by = m.stages[i].by;
        shown.next = i == m.reached.size();
        if (i >= m.reached.size()) continue;
        const stage_reached& got = m.reached[i];
        shown.person = got.person;
        shown.person_title = w.charter.title_of(got.person);
        shown.note = got.note;
        shown.at = got.at;
        shown.seq = static_cast<std::int64_t>(got.seq);
    }
    return out;
}

part_view show_part(const world& w, const motion& m, std::int32_t number) {
    const motion_part& part = m.parts.at(static_cast<std::size_t>(number) - 1);
    part_view shown{number,           part.what.title, part.what.paragraphs,
                    part.what.orders, part.status,     {}};
    for (const vote_id& id : part.votes) shown.votes.push_back(show_row(w, *w.own.votes.find(id)));
    return shown;
}

bundle_view show(const world& w, const bundle& b, const viewer& who) {
    bundle_view out;
    out.id = b.id;
    out.title = b.title;
    out.body = show_body(w.charter, b.body);
    out.session = b.session;
    out.session_title = w.own.sessions.find(b.session)->title;
    out.session_state = w.own.sessions.find(b.session)->status;
    out.status = b.status;
    for (const motion_id& id : b.motions)
        out.motions.push_back(show_row(w, *w.own.motions.find(id)));
    out.amendments = b.amendments;
    for (const taken_out& one : b.out)
        out.out.push_back({one.motion, w.own.motions.find(one.motion)->title, one.amendment,
                           one.person, w.charter.title_of(one.person), one.at,
                           static_cast<std::int64_t>(one.seq)});
    for (const vote_id& id : b.votes) out.votes.push_back(show_row(w, *w.own.votes.find(id)));
    out.means = means_of(w, {&b.body, 1}, who);
    out.seq = static_cast<std::int64_t>(b.seq);
    return out;
}

result<bundle_view> ask(const world& w, const bundle_query& q, const viewer& who) {
    const bundle* b = w.own.bundles.find(q.id);
    if (!b) return refuse(refusals::bundle_unknown, "id", q.id.value);
    return show(w, *b, who);
}

}  // namespace veche::assembly
