#include <algorithm>

#include "assembly/limits.hpp"
#include "assembly/tally.hpp"
#include "assembly/tests/hall.hpp"

using namespace veche;
using namespace veche::assembly;
using namespace veche::assembly::testing;

namespace {

const vote& the_vote(const hall& h) {
    return *h.own.votes.find(vote_id{"v"});
}
void cast(hall& h, const actor& who, vote_choice choice) {
    h.must(who, ballot_in("v", who.auth, choice));
}

charter::outcome close(hall& h, std::optional<std::string> chair_seat = std::nullopt,
                       const actor& who = chair) {
    h.must(who, close_vote{{"v"}, std::move(chair_seat)});
    REQUIRE(the_vote(h).result);
    return the_vote(h).result->outcome;
}

}  // namespace

TEST_CASE("two yes under unanimity adopt, one no rejects, one absent rejects") {
    const auto outcome = [](std::optional<vote_choice> second) {
        hall h = hall_with_vote("council");
        cast(h, north, vote_choice::yes);
        if (second) cast(h, south, *second);
        return close(h);
    };
    CHECK(outcome(vote_choice::yes) == charter::outcome::adopted);
    CHECK(outcome(vote_choice::no) == charter::outcome::rejected);
    CHECK(outcome(vote_choice::abstain) == charter::outcome::rejected);
    CHECK(outcome(std::nullopt) == charter::outcome::rejected);
}

TEST_CASE("a vote that nobody cast in adopts nothing") {
    hall h = hall_with_vote("council");
    CHECK(close(h) != charter::outcome::adopted);
}

TEST_CASE("the votes of a session have one roll until what it says changes") {
    hall h = hall_with_vote("council");
    const auto roll_of = [&](const char* id) { return h.own.votes.find(vote_id{id})->roll; };
    close(h);
    h.must(chair, motion_of("next", "s"));
    h.must(chair, vote_on("w", "next"));
    CHECK(roll_of("w") == roll_of("v"));
    // Nobody's ballot is anybody else's.
    h.must(north, ballot_in("w", "council/north", vote_choice::yes));
    CHECK(the_vote(h).marks[0].ballot == charter::ballot::absent);
    h.must(chair, close_vote{{"w"}, {}});

    charter::charter_document changes;
    for (const auto& row : small_union().bodies)
        if (row.id.value == "council") changes.bodies.push_back(row);
    changes.bodies[0].votes.emplace().written_hours = 3;
    h.charter.put(changes, {});
    h.must(chair, motion_of("last", "s"));
    h.must(chair, vote_on("x", "last"));
    CHECK(roll_of("x") != roll_of("w"));
    CHECK(roll_of("x")->procedure.written_hours == 3);
    CHECK_FALSE(roll_of("v")->procedure.written_hours);
}

TEST_CASE("a seat that changes hands between two votes is the new holder's in the second") {
    hall h = hall_with_vote("council");
    const auto roll_of = [&](const char* id) { return h.own.votes.find(vote_id{id})->roll; };
    close(h);
    const auto& rows = h.charter.document().mandates;
    charter::mandate held = *std::find_if(rows.begin(), rows.end(),
                                          [](const auto& row) { return row.seat == north.auth; });
    SUBCASE("by a mandate") {
        held.person = {"p-other"};
        h.charter.put(held);
    }
    SUBCASE("by the day alone") {
        charter::mandate next = held;
        held.until = date_of(h.now);
        next.id = "mandate-next";
        next.person = {"p-other"};
        next.from = {date_of(h.now).days + 1};
        h.charter.put(held);
        h.charter.put(next);
        h.must(chair, motion_of("same-day", "s"));
        h.must(chair, vote_on("u", "same-day"));
        CHECK(roll_of("u") == roll_of("v"));
        h.must(chair, close_vote{{"u"}, {}});
        h.now = plus_days(h.now, 1);
    }
    h.must(chair, motion_of("next", "s"));
    h.must(chair, vote_on("w", "next"));
    CHECK(roll_of("v")->electors[0].holder == person_id{north.person});
    CHECK(roll_of("w")->electors[0].holder == person_id{"p-other"});
    CHECK(h.ask_for(north, ballot_in("w", north.auth, vote_choice::yes)).error().kind ==
          &refusals::seat_not_held);
    h.must({"p-other", north.auth}, ballot_in("w", north.auth, vote_choice::yes));
}

