// Folding motions, votes, decisions and what became of what they order.

#include <algorithm>

#include "assembly/amendments.hpp"
#include "assembly/casting.hpp"
#include "assembly/tally.hpp"

namespace veche::assembly {

namespace {

std::shared_ptr<const voting_roll> make_roll(const charter::state& charter, const motion& m,
                                             const std::string& rule, date on) {
    auto roll = std::make_shared<voting_roll>();
    roll->electors = charter.electorate(m.body, on);
    roll->by_seat.resize(roll->electors.size());
    for (std::uint32_t i = 0; i < roll->by_seat.size(); ++i) roll->by_seat[i] = i;
    std::sort(roll->by_seat.begin(), roll->by_seat.end(), [&](std::uint32_t a, std::uint32_t b) {
        return roll->electors[a].seat < roll->electors[b].seat;
    });
    roll->described = *charter.find_rule(rule);
    roll->rule = *charter.parsed_rule(rule);
    const charter::body& body = *charter.find_body(m.body);
    roll->blocs = body.blocs;
    if (body.votes) roll->procedure = *body.votes;
    return roll;
}

/// Where a motion stands after its vote. Without a result it waits for another vote.
motion_status status_after(charter::outcome outcome) {
    switch (outcome) {
        case charter::outcome::adopted:
            return motion_status::adopted;
        case charter::outcome::rejected:
            return motion_status::rejected;
        case charter::outcome::no_opinion:
            return motion_status::no_opinion;
        case charter::outcome::no_quorum:
        case charter::outcome::invalid:
        case charter::outcome::pending:
            return motion_status::tabled;
    }
    return motion_status::tabled;
}

amendment_status amendment_after(charter::outcome outcome) {
    const motion_status as_motion = status_after(outcome);
    if (as_motion == motion_status::adopted) return amendment_status::adopted;
    if (as_motion == motion_status::tabled) return amendment_status::tabled;
    return amendment_status::rejected;
}

}  // namespace

void apply(state& s, const charter::state& charter, const table_motion& c, const context& ctx) {
    session& in = s.sessions.edit(c.session);
    in.motions.push_back(c.motion);
    motion made;
    made.id = c.motion;
    made.session = c.session;
    made.item = c.item;
    made.body = c.body.value_or(in.body);
    made.title = c.title;
    made.text = made.original = c.text;
    made.rule = c.rule ? *c.rule : charter.find_body(made.body)->rules.front();
    made.enactments = made.original_enactments = c.enactments;
    made.force_on = c.force_on;
    made.tabled_by = ctx.actor;
    made.tabled_as = ctx.auth;
    made.at = ctx.at;
    made.seq = ctx.seq;
    if (const auto& how = charter.find_body(made.body)->motions)
        made.support.needed = how->supporters.value_or(0);
    s.motions.insert(c.motion, std::move(made));
}

void apply(state& s, const charter::state&, const withdraw_motion& c, const context&) {
    motion& m = s.motions.edit(c.motion);
    m.status = motion_status::withdrawn;
    lapse_amendments(s, m);
}

namespace {

/// The vote as it opens; the caller puts it into the state.
vote begin_vote(const state& s, const charter::state& charter, const open_vote& c,
                const std::string& rule, instant at) {
    const motion& m = *s.motions.find(c.motion);
    vote made;
    made.id = c.vote;
    made.motion = m.id;
    made.amendment = c.amendment;
    made.session = m.session;
    made.body = m.body;
    made.opened = at;
    made.closes = closing_time(charter, rule, c, at);
    made.written = c.written.value_or(false);
    made.roll = make_roll(charter, m, rule, date_of(at));
    made.marks.resize(made.roll->electors.size());
    for (const std::string& seat : c.aside)
        made.marks[*made.roll->find(seat)].ballot = charter::ballot::excluded;
    return made;
}

void keep_vote(state& s, vote made, std::uint64_t seq) {
    made.seq = seq;
    s.sessions.edit(made.session).votes.push_back(made.id);
    list_vote(s, made);
    const vote_id id = made.id;
    s.votes.insert(id, std::move(made));
}

/// What could still be tabled again cannot be once its session is over.
void lapse_after(state& s, const motion_id& id) {
    const motion& m = *s.motions.find(id);
    if (m.status != motion_status::tabled || !s.sessions.find(m.session)->over()) return;
    motion& over = s.motions.edit(id);
    over.status = motion_status::lapsed;
    lapse_amendments(s, over);
}

}  // namespace

void apply(state& s, const charter::state& charter, const open_vote& c, const context& ctx) {
    motion& m = s.motions.edit(c.motion);
    m.status = motion_status::voting;
    if (c.amendment) {
        amendment& a = s.amendments.edit(*c.amendment);
        a.status = amendment_status::voting;
        a.votes.push_back(c.vote);
    } else {
        m.votes.push_back(c.vote);
    }
    const std::string rule = c.amendment ? amendment_rule(charter, m) : m.rule;
    keep_vote(s, begin_vote(s, charter, c, rule, ctx.at), ctx.seq);
}

void apply(state& s, const charter::state& charter, const open_next_round& c, const context& ctx) {
    motion& m = s.motions.edit(c.motion);
    const vote& before = *s.votes.find(m.votes.back());
    const auto& rounds = charter.find_body(m.body)->votes->rounds;
    const auto& how = rounds[static_cast<std::size_t>(before.round) - 1];
    open_vote as_first;
    as_first.vote = c.vote;
    as_first.motion = c.motion;
    as_first.closes = c.closes;
    as_first.aside = c.aside;
    vote made = begin_vote(s, charter, as_first, how.rule, ctx.at);
    made.round = before.round + 1;
    made.before = before.id;
    made.no_abstention = how.no_abstention;
    m.status = motion_status::voting;
    m.votes.push_back(c.vote);
    keep_vote(s, std::move(made), ctx.seq);
}

void apply(state& s, const charter::state& charter, const cast_ballot& c, const context& ctx) {
    mark_ballot(s, charter, s.votes.edit(c.vote), c.seat, as_ballot(c.choice), ctx);
}

void apply(state& s, const charter::state&, const close_vote& c, const context& ctx) {
    vote& v = s.votes.edit(c.vote);
    unlist_vote(s, v);
    v.status = vote_status::closed;
    v.closed = ctx.at;
    v.chair = c.chair;
    if (decides_after_corrections(v)) list_vote(s, v);
}

void apply(state& s, const charter::state&, const vote_decided& e, const context& ctx) {
    vote& v = s.votes.edit(e.vote);
    unlist_vote(s, v);
    // A deadline closes the vote with this event alone, and as of the deadline.
    if (v.status == vote_status::open) {
        v.status = vote_status::closed;
        v.closed = v.closes;
    }
    v.result = std::make_shared<const vote_decided>(e);
    v.decided_seq = ctx.seq;
    motion& m = s.motions.edit(e.motion);
    m.status = e.amendment ? motion_status::tabled : status_after(e.outcome);
    if (e.amendment) s.amendments.edit(*e.amendment).status = amendment_after(e.outcome);
    // What had too few supporters to be voted on goes with the motion.
    if (m.status != motion_status::tabled) lapse_amendments(s, m);
    if (!v.objections.empty() && e.outcome != charter::outcome::adopted && !e.amendment)
        s.returning.push_back(e.motion);
    lapse_after(s, e.motion);
}

/// The marks of the vote hold these ballots already.
void apply(state&, const charter::state&, const roll_continued&, const context&) {}

void apply(state& s, const charter::state&, const decision_adopted& e, const context& ctx) {
    motion& m = s.motions.edit(e.motion);
    m.decision = e.decision;
    ++s.sessions.edit(m.session).decisions;
    ++s.numbered[civil_of(date_of(ctx.at)).year];
    decision made;
    made.id = e.decision;
    made.motion = e.motion;
    made.vote = e.vote;
    made.body = e.body;
    made.rule = e.rule;
    made.enactments = e.enactments;
    made.at = ctx.at;
    made.fate = e.enactments.empty() ? enactment_fate::none : enactment_fate::pending;
    made.attempts = e.enactments.empty() ? 0 : 1;
    made.seq = ctx.seq;
    note_signing(s, made, e, ctx);
    s.decisions.insert(e.decision, std::move(made));
}

void apply(state& s, const charter::state&, const enactment_carried_out& e, const context& ctx) {
    decision& d = s.decisions.edit(e.decision);
    d.carried_out.push_back(ctx.seq);
    if (d.carried_out.size() == d.enactments.size()) d.fate = enactment_fate::carried_out;
}

void apply(state& s, const charter::state&, const enactments_failed& e, const context& ctx) {
    decision& d = s.decisions.edit(e.decision);
    d.fate = enactment_fate::failed;
    d.failed = failure{e.index, e.why, ctx.at, ctx.seq};
}

void apply(state& s, const charter::state&, const retry_enactments& c, const context&) {
    decision& d = s.decisions.edit(c.decision);
    d.fate = enactment_fate::pending;
    d.failed.reset();
    ++d.attempts;
}

}  // namespace veche::assembly
