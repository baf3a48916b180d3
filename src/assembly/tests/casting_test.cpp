// Hands, split ballots, corrections, proxies, silence, correspondence and rounds.

#include <algorithm>

#include "assembly/casting_refusal.hpp"
#include "assembly/tests/hall.hpp"

using namespace veche;
using namespace veche::assembly;
using namespace veche::assembly::testing;
using charter::ballot;
using charter::outcome;

namespace {

charter::body& body_in(charter::charter_document& doc, const std::string& id) {
    return *std::find_if(doc.bodies.begin(), doc.bodies.end(),
                         [&](const charter::body& b) { return b.id.value == id; });
}

/// A hall whose house votes in every way that a charter may provide for; rules of the house in
/// `rules`, the first for motions.
charter::charter_document liberal(const std::vector<std::string>& rules = {"majority"}) {
    auto doc = small_union();
    charter::decision_rule by_pop;
    by_pop.id = "by-pop";
    by_pop.name = en("By population");
    by_pop.rule = {
        charter::to_canonical(charter::parse_rule_text("yes.pop > 1/2 seats.pop").value())};
    by_pop.source = "invented";
    by_pop.mark = charter::source_mark::illustrative;
    doc.rules.push_back(by_pop);
    charter::vote_procedure how;
    how.hands = {charter::hand_entry::counted, charter::hand_entry::named};
    how.corrections = charter::correction_procedure{24, false};
    how.proxies = charter::proxy_procedure{1, false, false};
    how.written_hours = 48;
    how.rounds = {{rules.back(), true}};
    auto& house = body_in(doc, "house");
    house.rules = rules;
    house.votes = how;
    auto& council = body_in(doc, "council");
    council.rules = {"by-pop", "unanimity"};
    council.votes = how;
    council.votes->rounds.clear();
    council.votes->split = "pop";
    body_in(doc, "chamber").votes = how;
    body_in(doc, "chamber").votes->rounds.clear();
    return doc;
}

hall voting(const charter::charter_document& doc, const std::string& body) {
    hall h = with_motion(hall(doc), body);
    h.must(chair, vote_on("v", "m"));
    return h;
}

const vote& the_vote(const hall& h, const std::string& id = "v") {
    return *h.own.votes.find(vote_id{id});
}
outcome close_and_tell(hall& h, const std::string& id = "v") {
    h.must(chair, close_vote{{id}, {}});
    REQUIRE(the_vote(h, id).result);
    return the_vote(h, id).result->outcome;
}
enter_hand_count count(std::int32_t yes, std::int32_t no, std::int32_t abstain = 0) {
    return {{"v"}, yes, no, abstain};
}
void hours_pass(hall& h, std::int64_t hours) {
    h.now.ms += hours * 3'600'000;
}

}  // namespace

TEST_CASE("a count of hands decides, names nobody, and may be entered again") {
    hall h = voting(liberal(), "house");
    h.must(chair, count(1, 3));
    h.must(chair, count(3, 1));
    CHECK(close_and_tell(h) == outcome::adopted);
    const vote_decided& e = *the_vote(h).result;
    CHECK(e.hands == charter::hand_entry::counted);
    CHECK(e.counts == ballot_counts{3, 1, 0, 1, 0});
    CHECK(e.ballots.empty());
    const auto seen = h.view(vote_query{{"v"}});
    CHECK(seen.delegations.empty());
    REQUIRE(seen.result);
    CHECK_FALSE(seen.result->margins.empty());
    for (const auto& one : seen.result->margins) CHECK(one.voters.empty());
}

TEST_CASE("any split of the same counts gives what ballots by name would give") {
    for (int yes = 0; yes <= 4; ++yes)
        for (int no = 0; yes + no <= 4; ++no) {
            hall counted = voting(liberal(), "house");
            counted.must(chair, count(yes, no, 4 - yes - no));
            hall named = voting(liberal(), "house");
            const actor voters[] = {deputy("n", 1), deputy("n", 2), deputy("n", 3), deputy("s", 1)};
            for (int i = 0; i < 4; ++i)
                named.must(voters[i], ballot_in("v", voters[i].auth,
                                                i < yes        ? vote_choice::yes
                                                : i < yes + no ? vote_choice::no
                                                               : vote_choice::abstain));
            CHECK(close_and_tell(counted) == close_and_tell(named));
        }
}