TEST_CASE("the result holds every seat in the order of the charter, absent ones too") {
    hall h = hall_with_vote("house");
    cast(h, deputy("n", 1), vote_choice::yes);
    cast(h, deputy("s", 1), vote_choice::no);
    cast(h, deputy("n", 3), vote_choice::abstain);
    close(h);
    const vote_decided& result = *the_vote(h).result;
    using charter::ballot;
    const std::vector<seat_ballot> expected{{"house-n-1", ballot::yes},
                                            {"house-n-2", ballot::absent},
                                            {"house-n-3", ballot::abstain},
                                            {"house-s-1", ballot::no},
                                            {"house-s-2", ballot::absent}};
    CHECK(result.ballots == expected);
    CHECK(result.counts == ballot_counts{1, 1, 1, 2, 0});
    CHECK_FALSE(result.reasons.empty());
    CHECK(result.closed == closing::by_chair);
}

TEST_CASE("a roll too long for one entry goes on in further ones, before the decision") {
    auto doc = small_union();
    doc.bodies.back().rules = {"opinion"};
    constexpr std::size_t seats = 2 * limits::record_seats + 3;
    doc.seats.push_back({"crowd", {"empty"}, member_id{"N"}, int{seats}, en("Member")});
    doc.mandates.push_back({"m-crowd",
                            {"p-crowd"},
                            "crowd-502",
                            std::nullopt,
                            *parse_date("2026-01-01"),
                            std::nullopt});
    hall h = with_motion(hall(doc), "empty");
    h.must(chair, vote_on("v", "m"));
    h.must({"p-crowd", "crowd-502"}, ballot_in("v", "crowd-502", vote_choice::yes));
    CHECK(close(h) == charter::outcome::adopted);
    CHECK(the_vote(h).result->ballots.size() == limits::record_seats);
    REQUIRE(h.followed.size() == 4);
    const auto second = from_json<roll_continued>(h.followed[1].body).value();
    const auto third = from_json<roll_continued>(h.followed[2].body).value();
    CHECK(second.ballots.front().seat == "crowd-251");
    CHECK(second.ballots.size() == limits::record_seats);
    REQUIRE(third.ballots.size() == 3);
    CHECK(third.ballots[1] == seat_ballot{"crowd-502", charter::ballot::yes});
    CHECK(h.followed[3].type == decision_adopted::wire.type);
}

TEST_CASE("the last ballot before closing counts") {
    hall h = hall_with_vote("council");
    cast(h, north, vote_choice::no);
    cast(h, south, vote_choice::yes);
    cast(h, north, vote_choice::yes);
    CHECK(close(h) == charter::outcome::adopted);
    CHECK(h.refused(north, ballot_in("v", "council/north", vote_choice::no)).kind ==
          &refusals::vote_closed);
    CHECK(h.refused(chair, close_vote{{"v"}, {}}).kind == &refusals::vote_closed);
}

TEST_CASE("only the holder of a seat casts its ballot, and only a seat of the body has one") {
    hall h = hall_with_vote("council");
    CHECK(h.refused(south, ballot_in("v", "council/north", vote_choice::yes)).kind ==
          &refusals::seat_not_held);
    CHECK(h.refused(chair, ballot_in("v", "council/north", vote_choice::yes)).kind ==
          &refusals::seat_not_held);
    CHECK(h.refused(deputy("n", 1), ballot_in("v", "house-n-1", vote_choice::yes)).kind ==
          &refusals::seat_unknown);
}

