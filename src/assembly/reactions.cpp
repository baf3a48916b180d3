#include "assembly/reactions.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "assembly/amendments.hpp"
#include "assembly/casting.hpp"
#include "assembly/limits.hpp"
#include "assembly/tally.hpp"

namespace veche::assembly {

namespace {

/// After an objection the matter goes to the body's next session, if one is convened.
std::optional<event> returned_by(const world& w, const vote& v) {
    if (v.objections.empty() || v.amendment) return std::nullopt;
    const auto next = next_session(w.own, v.body);
    return next ? return_motion(w.own, v.motion, *next) : std::nullopt;
}

}  // namespace

decision_adopted decision_on(const world& w, const motion& m, const vote_id& by,
                             const context& ctx) {
    const int year = civil_of(date_of(ctx.at)).year;
    const auto counted = w.own.numbered.find(year);
    const std::int32_t number = counted == w.own.numbered.end() ? 1 : counted->second + 1;
    decision_adopted e;
    e.decision = {fmt::format("{:04}-{:04}", year, number)};
    e.motion = m.id;
    e.vote = by;
    e.body = m.body;
    e.rule = m.rule;
    e.enactments = m.enactments;
    state_signing(w.charter, m, e);
    return e;
}

events after_vote_decided(const world& w, const vote_id& id, const context& ctx) {
    const vote* v = w.own.votes.find(id);
    VECHE_ENSURE(v && v->result, "a vote that was decided has its result");
    events follow = rest_of_roll(*v);
    if (v->result->outcome != charter::outcome::adopted) {
        if (auto returned = returned_by(w, *v)) follow.push_back(*std::move(returned));
        return follow;
    }
    if (v->amendment) {
        const amendment& adopted = *w.own.amendments.find(*v->amendment);
        follow.push_back(make_event(amended_by(w.charter, w.own, adopted)));
        return follow;
    }
    decision_adopted e = decision_on(w, *w.own.motions.find(v->motion), id, ctx);
    // A further round may have stood under a rule of its own.
    e.rule = v->roll->described.id;
    follow.push_back(make_event(e));
    return follow;
}

std::optional<session_id> next_session(const state& s, const body_id& body) {
    const session* next = nullptr;
    for (const auto& [id, candidate] : s.sessions)
        if (candidate.status == session_status::convened && candidate.sits(body) &&
            (!next || candidate.starts < next->starts))
            next = &candidate;
    if (!next) return std::nullopt;
    return next->id;
}

std::vector<motion_id> returning_to(const state& s, const session_id& id) {
    const session& on = *s.sessions.find(id);
    std::vector<motion_id> out;
    for (const motion_id& waiting : s.returning)
        if (on.sits(s.motions.find(waiting)->body)) out.push_back(waiting);
    return out;
}

std::optional<event> place_measure(const state& s, const session_id& id, const measure_id& measure,
                                   const localized& title) {
    const session* on = s.sessions.find(id);
    VECHE_ENSURE(on, "measures are placed on a session that exists");
    const auto is_there = [&](const agenda_item& i) { return i.measure == measure; };
    if (on->agenda.size() >= limits::items ||
        std::any_of(on->agenda.begin(), on->agenda.end(), is_there))
        return std::nullopt;
    item_placed e;
    e.session = id;
    for (int n = 1; e.item.empty() || on->find_item(e.item); ++n)
        e.item = {"overdue-" + std::to_string(n)};
    e.title = title;
    e.measure = measure;
    return make_event(e);
}

}  // namespace veche::assembly
