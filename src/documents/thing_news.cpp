#include "documents/thing_news.hpp"

#include "documents/vote_words.hpp"

namespace veche::documents {

using namespace assembly;

namespace {

std::string entry_id(std::int64_t seq) {
    return "journal/" + std::to_string(seq);
}

void add_opening(const setting& in, const vote_row& vote, std::vector<feed_entry>& out) {
    const std::string path = (vote.secret ? "secret-votes/" : "votes/") + vote.id.value;
    out.push_back({"vote/" + vote.id.value + "/opened", path,
                   in.word("vote_opened", {{"title", in.name(vote.title)}}),
                   in.name(vote.body.name), vote.opened});
}

}  // namespace

std::vector<feed_entry> news_of(const setting& in, const vote_view& of) {
    const std::string path = "votes/" + of.id.value;
    std::vector<feed_entry> out{{entry_id(of.seq), path,
                                 in.word("vote_opened", {{"title", in.name(of.title)}}),
                                 in.name(of.body.name), of.opened}};
    if (of.result)
        out.push_back({entry_id(of.result->seq), path,
                       in.name(of.title) + ": " + in.choice(of.result->outcome),
                       counts_text(in, of.counts), of.result->decided});
    return out;
}

std::vector<feed_entry> news_of(const setting& in, const motion_view& of) {
    std::vector<feed_entry> out{{entry_id(of.seq), "motions/" + of.id.value,
                                 in.word("motion_tabled", {{"title", in.name(of.title)}}),
                                 in.name(of.body.name), of.at}};
    for (const vote_row& vote : of.votes) add_opening(in, vote, out);
    return out;
}

std::vector<feed_entry> news_of(const setting& in, const decision_view& of) {
    const std::string path = "decisions/" + of.id.value;
    const std::string name = of.id.value + ": " + in.name(of.title);
    std::vector<feed_entry> out{{"decision/" + of.id.value, path, name, of.sentence, of.at}};
    for (const signature_view& one : of.signatures)
        if (one.at && one.seq)
            out.push_back({entry_id(*one.seq), path,
                           in.word("act_signed", {{"id", of.id.value}, {"who", in.name(one.name)}}),
                           name, *one.at});
    if (of.failed)
        out.push_back({entry_id(of.failed->seq), path,
                       in.word("orders_failed", {{"id", of.id.value}}), name, of.failed->at});
    if (of.in_force)
        out.push_back({"decision/" + of.id.value + "/in-force", path,
                       in.word("in_force", {{"id", of.id.value}}), name, *of.in_force});
    return out;
}

feed_entry news_of(const setting& in, const election_row& of) {
    return {"election/" + of.id.value, "elections/" + of.id.value,
            in.word("election_called", {{"title", in.name(of.title)}}), in.name(of.body.name),
            of.at};
}

std::vector<feed_entry> news_of(const setting& in, const election_view& of) {
    const std::string path = "elections/" + of.id.value;
    const std::string title = in.name(of.title);
    std::vector<feed_entry> out{{"election/" + of.id.value, path,
                                 in.word("election_called", {{"title", title}}),
                                 in.name(of.body.name), of.at}};
    for (const round_view& round : of.rounds) {
        out.push_back(
            {entry_id(round.seq), path,
             in.word("round_opened", {{"n", std::int64_t{round.number}}, {"title", title}}),
             in.name(of.body.name), round.opened});
        if (round.decided_seq && round.closed)
            out.push_back(
                {entry_id(*round.decided_seq), path,
                 in.word("round_counted", {{"n", std::int64_t{round.number}}, {"title", title}}),
                 in.name(of.body.name), *round.closed});
    }
    return out;
}

std::vector<feed_entry> news_of(const setting& in, const secret_vote_view& of) {
    const std::string path = "secret-votes/" + of.id.value;
    const std::string title = in.name(of.title);
    std::vector<feed_entry> out{{entry_id(of.seq), path, in.word("vote_opened", {{"title", title}}),
                                 in.name(of.body.name), of.opened}};
    if (of.ended)
        out.push_back({"secret-vote/" + of.id.value + "/ended", path,
                       title + ": " + in.choice(of.status), of.result ? of.result->sentence : "",
                       *of.ended});
    return out;
}

feed_entry news_of(const setting& in, const unsigned_act_row& of) {
    return {"unsigned/" + of.id.value, "decisions/" + of.id.value,
            in.word("act_waits", {{"id", of.id.value}, {"title", in.name(of.title)}}),
            in.name(of.body.name), of.at};
}

feed_entry news_of(const setting& in, const fund::receipt_row& of) {
    return {entry_id(of.seq), "contributions",
            in.word("money_came", {{"who", in.name(of.name)},
                                   {"amount", render::amount_text(of.amount_, in.around)}}),
            of.reference, start_of(of.effective)};
}

}  // namespace veche::documents