TEST_CASE("no decision casts a ballot") {
    hall h = hall_with_vote("council");
    context ctx = h.now_as({"", ""});
    ctx.decision = decision_authority{{"2026-0001"}, {"council"}, "unanimity"};
    const auto refused = h.ask_for(ctx, ballot_in("v", "council/north", vote_choice::yes));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == &refusals::seat_not_held);
}

TEST_CASE("once presence is kept, only seats present may vote") {
    hall h = hall_with_vote("council");
    cast(h, south, vote_choice::yes);
    h.must(chair, register_presence{{"s"}, "council/south"});
    const auto refused = h.refused(north, ballot_in("v", "council/north", vote_choice::yes));
    CHECK(refused.kind == &refusals::not_present);
    CHECK(refused.sentence().find("council/north") != std::string::npos);
    h.must(north, register_presence{{"s"}, "council/north"});
    cast(h, north, vote_choice::yes);
    h.must(north, end_presence{{"s"}, "council/north"});
    CHECK(h.refused(north, ballot_in("v", "council/north", vote_choice::no)).kind ==
          &refusals::not_present);
    CHECK(close(h) == charter::outcome::adopted);
}

TEST_CASE("a seat that stands aside has no ballot and does not count") {
    hall h = hall_with_motion("council");
    auto open = vote_on("v", "m");
    open.aside = {"council/south"};
    h.must(chair, open);
    CHECK(h.refused(south, ballot_in("v", "council/south", vote_choice::no)).kind ==
          &refusals::stands_aside);
    cast(h, north, vote_choice::yes);
    CHECK(close(h) == charter::outcome::adopted);
    CHECK(the_vote(h).result->counts == ballot_counts{1, 0, 0, 0, 1});
}

TEST_CASE("without a quorum the motion waits for another vote") {
    hall h = hall_with_vote("house");
    cast(h, deputy("n", 1), vote_choice::yes);
    cast(h, deputy("n", 2), vote_choice::yes);
    CHECK(close(h) == charter::outcome::no_quorum);
    CHECK(status_of(h) == motion_status::tabled);
    CHECK(h.own.decisions.empty());
    h.must(chair, vote_on("v2", "m"));
    for (int n = 1; n <= 3; ++n)
        h.must(deputy("n", n), ballot_in("v2", deputy("n", n).auth, vote_choice::yes));
    h.must(chair, close_vote{{"v2"}, {}});
    CHECK(status_of(h) == motion_status::adopted);
    CHECK(h.refused(chair, vote_on("v3", "m")).kind == &refusals::motion_not_tabled);
}

TEST_CASE("a tie is the chair's to decide where the rule says so, by the closer's own seat") {
    const auto outcome = [](const actor& who_closes, std::optional<std::string> seat) {
        hall h = hall_with_motion("house");
        auto again = motion_of("m2", "s");
        again.rule = "casting-vote";
        h.must(chair, again);
        h.must(chair, vote_on("v", "m2"));
        cast(h, deputy("n", 1), vote_choice::yes);
        cast(h, deputy("s", 1), vote_choice::no);
        // The speaker of this test union presides and sits in the house.
        charter::charter_document more;
        charter::mandate m;
        m.id = "speaker-sits";
        m.person = deputy("n", 1).person == who_closes.person ? person_id{who_closes.person}
                                                              : person_id{"p-other"};
        m.office = office_id{"house/speaker"};
        m.from = *parse_date("2026-01-01");
        more.mandates.push_back(m);
        h.charter.put(more, {});
        return close(h, std::move(seat), who_closes);
    };
    const actor presiding_deputy{deputy("n", 1).person, "house/speaker"};
    CHECK(outcome(presiding_deputy, "house-n-1") == charter::outcome::adopted);
    CHECK(outcome(presiding_deputy, std::nullopt) == charter::outcome::rejected);
    CHECK(outcome(chair, std::nullopt) == charter::outcome::rejected);
}

TEST_CASE("nobody names somebody else's seat as the chair's") {
    hall h = hall_with_vote("house");
    CHECK(h.refused(chair, close_vote{{"v"}, "house-n-1"}).kind == &refusals::seat_not_held);
    CHECK(h.refused(chair, close_vote{{"v"}, "council/north"}).kind == &refusals::seat_unknown);
}

