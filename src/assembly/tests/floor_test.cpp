#include "assembly/tests/hall.hpp"

using namespace veche;
using namespace veche::assembly;
using namespace veche::assembly::testing;

namespace {

/// A house in session, presence not kept, the list "l" open on its item "i1".
hall hall_with_list(bool alternate = false) {
    hall h = hall_with_motion("house");
    h.must(chair, open_speakers_list{{"l"}, {"s"}, {"i1"}, 120, 200, alternate});
    return h;
}

ask_for_floor request(std::string id, const actor& who, stance stands = stance::neither) {
    ask_for_floor c;
    c.list = {"l"};
    c.speech = {std::move(id)};
    c.seat = who.auth;
    c.stands = stands;
    return c;
}

ask_for_floor point_by(std::string id, const actor& who) {
    ask_for_floor c = request(std::move(id), who);
    c.kind = speech_kind::point_of_order;
    c.point = order_point::quorum;
    return c;
}

std::string line(const hall& h) {
    std::string out;
    for (const speech* s : line_of(*h.own.lists.find(list_id{"l"}))) out += s->id.value + " ";
    return out;
}

list_view seen(const hall& h) {
    return h.view(floor_query{{"s"}}, chair).lists.at(0);
}

void wait(hall& h, int seconds) {
    h.now.ms += seconds * 1000;
}

}  // namespace

TEST_CASE("speakers are heard in the order in which they asked, points of order first") {
    hall h = hall_with_list();
    h.must(n1, request("a", n1));
    h.must(s1, request("b", s1));
    h.must(n2, point_by("p", n2));
    CHECK(line(h) == "p a b ");
    h.must(chair, move_speech{{"l"}, {"b"}, speech_id{"a"}});
    CHECK(line(h) == "p b a ");
    h.must(chair, move_speech{{"l"}, {"b"}, {}});
    CHECK(line(h) == "p a b ");
    h.must(s1, withdraw_speech{{"l"}, {"b"}});
    CHECK(line(h) == "p a ");
}

TEST_CASE("on a list that alternates, for and against take turns while both wait") {
    hall h = hall_with_list(true);
    h.must(n1, request("for1", n1, stance::in_favour));
    h.must(n2, request("for2", n2, stance::in_favour));
    h.must(s1, request("against", s1, stance::against));
    h.must(n3, request("other", n3));
    CHECK(line(h) == "for1 against for2 other ");
    h.must(chair, give_floor{{"l"}, {}});
    CHECK(line(h) == "for2 against other ");
    h.must(chair, end_speech{{"l"}});
    CHECK(line(h) == "against for2 other ");
}

TEST_CASE("the clock counts what the entries say, and stands while a speech is paused") {
    hall h = hall_with_list();
    h.must(n1, request("a", n1));
    h.must(s1, request("b", s1));
    h.must(chair, give_floor{{"l"}, {}});
    wait(h, 50);
    h.must(chair, pause_speech{{"l"}});
    wait(h, 1000);
    h.must(chair, resume_speech{{"l"}});
    wait(h, 80);
    auto now = seen(h);
    REQUIRE(now.speaking);
    CHECK(now.speaking->used == 130);
    CHECK(now.speaking->left == -10);
    CHECK(now.speaking->over);
    h.must(chair, add_speaking_time{{"l"}, 60});
    CHECK_FALSE(seen(h).speaking->over);
    h.must(chair, give_floor{{"l"}, {}});
    now = seen(h);
    CHECK(now.speaking->id.value == "b");
    REQUIRE(now.done.size() == 1);
    CHECK(now.done[0].used == 130);
    wait(h, 10);
    now = seen(h);
    REQUIRE(now.times.size() == 2);
    CHECK(now.times[0].member == member_id{"N"});
    CHECK(now.times[0].left == 70);
    CHECK(now.times[1].used == 10);
}