TEST_CASE("hands are no more than seats that can raise one: held, not aside, present") {
    hall h = with_motion(hall(liberal()), "house");
    auto opening = vote_on("v", "m");
    opening.aside = {"house-n-3"};
    h.must(chair, opening);
    CHECK(h.refused(chair, count(4, 0)).kind == &refusals::too_many_hands);
    h.must(chair, count(2, 1));
    h.must(deputy("n", 1), register_presence{{"s"}, "house-n-1"});
    CHECK(h.refused(chair, count(2, 0)).kind == &refusals::too_many_hands);
    h.must(chair, count(1, 0));
    CHECK(h.refused(chair, count(-1, 0)).kind == &refusals::count_negative);
    CHECK(h.refused(deputy("n", 1), count(1, 0)).kind != nullptr);
    CHECK(h.refused(deputy("n", 1), ballot_in("v", "house-n-1", vote_choice::no)).kind ==
          &refusals::counted_by_hands);
}

TEST_CASE("a count without names is refused where names decide, with the reason") {
    hall blocs = voting(liberal(), "chamber");
    CHECK(blocs.refused(chair, count(1, 0)).kind == &refusals::names_needed_blocs);
    hall weights = voting(liberal(), "council");
    CHECK(weights.refused(chair, count(1, 0)).kind == &refusals::names_needed_weights);
    hall tie = voting(liberal({"casting-vote"}), "house");
    CHECK(tie.refused(chair, count(1, 0)).kind == &refusals::names_needed_chair);
    hall silent = voting(small_union(), "house");
    CHECK(silent.refused(chair, count(1, 0)).kind == &refusals::hands_not_allowed);
    hall named = voting(liberal(), "house");
    named.must(deputy("n", 1), ballot_in("v", "house-n-1", vote_choice::yes));
    CHECK(named.refused(chair, count(1, 0)).kind == &refusals::cast_by_name);
}

TEST_CASE("hands by name never replace a ballot that a holder has cast") {
    hall h = voting(liberal(), "house");
    h.must(deputy("n", 1), ballot_in("v", "house-n-1", vote_choice::no));
    const auto hands = [](std::string seat, std::optional<vote_choice> choice) {
        return enter_hand_votes{{"v"}, {{std::move(seat), choice}}};
    };
    CHECK(h.refused(chair, hands("house-n-1", vote_choice::yes)).kind == &refusals::voted_itself);
    CHECK(h.refused(chair, hands("house-s-2", vote_choice::yes)).kind == &refusals::seat_vacant);
    CHECK(h.refused(chair, hands("nowhere", vote_choice::yes)).kind == &refusals::seat_unknown);
    enter_hand_votes all{{"v"}, {}};
    all.ballots = {{"house-n-1", std::nullopt},
                   {"house-n-2", vote_choice::yes},
                   {"house-n-3", vote_choice::yes},
                   {"house-s-1", vote_choice::abstain}};
    h.must(chair, all);
    h.must(chair, hands("house-s-1", std::nullopt));
    h.must(deputy("n", 3), ballot_in("v", "house-n-3", vote_choice::no));
    CHECK(h.refused(chair, hands("house-n-3", vote_choice::yes)).kind == &refusals::voted_itself);
    CHECK(close_and_tell(h) == outcome::rejected);
    const vote_decided& e = *the_vote(h).result;
    CHECK(e.hands == charter::hand_entry::named);
    CHECK(e.counts == ballot_counts{1, 2, 0, 2, 0});
    const auto seen = h.view(vote_query{{"v"}});
    CHECK(seen.delegations[0].seats[1].how == cast_how::hand);
    CHECK_FALSE(seen.delegations[0].seats[0].how);
}