TEST_CASE("seats of one member vote as one where the body says so") {
    hall h = hall_with_vote("chamber");
    for (int n = 1; n <= 2; ++n) cast(h, envoy("n", n), vote_choice::yes);
    cast(h, envoy("n", 3), vote_choice::no);
    for (int n = 1; n <= 3; ++n) cast(h, envoy("s", n), vote_choice::yes);
    CHECK(close(h) == charter::outcome::adopted);
    using charter::ballot;
    CHECK(the_vote(h).result->blocs ==
          std::vector<bloc_voice>{{{"N"}, ballot::yes}, {{"S"}, ballot::yes}});
    CHECK(the_vote(h).result->counts == ballot_counts{5, 1, 0, 0, 0});
}

TEST_CASE("a rule that is not established opens no vote, and says so") {
    hall h = hall_with_motion("board");
    const auto refused = h.refused(chair, vote_on("v", "m"));
    CHECK(refused.kind == &refusals::rule_not_established);
    CHECK(refused.sentence().find("unset") != std::string::npos);
}

TEST_CASE("a body in which nobody sits opens no vote") {
    hall h = hall_with_motion("empty");
    CHECK(h.refused(chair, vote_on("v", "m")).kind == &refusals::nobody_may_vote);
}

TEST_CASE("who may vote is fixed when the vote opens; who holds the seat is not") {
    hall h = hall_with_vote("house");
    h.now = at("2026-11-30T09:00:00.000Z");
    h.must(deputy("s", 2), ballot_in("v", "house-s-2", vote_choice::yes));
    charter::charter_document more;
    more.seats.push_back({"house-x", {"house"}, member_id{"S"}, std::nullopt, en("Member")});
    charter::mandate m{"mandate-x", {"p-x"}, "house-x", std::nullopt, *parse_date("2026-01-01"),
                       {}};
    more.mandates.push_back(m);
    h.charter.put(more, {});
    CHECK(h.refused({"p-x", "house-x"}, ballot_in("v", "house-x", vote_choice::yes)).kind ==
          &refusals::seat_unknown);
    CHECK(the_vote(h).marks.size() == 5);
}

TEST_CASE("a vote closes by itself at its time") {
    hall h = hall_with_motion("council");
    auto open = vote_on("v", "m");
    open.closes = at("2026-11-24T12:00:00.000Z");
    h.must(chair, open);
    CHECK(earliest_due(h.own) == open.closes);
    cast(h, north, vote_choice::yes);
    CHECK(h.refused(chair, close_vote{{"v"}, {}}).kind == &refusals::closes_later);
    h.now.ms = open.closes->ms - 1;
    CHECK(h.pass_deadlines() == 0);
    cast(h, south, vote_choice::yes);
    h.now = *open.closes;
    CHECK(h.refused(south, ballot_in("v", "council/south", vote_choice::no)).kind ==
          &refusals::vote_closed);
    CHECK(h.pass_deadlines() == 1);
    CHECK(the_vote(h).result->closed == closing::by_deadline);
    CHECK(the_vote(h).closed == open.closes);
    CHECK(status_of(h) == motion_status::adopted);
    CHECK_FALSE(earliest_due(h.own));
}

TEST_CASE("the chair closes early once every held seat has voted") {
    hall h = hall_with_motion("house");
    auto open = vote_on("v", "m");
    open.closes = at("2026-11-24T12:00:00.000Z");
    h.must(chair, open);
    for (int n = 1; n <= 3; ++n) cast(h, deputy("n", n), vote_choice::yes);
    CHECK(h.refused(chair, close_vote{{"v"}, {}}).args.back() == "1");
    cast(h, deputy("s", 1), vote_choice::no);
    CHECK(close(h) == charter::outcome::adopted);
    h.now = *open.closes;
    CHECK(h.pass_deadlines() == 0);
}

