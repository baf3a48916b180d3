#include "charter/views.hpp"

#include <doctest/doctest.h>

#include "charter/tests/small_union.hpp"

using namespace veche;
using namespace veche::charter;
using namespace veche::charter::testing;

namespace {

const viewer public_viewer{{}, start_of(parse_date("2026-02-01").value())};

template <class Query>
auto must(const state& s, const Query& q) {
    auto answer = ask(world{s}, q, public_viewer);
    REQUIRE_MESSAGE(answer.has_value(), answer.error().sentence());
    // Views are described: they travel as JSON and come back.
    const std::string json = veche::to_json(*answer);
    const auto again = from_json<typename decltype(answer)::value_type>(json);
    REQUIRE(again.has_value());
    CHECK(veche::to_json(*again) == json);
    return *std::move(answer);
}

}  // namespace

TEST_CASE("without a union the views say so") {
    const state none;
    CHECK(ask(world{none}, union_query{}, public_viewer).error().code() == "charter.not_founded");
    CHECK(ask(world{none}, bodies_query{}, public_viewer).error().code() == "charter.not_founded");
    CHECK(ask(world{none}, body_query{}, public_viewer).error().code() == "charter.not_founded");
    CHECK(ask(world{none}, persons_query{}, public_viewer).error().code() == "charter.not_founded");
}

TEST_CASE("the union on a day: members, weights, how the charter changes") {
    const state s = small_state();
    const auto today = must(s, union_query{});
    REQUIRE(today.members.size() == 2);
    CHECK(today.members[0].weights[1].name == "pop");
    CHECK(today.members[0].weights[1].value == 70);
    CHECK(today.members[0].weights[1].label.words == "population");
    CHECK(today.members[0].seats == 4);
    CHECK(today.zone == "Europe/Moscow");
    CHECK(today.amendment->body.name.at("en") == "Council");
    CHECK(today.amendment->rule.text == "quorum [ absent = 0 ] pass yes = seats");
    const auto then = must(s, union_query{day("2025-12-31")});
    CHECK(then.members[0].weights[1].value == 60);
    CHECK(must(s, union_query{day("2031-01-01")}).members.size() == 1);
}

TEST_CASE("all bodies with their seats, held and vacant") {
    const auto view = must(small_state(), bodies_query{});
    REQUIRE(view.bodies.size() == 3);
    CHECK(view.bodies[1].seats == 5);
    CHECK(view.bodies[1].held == 3);
    CHECK(view.bodies[1].invented);
    CHECK(view.bodies[1].parent->id == body_id{"council"});
    CHECK(view.bodies[2].offices == 1);
}

TEST_CASE("one body: seats by member, offices, rules in words") {
    const state s = small_state();
    const auto house = must(s, body_query{{"house"}, std::nullopt});
    REQUIRE(house.members.size() == 2);
    CHECK(house.members[0].name.at("en") == "North");
    CHECK(house.members[0].seats[2].holder->person == person_id{"deputy-n-3"});
    CHECK_FALSE(house.members[1].seats[0].holder.has_value());
    CHECK(house.seats == 5);
    CHECK(house.below.at(0).id == body_id{"office"});
    CHECK(house.escalate_days == 10);
    CHECK_FALSE(house.amends_charter);
    REQUIRE(house.rules.size() == 1);
    CHECK(house.rules[0].mark == source_mark::illustrative);
    CHECK(house.rules[0].words.at(0).code == "rule.blocs_majority");
    CHECK(house.rules[0].words.back().words ==
          "population in favour: at least 2/3 of population in all");

    const auto council = must(s, body_query{{"council"}, day("2025-06-01")});
    CHECK(council.amends_charter);
    CHECK(council.members[0].seats[0].holder->person == person_id{"north-1"});
    CHECK(council.offices[0].holders.empty());
    CHECK(must(s, body_query{{"council"}, std::nullopt}).offices[0].holders.size() == 1);
    CHECK(ask(world{s}, body_query{{"senate"}, std::nullopt}, public_viewer).error().code() ==
          "charter.body_unknown");
}

TEST_CASE("persons with what they hold and held") {
    const auto view = must(small_state(), persons_query{});
    REQUIRE(view.persons.size() == 7);
    CHECK(view.persons[0].posts.size() == 1);
    CHECK_FALSE(view.persons[0].posts[0].now);
    CHECK(view.persons[1].posts.size() == 2);
    CHECK(view.persons[1].posts[1].office == office_id{"council/chair"});
    CHECK(view.persons[1].posts[1].now);
    CHECK(view.persons[1].posts[0].body.id == body_id{"council"});
}
