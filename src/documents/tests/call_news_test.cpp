#include "documents/call_news.hpp"

#include <doctest/doctest.h>

#include "documents/tests/assembled_union.hpp"

using namespace veche;
using namespace veche::documents;
using veche::documents::testing::has;

namespace {

instant moment(std::string_view text) {
    return *parse_instant(text);
}

calls::call_history small_history() {
    calls::call_history of;
    of.call = {"study"};
    of.title = {{"en", "Study places"}, {"ru", "Учебные места"}};
    of.body_name = {{"en", "The committee"}};
    of.opens = moment("2026-03-01T08:00:00.000Z");
    of.closes = moment("2026-03-20T12:00:00.000Z");
    of.turns = {{calls::call_turn::decided, moment("2026-02-01T10:00:00.000Z"), 7, {}, {}},
                {calls::call_turn::opened, of.opens, {}, {}, {}},
                {calls::call_turn::closed, of.closes, 20, {}, {}},
                {calls::call_turn::allocated, moment("2026-03-25T10:00:00.000Z"), 31, 1,
                 moment("2026-04-08T10:00:00.000Z")},
                {calls::call_turn::concluded, moment("2026-05-01T10:00:00.000Z"), 40, {}, {}}};
    return of;
}

}  // namespace

TEST_CASE("a call tells in a feed that it was decided on, opened, closed, allocated, concluded") {
    testing::assembled_union of;
    const auto en = news_of(of.in("en"), small_history());
    const auto ru = news_of(of.in("ru"), small_history());
    REQUIRE(en.size() == 5);
    for (std::size_t i = 0; i < en.size(); ++i) {
        CHECK(en[i].id == ru[i].id);
        CHECK(en[i].path == "calls/study");
    }
    CHECK(en[0].id == "journal/7");
    CHECK(en[0].title == "Call: Study places");
    CHECK(en[1].id == "call/study/opened");
    CHECK(has(en[1].summary, "20 March 2026"));
    CHECK(en[3].title == "Allocated, round 1: Study places");
    CHECK(has(en[3].summary, "8 April 2026"));
    CHECK(has(ru[4].title, "Учебные места"));
    const std::string out = to_atom(of.in("en"), {"call/study", "calls/study", "/x", "S", en});
    CHECK(has(out, "Concluded: Study places"));
}

TEST_CASE("a budget puts the days of its vote into a calendar, and its turns into a feed") {
    testing::assembled_union of;
    calls::call_history voted = small_history();
    voted.votes_from = moment("2026-03-22T08:00:00.000Z");
    voted.votes_until = moment("2026-03-24T12:00:00.000Z");
    voted.turns.insert(voted.turns.begin() + 3,
                       {{calls::call_turn::vote_opened, *voted.votes_from, 21, {}, {}},
                        {calls::call_turn::vote_closed, *voted.votes_until, 22, {}, {}}});
    const auto events = events_of(of.in("en"), voted);
    REQUIRE(events.size() == 5);
    CHECK_FALSE(events[2].remind);
    CHECK(events[3].remind);
    const std::string out = to_icalendar(of.in("en"), {"S", "Europe/Minsk", events});
    CHECK(has(out, "UID:call-study-votes-from@union.example\r\n"));
    CHECK(has(out, "UID:call-study-votes-until@union.example\r\n"));
    CHECK(has(out, "DTSTART;TZID=Europe/Minsk:20260322T110000\r\n"));
    CHECK(has(out, "DTSTART;TZID=Europe/Minsk:20260324T150000\r\n"));
    CHECK(has(out, "Voting ends: Study places"));
    const auto news = news_of(of.in("en"), voted);
    REQUIRE(news.size() == 7);
    CHECK(news[3].title == "Voting began: Study places");
    CHECK(has(news[3].summary, "24 March 2026"));
    CHECK(news[4].id == "journal/22");
}

TEST_CASE("a call puts its opening, its closing and the last moments to answer into a calendar") {
    testing::assembled_union of;
    const auto events = events_of(of.in("en"), small_history());
    REQUIRE(events.size() == 3);
    const std::string out = to_icalendar(of.in("en"), {"S", "Europe/Minsk", events});
    CHECK(has(out, "UID:call-study-opens@union.example\r\n"));
    CHECK(has(out, "UID:call-study-closes@union.example\r\n"));
    CHECK(has(out, "UID:call-study-answers-1@union.example\r\n"));
    CHECK(has(out, "DTSTART;TZID=Europe/Minsk:20260320T150000\r\n"));
    CHECK(has(out, "DTSTART;TZID=Europe/Minsk:20260408T130000\r\n"));
}