TEST_CASE("deadlines pass in the order of their times, then of their ids") {
    hall h = hall_with_motion("council");
    const auto open_until = [&](std::string v, std::string m, std::string_view when) {
        if (m != "m") h.must(chair, motion_of(m, "s"));
        auto open = vote_on(std::move(v), std::move(m));
        open.closes = at(when);
        h.must(chair, open);
    };
    open_until("c", "m", "2026-11-24T12:00:00.000Z");
    open_until("b", "m2", "2026-11-24T13:00:00.000Z");
    open_until("a", "m3", "2026-11-24T13:00:00.000Z");
    h.now = at("2026-11-25T00:00:00.000Z");
    CHECK(h.pass_deadlines() == 3);
    std::vector<std::string> order;
    for (const event& e : h.followed) order.push_back(from_json<vote_decided>(e.body)->vote.value);
    CHECK(order == std::vector<std::string>{"c", "a", "b"});
}

TEST_CASE("a session with an open vote does not close") {
    hall h = hall_with_vote("council");
    CHECK(h.refused(chair, close_session{{"s"}}).kind == &refusals::votes_open);
    close(h);
    h.must(chair, close_session{{"s"}});
    CHECK(status_of(h) == motion_status::rejected);
}

TEST_CASE("three-valued rules leave a motion without an opinion") {
    hall h = hall_with_motion("house");
    auto again = motion_of("m2", "s");
    again.rule = "opinion";
    h.must(chair, again);
    h.must(chair, vote_on("v", "m2"));
    cast(h, deputy("n", 1), vote_choice::no);
    cast(h, deputy("n", 2), vote_choice::abstain);
    CHECK(close(h) == charter::outcome::no_opinion);
    CHECK(h.own.motions.find(motion_id{"m2"})->status == motion_status::no_opinion);
}

TEST_CASE("casting changes an unshared state in place and leaves a copy alone") {
    hall h = hall_with_vote("council");
    cast(h, north, vote_choice::no);
    const vote* home = &the_vote(h);
    cast(h, north, vote_choice::yes);
    CHECK(&the_vote(h) == home);
    const state copy = h.own;
    cast(h, north, vote_choice::abstain);
    CHECK(copy.votes.find(vote_id{"v"})->marks[0].ballot == charter::ballot::yes);
    CHECK(the_vote(h).marks[0].ballot == charter::ballot::abstain);
}

TEST_CASE("a silence procedure closes at its own time and adopts unless somebody objects") {
    const auto outcome = [](bool objection) {
        hall h = hall_with_motion("house");
        auto again = motion_of("m2", "s");
        again.rule = "silence";
        h.must(chair, again);
        auto open = vote_on("v", "m2");
        open.closes = at("2026-11-24T12:00:00.000Z");
        CHECK(h.refused(chair, open).kind == &refusals::rule_sets_the_end);
        open.closes.reset();
        h.must(chair, open);
        CHECK(the_vote(h).closes == at("2026-11-27T09:00:00.000Z"));
        if (objection) cast(h, deputy("n", 1), vote_choice::no);
        CHECK(h.refused(chair, close_vote{{"v"}, {}}).kind == &refusals::closes_later);
        h.now = at("2026-11-27T09:00:00.000Z");
        CHECK(h.pass_deadlines() == 1);
        return the_vote(h).result->outcome;
    };
    CHECK(outcome(false) == charter::outcome::adopted);
    CHECK(outcome(true) == charter::outcome::rejected);
}

TEST_CASE("a vote whose blocs would not fit one entry is not opened") {
    const auto refused = [](std::size_t more) {
        auto doc = small_union();
        for (std::size_t n = 0; n < more; ++n)
            doc.seats.push_back({"chamber/" + std::to_string(n), {"chamber"}, {}, {}, en("Seat")});
        return with_motion(hall(doc), "chamber").ask_for(chair, vote_on("v", "m"));
    };
    CHECK(refused(limits::record_blocs - 2));
    const auto why = refused(limits::record_blocs - 1);
    REQUIRE_FALSE(why);
    CHECK(why.error().kind == &refusals::too_many_blocs);
}
