// Folding motions, votes, decisions and what became of what they order.

#include "assembly/amendments.hpp"
#include "assembly/casting.hpp"
#include "assembly/tally.hpp"

namespace veche::assembly {

namespace {

/// Whether that is the roll of another vote too. What is not compared follows from the rest.
bool still_holds(const voting_roll& roll, const charter::state& charter, const motion& m,
                 const std::string& rule, const std::vector<charter::elector>& electors) {
    const charter::body& body = *charter.find_body(m.body);
    return roll.described == *charter.find_rule(rule) && roll.blocs == body.blocs &&
           roll.procedure == body.votes.value_or(charter::vote_procedure{}) &&
           roll.electors == electors;
}

/// The votes of a session mostly have one roll, which is most of what a vote takes: where it is
/// that of the vote before, it is kept once.
std::shared_ptr<const voting_roll> roll_of(const state& s, const charter::state& charter,
                                           const motion& m, const std::string& rule, date on) {
    const auto electors = charter.kept_electorate(m.body, on);
    const auto& votes = s.sessions.find(m.session)->votes;
    const vote* const before = votes.empty() ? nullptr : s.votes.find(votes.back());
    if (before && still_holds(*before->roll, charter, m, rule, *electors)) return before->roll;
    auto made = voting_roll::make(charter, rule, *electors);
    const charter::body& body = *charter.find_body(m.body);
    made->blocs = body.blocs;
    if (body.votes) made->procedure = *body.votes;
    return made;
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

void vote_on_motion(state& s, const motion_id& id, const vote_id& vote) {
    motion& m = s.motions.edit(id);
    m.status = motion_status::voting;
    m.votes.push_back(vote);
}

void vote_on_amendment(state& s, const amendment_id& id, const vote_id& vote) {
    amendment& a = s.amendments.edit(id);
    a.status = amendment_status::voting;
    a.votes.push_back(vote);
    s.motions.edit(a.motion).status = motion_status::voting;
}

/// What is voted on waits for its result.
void begin_voting(state& s, const open_vote& c) {
    if (c.bundle) {
        bundle_voting(s, *c.bundle, c.vote);
        const bundle b = *s.bundles.find(*c.bundle);
        for (const amendment_id& id : b.amendments) vote_on_amendment(s, id, c.vote);
        if (b.amendments.empty())
            for (const motion_id& id : b.motions) vote_on_motion(s, id, c.vote);
    } else if (c.amendment) {
        vote_on_amendment(s, *c.amendment, c.vote);
    } else if (c.part || c.urgency.value_or(false)) {
        motion& m = s.motions.edit(c.motion);
        m.status = motion_status::voting;
        if (!c.part) return m.urgency_votes.push_back(c.vote);
        motion_part& part = m.parts[static_cast<std::size_t>(*c.part) - 1];
        part.status = part_status::voting;
        part.votes.push_back(c.vote);
    } else {
        vote_on_motion(s, c.motion, c.vote);
    }
}

/// What could still be tabled again cannot be once its session is over.
void lapse_after(state& s, const motion_id& id) {
    const motion& m = *s.motions.find(id);
    if (m.status != motion_status::tabled || !s.sessions.find(m.session)->over()) return;
    motion& over = s.motions.edit(id);
    over.status = motion_status::lapsed;
    lapse_amendments(s, over);
}

void end_vote_on_motion(state& s, const motion_id& id, charter::outcome outcome) {
    motion& m = s.motions.edit(id);
    m.status = status_after(outcome);
    // What had too few supporters to be voted on goes with the motion.
    if (m.status != motion_status::tabled) lapse_amendments(s, m);
}

void end_vote_on_amendment(state& s, const amendment_id& id, charter::outcome outcome) {
    amendment& a = s.amendments.edit(id);
    a.status = amendment_after(outcome);
    s.motions.edit(a.motion).status = motion_status::tabled;
}

void end_vote_on_bundle(state& s, const bundle_id& which, charter::outcome outcome) {
    const bundle b = *s.bundles.find(which);
    for (const amendment_id& id : b.amendments) end_vote_on_amendment(s, id, outcome);
    if (b.amendments.empty())
        for (const motion_id& id : b.motions) end_vote_on_motion(s, id, outcome);
    for (const motion_id& id : b.motions) lapse_after(s, id);
    bundle_decided(s, which, outcome);
}

void end_voting(state& s, const vote_decided& e) {
    const motion_status after = status_after(e.outcome);
    if (e.bundle) {
        end_vote_on_bundle(s, *e.bundle, e.outcome);
    } else if (e.amendment) {
        end_vote_on_amendment(s, *e.amendment, e.outcome);
    } else if (e.part) {
        motion& m = s.motions.edit(e.motion);
        m.status = motion_status::tabled;
        m.parts[static_cast<std::size_t>(*e.part) - 1].status =
            after == motion_status::adopted  ? part_status::kept
            : after == motion_status::tabled ? part_status::waiting
                                             : part_status::dropped;
    } else if (e.urgency.value_or(false)) {
        motion& m = s.motions.edit(e.motion);
        m.status = motion_status::tabled;
        if (after == motion_status::adopted) m.urgent = urgency::granted;
        if (after == motion_status::rejected || after == motion_status::no_opinion)
            m.urgent = urgency::refused;
    } else {
        end_vote_on_motion(s, e.motion, e.outcome);
    }
    lapse_after(s, e.motion);
}

/// What the body's procedure asks of a motion tabled now.
void note_procedure(motion& m, const charter::state& charter, instant session_starts,
                    const context& ctx) {
    const auto& how = charter.find_body(m.body)->motions;
    if (!how) return;
    m.support.needed = how->supporters.value_or(0);
    m.stages = how->stages;
    const auto closes = motions_close(charter, m.body, session_starts);
    if (!closes || ctx.at < *closes) return;
    m.urgent = urgency::needed;
    m.urgency_supporters = how->urgency_supporters;
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
    made.original = c.text;
    made.put_text(c.text);
    made.rule = c.rule ? *c.rule : charter.find_body(made.body)->rules.front();
    made.enactments = made.original_enactments = c.enactments;
    made.force_on = c.force_on;
    made.tabled_by = ctx.actor;
    made.tabled_as = ctx.auth;
    made.at = ctx.at;
    made.seq = ctx.seq;
    made.repeals = c.repeals;
    note_procedure(made, charter, in.starts, ctx);
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
    made.bundle = c.bundle;
    made.part = c.part;
    made.urgency = c.urgency.value_or(false);
    made.session = m.session;
    made.body = m.body;
    made.opened = at;
    made.closes = closing_time(charter, rule, c, at);
    made.written = c.written.value_or(false);
    made.roll = roll_of(s, charter, m, rule, date_of(at));
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

}  // namespace

void apply(state& s, const charter::state& charter, const open_vote& c, const context& ctx) {
    const std::string rule = rule_of_vote(charter, s, c);
    begin_voting(s, c);
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
    // What waited to come back in a later session is back in this one.
    std::erase(s.returning, m.id);
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
    end_voting(s, e);
    // Only the motion itself comes back: its parts and its urgency are no matter of their own.
    if (!v.objections.empty() && e.outcome != charter::outcome::adopted && v.asks_motion())
        s.returning.push_back(e.motion);
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
    made.repeals = e.repeals;
    if (e.repeals) repeal(s, *e.repeals, e.decision);
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
