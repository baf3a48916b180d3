// The charter in force: electorates, holders, titles, amendments.

#include <doctest/doctest.h>

#include "charter/tests/small_union.hpp"

using namespace veche;
using namespace veche::charter;
using namespace veche::charter::testing;

TEST_CASE("a state without a union answers nothing and stays calm") {
    const state s;
    CHECK_FALSE(s.founded());
    CHECK(s.find_body({"council"}) == nullptr);
    CHECK(s.find_seat("council/N") == nullptr);
    CHECK(s.parsed_rule("unanimity") == nullptr);
    CHECK(s.electorate({"council"}, day("2026-01-01")).empty());
    CHECK(s.seats_of({"north-1"}, {"council"}, day("2026-01-01")).empty());
    CHECK(s.offices_of({"head"}, day("2026-01-01")).empty());
    CHECK_FALSE(s.holds_seat({"north-1"}, "council/N", day("2025-06-01")));
    CHECK_FALSE(s.holds_office({"head"}, {"office/head"}, day("2025-06-01")));
    CHECK(s.persons().empty());
    CHECK(s.title_of({"head"}).empty());
    CHECK(s.name_of_seat("council/N").empty());
}

TEST_CASE("electorate and weights are those of the day") {  // law 5
    const state s = small_state();
    const auto then = s.electorate({"council"}, day("2025-12-31"));
    REQUIRE(then.size() == 2);
    CHECK(then[0].seat == "council/N");
    CHECK(then[0].member == member_id{"N"});
    CHECK(then[0].holder == person_id{"north-1"});
    CHECK(then[0].weights == std::map<std::string, std::int64_t>{{"money", 5}, {"pop", 60}});
    const auto now = s.electorate({"council"}, day("2026-01-01"));
    CHECK(now[0].holder == person_id{"north-2"});
    CHECK(now[0].weights.at("pop") == 70);
    // Two thirds of 100 were reached by neither; 70 of 110 neither, and only North's weight
    // changed.
    const rule& r = *s.parsed_rule("by-people");
    CHECK(outcome_of(r, voters_of(then), {{"council/N", ballot::yes}}) == outcome::rejected);
    CHECK(evaluate(r, voters_of(now), {{"council/N", ballot::yes}}).sentence ==
          "Rejected: population in favour: 70 of 110 (63.63 %), 74 needed.");
    // Before money had a value it is not there at all.
    CHECK_FALSE(s.electorate({"council"}, day("2020-06-01"))[0].weights.contains("money"));
}

TEST_CASE("the electorate that is kept is that of the day, under the charter in force") {
    const auto same = [](const state& s) {
        // Each twice, and more days than are kept at once.
        for (int n = 0; n < 2; ++n)
            for (const char* body : {"council", "house", "office", "nothing"}) {
                for (const char* on : {"2019-12-31", "2020-06-01", "2025-12-31", "2026-01-01",
                                       "2030-12-31", "2031-01-01"})
                    CHECK(*s.kept_electorate({body}, day(on)) == s.electorate({body}, day(on)));
                for (std::int32_t more = 0; more < 50; ++more) {
                    const date on{day("2025-12-01").days + more};
                    CHECK(*s.kept_electorate({body}, on) == s.electorate({body}, on));
                }
            }
    };
    same(state());
    const state before = small_state();
    same(before);
    state after = before;
    mandate changed = *before.find_mandate(before.document().mandates.front().id);
    changed.person = {"somebody-else"};
    after.put(changed);
    same(after);
    same(before);
}

TEST_CASE("a member that has left, or has not come yet, has no vote") {
    const state s = small_state();
    CHECK(s.electorate({"council"}, day("2030-12-31")).size() == 2);
    const auto after = s.electorate({"council"}, day("2031-01-01"));
    REQUIRE(after.size() == 1);
    CHECK(after[0].member == member_id{"N"});
    CHECK(s.electorate({"council"}, day("2019-12-31")).empty());
}

TEST_CASE("rows of seats are numbered, vacant ones have no holder") {
    const state s = small_state();
    const auto house = s.electorate({"house"}, day("2025-06-01"));
    REQUIRE(house.size() == 5);
    CHECK(house[2].seat == "house/n-3");
    CHECK(house[2].holder == person_id{"deputy-n-3"});
    CHECK(house[4].seat == "house/s-2");
    CHECK(house[4].holder.empty());
    CHECK(s.find_seat("house/n-3")->id == "house/n");
    CHECK(s.find_seat("house/n-4") == nullptr);
    CHECK(s.find_seat("house/n") == nullptr);
    CHECK(s.name_of_seat("house/n-3").at("ru") == "Депутат от Севера, № 3");
    CHECK(voters_of(house)[0].attributes.at("st") == "N");
    CHECK(s.electorate({"office"}, day("2025-06-01")).empty());
}