TEST_CASE("a seat splits the weight of its member, and the parts decide") {
    hall h = voting(liberal(), "council");
    CHECK(h.refused(north, cast_split_ballot{{"v"}, "council/north", {40, 10, 5}}).kind ==
          &refusals::split_sum);
    CHECK(h.refused(north, cast_split_ballot{{"v"}, "council/north", {70, -10, 0}}).kind ==
          &refusals::count_negative);
    CHECK(h.refused(south, cast_split_ballot{{"v"}, "council/north", {60, 0, 0}}).kind ==
          &refusals::seat_not_held);
    h.must(north, cast_split_ballot{{"v"}, "council/north", {35, 20, 5}});
    h.must(south, cast_split_ballot{{"v"}, "council/south", {16, 24, 0}});
    CHECK(close_and_tell(h) == outcome::adopted);  // 51 of 100
    const vote_decided& e = *the_vote(h).result;
    CHECK(e.counts.split == 2);
    CHECK(e.ballots[0] ==
          seat_ballot{"council/north", charter::ballot::split, charter::split_votes{35, 20, 5}});
}

TEST_CASE("votes that all say the same are no split, and a later ballot takes the split away") {
    hall h = voting(liberal(), "council");
    h.must(north, cast_split_ballot{{"v"}, "council/north", {59, 1, 0}});
    h.must(north, cast_split_ballot{{"v"}, "council/north", {0, 60, 0}});
    h.must(south, cast_split_ballot{{"v"}, "council/south", {39, 1, 0}});
    h.must(south, ballot_in("v", "council/south", vote_choice::yes));
    CHECK(close_and_tell(h) == outcome::rejected);
    CHECK(the_vote(h).result->counts == ballot_counts{1, 1, 0, 0, 0});
}

TEST_CASE("nobody splits where the charter or the rule does not let them") {
    hall heads = voting(liberal(), "house");
    CHECK(heads.refused(deputy("n", 1), cast_split_ballot{{"v"}, "house-n-1", {1, 0, 0}}).kind ==
          &refusals::split_not_allowed);
    hall h = with_motion(hall(liberal()), "council");
    auto other = motion_of("m2", "s");
    other.rule = "unanimity";
    h.must(chair, other);
    h.must(chair, vote_on("v", "m2"));
    CHECK(h.refused(north, cast_split_ballot{{"v"}, "council/north", {59, 1, 0}}).kind ==
          &refusals::rule_counts_voters);
}

TEST_CASE("a correction stands beside the ballot and leaves the outcome") {
    hall h = voting(liberal(), "house");
    for (int n = 1; n <= 3; ++n)
        h.must(deputy("n", n), ballot_in("v", deputy("n", n).auth, vote_choice::yes));
    const correct_ballot meant{{"v"}, "house-n-1", vote_choice::no, en("Wrong button")};
    CHECK(h.refused(deputy("n", 1), meant).kind == &refusals::vote_not_over);
    CHECK(close_and_tell(h) == outcome::adopted);
    CHECK(h.refused(deputy("n", 2), meant).kind == &refusals::seat_not_held);
    CHECK(h.refused(deputy("s", 1), correct_ballot{{"v"}, "house-s-1", vote_choice::no, {}}).kind ==
          &refusals::nothing_to_correct);
    h.must(deputy("n", 1), meant);
    CHECK(h.refused(deputy("n", 1), meant).kind == &refusals::same_choice);
    CHECK(the_vote(h).result->outcome == outcome::adopted);
    const auto seen = h.view(vote_query{{"v"}});
    CHECK(seen.counts.yes == 3);
    CHECK(seen.casting.corrected->yes == 2);
    CHECK(seen.delegations[0].seats[0].ballot == charter::ballot::yes);
    CHECK(seen.delegations[0].seats[0].corrected == vote_choice::no);
    hours_pass(h, 24);
    CHECK(h.refused(deputy("n", 2), correct_ballot{{"v"}, "house-n-2", vote_choice::no, {}}).kind ==
          &refusals::corrections_closed);
}

