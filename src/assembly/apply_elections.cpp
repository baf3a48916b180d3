// Folding elections.

#include <algorithm>

#include "assembly/elections.hpp"

namespace veche::assembly {

namespace {

candidacy& candidacy_of(state& s, const election_id& id, const person_id& who) {
    auto& all = s.elections.edit(id).candidates;
    return *std::find_if(all.begin(), all.end(),
                         [&](const candidacy& c) { return c.person == who; });
}

}  // namespace

void apply(state& s, const charter::state&, const call_election& c, const context& ctx) {
    election made;
    made.id = c.election;
    made.session = c.session;
    made.item = c.item;
    made.body = c.body.value_or(s.sessions.find(c.session)->body);
    made.title = c.title;
    made.office = c.office;
    made.seats = c.seats;
    made.how = c.how;
    made.needs = c.needs.value_or(needed::most);
    made.posts = c.posts;
    made.from = c.from;
    made.until = c.until;
    made.succeeds = c.succeeds;
    made.at = ctx.at;
    made.seq = ctx.seq;
    s.elections.insert(c.election, std::move(made));
}

void apply(state& s, const charter::state&, const nominate_candidate& c, const context& ctx) {
    const bool own = ctx.actor == c.candidate;
    s.elections.edit(c.election)
        .candidates.push_back({c.candidate, c.name,
                               own ? candidacy_status::standing : candidacy_status::nominated,
                               ctx.actor, ctx.auth, ctx.seq});
}

void apply(state& s, const charter::state&, const accept_candidacy& c, const context&) {
    candidacy_of(s, c.election, c.candidate).status = candidacy_status::standing;
}

void apply(state& s, const charter::state&, const withdraw_candidacy& c, const context&) {
    candidacy_of(s, c.election, c.candidate).status = candidacy_status::withdrawn;
}

void apply(state& s, const charter::state& charter, const open_election& c, const context& ctx) {
    election& e = s.elections.edit(c.election);
    election_round r;
    r.opened = ctx.at;
    r.lot_commitment = c.lot_commitment;
    if (e.status == election_status::runoff)
        r.candidates = e.rounds.back().result->runoff;
    else
        for (const candidacy& one : e.candidates)
            if (one.status == candidacy_status::standing) r.candidates.push_back(one.person);
    r.electors = std::make_shared<const std::vector<charter::elector>>(
        charter.electorate(e.body, date_of(ctx.at)));
    r.marks.resize(r.electors->size());
    r.seq = ctx.seq;
    e.rounds.push_back(std::move(r));
    e.status = election_status::open;
}

void apply(state& s, const charter::state&, const cast_election_ballot& c, const context& ctx) {
    election_round& r = s.elections.edit(c.election).rounds.back();
    const auto seat = std::find_if(r.electors->begin(), r.electors->end(),
                                   [&](const charter::elector& one) { return one.seat == c.seat; });
    r.marks[static_cast<std::size_t>(seat - r.electors->begin())] = {c.marks, c.against, ctx.seq};
}

void apply(state& s, const charter::state&, const close_election& c, const context& ctx) {
    election_round& r = s.elections.edit(c.election).rounds.back();
    r.closed = ctx.at;
    r.lot_number = c.lot_number;
}

void apply(state& s, const charter::state&, const annul_election& c, const context&) {
    election& e = s.elections.edit(c.election);
    e.status = election_status::annulled;
    e.reason = c.reason;
}

void apply(state& s, const charter::state&, const stage_counted& e, const context&) {
    s.elections.edit(e.election).rounds.back().stages.push_back(e.stage);
}

void apply(state& s, const charter::state& charter, const election_decided& d, const context& ctx) {
    election& e = s.elections.edit(d.election);
    e.rounds.back().result = d;
    e.rounds.back().decided_seq = ctx.seq;
    e.status = d.outcome == elections::result_kind::runoff ? election_status::runoff
                                                           : election_status::decided;
    e.orders = orders_after(charter, e, d.elected, date_of(ctx.at));
}

void apply(state& s, const charter::state&, const post_conferred& c, const context& ctx) {
    s.elections.edit(c.election).carried_out.push_back(ctx.seq);
}

void apply(state& s, const charter::state&, const posts_not_conferred& c, const context& ctx) {
    s.elections.edit(c.election).failed = election_failure{c.index, c.why, ctx.seq};
}

}  // namespace veche::assembly
