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
    if (v.objections.empty() || !v.asks_motion()) return std::nullopt;
    const auto next = next_session(w.own, v.body);
    return next ? return_motion(w.own, v.motion, *next) : std::nullopt;
}

/// The words and orders of a part that was voted down go; one that was kept changes nothing.
events after_part(const world& w, const vote& v) {
    const motion& m = *w.own.motions.find(v.motion);
    if (m.parts[static_cast<std::size_t>(*v.part) - 1].status != part_status::dropped) return {};
    return {make_event(dropped_part(w.charter, w.own, m, *v.part))};
}

events after_carried(const world& w, const vote& v, const context& ctx) {
    if (v.urgency) return {};
    if (v.bundle) return after_bundle_carried(w, *w.own.bundles.find(*v.bundle), v.id, ctx);
    if (v.amendment) {
        const amendment& adopted = *w.own.amendments.find(*v.amendment);
        return {make_event(amended_by(w.charter, w.own, adopted))};
    }
    decision_adopted e =
        adoption_of(w, *w.own.motions.find(v.motion), v.id, next_number(w.own, ctx.at), ctx.at);
    // A further round may have stood under a rule of its own.
    e.rule = v.roll->described.id;
    return {make_event(e)};
}

}  // namespace

std::int32_t next_number(const state& s, instant at) {
    const auto counted = s.numbered.find(civil_of(date_of(at)).year);
    return counted == s.numbered.end() ? 1 : counted->second + 1;
}

decision_adopted adoption_of(const world& w, const motion& m, const vote_id& vote,
                             std::int32_t number, instant at) {
    decision_adopted e;
    e.decision = {fmt::format("{:04}-{:04}", civil_of(date_of(at)).year, number)};
    e.motion = m.id;
    e.vote = vote;
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
    const bool carried = v->result->outcome == charter::outcome::adopted;
    events more = v->part ? after_part(w, *v) : carried ? after_carried(w, *v, ctx) : events{};
    std::move(more.begin(), more.end(), std::back_inserter(follow));
    if (!carried)
        if (auto returned = returned_by(w, *v)) follow.push_back(*std::move(returned));
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

namespace {

/// Places what `is_there` does not find on the agenda yet, unless that is full.
template <class Placed, class Found>
std::optional<event> place_unless(const state& s, const session_id& id, Placed e,
                                  Found&& is_there) {
    const session* on = s.sessions.find(id);
    VECHE_ENSURE(on, "what is late is placed on a session that exists");
    if (on->agenda.size() >= limits::items ||
        std::any_of(on->agenda.begin(), on->agenda.end(), is_there))
        return std::nullopt;
    e.session = id;
    for (int n = 1; e.item.empty() || on->find_item(e.item); ++n)
        e.item = {"overdue-" + std::to_string(n)};
    return make_event(e);
}

}  // namespace

std::optional<event> place_measure(const state& s, const session_id& id, const measure_id& measure,
                                   const localized& title) {
    item_placed e;
    e.title = title;
    e.measure = measure;
    return place_unless(s, id, std::move(e),
                        [&](const agenda_item& one) { return one.measure == measure; });
}

std::optional<event> place_case(const state& s, const session_id& id, const std::string& about,
                                const localized& title) {
    case_placed e;
    e.title = title;
    e.about = about;
    return place_unless(s, id, std::move(e),
                        [&](const agenda_item& one) { return one.about == about; });
}

}  // namespace veche::assembly