TEST_CASE("where corrections count, the outcome waits for them") {
    auto doc = liberal();
    body_in(doc, "house").votes->corrections->decide = true;
    hall h = voting(doc, "house");
    for (int n = 1; n <= 3; ++n)
        h.must(deputy("n", n),
               ballot_in("v", deputy("n", n).auth, n < 3 ? vote_choice::yes : vote_choice::no));
    h.must(chair, close_vote{{"v"}, {}});
    CHECK_FALSE(the_vote(h).result);
    CHECK(status_of(h) == motion_status::voting);
    CHECK(h.refused(deputy("s", 1), ballot_in("v", "house-s-1", vote_choice::yes)).kind ==
          &refusals::vote_closed);
    h.must(deputy("n", 1), correct_ballot{{"v"}, "house-n-1", vote_choice::no, {}});
    h.must(chair, close_session{{"s"}});
    hours_pass(h, 23);
    CHECK(h.pass_deadlines() == 0);
    hours_pass(h, 1);
    CHECK(h.pass_deadlines() == 1);
    CHECK(the_vote(h).result->outcome == outcome::rejected);
    CHECK(the_vote(h).result->closed == closing::by_chair);
    CHECK(the_vote(h).result->counts == ballot_counts{1, 2, 0, 2, 0});
    CHECK(h.own.open_votes.empty());
}

TEST_CASE("a vote with a closing time waits for corrections from that time on") {
    auto doc = liberal();
    body_in(doc, "house").votes->corrections->decide = true;
    hall h = with_motion(hall(doc), "house");
    auto opening = vote_on("v", "m");
    opening.closes = instant{h.now.ms + 3'600'000};
    h.must(chair, opening);
    for (int n = 1; n <= 3; ++n)
        h.must(deputy("n", n), ballot_in("v", deputy("n", n).auth, vote_choice::yes));
    hours_pass(h, 2);
    CHECK(h.pass_deadlines() == 0);
    CHECK(h.view(vote_query{{"v"}}).status == vote_status::closed);
    h.must(deputy("n", 1), correct_ballot{{"v"}, "house-n-1", vote_choice::abstain, {}});
    hours_pass(h, 23);
    CHECK(h.pass_deadlines() == 1);
    CHECK(the_vote(h).result->closed == closing::by_deadline);
    CHECK(the_vote(h).result->counts == ballot_counts{2, 0, 1, 2, 0});
}

TEST_CASE("a proxy votes for one seat of its member, who may still vote itself") {
    hall h = voting(liberal(), "house");
    const auto give = [](std::string seat, std::string to) {
        return give_proxy{{"s"}, std::move(seat), std::move(to), std::nullopt};
    };
    CHECK(h.refused(deputy("n", 2), ballot_in("v", "house-n-1", vote_choice::yes)).kind ==
          &refusals::seat_not_held);
    CHECK(h.refused(deputy("n", 2), give("house-n-1", "house-n-2")).kind ==
          &refusals::seat_not_held);
    CHECK(h.refused(deputy("n", 1), give("house-n-1", "house-s-1")).kind ==
          &refusals::proxy_other_member);
    CHECK(h.refused(deputy("n", 1), give("house-n-1", "house-n-1")).kind ==
          &refusals::proxy_to_itself);
    h.must(deputy("n", 1), give("house-n-1", "house-n-2"));
    CHECK(h.refused(deputy("n", 1), give("house-n-1", "house-n-2")).kind == &refusals::proxy_given);
    CHECK(h.refused(deputy("n", 2), give("house-n-2", "house-n-3")).kind == &refusals::proxy_chain);
    CHECK(h.refused(deputy("n", 3), give("house-n-3", "house-n-1")).kind == &refusals::proxy_chain);
    CHECK(h.refused(deputy("n", 3), give("house-n-3", "house-n-2")).kind ==
          &refusals::proxies_full);
    actor by = deputy("n", 2);
    h.must(by, ballot_in("v", "house-n-1", vote_choice::yes));
    h.must(by, ballot_in("v", "house-n-2", vote_choice::yes));
    CHECK(h.view(vote_query{{"v"}}).delegations[0].seats[0].proxy == "house-n-2");
    h.must(deputy("n", 1), ballot_in("v", "house-n-1", vote_choice::no));
    CHECK(h.refused(by, ballot_in("v", "house-n-1", vote_choice::yes)).kind ==
          &refusals::voted_itself);
    h.must(deputy("n", 1), revoke_proxy{{"s"}, "house-n-1", std::nullopt});
    CHECK(h.refused(deputy("n", 1), revoke_proxy{{"s"}, "house-n-1", std::nullopt}).kind ==
          &refusals::proxy_unknown);
    CHECK(h.refused(by, ballot_in("v", "house-n-1", vote_choice::yes)).kind ==
          &refusals::seat_not_held);
}

