#include "documents/election_words.hpp"

#include <algorithm>

#include "documents/vote_words.hpp"

namespace veche::documents {

using namespace assembly;

namespace {

/// "12.50000" of a reason as the language writes it.
std::string figure(const setting& in, const std::string& text) {
    std::int64_t votes = 0;
    for (const char c : text)
        if (c >= '0' && c <= '9') votes = 10 * votes + (c - '0');
    return votes_text(in, votes);
}

std::string names_of(const setting& in, const round_view& round,
                     const std::vector<std::string>& ids) {
    std::string all;
    for (const std::string& one : ids)
        all += (all.empty() ? "" : ", ") + candidate_name(in, round, one);
    return all;
}

std::string lot_sentence(const setting& in, const round_view& round, const elections::stage& stage,
                         const std::string& number) {
    for (const elections::lot& one : stage.lots)
        if (std::to_string(one.number) == number)
            return in.text("election.reason.tie_by_lot",
                           {{"n", std::int64_t{one.number}},
                            {"among", names_of(in, round, one.among)},
                            {"drawn", candidate_name(in, round, one.drawn)}});
    return {};
}

std::string sentence(const setting& in, const round_view& round, const elections::stage& stage,
                     const elections::reason& why) {
    const std::string key = "election.reason." + why.code;
    const auto who = [&](std::size_t n) { return candidate_name(in, round, why.args[n]); };
    if (why.code == "tie_by_lot") return lot_sentence(in, round, stage, why.args[0]);
    if (why.code == "tie_at_stage") return in.text(key, {{"stage", why.args[0]}});
    if (why.code == "no_papers") return in.text(key);
    if (why.code == "majority") return in.text(key, {{"votes", figure(in, why.args[0])}});
    if (why.code == "runoff") return in.text(key, {{"who", names_of(in, round, why.args)}});
    if (why.code == "places_left") return in.text(key, {{"who", who(0)}});
    if (why.code == "more_yes")
        return in.text(
            key,
            {{"who", who(0)}, {"yes", figure(in, why.args[1])}, {"no", figure(in, why.args[2])}});
    return in.text(key, {{"who", who(0)}, {"votes", figure(in, why.args[1])}});
}

std::string change_text(const setting& in, std::int64_t change) {
    if (change == 0) return {};
    return (change > 0 ? "+" : "") + votes_text(in, change);
}

block stage_table(const setting& in, const round_view& round, const elections::stage& stage) {
    std::vector<std::vector<std::string>> rows;
    for (const elections::row& r : stage.rows)
        rows.push_back({candidate_name(in, round, r.candidate), votes_text(in, r.votes),
                        r.against ? votes_text(in, *r.against) : change_text(in, r.change),
                        in.choice(r.stands)});
    const bool judged = !stage.rows.empty() && stage.rows.front().against.has_value();
    return table_block(stage_title(in, round, stage),
                       {{in.text("election.candidate"), 3},
                        {in.text(judged ? "choice.ballot.yes" : "election.votes"), 2},
                        {in.text(judged ? "choice.ballot.no" : "election.change"), 2},
                        {in.text("field.status"), 2}},
                       rows);
}

block ballots_table(const setting& in, const round_view& round) {
    std::vector<std::vector<std::string>> rows;
    for (const election_ballot_view& one : round.ballots) {
        rows.push_back({one.name.empty() ? one.seat : in.name(one.name),
                        holder_text(in, one.holder, one.holder_title, one.name),
                        ballot_text(in, one)});
    }
    return table_block(
        in.text("election.ballots"),
        {{in.text("field.seat"), 3}, {in.text("field.holder"), 3}, {in.text("vote.ballot"), 4}},
        rows);
}

void add_round(const setting& in, const round_view& round, document& into) {
    std::vector<labelled> facts{
        {in.text("vote.opened"), in.moment(round.opened)},
        {in.text("vote.closed"), round.closed ? in.moment(*round.closed) : std::string()}};
    into.entries.push_back(round.seq);
    if (round.result) {
        const election_decided& d = *round.result;
        facts.push_back({in.text("election.papers"),
                         in.text("election.counts",
                                 {{"n", d.papers}, {"blank", d.blank}, {"absent", d.absent}})});
        if (d.quota) facts.push_back({in.text("election.quota"), votes_text(in, *d.quota)});
        facts.push_back({in.text("election.lot_number"), round.lot_number.value_or("")});
        into.entries.push_back(*round.decided_seq);
    }
    into.blocks.push_back(facts_block(std::move(facts)));
    for (const elections::stage& one : round.stages) {
        into.blocks.push_back(stage_table(in, round, one));
        into.blocks.push_back(points_block(stage_sentences(in, round, one)));
    }
    into.blocks.push_back(ballots_table(in, round));
    for (const election_ballot_view& one : round.ballots)
        if (one.seq) into.entries.push_back(*one.seq);
}

}  // namespace

std::string votes_text(const setting& in, std::int64_t votes) {
    return in.around.texts->locale().decimal(votes, 5);
}

std::string candidate_name(const setting& in, const round_view& round, const std::string& id) {
    for (const candidate_view& one : round.candidates)
        if (one.person.value == id && !one.name.empty()) return in.name(one.name);
    return id;
}

std::string candidates_text(const setting& in, const std::vector<candidate_view>& all) {
    std::string names;
    for (const candidate_view& one : all) {
        const std::string name = in.name(one.name);
        names += (names.empty() ? "" : ", ") + (name.empty() ? one.person.value : name);
    }
    return names;
}

std::vector<candidate_view> elected_of(const election_view& election) {
    std::vector<candidate_view> elected;
    if (election.rounds.empty() || !election.rounds.back().result) return elected;
    const round_view& last = election.rounds.back();
    for (const person_id& who : last.result->elected)
        for (const candidate_view& one : last.candidates)
            if (one.person == who) elected.push_back(one);
    return elected;
}

std::string ballot_text(const setting& in, const election_ballot_view& ballot) {
    if (!ballot.cast) return in.text("vote.not_voted");
    std::string said = candidates_text(in, ballot.marks);
    if (!ballot.against.empty())
        said += (said.empty() ? "" : "; ") +
                in.text("election.against", {{"who", candidates_text(in, ballot.against)}});
    return said.empty() ? in.text("election.blank") : said;
}

std::string stage_title(const setting& in, const round_view& round, const elections::stage& stage) {
    const std::string key = "election.stage." + std::string(name_of(stage.kind));
    return in.text(
        "election.stage_of",
        {{"n", std::int64_t{stage.number}},
         {"what", stage.of ? in.text(key, {{"who", candidate_name(in, round, *stage.of)}})
                           : in.text(key)}});
}

std::vector<std::string> stage_sentences(const setting& in, const round_view& round,
                                         const elections::stage& stage) {
    std::vector<std::string> all;
    for (const elections::reason& one : stage.reasons)
        all.push_back(sentence(in, round, stage, one));
    // Only a first count after which nobody is elected gives no reason of its own.
    if (all.empty()) all.push_back(in.text("election.reason.nobody_yet"));
    return all;
}

void add_election(const setting& in, const election_view& election, document& into) {
    into.blocks.push_back(subheading(in.name(election.title)));
    into.blocks.push_back(facts_block({{in.text("field.body"), in.name(election.body.name)},
                                       {in.text("field.how"), in.choice(election.how)},
                                       {in.text("field.posts"), std::to_string(election.posts)},
                                       {in.text("field.status"), in.choice(election.status)},
                                       {in.text("field.reason"), in.name(election.reason)}}));
    into.entries.push_back(election.seq);
    for (const round_view& one : election.rounds) {
        if (election.rounds.size() > 1)
            into.blocks.push_back(
                subheading(in.text("election.round", {{"n", std::int64_t{one.number}}})));
        add_round(in, one, into);
    }
    if (const auto elected = elected_of(election); !elected.empty())
        into.blocks.push_back(
            facts_block({{in.text("election.elected"), candidates_text(in, elected)}}));
    for (const enactment_view& one : election.orders)
        if (one.seq) into.entries.push_back(*one.seq);
}

}  // namespace veche::documents
