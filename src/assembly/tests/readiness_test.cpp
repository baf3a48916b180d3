// Stages before the vote, urgency, reconsideration and repeal, as the charter says.

#include "assembly/readiness.hpp"

#include "assembly/course_refusal.hpp"
#include "assembly/tests/hall.hpp"

using namespace veche;
using namespace veche::assembly;
using namespace veche::assembly::testing;

namespace {

/// A hall whose council has this procedure, an open session "s" and an item "i1".
hall council_with(const charter::motion_procedure& how) {
    auto doc = small_union();
    doc.bodies.front().motions = how;
    hall h(doc);
    h.must(secretary, session_of("s", "council"));
    h.must(secretary, item_of("s", "i1"));
    return h;
}

void vote_in_council(hall& h, const open_vote& c, vote_choice north_says, vote_choice south_says) {
    h.must(chair, c);
    h.must(north, ballot_in(c.vote.value, "council/north", north_says));
    h.must(south, ballot_in(c.vote.value, "council/south", south_says));
    h.must(chair, close_vote{c.vote, {}});
}

open_vote vote_of_urgency(std::string id) {
    auto c = vote_on(std::move(id), "m");
    c.urgency = true;
    return c;
}

using enum vote_choice;

}  // namespace

TEST_CASE(
    "a motion passes through the stages of the charter in their order, moved by whom it names") {
    charter::motion_procedure how;
    how.stages = {{"admitted", en("Admitted"), {"council/secretary"}},
                  {"second-reading", en("Second reading"), {}}};
    hall h = council_with(how);
    h.must(chair, motion_of("m", "s"));
    h.must(chair, open_session{{"s"}});
    CHECK(h.refused(chair, vote_on("v", "m")).kind == &refusals::stage_missing);
    const auto to = [](std::string stage) { return advance_motion{{"m"}, std::move(stage), {}}; };
    CHECK(h.refused(chair, to("third-reading")).kind == &refusals::stage_unknown);
    CHECK(h.refused(chair, to("admitted")).kind == &refusals::may_not_advance);
    CHECK(h.refused(chair, to("second-reading")).kind == &refusals::stage_not_next);
    h.must(secretary, to("admitted"));
    CHECK(h.refused(secretary, to("admitted")).kind == &refusals::stage_not_next);
    CHECK(h.refused(chair, vote_on("v", "m")).args.back() == "second-reading");
    h.must(chair, to("second-reading"));
    h.must(chair, vote_on("v", "m"));
    const auto seen = h.view(motion_query{{"m"}}).stages;
    REQUIRE(seen.size() == 2);
    CHECK(seen[0].person == person_id{secretary.person});
    CHECK(seen[1].at);
}

TEST_CASE("a motion after the time for motions is voted on once it is found urgent") {
    charter::motion_procedure how;
    how.motion_hours = 24;
    how.urgency_rule = "majority";
    hall h = council_with(how);
    h.must(chair, motion_of("early", "s"));
    h.now = at("2026-11-30T12:00:00.000Z");
    h.must(chair, motion_of("m", "s"));
    h.must(chair, open_session{{"s"}});
    CHECK(the_motion(h).urgent == urgency::needed);
    CHECK(h.refused(chair, vote_on("v", "m")).kind == &refusals::not_urgent);
    // One abstention is no obstacle to the majority that urgency needs here.
    vote_in_council(h, vote_of_urgency("u"), yes, abstain);
    CHECK(the_motion(h).urgent == urgency::granted);
    CHECK(the_motion(h).status == motion_status::tabled);
    CHECK(h.own.votes.find(vote_id{"u"})->roll->described.id == "majority");
    CHECK(h.own.decisions.empty());
    CHECK(h.refused(chair, vote_of_urgency("w")).kind == &refusals::no_urgency_vote);
    h.must(chair, vote_on("v", "m"));
    auto early = vote_on("x", "early");
    early.urgency = true;
    CHECK(h.refused(chair, early).kind == &refusals::no_urgency_vote);
}

TEST_CASE("a motion refused urgency is not voted on in that session") {
    charter::motion_procedure how;
    how.motion_hours = 24;
    how.urgency_rule = "majority";
    hall h = council_with(how);
    h.now = at("2026-11-30T12:00:00.000Z");
    h.must(chair, motion_of("m", "s"));
    h.must(chair, open_session{{"s"}});
    vote_in_council(h, vote_of_urgency("u"), no, yes);
    CHECK(the_motion(h).urgent == urgency::refused);
    CHECK(h.refused(chair, vote_on("v", "m")).kind == &refusals::not_urgent);
    h.must(chair, close_session{{"s"}});
    CHECK(the_motion(h).status == motion_status::lapsed);
}

TEST_CASE("enough supporters make a motion urgent, and without either it is not taken") {
    charter::motion_procedure how;
    how.motion_hours = 24;
    how.urgency_supporters = 1;
    hall h = council_with(how);
    h.now = at("2026-11-30T12:00:00.000Z");
    h.must(chair, motion_of("m", "s"));
    h.must(chair, open_session{{"s"}});
    CHECK(h.refused(chair, vote_of_urgency("u")).kind == &refusals::no_urgency_vote);
    CHECK(h.refused(chair, vote_on("v", "m")).kind == &refusals::not_urgent);
    h.must(south, support_motion{{"m"}, std::nullopt, south.auth});
    h.must(chair, vote_on("v", "m"));
    how.urgency_supporters.reset();
    hall strict = council_with(how);
    strict.now = at("2026-11-30T10:00:00.000Z");
    CHECK(strict.refused(chair, motion_of("m", "s")).kind == &refusals::motions_closed);
}