TEST_CASE("the charter says whether ballots by proxy make a quorum") {
    for (const bool counts : {false, true}) {
        auto doc = liberal();
        body_in(doc, "house").votes->proxies->quorum = counts;
        hall h = voting(doc, "house");  // quorum: more than half of five seats
        h.must(deputy("n", 1), give_proxy{{"s"}, "house-n-1", "house-n-2", std::nullopt});
        h.must(deputy("n", 2), ballot_in("v", "house-n-1", vote_choice::yes));
        h.must(deputy("n", 2), ballot_in("v", "house-n-2", vote_choice::yes));
        h.must(deputy("n", 3), ballot_in("v", "house-n-3", vote_choice::yes));
        CHECK(close_and_tell(h) == (counts ? outcome::adopted : outcome::no_quorum));
    }
}

TEST_CASE("whoever represents a seat is present for it, and one proxy may be for one vote only") {
    hall h = voting(liberal(), "house");
    h.must(deputy("n", 2), register_presence{{"s"}, "house-n-2"});
    h.must(deputy("n", 1), give_proxy{{"s"}, "house-n-1", "house-n-3", std::nullopt});
    CHECK(h.refused(deputy("n", 3), ballot_in("v", "house-n-1", vote_choice::yes)).kind ==
          &refusals::not_present);
    h.must(deputy("n", 1), give_proxy{{"s"}, "house-n-1", "house-n-2", vote_id{"v"}});
    CHECK(h.refused(deputy("n", 3), ballot_in("v", "house-n-1", vote_choice::yes)).kind ==
          &refusals::seat_not_held);
    const auto own = h.view(vote_query{{"v"}}, deputy("n", 2)).own;
    REQUIRE(own.size() == 2);
    CHECK(own[1].by_proxy);
    CHECK(own[1].auth == "house-n-2");
    h.must(deputy("n", 2), ballot_in("v", "house-n-1", vote_choice::yes));
    CHECK(h.view(session_query{{"s"}}).proxies.size() == 2);
}

TEST_CASE("silence adopts, an objection breaks it, and the motion goes to the next session") {
    const auto silent = [] {
        hall h = with_motion(hall(liberal({"silence", "majority"})), "house");
        auto opening = vote_on("v", "m");
        opening.written = true;
        h.must(chair, opening);
        return h;
    };
    hall quiet = silent();
    hours_pass(quiet, 72);
    CHECK(quiet.pass_deadlines() == 1);
    CHECK(status_of(quiet) == motion_status::adopted);

    hall h = silent();
    CHECK(h.refused(deputy("n", 1), object_to_silence{{"v"}, "house-n-1", {}}).kind ==
          &refusals::text_missing);
    h.must(deputy("n", 1), object_to_silence{{"v"}, "house-n-1", en("Too dear")});
    h.must(secretary, session_of("next", "house"));
    hours_pass(h, 72);
    CHECK(h.pass_deadlines() == 1);
    CHECK(the_vote(h).result->outcome == outcome::rejected);
    const motion& m = *h.own.motions.find(motion_id{"m"});
    CHECK(m.status == motion_status::tabled);
    CHECK(m.session.value == "next");
    CHECK(h.own.sessions.find(session_id{"next"})->agenda.front().id.value == "returned-1");
    CHECK(h.view(session_query{{"s"}}).agenda.front().motions.size() == 1);
    h.must(chair, close_session{{"s"}});
    CHECK(status_of(h) == motion_status::tabled);
    h.must(chair, open_session{{"next"}});
    h.must(chair, open_next_round{{"v2"}, {"m"}, std::nullopt, {}});
    CHECK(the_vote(h, "v2").before == vote_id{"v"});
}

TEST_CASE("an objection that was withdrawn does not stand") {
    hall h = with_motion(hall(liberal({"silence", "majority"})), "house");
    h.must(chair, vote_on("v", "m"));
    h.must(deputy("n", 1), object_to_silence{{"v"}, "house-n-1", en("Too dear")});
    CHECK(h.view(vote_query{{"v"}}).casting.objections.size() == 1);
    h.must(deputy("n", 1), ballot_in("v", "house-n-1", vote_choice::abstain));
    CHECK(h.view(vote_query{{"v"}}).casting.objections.empty());
    hours_pass(h, 72);
    h.pass_deadlines();
    CHECK(the_vote(h).result->outcome == outcome::adopted);
}

