#include "office/reactions.hpp"

#include <functional>

#include "assembly/assembly.hpp"
#include "assembly/reactions.hpp"
#include "assembly/secret_votes.hpp"
#include "barriers/barriers.hpp"
#include "calls/calls.hpp"
#include "kernel/check.hpp"
#include "office/backing.hpp"
#include "office/office.hpp"
#include "prevention/prevention.hpp"
#include "programme/programme.hpp"
#include "sealed/sealed.hpp"

namespace veche::office {

bool may_be_ordered(std::string_view type) {
    if (type == assembly::forward_motion::wire.type) return true;
    if (type == calls::open_call::wire.type) return true;
    return !type.starts_with("assembly.") && !type.starts_with("calls.") &&
           !type.starts_with("people.") && !type.starts_with("sealed.") && type != "charter.found";
}

namespace {

/// Which enactment could not be carried out, and why.
struct obstacle {
    std::size_t index = 0;
    refusal why;
};

/// What an event of that type, just made, says.
template <class E>
const E& said(const event& e) {
    return *static_cast<const E*>(e.made.get());
}

/// Makes the entry that says that an ordered command, by its number, was carried out. Empty where
/// orders are only tried.
using recorder = std::function<event(std::int32_t, const assembly::enactment&)>;

/// Carries out one enactment on `s`: its room decides under the decision's authority.
result<void> enact(state& s, const decision_authority& by, std::size_t index,
                   const assembly::enactment& order, const recorder& record, instant at,
                   events& out) {
    const route* r = find_route(order.type);
    if (!r || !r->command) return refuse(refusals::type_unknown, "type", order.type);
    if (r->wire.v != order.v)
        return refuse(refusals::version_unknown, "v", order.type, std::to_string(order.v));
    if (!may_be_ordered(order.type))
        return refuse(refusals::enactment_not_enactable, "type", order.type);
    json::document body;
    if (auto parsed = body.reset(order.body.bytes); !parsed) {
        parsed.error().field = "body";
        return parsed;
    }
    context ctx{at, s.size, {}, by.decision.value, by};
    auto derived = r->act(s, body.root(), ctx);
    if (!derived) {
        refusal why = std::move(derived).error();
        why.field = why.field.empty() ? "body" : "body." + why.field;
        return tl::unexpected(std::move(why));
    }
    if (record) {
        settle(s, {record(static_cast<std::int32_t>(index), order)}, at, out);
    } else {
        ++s.size;  // a trial takes numbers as the entries would
    }
    settle(s, *std::move(derived), at, out);
    return {};
}

/// All enactments or none: tried on a scratch copy, which becomes the state if all succeed.
tl::expected<void, obstacle> enact_all(state& s, const decision_authority& by,
                                       const std::vector<assembly::enactment>& orders,
                                       const recorder& record, instant at, events& out) {
    state scratch = s;
    events made;
    for (std::size_t i = 0; i < orders.size(); ++i)
        if (auto done = enact(scratch, by, i, orders[i], record, at, made); !done)
            return tl::unexpected(obstacle{i, std::move(done).error()});
    s = std::move(scratch);
    std::move(made.begin(), made.end(), std::back_inserter(out));
    return {};
}

decision_authority authority_of(const assembly::decision& d) {
    return {d.id, d.body, d.rule};
}

/// The decision's commands are carried out in the same breath, or it says why not and goes on the
/// list of what must be followed up.
void execute(state& s, const decision_id& id, instant at, events& out) {
    const assembly::decision* d = s.assembly.decisions.find(id);
    VECHE_ENSURE(d, "an adopted decision is known");
    if (d->enactments.empty()) return;
    const decision_authority by = authority_of(*d);
    const std::vector<assembly::enactment> orders = d->enactments;
    const recorder record = [&](std::int32_t number, const assembly::enactment& order) {
        return make_event(assembly::enactment_carried_out{id, number, order});
    };
    const auto done = enact_all(s, by, orders, record, at, out);
    if (done) return;
    const auto index = static_cast<std::int32_t>(done.error().index);
    const refusal_record why = record_of(done.error().why);
    settle(s, {make_event(assembly::enactments_failed{id, index, why})}, at, out);
    settle(s,
           programme::follow_up(programme::world{s.charter, s.programme}, id, by.body, index, why),
           at, out);
}

/// Whom a body elects has the post in the same breath, under the authority of the body's decision:
/// its election is one. What cannot be carried out goes on the list of what must be followed up.
void confer(state& s, const assembly::election_id& id, instant at, events& out) {
    const assembly::election* e = s.assembly.elections.find(id);
    VECHE_ENSURE(e, "an election that was decided is known");
    if (e->orders.empty()) return;
    const decision_authority by{{"election/" + id.value}, e->body, "election"};
    const std::vector<assembly::enactment> orders = e->orders;
    const recorder record = [&](std::int32_t number, const assembly::enactment& order) {
        return make_event(assembly::post_conferred{id, number, order});
    };
    const auto done = enact_all(s, by, orders, record, at, out);
    if (done) return;
    const auto index = static_cast<std::int32_t>(done.error().index);
    const refusal_record why = record_of(done.error().why);
    settle(s, {make_event(assembly::posts_not_conferred{id, index, why})}, at, out);
    settle(s,
           programme::follow_up(programme::world{s.charter, s.programme}, by.decision, by.body,
                                index, why),
           at, out);
}

/// Puts a late measure on the agenda of a session.
void place(state& s, const session_id& session, const measure_id& measure, instant at,
           events& out) {
    const auto* m = s.programme.measures.find(measure);
    VECHE_ENSURE(m, "a late measure is known");
    if (auto placed = assembly::place_measure(s.assembly, session, measure, m->title))
        settle(s, {*std::move(placed)}, at, out);
}

/// The same at the body's next session, if one is convened.
void place_next(state& s, const body_id& body, const measure_id& measure, instant at, events& out) {
    if (const auto session = assembly::next_session(s.assembly, body))
        place(s, *session, measure, at, out);
}

/// Puts a clash of measures on the agenda of a session.
void place(state& s, const session_id& session, const prevention::clash_id& clash, instant at,
           events& out) {
    const std::string about = "prevention/clashes/" + clash.value;
    if (auto placed = assembly::place_case(s.assembly, session, about,
                                           prevention::heading_of(s.prevention, clash)))
        settle(s, {*std::move(placed)}, at, out);
}

/// The same at the body's next session, if one is convened.
void place_next(state& s, const body_id& body, const prevention::clash_id& clash, instant at,
                events& out) {
    if (const auto session = assembly::next_session(s.assembly, body))
        place(s, *session, clash, at, out);
}

/// Late measures and clashes of a body, on that session.
void place_late_of(state& s, const body_id& body, const session_id& session, instant at,
                   events& out) {
    for (const measure_id& late : programme::late_measures_for(s.programme, body))
        place(s, session, late, at, out);
    for (const prevention::clash_id& late : prevention::late_clashes_for(s.prevention, body))
        place(s, session, late, at, out);
}

/// Sessions of a series are convened long before they are held, so what is late goes only to the
/// next of them, and on to the one after it when that one is over.
void carry_on(state& s, const session_id& id, instant at, events& out) {
    const assembly::session* from = s.assembly.sessions.find(id);
    VECHE_ENSURE(from, "a session that was called is known");
    std::vector<body_id> bodies = from->joint_with;
    bodies.insert(bodies.begin(), from->body);
    for (const body_id& body : bodies) {
        const auto next = assembly::next_session(s.assembly, body);
        if (next && s.assembly.sessions.find(*next)->series) place_late_of(s, body, *next, at, out);
    }
}

/// Everything late of the bodies that sit, when their session is convened.
void place_all_late(state& s, const session_id& id, instant at, events& out) {
    const assembly::session* convened = s.assembly.sessions.find(id);
    VECHE_ENSURE(convened, "a convened session is known");
    std::vector<body_id> bodies = convened->joint_with;
    bodies.insert(bodies.begin(), convened->body);
    for (const body_id& body : bodies) place_late_of(s, body, id, at, out);
}

/// Motions that were forwarded to the bodies that sit and waited for a session.
void place_all_forwarded(state& s, const session_id& id, instant at, events& out) {
    while (auto placed = assembly::place_forwarded(s.assembly, id))
        settle(s, {make_event(*placed)}, at, out);
}

/// Motions of these bodies whose silence was broken and that found no session so far.
void place_returning(state& s, const session_id& id, instant at, events& out) {
    for (const auto& motion : assembly::returning_to(s.assembly, id))
        if (auto returned = assembly::return_motion(s.assembly, motion, id))
            settle(s, {*std::move(returned)}, at, out);
}

/// What an act sealed in a session is a text of the bodies that sit.
void keep_sealed(state& s, const session_id& of, const seal_ref& seal, sealed::origin from,
                 const localized& title, instant at, events& out) {
    const assembly::session* session = s.assembly.sessions.find(of);
    VECHE_ENSURE(session, "the session of an accepted act is known");
    sealed::text_kept kept;
    kept.sealed = seal;
    kept.bodies = session->joint_with;
    kept.bodies.insert(kept.bodies.begin(), session->body);
    kept.from = std::move(from);
    kept.title = title;
    settle(s, {make_event(kept)}, at, out);
}

void keep_sealed_paper(state& s, const assembly::add_sealed_paper& added, instant at, events& out) {
    sealed::origin from{"assembly.paper", added.session.value, std::nullopt, added.paper.value};
    if (added.item) from.part = added.item->value;
    keep_sealed(s, added.session, added.sealed, std::move(from), added.title, at, out);
}

/// What an applicant seals is a text of the body that runs the call. What was sealed with an
/// earlier version of the application is there already.
void keep_seals(state& s, const calls::call_id& id, const std::vector<seal_ref>& seals,
                const sealed::origin& from, instant at, events& out) {
    const calls::call* of = s.calls.calls.find(id);
    VECHE_ENSURE(of, "the call of an accepted act is known");
    const localized title = of->asked.title;
    const std::vector<body_id> bodies{of->asked.body};
    for (const seal_ref& seal : seals)
        if (!s.sealed.texts.contains(seal.commit))
            settle(s, {make_event(sealed::text_kept{seal, bodies, from, title})}, at, out);
}

/// How to reach an organisation is a text of the body that keeps the record of the profile's
/// organisation: its office puts the two in touch.
void keep_contact(state& s, const registry::express_interest& said, instant at, events& out) {
    const registry::profile* of = s.registry.profiles.find(said.profile);
    VECHE_ENSURE(of, "the profile of an accepted act is known");
    const std::vector<body_id> bodies{
        registry::find_current(s.registry, of->what.organisation)->what.body};
    const sealed::origin from{"registry.interest", said.profile.value, std::nullopt,
                              said.interest.value};
    for (const seal_ref& seal : said.sealed)
        settle(s, {make_event(sealed::text_kept{seal, bodies, from, of->what.title})}, at, out);
}

/// What applicants seal with an application or an appeal, and who is interested in a profile.
void react_to_applicant(state& s, const act& what, const context& ctx, events& out) {
    if (what.type == calls::submit_application::wire.type) {
        const auto sent = from_json<calls::submit_application>(what.body);
        VECHE_ENSURE(sent.has_value(), "an accepted act decodes");
        keep_seals(s, sent->call, sent->sealed,
                   {"calls.application", sent->call.value, std::nullopt, what.actor.value}, ctx.at,
                   out);
    } else if (what.type == calls::lodge_appeal::wire.type) {
        const auto lodged = from_json<calls::lodge_appeal>(what.body);
        VECHE_ENSURE(lodged.has_value(), "an accepted act decodes");
        keep_seals(s, lodged->call, lodged->sealed,
                   {"calls.appeal", lodged->call.value, std::nullopt, what.actor.value}, ctx.at,
                   out);
    } else if (what.type == registry::express_interest::wire.type) {
        const auto said = from_json<registry::express_interest>(what.body);
        VECHE_ENSURE(said.has_value(), "an accepted act decodes");
        keep_contact(s, *said, ctx.at, out);
    }
}

void keep_reported(state& s, const body_id& body, const seal_ref& seal, const std::string& report,
                   const std::string& part, const context& ctx, events& out) {
    const sealed::origin from{"barriers.report", report, std::nullopt, part};
    settle(s, {make_event(sealed::text_kept{seal, {body}, from, {}})}, ctx.at, out);
}

/// What reporters of barriers seal: with the report, and with what they say later.
void react_to_reporter(state& s, const act& what, const context& ctx, events& out) {
    if (what.type == barriers::receive::wire.type) {
        const auto sent = from_json<barriers::receive>(what.body);
        VECHE_ENSURE(sent.has_value(), "an accepted act decodes");
        keep_reported(s, sent->body, sent->sealed, s.barriers.by_key.find(sent->key)->value,
                      "report", ctx, out);
    } else if (what.type == barriers::say::wire.type) {
        const auto sent = from_json<barriers::say>(what.body);
        VECHE_ENSURE(sent.has_value(), "an accepted act decodes");
        if (!sent->sealed) return;
        const body_id body = s.barriers.cases.find(sent->barrier)->received.what.body;
        keep_reported(s, body, *sent->sealed, sent->barrier.value,
                      "word-" + std::to_string(sent->n), ctx, out);
    }
}

/// A clash that was referred to a session comes on its agenda.
void react_to_referral(state& s, const act& what, const context& ctx, events& out) {
    if (what.type != prevention::refer_clash::wire.type) return;
    const auto referred = from_json<prevention::refer_clash>(what.body);
    VECHE_ENSURE(referred.has_value(), "an accepted act decodes");
    place(s, referred->session, referred->clash, ctx.at, out);
}

}  // namespace

void react(state& s, const event& e, const context& ctx, events& out) {
    if (e.type == assembly::vote_decided::wire.type) {
        const auto& decided = said<assembly::vote_decided>(e);
        settle(
            s,
            assembly::after_vote_decided(assembly::world{s.charter, s.assembly}, decided.vote, ctx),
            ctx.at, out);
    } else if (e.type == assembly::secret_vote_decided::wire.type) {
        const auto& decided = said<assembly::secret_vote_decided>(e);
        settle(
            s,
            assembly::after_secret_vote(assembly::world{s.charter, s.assembly}, decided.vote, ctx),
            ctx.at, out);
    } else if (e.type == assembly::decision_adopted::wire.type) {
        // One that is not in force yet is carried out when it is.
        const auto id = said<assembly::decision_adopted>(e).decision;
        if (s.assembly.decisions.find(id)->in_force) execute(s, id, ctx.at, out);
    } else if (e.type == assembly::decision_in_force::wire.type) {
        execute(s, said<assembly::decision_in_force>(e).decision, ctx.at, out);
    } else if (e.type == assembly::election_decided::wire.type) {
        confer(s, said<assembly::election_decided>(e).election, ctx.at, out);
    } else if (e.type == programme::measure_overdue::wire.type) {
        const auto& late = said<programme::measure_overdue>(e);
        place_next(s, s.programme.measures.find(late.measure)->owner, late.measure, ctx.at, out);
    } else if (e.type == programme::measure_escalated::wire.type) {
        const auto& late = said<programme::measure_escalated>(e);
        place_next(s, late.to, late.measure, ctx.at, out);
    } else if (e.type == prevention::clash_late::wire.type) {
        const auto late = said<prevention::clash_late>(e).clash;
        const auto& clash = *s.prevention.clashes.find(prevention::number_of(late));
        place_next(s, clash.found.what.body, late, ctx.at, out);
    } else if (e.type == prevention::clash_escalated::wire.type) {
        const auto& late = said<prevention::clash_escalated>(e);
        place_next(s, late.to, late.clash, ctx.at, out);
    } else if (e.type == calls::call_concluded::wire.type) {
        if (auto released = after_concluded(s, said<calls::call_concluded>(e), ctx))
            settle(s, {*std::move(released)}, ctx.at, out);
    } else if (e.type == assembly::session_planned::wire.type) {
        const session_id id = said<assembly::session_planned>(e).session;
        carry_on(s, id, ctx.at, out);
        place_all_forwarded(s, id, ctx.at, out);
        place_returning(s, id, ctx.at, out);
    }
}

void react_to_act(state& s, const act& what, const context& ctx, events& out) {
    if (what.type == assembly::convene_session::wire.type) {
        const auto convened = from_json<assembly::convene_session>(what.body);
        VECHE_ENSURE(convened.has_value(), "an accepted act decodes");
        place_all_late(s, convened->id, ctx.at, out);
        place_all_forwarded(s, convened->id, ctx.at, out);
        place_returning(s, convened->id, ctx.at, out);
    } else if (what.type == assembly::retry_enactments::wire.type) {
        const auto retried = from_json<assembly::retry_enactments>(what.body);
        VECHE_ENSURE(retried.has_value(), "an accepted act decodes");
        execute(s, retried->decision, ctx.at, out);
    } else if (what.type == assembly::add_sealed_paper::wire.type) {
        const auto added = from_json<assembly::add_sealed_paper>(what.body);
        VECHE_ENSURE(added.has_value(), "an accepted act decodes");
        keep_sealed_paper(s, *added, ctx.at, out);
    } else if (what.type == assembly::add_internal_item::wire.type) {
        const auto added = from_json<assembly::add_internal_item>(what.body);
        VECHE_ENSURE(added.has_value(), "an accepted act decodes");
        keep_sealed(s, added->session, added->sealed,
                    {"assembly.item", added->session.value, std::nullopt, added->item.value},
                    added->title, ctx.at, out);
    } else if (what.type == assembly::close_session::wire.type) {
        const auto over = from_json<assembly::close_session>(what.body);
        VECHE_ENSURE(over.has_value(), "an accepted act decodes");
        carry_on(s, over->session, ctx.at, out);
    } else if (what.type == assembly::cancel_session::wire.type) {
        const auto over = from_json<assembly::cancel_session>(what.body);
        VECHE_ENSURE(over.has_value(), "an accepted act decodes");
        carry_on(s, over->session, ctx.at, out);
    } else {
        react_to_applicant(s, what, ctx, out);
        react_to_reporter(s, what, ctx, out);
        react_to_referral(s, what, ctx, out);
    }
}

result<void> rehearse_enactments(const state& s, const std::vector<assembly::enactment>& orders,
                                 const decision_authority& by, instant at) {
    state scratch = s;
    events ignored;
    auto done = enact_all(scratch, by, orders, {}, at, ignored);
    if (done) return {};
    obstacle o = std::move(done).error();
    refusal why{&refusals::enactment_refused, "enactments." + std::to_string(o.index), {}};
    if (!o.why.field.empty()) why.field += "." + o.why.field;
    why.args = {std::to_string(o.index + 1), o.why.sentence()};
    return tl::unexpected(std::move(why));
}

result<void> rehearse_decision(const state& s, const decision_id& id, instant at) {
    const assembly::decision* d = s.assembly.decisions.find(id);
    VECHE_ENSURE(d, "the room checked that the decision exists");
    return rehearse_enactments(s, d->enactments, authority_of(*d), at);
}

}  // namespace veche::office
