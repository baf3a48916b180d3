#include "documents/vote_words.hpp"

namespace veche::documents {

using namespace assembly;

std::string counts_text(const setting& in, const ballot_counts& counts) {
    const auto number = [](std::int32_t n) { return std::int64_t{n}; };
    std::string said = in.word("counts", {{"yes", number(counts.yes)},
                                          {"no", number(counts.no)},
                                          {"abstain", number(counts.abstain)},
                                          {"absent", number(counts.absent)}});
    if (counts.split) said += in.word("counts_split", {{"n", number(*counts.split)}});
    if (counts.aside > 0) said += in.word("counts_aside", {{"n", number(counts.aside)}});
    return said;
}

std::string holder_text(const setting& in, const std::optional<person_id>& holder,
                        const localized& holder_title, const localized& seat_name) {
    if (!holder) return in.text("vote.vacant");
    const std::string title = in.name(holder_title);
    return title == in.name(seat_name) ? holder->value : title + " (" + holder->value + ")";
}

std::vector<std::string> reason_texts(const setting& in,
                                      const std::vector<charter::reason_line>& lines) {
    std::vector<std::string> texts;
    for (charter::reason_line line : lines) {
        if (const localized* name = in.around.names != nullptr && !line.group.empty()
                                        ? in.around.names->find("member", line.group)
                                        : nullptr)
            line.group = in.name(*name);
        const std::string said =
            charter::say(line, [&](std::string_view key) { return in.around.texts->written(key); });
        texts.push_back(in.word(line.holds ? "holds" : "fails", {{"what", said}}));
    }
    return texts;
}

std::string ballot_text(const setting& in, const seat_ballot_view& seat) {
    if (!seat.cast)
        return seat.ballot == charter::ballot::excluded ? in.choice(seat.ballot)
                                                        : in.text("vote.not_voted");
    std::string said = in.choice(seat.ballot);
    if (seat.votes)
        said = in.word(
            "split_votes",
            {{"yes", seat.votes->yes}, {"no", seat.votes->no}, {"abstain", seat.votes->abstain}});
    if (seat.how == cast_how::hand) said = in.word("by_hand", {{"ballot", said}});
    if (seat.proxy) said = in.word("by_proxy", {{"ballot", said}, {"seat", *seat.proxy}});
    if (seat.corrected)
        said = in.word("corrected", {{"ballot", said}, {"choice", in.choice(*seat.corrected)}});
    return said;
}

block ballots_block(const setting& in, const vote_view& vote) {
    std::vector<std::vector<std::string>> rows;
    for (const delegation_view& delegation : vote.delegations)
        for (const seat_ballot_view& seat : delegation.seats) {
            rows.push_back({seat.name.empty() ? seat.seat : in.name(seat.name),
                            in.name(delegation.name),
                            holder_text(in, seat.holder, seat.holder_title, seat.name),
                            ballot_text(in, seat)});
        }
    return table_block(in.text("vote.names"),
                       {{in.text("field.seat"), 3},
                        {in.text("field.member"), 2},
                        {in.text("field.holder"), 3},
                        {in.text("vote.ballot"), 2}},
                       rows);
}

namespace {

/// Totals instead of names, and that the vote was secret.
void add_secret_totals(const setting& in, const secret_totals& secret, std::int32_t entitled,
                       document& into) {
    into.blocks.push_back(
        text_block(in.text("secret.was_secret") + " " +
                   in.text("secret.counted_of", {{"n", std::int64_t{secret.counted}},
                                                 {"of", std::int64_t{secret.voters}},
                                                 {"total", std::int64_t{entitled}}})));
    std::vector<labelled> facts;
    for (const secret_total& one : secret.totals) {
        std::string name = one.title.empty() ? in.text("secret.blank") : in.name(one.title);
        if (one.elected) name += " (" + in.text("secret.elected_tag") + ")";
        facts.push_back({std::move(name), std::to_string(one.ballots)});
    }
    if (!facts.empty()) into.blocks.push_back(facts_block(std::move(facts)));
}

/// Round, correspondence, hands and corrections; nothing where the vote has none of them.
void add_casting_facts(const setting& in, const casting_view& casting,
                       std::vector<labelled>& into) {
    if (casting.round)
        into.push_back({in.text("casting.round", {{"n", std::int64_t{*casting.round}}}),
                        casting.before ? casting.before->value : std::string()});
    if (casting.written) into.push_back({in.text("field.written"), in.text("casting.written")});
    if (casting.hands) into.push_back({in.text("field.hands"), in.choice(*casting.hands)});
    if (casting.corrected)
        into.push_back({in.text("casting.corrections"),
                        in.text("casting.corrected_counts",
                                {{"yes", std::int64_t{casting.corrected->yes}},
                                 {"no", std::int64_t{casting.corrected->no}},
                                 {"abstain", std::int64_t{casting.corrected->abstain}},
                                 {"absent", std::int64_t{casting.corrected->absent}}})});
}

void add_objections(const setting& in, const casting_view& casting, document& into) {
    if (casting.objections.empty()) return;
    std::vector<std::string> points;
    for (const objection_view& one : casting.objections) {
        points.push_back(in.name(one.name) + ": " + in.name(one.reason));
        into.entries.push_back(one.seq);
    }
    into.blocks.push_back(text_block(in.text("casting.objections")));
    into.blocks.push_back(points_block(std::move(points)));
}

}  // namespace

std::string question_text(const setting& in, const vote_view& vote) {
    std::string title = in.name(vote.title);
    if (vote.amendment)
        return in.text("amendment.question", {{"id", vote.amendment->id.value}}) + " " + title;
    if (vote.part)
        return in.text("motion.part_question", {{"n", std::int64_t{vote.part->number}}}) + " " +
               title;
    if (vote.urgency) return in.text("motion.urgency_question") + " " + title;
    if (!vote.bundle) return title;
    const bundle_view& all = *vote.bundle;
    const bool of_amendments = !all.amendments.empty();
    const auto n =
        static_cast<std::int64_t>(of_amendments ? all.amendments.size() : all.motions.size());
    return in.text(of_amendments ? "bundle.question_amendments" : "bundle.question", {{"n", n}}) +
           " " + (all.title.empty() ? all.id.value : in.name(all.title));
}

namespace {

/// What a bundle decided together, each motion with the decision that it became.
void add_bundle(const setting& in, const bundle_view& bundle, document& into) {
    std::vector<std::string> points;
    for (const motion_row& one : bundle.motions)
        points.push_back(in.name(one.title) +
                         (one.decision ? " (" + one.decision->value + ")" : ""));
    into.blocks.push_back(points_block(std::move(points)));
}

}  // namespace

void add_vote(const setting& in, const vote_view& vote, document& into) {
    std::vector<labelled> facts{
        {in.text("vote.question"), question_text(in, vote)},
        {in.text("field.body"), in.name(vote.body.name)},
        {in.text("field.rule"),
         in.name(vote.rule.name) + (vote.rule.source.empty() ? "" : " · " + vote.rule.source)},
        {in.text("vote.opened"), in.moment(vote.opened)},
        {in.text("vote.closed"), vote.closed ? in.moment(*vote.closed) : std::string()},
        {in.word("ballots"), counts_text(in, vote.counts)}};
    add_casting_facts(in, vote.casting, facts);
    into.entries.push_back(vote.seq);
    if (vote.result) {
        facts.push_back({in.text("vote.result"), in.choice(vote.result->outcome)});
        if (vote.result->chair) facts.push_back({in.text("field.chair"), *vote.result->chair});
        if (vote.result->decision)
            facts.push_back({in.text("field.decision"), vote.result->decision->value});
        into.entries.push_back(vote.result->seq);
    }
    into.blocks.push_back(facts_block(std::move(facts)));
    if (vote.bundle) add_bundle(in, *vote.bundle, into);
    if (vote.result && !vote.result->lines.empty())
        into.blocks.push_back(points_block(reason_texts(in, vote.result->lines)));
    if (vote.secret) return add_secret_totals(in, *vote.secret, vote.electorate, into);
    add_objections(in, vote.casting, into);
    if (!vote.delegations.empty()) into.blocks.push_back(ballots_block(in, vote));
    for (const delegation_view& delegation : vote.delegations)
        for (const seat_ballot_view& seat : delegation.seats)
            if (seat.seq) into.entries.push_back(*seat.seq);
    for (const correction_view& one : vote.casting.corrections) into.entries.push_back(one.seq);
}

}  // namespace veche::documents