TEST_CASE("a point of order interrupts, and the speech has the floor again, its clock at rest") {
    hall h = hall_with_list();
    h.must(n1, request("a", n1));
    h.must(chair, give_floor{{"l"}, {}});
    wait(h, 30);
    h.must(s1, point_by("p", s1));
    h.must(chair, give_floor{{"l"}, {}});
    CHECK(seen(h).speaking->id.value == "p");
    CHECK(seen(h).interrupted.at(0).used == 30);
    wait(h, 100);
    // The order in which others wait may change meanwhile.
    h.must(n2, request("b", n2));
    h.must(n3, request("c", n3));
    h.must(chair, move_speech{{"l"}, {"c"}, speech_id{"b"}});
    h.must(chair, end_speech{{"l"}});
    const auto now = seen(h);
    CHECK(now.speaking->id.value == "a");
    CHECK_FALSE(now.speaking->running);
    CHECK(now.speaking->used == 30);
    CHECK(h.refused(chair, pause_speech{{"l"}}).kind == &refusals::clock_stands);
    h.must(chair, resume_speech{{"l"}});
    CHECK(h.refused(chair, resume_speech{{"l"}}).kind == &refusals::clock_runs);
}

TEST_CASE("who may ask for the floor, and when") {
    hall h = hall_with_list();
    const auto refused = [&](const actor& who, const ask_for_floor& c) {
        return h.refused(who, c).kind;
    };
    CHECK(refused(s1, request("a", n1)) == &refusals::seat_not_held);
    CHECK(refused(north, request("a", north)) == &refusals::seat_unknown);
    ask_for_floor guest = request("g", n1);
    guest.seat.reset();
    CHECK(refused(n1, guest) == &refusals::speaker_missing);
    guest.guest = en("An expert of the secretariat");
    CHECK(refused(n1, guest) == &refusals::guests_by_chair);
    h.must(chair, guest);
    ask_for_floor point = point_by("p", n1);
    point.point.reset();
    CHECK(refused(n1, point) == &refusals::point_missing);
    h.must(n1, request("a", n1));
    CHECK(refused(n1, request("a", n1)) == &refusals::id_taken);
    CHECK(refused(n1, request("b", n1)) == &refusals::already_waiting);
    h.must(chair, request("b", n2));  // the chair puts down whom it sees
}

TEST_CASE("what stands in the chair's way is said") {
    hall h = hall_with_list();
    CHECK(h.refused(n1, give_floor{{"l"}, {}}).code() == "charter.power_missing");
    CHECK(h.refused(chair, give_floor{{"x"}, {}}).kind == &refusals::list_unknown);
    CHECK(h.refused(chair, give_floor{{"l"}, {}}).kind == &refusals::nobody_waits);
    CHECK(h.refused(chair, end_speech{{"l"}}).kind == &refusals::nobody_speaks);
    h.must(n1, request("a", n1));
    CHECK(h.refused(chair, give_floor{{"l"}, speech_id{"z"}}).kind == &refusals::speech_unknown);
    h.must(chair, give_floor{{"l"}, speech_id{"a"}});
    CHECK(h.refused(chair, give_floor{{"l"}, speech_id{"a"}}).kind ==
          &refusals::speech_not_waiting);
    h.must(chair, add_speaking_time{{"l"}, 36'000});
    CHECK(h.refused(chair, add_speaking_time{{"l"}, 1}).kind == &refusals::seconds_out_of_range);
    h.must(chair, close_speakers_list{{"l"}});
    CHECK(h.refused(n2, request("b", n2)).kind == &refusals::list_closed);
    h.must(n2, point_by("p", n2));  // points of order are heard all the same
}

TEST_CASE("a session that closes takes the floor from everyone") {
    hall h = hall_with_list();
    h.must(n1, request("a", n1));
    h.must(chair, give_floor{{"l"}, {}});
    h.must(s1, point_by("p", s1));
    h.must(chair, give_floor{{"l"}, {}});
    wait(h, 5);
    h.must(chair, close_session{{"s"}});
    const auto now = seen(h);
    CHECK_FALSE(now.open);
    CHECK_FALSE(now.speaking);
    CHECK(now.done.size() == 2);
    CHECK(h.refused(chair, give_floor{{"l"}, {}}).kind == &refusals::session_not_open);
}
