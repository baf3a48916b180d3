// Folding secret votes. The record of the room ballot keeps the course; every step was judged
// before, so that a step it does not take is a fault of ours.

#include "assembly/secret_votes.hpp"
#include "kernel/check.hpp"

namespace veche::assembly {

namespace {

template <class Body>
void add(secret_vote& v, ballot::record_kind kind, const Body& body) {
    VECHE_ENSURE(v.record.add(kind, to_json(body)).has_value(), "what was judged is recorded");
}

void end_without_result(state& s, secret_vote& v, instant at) {
    v.abandoned = true;
    v.ended = at;
    s.motions.edit(v.motion).status = motion_status::tabled;
}

/// An election without anybody elected, and a vote without a quorum, may be held again.
motion_status status_after(const secret_vote& v, charter::outcome outcome) {
    switch (outcome) {
        case charter::outcome::adopted:
            return motion_status::adopted;
        case charter::outcome::rejected:
            return v.options.empty() ? motion_status::rejected : motion_status::tabled;
        case charter::outcome::no_opinion:
            return v.options.empty() ? motion_status::no_opinion : motion_status::tabled;
        case charter::outcome::no_quorum:
        case charter::outcome::invalid:
        case charter::outcome::pending:
            break;
    }
    return motion_status::tabled;
}

}  // namespace

void apply(state& s, const charter::state&, const register_credential& c, const context& ctx) {
    if (s.credentials.contains(c.seat)) s.credentials.erase(c.seat);
    s.credentials.insert(c.seat, {c.credential, ctx.actor, ctx.seq});
}

void apply(state& s, const charter::state&, const register_trustee& c, const context& ctx) {
    if (s.trustees.contains(ctx.actor)) s.trustees.erase(ctx.actor);
    s.trustees.insert(ctx.actor, {c.signing, c.encryption, ctx.seq});
}

void apply(state& s, const charter::state& charter, const open_secret_vote& c, const context& ctx) {
    const world seen{charter, s};
    const motion& m = *s.motions.find(c.motion);
    const charter::secret_procedure& how = *charter.find_body(m.body)->secret;
    auto trustees = trustees_of(seen, how, c, date_of(ctx.at));
    VECHE_ENSURE(trustees.has_value(), "the trustees of an accepted vote are known");
    auto electorate = secret_electorate_of(seen, m, date_of(ctx.at));
    secret_vote v;
    v.id = c.vote;
    v.motion = m.id;
    v.session = m.session;
    v.body = m.body;
    v.options = c.options;
    for (const ballot::trustee& t : *trustees) v.trustees.push_back({t.name});
    add(v, ballot::record_kind::definition, define(seen, c, *std::move(trustees)));
    add(v, ballot::record_kind::roll, roll_of(electorate));
    v.voters = std::move(electorate.voters);
    v.roll = voting_roll::make(charter, m.rule, std::move(electorate.entitled));
    v.opened = ctx.at;
    v.seq = ctx.seq;
    s.motions.edit(c.motion).status = motion_status::voting;
    s.secret_votes.insert(c.vote, std::move(v));
}

void apply(state& s, const charter::state&, const send_key_message& c, const context& ctx) {
    secret_vote& v = s.secret_votes.edit(c.vote);
    const auto message = message_of(c);
    VECHE_ENSURE(message && v.record.add(message->kind, message->body).has_value(),
                 "a message that was judged is recorded");
    v.messages.push_back(ctx.seq);
    if (v.record.stage() == ballot::stage::abandoned) end_without_result(s, v, ctx.at);
}

void apply(state& s, const charter::state&, const secret_ballot_opened& e, const context& ctx) {
    secret_vote& v = s.secret_votes.edit(e.vote);
    add(v, ballot::record_kind::election, e.election);
    v.casting_since = ctx.at;
}

void apply(state& s, const charter::state&, const cast_secret_ballot& c, const context& ctx) {
    secret_vote& v = s.secret_votes.edit(c.vote);
    add(v, ballot::record_kind::ballot, c.ballot);
    v.board.push_back({tracker_of(c.ballot), *v.position_of(c.ballot.credential), ctx.at, ctx.seq});
}

/// The event that follows says what the board was closed with.
void apply(state&, const charter::state&, const close_secret_vote&, const context&) {}

void apply(state& s, const charter::state&, const secret_ballot_closed& e, const context& ctx) {
    secret_vote& v = s.secret_votes.edit(e.vote);
    add(v, ballot::record_kind::closing, e.closing);
    v.closing = e.closing;
    v.closed = ctx.at;
}

void apply(state& s, const charter::state&, const decrypt_secret_vote& c, const context& ctx) {
    secret_vote& v = s.secret_votes.edit(c.vote);
    add(v, ballot::record_kind::partial_decryption, c.part);
    v.parts.push_back(ctx.seq);
}

void apply(state& s, const charter::state&, const secret_vote_decided& e, const context& ctx) {
    secret_vote& v = s.secret_votes.edit(e.vote);
    if (e.result) add(v, ballot::record_kind::result, *e.result);
    v.result = std::make_shared<const secret_vote_decided>(e);
    v.ended = ctx.at;
    v.decided_seq = ctx.seq;
    s.motions.edit(e.motion).status = status_after(v, e.outcome);
}

void apply(state& s, const charter::state&, const abandon_secret_vote& c, const context& ctx) {
    secret_vote& v = s.secret_votes.edit(c.vote);
    v.reason = c.reason;
    end_without_result(s, v, ctx.at);
}

}  // namespace veche::assembly
