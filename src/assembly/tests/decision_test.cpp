#include "assembly/tests/hall.hpp"

using namespace veche;
using namespace veche::assembly;
using namespace veche::assembly::testing;

namespace {

enactment order(std::string type) {
    return {std::move(type), 1, {R"({"id":"M1"})"}};
}

/// The council adopts the motion "m" unanimously.
hall hall_with_decision(std::vector<enactment> enactments) {
    hall h = hall_with_vote("council", std::move(enactments));
    h.must(north, ballot_in("v", "council/north", vote_choice::yes));
    h.must(south, ballot_in("v", "council/south", vote_choice::yes));
    h.must(chair, close_vote{{"v"}, {}});
    return h;
}

event carried(int index) {
    return make_event(enactment_carried_out{{"2026-0001"}, index, order("programme.add_measure")});
}

event failed_at(int index) {
    return make_event(enactments_failed{{"2026-0001"}, index, {"fund.short", {"10"}, "amount"}});
}

}  // namespace

TEST_CASE("an adopted motion becomes a numbered decision that orders what the motion said") {
    hall h = hall_with_decision({order("programme.add_measure")});
    const decision& d = the_decision(h);
    CHECK(d.motion == motion_id{"m"});
    CHECK(d.vote == vote_id{"v"});
    CHECK(d.body == body_id{"council"});
    CHECK(d.rule == "unanimity");
    CHECK(d.enactments == std::vector<enactment>{order("programme.add_measure")});
    CHECK(d.fate == enactment_fate::pending);
    CHECK(h.own.motions.find(motion_id{"m"})->decision == decision_id{"2026-0001"});
    CHECK(h.own.sessions.find(session_id{"s"})->decisions == 1);
}

TEST_CASE("a decision that orders nothing has nothing to carry out") {
    CHECK(the_decision(hall_with_decision({})).fate == enactment_fate::none);
}

TEST_CASE("decisions are numbered by year, across bodies") {
    hall h = hall_with_decision({});
    const auto adopt = [&](const std::string& n) {
        h.must(chair, motion_of("m" + n, "s"));
        h.must(chair, vote_on("v" + n, "m" + n));
        h.must(north, ballot_in("v" + n, "council/north", vote_choice::yes));
        h.must(south, ballot_in("v" + n, "council/south", vote_choice::yes));
        h.must(chair, close_vote{{"v" + n}, {}});
        return h.own.motions.find(motion_id{"m" + n})->decision->value;
    };
    CHECK(adopt("2") == "2026-0002");
    h.now = at("2027-01-01T00:00:00.000Z");
    CHECK(adopt("3") == "2027-0001");
    h.now = at("2026-12-31T23:59:59.999Z");
    CHECK(adopt("4") == "2026-0003");
}

TEST_CASE("nothing follows from a vote that did not adopt") {
    hall h = hall_with_vote("council");
    h.must(north, ballot_in("v", "council/north", vote_choice::no));
    h.must(chair, close_vote{{"v"}, {}});
    CHECK(after_vote_decided(h.seen(), {"v"}, h.now_as(chair)).empty());
    CHECK(h.own.decisions.empty());
}

TEST_CASE("a decision is carried out when all its enactments are") {
    hall h = hall_with_decision({order("programme.add_measure"), order("fund.appropriate")});
    h.follow(carried(0));
    CHECK(the_decision(h).fate == enactment_fate::pending);
    h.follow(carried(1));
    CHECK(the_decision(h).fate == enactment_fate::carried_out);
    CHECK(the_decision(h).carried_out.size() == 2);
    CHECK(h.refused(chair, retry_enactments{{"2026-0001"}}).kind == &refusals::nothing_failed);
}

TEST_CASE("what failed can be tried again, by whoever presides or keeps the measures") {
    hall h = hall_with_decision({order("programme.add_measure")});
    CHECK(h.refused(chair, retry_enactments{{"2026-0001"}}).kind == &refusals::nothing_failed);
    h.follow(failed_at(0));
    CHECK(the_decision(h).fate == enactment_fate::failed);
    CHECK(the_decision(h).failed->why.code == "fund.short");
    CHECK_FALSE(h.ask_for(secretary, retry_enactments{{"2026-0001"}}));
    h.must(chair, retry_enactments{{"2026-0001"}});
    CHECK(the_decision(h).fate == enactment_fate::pending);
    CHECK(the_decision(h).attempts == 2);
    CHECK_FALSE(the_decision(h).failed);
    h.follow(carried(0));
    CHECK(the_decision(h).fate == enactment_fate::carried_out);
}

