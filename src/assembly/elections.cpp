#include "assembly/elections.hpp"

#include <algorithm>

#include "charter/commands.hpp"
#include "kernel/hash.hpp"

namespace veche::assembly {

namespace {

/// One ballot as ballots_text writes it.
struct counted_ballot {
    std::string seat;
    std::vector<person_id> marks;
    std::vector<person_id> against;
};
VECHE_FIELDS_HERE(counted_ballot, (seat, "The seat."), (marks, "Whom it chooses."),
                  (against, "Whom it votes against."))

std::vector<std::string> texts_of(const std::vector<person_id>& persons) {
    std::vector<std::string> texts;
    for (const person_id& one : persons) texts.push_back(one.value);
    return texts;
}

std::vector<person_id> persons_of(const std::vector<std::string>& texts) {
    std::vector<person_id> persons;
    for (const std::string& one : texts) persons.push_back({one});
    return persons;
}

template <class Command>
enactment order_of(const Command& c) {
    return {std::string(Command::wire.type), Command::wire.v, {to_json(c)}};
}

}  // namespace

const candidacy* election::find(const person_id& who) const {
    const auto known = std::find_if(candidates.begin(), candidates.end(),
                                    [&](const candidacy& c) { return c.person == who; });
    return known == candidates.end() ? nullptr : &*known;
}

election_status standing_of(const state& s, const election& e) {
    const bool settled =
        e.status == election_status::decided || e.status == election_status::annulled;
    if (!settled && s.sessions.find(e.session)->over()) return election_status::lapsed;
    return e.status;
}

std::string ballots_text(const election_round& r) {
    std::vector<counted_ballot> cast;
    for (std::size_t i = 0; i < r.marks.size(); ++i)
        if (r.marks[i].seq != 0)
            cast.push_back({(*r.electors)[i].seat, r.marks[i].marks, r.marks[i].against});
    return to_json(cast);
}

std::string lot_seed(const std::string& number, const std::string& ballots_sha256) {
    return to_hex(sha256({"veche election lot 1\n", number, "\n", ballots_sha256, "\n"}));
}

std::string commitment_to(const std::string& number) {
    return to_hex(sha256(number));
}

elections::contest contest_of(const election& e, const std::string& number) {
    const election_round& r = e.rounds.back();
    elections::contest c;
    c.how = e.how;
    // A second round is between two: the most votes decide.
    c.needs = e.rounds.size() > 1 ? needed::most : e.needs;
    c.posts = e.posts;
    c.electors = static_cast<std::int64_t>(r.electors->size());
    c.candidates = texts_of(r.candidates);
    for (const election_mark& m : r.marks)
        if (m.seq != 0) c.papers.push_back({1, texts_of(m.marks), texts_of(m.against)});
    c.seed = lot_seed(number, to_hex(sha256(ballots_text(r))));
    return c;
}

result<events> count_round(const election& e, const std::string& number) {
    const auto counted = VECHE_TRY(elections::count(contest_of(e, number)));
    const election_round& r = e.rounds.back();
    const auto round = static_cast<std::int32_t>(e.rounds.size());
    events out;
    for (const elections::stage& one : counted.stages)
        out.push_back(make_event(stage_counted{e.id, round, one}));
    election_decided d;
    d.election = e.id;
    d.round = round;
    d.outcome = counted.outcome;
    d.papers = counted.papers;
    d.blank = counted.blank;
    d.absent = static_cast<std::int64_t>(r.marks.size()) - counted.papers - counted.blank;
    d.quota = counted.quota;
    d.stages = static_cast<std::int32_t>(counted.stages.size());
    d.elected = persons_of(counted.elected);
    d.runoff = persons_of(counted.runoff);
    d.ballots_sha256 = to_hex(sha256(ballots_text(r)));
    d.lot_seed = lot_seed(number, d.ballots_sha256);
    out.push_back(make_event(d));
    return out;
}

std::vector<enactment> orders_after(const charter::state& charter, const election& e,
                                    const std::vector<person_id>& elected, date today) {
    std::vector<enactment> orders;
    if (elected.empty()) return orders;
    const date from = e.from ? std::max(*e.from, today) : today;
    const date before{from.days - 1};
    for (const std::string& one : e.succeeds) {
        const charter::mandate* held = charter.find_mandate(one);
        if (held && (!held->until || before < *held->until))
            orders.push_back(order_of(charter::end_mandate{one, before}));
    }
    for (std::size_t i = 0; i < elected.size(); ++i) {
        charter::mandate m;
        m.id = e.id.value + "/" + std::to_string(i + 1);
        m.person = elected[i];
        if (e.office)
            m.office = e.office;
        else
            m.seat = e.seats[i];
        m.from = from;
        m.until = e.until;
        orders.push_back(order_of(charter::grant_mandate{m}));
    }
    return orders;
}

}  // namespace veche::assembly
