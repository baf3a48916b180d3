#include "assembly/motion_refusal.hpp"
#include "assembly/sitting_refusal.hpp"
#include "assembly/tests/hall.hpp"

using namespace veche;
using namespace veche::assembly;
using namespace veche::assembly::testing;

namespace {

hall hall_with_notice(charter::late_notice late, int days) {
    auto doc = small_union();
    auto& how = doc.bodies.front().sessions.emplace();
    how.notice_days = days;
    how.late = late;
    hall h(doc);
    h.must(secretary, session_of("s", "council"));
    return h;
}

send_invitations invite(std::vector<invited_guest> guests = {}) {
    return {{"s"}, std::move(guests), {}};
}

answer_invitation answer_of(std::string seat, invitation_answer answer) {
    answer_invitation c;
    c.session = {"s"};
    c.seat = std::move(seat);
    c.answer = answer;
    return c;
}

presence_view seat_of(const hall& h, const std::string& seat) {
    for (const auto& one : h.view(session_query{{"s"}}).presence)
        if (one.seat == seat) return one;
    FAIL("no seat ", seat);
    return {};
}

}  // namespace

TEST_CASE("a notice shorter than the charter asks for is marked or refused, to the millisecond") {
    // The session begins on 1 December at 10:00.
    hall marks = hall_with_notice(charter::late_notice::mark, 5);
    marks.now = at("2026-11-26T10:00:00.000Z");
    marks.must(secretary, invite());
    CHECK_FALSE(marks.view(session_query{{"s"}}).notice->late);
    marks.now.ms += 1;
    marks.must(secretary, invite());
    CHECK(marks.view(session_query{{"s"}}).notice->late);
    CHECK(marks.view(session_query{{"s"}}).notice->days == 5);

    hall refuses = hall_with_notice(charter::late_notice::refuse, 5);
    refuses.now = at("2026-11-26T10:00:00.001Z");
    const auto why = refuses.refused(secretary, invite());
    CHECK(why.kind == &refusals::notice_too_short);
    CHECK(why.args == std::vector<std::string>{"5", "2026-11-26T10:00:00.000Z"});
    refuses.now.ms -= 1;
    refuses.must(secretary, invite());
}

TEST_CASE("a joint session keeps the longest notice of the bodies that sit") {
    auto doc = small_union();
    doc.bodies[0].sessions.emplace().notice_days = 2;
    doc.bodies[1].sessions.emplace().notice_days = 9;
    hall h(doc);
    auto joint = session_of("s", doc.bodies[0].id.value);
    joint.joint_with = {doc.bodies[1].id};
    h.must(secretary, joint);
    h.must(secretary, invite());
    CHECK(h.view(session_query{{"s"}}).notice->days == 9);
    CHECK(h.view(session_query{{"s"}}).notice->late);
}

TEST_CASE("everybody who holds a seat on the day is invited, and answers for it") {
    hall h;
    h.must(secretary, session_of("s", "council"));
    CHECK(h.refused(north, answer_of("council/north", invitation_answer::accept)).kind ==
          &refusals::not_invited);
    h.must(secretary, invite());
    h.must(north, answer_of("council/north", invitation_answer::accept));
    CHECK(h.refused(north, answer_of("council/south", invitation_answer::accept)).kind ==
          &refusals::may_not_answer);
    // By letter: the office that convenes puts it down.
    h.must(secretary, answer_of("council/south", invitation_answer::decline));
    auto notice = *h.view(session_query{{"s"}}).notice;
    CHECK(notice.invited == 2);
    CHECK(notice.accepted == 1);
    CHECK(notice.declined == 1);
    auto sends = answer_of("council/north", invitation_answer::substitute);
    CHECK(h.refused(north, sends).kind == &refusals::substitute_missing);
    sends.substitute = en("Deputy minister");
    h.must(north, sends);
    sends.answer = invitation_answer::accept;
    CHECK(h.refused(north, sends).kind == &refusals::substitute_missing);
    CHECK(seat_of(h, "council/north").attends == attendance::represented);
    CHECK(h.view(session_query{{"s"}}).notice->substitutes == 1);
}

