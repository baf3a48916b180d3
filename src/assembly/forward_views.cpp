#include "assembly/forward_views.hpp"

#include <algorithm>

#include "assembly/refusal.hpp"
#include "assembly/view_making.hpp"

namespace veche::assembly {

forward_view show(const world& w, const forwarding& f) {
    forward_view out;
    out.origin = f.origin;
    out.title = f.title;
    out.from = show_body(w.charter, f.from);
    out.ordered_by = f.decision;
    out.to = show_body(w.charter, f.to);
    out.motion = f.id;
    if (f.placed) {
        const motion& there = *w.own.motions.find(f.id);
        out.status = there.status;
        out.session = there.session;
        out.decision = there.decision;
    }
    out.at = f.at;
    out.seq = static_cast<std::int64_t>(f.seq);
    return out;
}

std::vector<forward_view> show_forwards(const world& w, const motion& m) {
    std::vector<forward_view> out;
    for (const motion_id& id : m.forwarded) out.push_back(show(w, *w.own.forwards.find(id)));
    return out;
}

result<forwards_view> ask(const world& w, const forwards_query& q, const viewer&) {
    if (q.body && !w.charter.find_body(*q.body))
        return refuse(refusals::body_unknown, "body", q.body->value);
    forwards_view out;
    for (const auto& [id, f] : w.own.forwards)
        if (!q.body || f.from == *q.body || f.to == *q.body) out.forwards.push_back(show(w, f));
    std::stable_sort(out.forwards.begin(), out.forwards.end(),
                     [](const auto& a, const auto& b) { return a.seq > b.seq; });
    return out;
}

}  // namespace veche::assembly