TEST_CASE("a rejected motion is reconsidered once, in time, by the side that won") {
    charter::motion_procedure how;
    how.reconsider_hours = 48;
    how.reconsider_by_winners = true;
    hall h = council_with(how);
    h.must(chair, motion_of("m", "s"));
    h.must(chair, open_session{{"s"}});
    CHECK(h.refused(north, reconsider_motion{{"m"}, north.auth}).kind ==
          &refusals::nothing_to_reconsider);
    vote_in_council(h, vote_on("v", "m"), no, yes);
    CHECK(the_motion(h).status == motion_status::rejected);
    CHECK(h.refused(south, reconsider_motion{{"m"}, south.auth}).kind ==
          &refusals::not_of_the_winners);
    hall late = h;
    late.now = at("2026-11-26T09:00:00.000Z");
    CHECK(late.refused(north, reconsider_motion{{"m"}, north.auth}).kind ==
          &refusals::reconsidered_too_late);
    h.must(north, reconsider_motion{{"m"}, north.auth});
    vote_in_council(h, vote_on("w", "m"), no, yes);
    CHECK(h.refused(north, reconsider_motion{{"m"}, north.auth}).kind ==
          &refusals::reconsidered_already);
    // Both votes stay to be seen.
    CHECK(h.view(motion_query{{"m"}}).votes.size() == 2);
}

TEST_CASE("without a word in the charter nothing is reconsidered") {
    hall h = hall_with_motion("council");
    vote_in_council(h, vote_on("v", "m"), no, yes);
    CHECK(h.refused(north, reconsider_motion{{"m"}, north.auth}).kind ==
          &refusals::never_reconsidered);
}

TEST_CASE("a decision stays until another one repeals it, and one not in force never will be") {
    charter::motion_procedure how;
    how.reconsider_hours = 48;
    hall h = council_with(how);
    auto first = motion_of("m", "s");
    first.force_on = parse_date("2027-01-01");
    h.must(chair, first);
    h.must(chair, open_session{{"s"}});
    vote_in_council(h, vote_on("v", "m"), yes, yes);
    CHECK(h.refused(north, reconsider_motion{{"m"}, north.auth}).kind == &refusals::needs_repeal);
    auto second = motion_of("end", "s");
    second.repeals = decision_id{"2026-0009"};
    CHECK(h.refused(chair, second).kind == &refusals::decision_unknown);
    second.repeals = decision_id{"2026-0001"};
    h.must(chair, second);
    vote_in_council(h, vote_on("w", "end"), yes, yes);
    const auto ended = h.view(decision_query{{"2026-0001"}});
    CHECK(ended.repealed_by == decision_id{"2026-0002"});
    CHECK(h.view(decision_query{{"2026-0002"}}).repeals == decision_id{"2026-0001"});
    h.now = at("2027-01-02T00:00:00.000Z");
    CHECK(h.pass_deadlines() == 0);
    CHECK_FALSE(h.view(decision_query{{"2026-0001"}}).in_force);
    auto again = motion_of("again", "s");
    again.repeals = decision_id{"2026-0001"};
    CHECK(h.refused(chair, again).kind == &refusals::repealed_already);
}

TEST_CASE("after a count of hands nobody can be known to have voted against") {
    auto doc = small_union();
    charter::body& house = doc.bodies[1];
    REQUIRE(house.id.value == "house");
    house.votes = charter::vote_procedure{};
    house.votes->hands = {charter::hand_entry::counted};
    house.motions = charter::motion_procedure{};
    house.motions->reconsider_hours = 48;
    house.motions->reconsider_by_winners = true;
    const auto rejected = [&](const charter::charter_document& of) {
        hall h = with_motion(hall(of), "house");
        h.must(chair, vote_on("v", "m"));
        h.must(chair, enter_hand_count{{"v"}, 1, 3, 0});
        h.must(chair, close_vote{{"v"}, {}});
        return h;
    };
    const actor one = deputy("n", 1);
    hall h = rejected(doc);
    CHECK(h.refused(one, reconsider_motion{{"m"}, one.auth}).kind == &refusals::winners_unknown);
    house.motions->reconsider_by_winners.reset();
    hall open = rejected(doc);
    open.must(one, reconsider_motion{{"m"}, one.auth});
}

TEST_CASE("a motion that waits to come back after a broken silence does not, once reconsidered") {
    auto doc = small_union();
    charter::body& house = doc.bodies[1];
    house.rules = {"silence", "majority"};
    house.motions = charter::motion_procedure{};
    house.motions->reconsider_hours = 48;
    hall h = with_motion(hall(doc), "house");
    h.must(chair, vote_on("v", "m"));
    const actor one = deputy("n", 1);
    h.must(one, object_to_silence{{"v"}, one.auth, en("Too dear")});
    h.now.ms += 3 * 24 * 3'600'000;
    CHECK(h.pass_deadlines() == 1);
    CHECK(h.own.returning.size() == 1);
    h.must(one, reconsider_motion{{"m"}, one.auth});
    CHECK(h.own.returning.empty());
    CHECK(the_motion(h).status == motion_status::tabled);
}

TEST_CASE("orders that failed are not tried again once their decision is repealed") {
    hall h = hall_with_motion("council", {{"programme.add_measure", 1, {R"({"id":"M1"})"}}});
    vote_in_council(h, vote_on("v", "m"), yes, yes);
    const decision_id first{"2026-0001"};
    h.follow(make_event(enactments_failed{first, 0, {}}));
    auto end = motion_of("end", "s");
    end.repeals = first;
    h.must(chair, end);
    hall before = h;
    vote_in_council(h, vote_on("w", "end"), yes, yes);
    CHECK(h.refused(chair, retry_enactments{first}).kind == &refusals::repealed_already);
    before.must(chair, retry_enactments{first});
}