TEST_CASE("a body orders only what the charter lets it order") {
    hall h = hall_with_motion("council");
    const auto table = [&](std::string type) {
        auto motion = motion_of("x-" + type, "s");
        motion.enactments = {order("programme.drop_measure"), order(std::move(type))};
        return h.ask_for(chair, motion);
    };
    CHECK(table("fund.appropriate"));
    CHECK(table("programme.amend_measure"));
    for (const char* type : {"fund.amend_appropriation", "fund.appropriate_more", "programme",
                             "programmes.add", "charter.grant_mandate"}) {
        const auto refused = table(type);
        CAPTURE(type);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == &refusals::enactment_not_allowed);
        CHECK(refused.error().field == "enactments.1.type");
    }
}

TEST_CASE("an enactment is a command in its wire form") {
    hall h = hall_with_motion("council");
    const auto fault = [&](enactment e) {
        auto motion = motion_of("x", "s");
        motion.enactments = {std::move(e)};
        const auto refused = h.refused(chair, motion);
        CHECK(refused.kind == &refusals::enactment_malformed);
        return refused.field;
    };
    CHECK(fault({"", 1, {"{}"}}) == "enactments.0.type");
    CHECK(fault({"programme.add_measure", 0, {"{}"}}) == "enactments.0.v");
    CHECK(fault({"programme.add_measure", 1, {"[]"}}) == "enactments.0.body");
    auto motion = motion_of("x", "s");
    motion.enactments.assign(33, order("programme.add_measure"));
    CHECK(h.refused(chair, motion).kind == &refusals::too_many);
}

TEST_CASE("motions are tabled by members of the body or by an office with that power") {
    hall h = hall_with_motion("council");
    h.must(north, motion_of("by-north", "s"));
    CHECK(h.own.motions.find(motion_id{"by-north"})->tabled_by == person_id{"p-north"});
    CHECK(h.refused(deputy("n", 1), motion_of("x", "s")).kind == &refusals::may_not_table);
    CHECK(h.refused(secretary, motion_of("x", "s")).kind == &refusals::may_not_table);
    h.must(north, withdraw_motion{{"by-north"}});
    CHECK(h.refused(north, withdraw_motion{{"by-north"}}).kind == &refusals::motion_not_tabled);
    CHECK(h.refused(south, withdraw_motion{{"m"}}).kind == &refusals::may_not_withdraw);
    h.must(chair, withdraw_motion{{"m"}});
}

TEST_CASE("in a joint session a motion is put to one of the bodies, under that body's rules") {
    hall h;
    auto joint = session_of("s", "council");
    joint.joint_with = {{"house"}};
    h.must(secretary, joint);
    h.must(secretary, item_of("s", "i1"));
    h.must(chair, open_session{{"s"}});
    auto motion = motion_of("m", "s");
    motion.body = body_id{"house"};
    CHECK(h.refused(north, motion).kind == &refusals::may_not_table);
    motion.rule = "unanimity";
    CHECK(h.refused(deputy("s", 1), motion).kind == &refusals::rule_not_of_body);
    motion.rule.reset();
    h.must(deputy("s", 1), motion);
    CHECK(h.own.motions.find(motion_id{"m"})->rule == "majority");
    h.must(speaker, vote_on("v", "m"));
    CHECK(h.own.votes.find(vote_id{"v"})->marks.size() == 5);
    motion.motion = {"elsewhere"};
    motion.body = body_id{"chamber"};
    CHECK(h.refused(chair, motion).kind == &refusals::body_not_sitting);
}

TEST_CASE("a late measure goes to the next convened session of its body, once") {
    hall h;
    CHECK_FALSE(next_session(h.own, {"house"}));
    auto later = session_of("a-later", "house");
    later.starts = at("2026-12-20T10:00:00.000Z");
    h.must(secretary, later);
    h.must(secretary, session_of("b-next", "house"));
    h.must(secretary, session_of("council-only", "council"));
    CHECK(next_session(h.own, {"house"}) == session_id{"b-next"});

    const auto place = [&](const std::string& measure) {
        return place_measure(h.own, {"b-next"}, {measure}, en("Measure " + measure));
    };
    auto occupied = item_of("b-next", "overdue-1");
    h.must(secretary, occupied);
    const auto placed = place("M7");
    REQUIRE(placed);
    h.follow(*placed);
    const auto& agenda = h.own.sessions.find(session_id{"b-next"})->agenda;
    REQUIRE(agenda.size() == 2);
    CHECK(agenda.back().id == item_id{"overdue-2"});
    CHECK(agenda.back().kind == item_kind::overdue);
    CHECK(agenda.back().measure == measure_id{"M7"});
    CHECK_FALSE(place("M7"));
    CHECK(place("M8"));

    h.must(chair, open_session{{"b-next"}});
    CHECK(next_session(h.own, {"house"}) == session_id{"a-later"});
}