TEST_CASE("an answer was given to one time: another time shows it as old") {
    hall h;
    h.must(secretary, session_of("s", "council"));
    h.must(secretary, invite());
    h.must(north, answer_of("council/north", invitation_answer::accept));
    h.must(secretary, reschedule_session{{"s"}, at("2026-12-05T10:00:00.000Z"), {}});
    CHECK(h.view(session_query{{"s"}}).notice->outdated);
    CHECK(seat_of(h, "council/north").answer_outdated);
    h.must(secretary, invite());
    CHECK_FALSE(h.view(session_query{{"s"}}).notice->outdated);
    CHECK(seat_of(h, "council/north").answer_outdated);
    h.must(north, answer_of("council/north", invitation_answer::accept));
    CHECK_FALSE(seat_of(h, "council/north").answer_outdated);
}

TEST_CASE("guests are invited by role; the holder of the office named answers") {
    hall h;
    h.must(secretary, session_of("s", "council"));
    const invited_guest speaker_of_house{{"g1"}, en("Speaker"), office_id{"house/speaker"}};
    CHECK(h.refused(secretary, invite({{{"g1"}, en("x"), office_id{"nobody"}}})).kind ==
          &refusals::office_unknown);
    CHECK(h.refused(secretary, invite({{{"g1"}, {}, {}}})).kind == &refusals::text_missing);
    h.must(secretary, invite({speaker_of_house, {{"g2"}, en("Expert"), {}}}));
    CHECK(h.refused(secretary, invite({speaker_of_house})).kind == &refusals::id_taken);
    answer_invitation c;
    c.session = {"s"};
    CHECK(h.refused(speaker, c).kind == &refusals::invitee_missing);
    c.guest = guest_id{"g1"};
    h.must(speaker, c);
    c.guest = guest_id{"g2"};
    CHECK(h.refused(speaker, c).kind == &refusals::may_not_answer);
    // Sent again, it keeps the guests and what they answered.
    h.must(secretary, invite({{{"g3"}, en("Press"), {}}}));
    const auto guests = h.view(session_query{{"s"}}, speaker).guests;
    REQUIRE(guests.size() == 3);
    CHECK(guests[0].answer == invitation_answer::accept);
    CHECK(guests[0].own);
    CHECK_FALSE(guests[1].own);
    CHECK(guests[2].guest.value == "g3");
}

TEST_CASE("the attendance list says who came, from when to when, and who did not") {
    hall h;
    h.must(secretary, session_of("s", "council"));
    CHECK(seat_of(h, "council/north").attends == attendance::expected);
    h.must(north, register_presence{{"s"}, "council/north"});
    h.now = at("2026-12-01T10:00:00.000Z");
    h.must(chair, open_session{{"s"}});
    h.now = at("2026-12-01T10:30:00.000Z");
    CHECK(seat_of(h, "council/south").attends == attendance::absent);
    h.must(north, end_presence{{"s"}, "council/north"});
    CHECK(seat_of(h, "council/north").attends == attendance::left);
    h.now = at("2026-12-01T11:00:00.000Z");
    h.must(north, register_presence{{"s"}, "council/north"});
    CHECK(h.refused(south, excuse_absence{{"s"}, "council/south"}).kind->http_status == 403);
    h.must(chair, excuse_absence{{"s"}, "council/south"});
    CHECK(h.refused(secretary, excuse_absence{{"s"}, "council/south"}).kind ==
          &refusals::already_excused);
    h.now = at("2026-12-01T11:15:00.000Z");
    h.must(chair, close_session{{"s"}});
    h.now = at("2026-12-03T11:15:00.000Z");
    const auto came = seat_of(h, "council/north");
    CHECK(came.attends == attendance::present);
    CHECK(came.minutes_present == 45);  // from the opening, without the half hour outside
    CHECK(came.left == at("2026-12-01T11:15:00.000Z"));
    CHECK(came.entries.size() == 3);
    CHECK(seat_of(h, "council/south").attends == attendance::excused);
}

TEST_CASE("every refusal about sittings is listed once") {
    std::vector<std::string_view> codes;
    for (const refusal_kind* kind : refusals::of_sittings::all) {
        CHECK(kind->code.starts_with("assembly."));
        codes.push_back(kind->code);
    }
    std::sort(codes.begin(), codes.end());
    CHECK(std::adjacent_find(codes.begin(), codes.end()) == codes.end());
}
