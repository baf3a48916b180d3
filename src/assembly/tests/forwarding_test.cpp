// Motions that go from body to body, with the outcome seen where they came from.

#include "assembly/forwarding.hpp"

#include "assembly/course_refusal.hpp"
#include "assembly/tests/hall.hpp"

using namespace veche;
using namespace veche::assembly;
using namespace veche::assembly::testing;

namespace {

forward_motion to_house(std::string id = "there") {
    forward_motion c;
    c.motion = motion_id{"m"};
    c.to = {"house"};
    c.forwarded = {std::move(id)};
    return c;
}

forward_view outcome_at_origin(const hall& h) {
    const auto seen = h.view(motion_query{{"m"}});
    REQUIRE(seen.forwarded.size() == 1);
    return seen.forwarded.front();
}

void vote_there(hall& h, vote_choice choice) {
    h.must(chair, open_session{{"t"}});
    h.must(speaker, vote_on("w", "there"));
    for (int n = 1; n <= 3; ++n)
        h.must(deputy("n", n), ballot_in("w", deputy("n", n).auth, choice));
    h.must(speaker, close_vote{{"w"}, {}});
}

}  // namespace

TEST_CASE("a forwarded motion waits for a session of the other body, and its outcome is seen") {
    hall h = hall_with_motion("council");
    CHECK(h.must(chair, to_house()).empty());
    CHECK_FALSE(outcome_at_origin(h).status);
    h.must(clerk, session_of("t", "house"));
    const auto placed = place_forwarded(h.own, session_id{"t"});
    REQUIRE(placed);
    h.follow(make_event(*placed));
    CHECK_FALSE(place_forwarded(h.own, session_id{"t"}));
    CHECK(outcome_at_origin(h).status == motion_status::tabled);
    const auto there = h.view(motion_query{{"there"}});
    CHECK(there.text == en("Text of m"));
    CHECK(there.rule.id == "majority");
    REQUIRE(there.came_from);
    CHECK(there.came_from->from.id.value == "council");
    const auto agenda = h.view(session_query{{"t"}}).agenda;
    REQUIRE(agenda.size() == 1);
    CHECK(agenda[0].id.value == "forwarded-1");
    CHECK(agenda[0].motions.at(0).from->id.value == "council");
    vote_there(h, vote_choice::yes);
    CHECK(outcome_at_origin(h).status == motion_status::adopted);
    CHECK(outcome_at_origin(h).decision == decision_id{"2026-0001"});
    CHECK(h.view(forwards_query{body_id{"house"}}).forwards.size() == 1);
    CHECK(h.view(forwards_query{body_id{"chamber"}}).forwards.empty());
}

TEST_CASE("where a session waits it is placed at once, and lapses with it") {
    hall h = hall_with_motion("council");
    h.must(clerk, session_of("t", "house"));
    const auto follow = h.must(chair, to_house());
    REQUIRE(follow.size() == 1);
    CHECK(follow[0].type == forwarded_motion_placed::wire.type);
    h.must(chair, open_session{{"t"}});
    h.must(chair, close_session{{"t"}});
    CHECK(outcome_at_origin(h).status == motion_status::lapsed);
}

TEST_CASE("a rejection there is seen here too") {
    hall h = hall_with_motion("council");
    h.must(clerk, session_of("t", "house"));
    h.must(chair, to_house());
    vote_there(h, vote_choice::no);
    CHECK(outcome_at_origin(h).status == motion_status::rejected);
    CHECK_FALSE(outcome_at_origin(h).decision);
}

TEST_CASE("a decision forwards its own motion, and names none of another body") {
    hall h = hall_with_motion("council");
    auto c = to_house();
    c.motion.reset();
    CHECK(h.refused(chair, c).kind == &refusals::origin_missing);
    // While its motion is being tabled the decision is not known yet.
    context ctx = h.now_as({});
    ctx.decision = decision_authority{{"trial"}, {"council"}, {}};
    CHECK_FALSE(decide(h.seen(), c, ctx).has_value());  // its body may not order it
    auto doc = small_union();
    doc.bodies[0].enacts.push_back("assembly.forward_motion");
    doc.bodies[1].enacts.push_back("assembly.forward_motion");
    hall may = with_motion(hall(doc), "council");
    CHECK(decide(may.seen(), c, ctx).has_value());
    ctx.decision->body = {"house"};
    c.motion = motion_id{"m"};
    c.to = {"chamber"};
    const auto why = decide(may.seen(), c, ctx);
    REQUIRE_FALSE(why.has_value());
    CHECK(why.error().kind == &refusals::forwards_others);
}

TEST_CASE("forwarding is refused in the documented order") {
    hall h = hall_with_motion("council");
    auto c = to_house("m");
    c.motion = motion_id{"none"};
    c.to = {"nowhere"};
    CHECK(h.refused(stranger, c).kind == &refusals::motion_unknown);
    c.motion = motion_id{"m"};
    CHECK(h.refused(stranger, c).kind == &refusals::body_unknown);
    c.to = {"council"};
    CHECK(h.refused(stranger, c).kind->code.starts_with("charter."));
    CHECK(h.refused(chair, c).kind == &refusals::id_taken);
    c.forwarded = {"there"};
    CHECK(h.refused(chair, c).kind == &refusals::forwarded_to_itself);
    c.to = {"house"};
    c.rule = "unanimity";
    CHECK(h.refused(chair, c).kind == &refusals::rule_not_of_body);
    c.rule.reset();
    c.enactments = {{"fund.appropriate", 1, {"{}"}}};
    CHECK(h.refused(chair, c).kind == &refusals::enactment_not_allowed);
    c.enactments.clear();
    h.must(north, motion_of("gone", "s"));
    h.must(chair, withdraw_motion{{"gone"}});
    c.motion = motion_id{"gone"};
    CHECK(h.refused(chair, c).kind == &refusals::not_forwardable);
    c.motion = motion_id{"m"};
    h.must(chair, c);
    CHECK(h.refused(north, motion_of("there", "s")).kind == &refusals::id_taken);
}