TEST_CASE("seats and offices are held from the first day to the last") {
    const state s = small_state();
    CHECK_FALSE(s.holds_seat({"north-1"}, "council/N", day("2024-12-31")));
    CHECK(s.holds_seat({"north-1"}, "council/N", day("2025-01-01")));
    CHECK(s.holds_seat({"north-1"}, "council/N", day("2025-12-31")));
    CHECK_FALSE(s.holds_seat({"north-1"}, "council/N", day("2026-01-01")));
    CHECK_FALSE(s.holds_seat({""}, "house/s-1", day("2026-01-01")));
    CHECK(s.holds_office({"head"}, {"office/head"}, day("2026-06-30")));
    CHECK_FALSE(s.holds_office({"head"}, {"office/head"}, day("2026-07-01")));
    CHECK(s.seats_of({"north-2"}, {"council"}, day("2026-01-01")) ==
          std::vector<std::string>{"council/N"});
    CHECK(s.seats_of({"north-2"}, {"house"}, day("2026-01-01")).empty());
    const auto offices = s.offices_of({"north-2"}, day("2026-01-01"));
    REQUIRE(offices.size() == 1);
    CHECK(offices[0]->id == office_id{"council/chair"});
}

TEST_CASE("whoever ever held a mandate has a title") {
    const state s = small_state();
    const auto persons = s.persons();
    REQUIRE(persons.size() == 7);
    CHECK(persons[0].first == person_id{"north-1"});
    CHECK(persons[0].second.at("en") == "Minister of North");
    CHECK(s.title_of({"deputy-n-2"}).at("en") == "Deputy from North, No 2");
    CHECK(s.title_of({"head"}).at("en") == "Head of office");
    CHECK(s.title_of({"nobody"}).empty());
}

TEST_CASE("copies of a state are independent of one another") {
    const state before = small_state();
    state after = before;
    charter_document changes;
    changes.id = "small-union";
    changes.name = {{"en", "Renamed"}};
    after.put(changes, {{"mandates", "head"}});
    CHECK(before.document().name.at("en") == "Small union");
    CHECK(before.holds_office({"head"}, {"office/head"}, day("2026-01-01")));
    CHECK(after.document().name.at("en") == "Renamed");
    CHECK_FALSE(after.holds_office({"head"}, {"office/head"}, day("2026-01-01")));
}

TEST_CASE("an amendment puts rows by id, in their place or at the end, and removes by id") {
    const charter_document now = small_union();
    charter_document changes;
    changes.id = now.id;
    member changed = now.members[0];
    changed.name = {{"en", "Far North"}};
    member added = now.members[1];
    added.id = {"W"};
    changes.members = {changed, added};
    const auto after = amended(now, changes, {{"rules", "by-people"}, {"seats", "house/s"}});
    REQUIRE(after.members.size() == 3);
    CHECK(after.members[0].name.at("en") == "Far North");
    CHECK(after.members[1].id == member_id{"S"});
    CHECK(after.members[2].id == member_id{"W"});
    CHECK(after.rules.size() == 1);
    CHECK(after.seats.size() == 3);
    // What the changes do not name stays.
    CHECK(after.name == now.name);
    CHECK(after.unsigned_types == now.unsigned_types);
    CHECK(after.amendment->rule == "unanimity");
    CHECK(after.zone == "Europe/Moscow");
}

TEST_CASE("an amendment leaves alone what history refers to") {
    const charter_document now = small_union();
    charter_document changes;
    changes.id = now.id;
    const auto code = [&](const std::vector<table_entry>& removals) {
        const auto checked = check_amendment(now, changes, removals);
        return checked ? std::string("sound") : std::string(checked.error().code());
    };
    CHECK(code({{"mandates", "head"}}) == "sound");
    CHECK(code({{"mandates", "nobody"}}) == "charter.entry_unknown");
    CHECK(code({{"colours", "red"}}) == "charter.table_unknown");
    CHECK(code({{"members", "N"}}) == "charter.kept_for_record");
    CHECK(code({{"bodies", "house"}}) == "charter.kept_for_record");
    CHECK(code({{"units", "EUR"}}) == "charter.kept_for_record");
    changes.units = now.units;
    CHECK(code({}) == "sound");
    changes.units[0].scale = 3;
    CHECK(code({}) == "charter.unit_changed");
    changes.units.clear();
    changes.id = "other-union";
    CHECK(code({}) == "charter.union_renamed");
}