TEST_CASE("a broken silence waits for a session if none is convened") {
    hall h = with_motion(hall(liberal({"silence", "majority"})), "house");
    h.must(chair, vote_on("v", "m"));
    h.must(deputy("n", 1), object_to_silence{{"v"}, "house-n-1", en("Too dear")});
    hours_pass(h, 72);
    h.pass_deadlines();
    CHECK(status_of(h) == motion_status::rejected);
    h.must(secretary, session_of("next", "house"));
    const auto waiting = returning_to(h.own, {"next"});
    REQUIRE(waiting.size() == 1);
    h.follow(*return_motion(h.own, waiting.front(), {"next"}));
    CHECK(status_of(h) == motion_status::tabled);
    CHECK(returning_to(h.own, {"next"}).empty());
}

TEST_CASE("a vote by correspondence needs no open session, and its time is long enough") {
    hall h((liberal()));
    h.must(secretary, session_of("s", "house"));
    h.must(secretary, item_of("s", "i1"));
    h.must(chair, motion_of("m", "s"));
    auto opening = vote_on("v", "m");
    CHECK(h.refused(chair, opening).kind == &refusals::session_not_open);
    opening.written = true;
    CHECK(h.refused(chair, opening).kind == &refusals::closing_time_missing);
    opening.closes = instant{h.now.ms + 47 * std::int64_t{3'600'000}};
    CHECK(h.refused(chair, opening).kind == &refusals::written_too_short);
    opening.closes->ms += 3'600'000;
    h.must(chair, opening);
    h.must(deputy("n", 1), ballot_in("v", "house-n-1", vote_choice::yes));
    CHECK(h.refused(secretary, cancel_session{{"s"}, {}}).kind == &refusals::votes_open);
    h.must(chair, open_session{{"s"}});
    h.must(deputy("n", 2), register_presence{{"s"}, "house-n-2"});
    h.must(deputy("n", 3), ballot_in("v", "house-n-3", vote_choice::yes));
    h.must(chair, close_session{{"s"}});
    hours_pass(h, 48);
    CHECK(h.pass_deadlines() == 1);
    CHECK(the_vote(h).result->outcome == outcome::no_quorum);
    CHECK(status_of(h) == motion_status::lapsed);
    hall strict = with_motion(hall(), "house");
    auto unknown = vote_on("v", "m");
    unknown.written = true;
    CHECK(strict.refused(chair, unknown).kind == &refusals::no_written_votes);
}

TEST_CASE("what was not adopted is put again under the rule of the next round") {
    hall h = voting(liberal({"unanimity", "majority"}), "house");
    CHECK(h.refused(chair, open_next_round{{"v2"}, {"m"}, std::nullopt, {}}).kind ==
          &refusals::round_not_due);
    for (int n = 1; n <= 3; ++n)
        h.must(deputy("n", n), ballot_in("v", deputy("n", n).auth, vote_choice::yes));
    CHECK(close_and_tell(h) == outcome::rejected);
    CHECK(h.view(vote_query{{"v"}}, chair).casting.next_round);
    h.must(chair, open_next_round{{"v2"}, {"m"}, std::nullopt, {}});
    CHECK(h.refused(deputy("s", 1), ballot_in("v2", "house-s-1", vote_choice::abstain)).kind ==
          &refusals::no_abstention);
    for (int n = 1; n <= 3; ++n)
        h.must(deputy("n", n), ballot_in("v2", deputy("n", n).auth, vote_choice::yes));
    CHECK(close_and_tell(h, "v2") == outcome::adopted);
    CHECK((*h.own.decisions.begin()).second.rule == "majority");
    CHECK(h.view(vote_query{{"v2"}}).casting.before == vote_id{"v"});
    CHECK(h.view(vote_query{{"v"}}).casting.after == vote_id{"v2"});
    CHECK(h.refused(chair, open_next_round{{"v3"}, {"m"}, std::nullopt, {}}).kind ==
          &refusals::no_further_round);
}
