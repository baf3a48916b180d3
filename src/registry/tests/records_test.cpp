#include "registry/tests/desk.hpp"

using namespace veche;
using namespace veche::registry;
using namespace veche::registry::testing;

namespace {

record_enterprise run_by(std::vector<holder> holders) {
    record_enterprise c;
    c.organisation = {"works"};
    c.body = {"council"};
    c.form = enterprise_form::joint_company;
    c.holders = std::move(holders);
    c.source = from();
    return c;
}

holder entity(std::string name, std::optional<share> held) {
    return {holder_kind::entity, {}, std::move(name), {}, std::move(held)};
}

report_operation seen_in(std::int32_t year, operation what) {
    return {{"works"}, {"council"}, year, what, {}, {}, from()};
}

}  // namespace

TEST_CASE_FIXTURE(desk, "a place is corrected as a whole, with its reason, and keeps its history") {
    record_place c = place_of("A-1", place_kind::region, "A");
    c.codes = {{"iso-3166-2", "AA-1"}};
    CHECK(send(c) == "");
    CHECK(send(c) == "registry.reason_missing reason");
    c.names = en("First region");
    c.codes = {{"iso-3166-2", "AA-2"}};
    c.reason = en("Renamed.");
    CHECK(send(c) == "");
    const auto view = ask(seen(), place_query{{"A-1"}}, anyone());
    REQUIRE(view);
    CHECK(view->versions.size() == 2);
    // The code that it gave up is free again.
    record_place other = place_of("A-2", place_kind::region, "A");
    other.codes = {{"iso-3166-2", "AA-2"}};
    CHECK(send(other) == "registry.code_taken codes.0.value");
    other.codes = {{"iso-3166-2", "AA-1"}};
    CHECK(send(other) == "");
}

TEST_CASE_FIXTURE(desk, "places lie within each other without a circle and of one member") {
    CHECK(send(place_of("A-1", place_kind::region, "A")) == "");
    CHECK(send(place_of("town", place_kind::town, nullptr, "A-1")) == "");
    record_place circle = place_of("A-1", place_kind::region, "A", "town");
    circle.reason = en("A circle.");
    CHECK(send(circle) == "registry.within_itself within");
    CHECK(send(place_of("far", place_kind::town, "B", "A-1")) == "registry.member_differs member");
    CHECK(send(place_of("far", place_kind::town, "C")) == "registry.member_unknown member");
    CHECK(send(place_of("lost", place_kind::town, nullptr, "A-9")) ==
          "registry.place_unknown within");
    record_place seat = place_of("seat", place_kind::city, nullptr, "A-1");
    seat.capital_of = place_id{"A-1"};
    seat.at = map_point{53'900'000, 27'566'700};
    CHECK(send(seat) == "");
    const auto region = ask(seen(), place_query{{"A-1"}}, anyone());
    REQUIRE(region);
    CHECK(region->row.seat->place.value == "seat");
    CHECK(region->row.at->latitude == 53'900'000);  // where it is governed
    seat.at->latitude = 91'000'000;
    seat.reason = en("Moved.");
    CHECK(send(seat) == "registry.point_outside at.latitude");
}

TEST_CASE_FIXTURE(desk, "a place that is none any more names what took its place") {
    CHECK(send(place_of("new", place_kind::region, "A")) == "");
    record_place old = place_of("old", place_kind::region, "A");
    old.followed_by = {{"new"}};
    CHECK(send(old) == "registry.still_there followed_by");
    old.from = "2000";
    old.until = "1999";
    CHECK(send(old) == "registry.days_reversed until");
    old.until = "2007-12-31";
    CHECK(send(old) == "");
    CHECK(ask(seen(), places_query{}, anyone())->found == 1);
    places_query all;
    all.past = true;
    CHECK(ask(seen(), all, anyone())->found == 2);
}

TEST_CASE_FIXTURE(desk, "populations are a series by day") {
    CHECK(send(place_of("A-1", place_kind::region, "A")) == "");
    record_population c{{"A-1"}, {"council"}, "2024-01-01", 1'300'000, from(), {}};
    CHECK(send(c) == "");
    c.on = "2018";
    c.people = 1'390'000;
    CHECK(send(c) == "");
    const auto view = ask(seen(), place_query{{"A-1"}}, anyone());
    CHECK(view->row.people == 1'300'000);
    CHECK(view->population.front().on == "2024-01-01");
    CHECK(send(c) == "registry.reason_missing reason");
    c.reason = en("Counted again.");
    c.people = -1;
    CHECK(send(c) == "registry.people_impossible people");
    c.people = 1'391'000;
    CHECK(send(c) == "");
    CHECK(ask(seen(), place_query{{"A-1"}}, anyone())->population.back().people == 1'391'000);
    c.on = "2030";
    CHECK(send(c) == "registry.day_to_come on");
}

TEST_CASE_FIXTURE(desk, "two records of one organisation are merged, and both are kept") {
    record_organisation one = organisation_of("works");
    one.codes = {{"unp", "100582333"}};
    CHECK(send(one) == "");
    record_organisation two = organisation_of("works-2");
    two.codes = {{"unp", "100582333"}};
    CHECK(send(two) == "registry.code_taken codes.0.value");
    two.codes = {{"inn", "7707083893"}};
    CHECK(send(two) == "");
    merge_organisations m{{"works"}, {"works-2"}, {"council"}, en("The same works.")};
    CHECK(send(m) == "");
    CHECK(ask(seen(), organisations_query{}, anyone())->found == 1);
    CHECK(ask(seen(), organisation_query{{"works-2"}}, anyone())->row.named.organisation.value ==
          "works");
    CHECK(send(m) == "registry.merged_away merged");
    two.reason = en("Again.");
    CHECK(send(two) == "registry.merged_away organisation");
    // Its codes go with it.
    one.codes.push_back({"inn", "7707083893"});
    one.reason = en("With the number of the other record.");
    CHECK(send(one) == "");
    record_organisation three = organisation_of("other");
    three.codes = {{"unp", "100582332"}};
    CHECK(send(three) == "registry.digit_wrong codes.0.value");
    three.codes = {};
    three.kinds = {};
    CHECK(send(three) == "registry.kinds_missing kinds");
    three.kinds = {organisation_kind::media};
    three.sectors = {"58", "58"};
    CHECK(send(three) == "registry.sector_unknown sectors.1");
}

TEST_CASE_FIXTURE(desk, "other numbers of one scheme are other organisations") {
    record_organisation one = organisation_of("works");
    one.codes = {{"inn", "7707083893"}};
    record_organisation two = organisation_of("mill");
    two.codes = {{"inn", "500100732259"}};
    CHECK(send(one) == "");
    CHECK(send(two) == "");
    CHECK(send(merge_organisations{{"works"}, {"mill"}, {"council"}, en("Alike.")}) ==
          "registry.codes_conflict merged");
    CHECK(send(merge_organisations{{"works"}, {"works"}, {"council"}, en("Alike.")}) ==
          "registry.merged_with_itself merged");
}

TEST_CASE_FIXTURE(desk, "shares of an enterprise are exact, from and to, or not known") {
    CHECK(send(organisation_of("works")) == "");
    CHECK(send(seen_in(2025, operation::operating)) == "registry.not_enterprise organisation");
    CHECK(send(run_by({})) == "registry.holders_missing holders");
    CHECK(send(run_by(
              {entity("One", share{"60", {}, {}}), entity("Two", share{"40.0001", {}, {}})})) ==
          "registry.shares_over holders");
    CHECK(send(run_by({entity("One", share{"60", "1", "2"})})) ==
          "registry.share_malformed holders.0.held");
    CHECK(send(run_by({entity("One", share{{}, "30", "20"})})) ==
          "registry.share_malformed holders.0.held");
    holder persons{holder_kind::persons, {}, "Anna", {}, {}};
    CHECK(send(run_by({persons})) == "registry.holder_malformed holders.0");
    persons.name.reset();
    CHECK(send(run_by({entity("One", share{{}, "25", "50"}), entity("Two", {}), persons})) == "");
    const auto view = ask(seen(), organisation_query{{"works"}}, anyone());
    REQUIRE(view);
    CHECK(view->holders.size() == 3);
    CHECK(view->row.standing == enterprise_standing::unclear);
}

TEST_CASE_FIXTURE(desk,
                  "an enterprise is what the latest report says, and unclear after two years") {
    CHECK(send(organisation_of("works")) == "");
    CHECK(send(run_by({entity("One", {})})) == "");
    CHECK(send(seen_in(2027, operation::operating)) == "registry.year_impossible year");
    CHECK(send(seen_in(2024, operation::operating)) == "");
    const auto standing = [&] {
        return *ask(seen(), organisation_query{{"works"}}, anyone())->row.standing;
    };
    CHECK(standing() == enterprise_standing::operating);
    CHECK(send(seen_in(2023, operation::stopped)) == "");
    CHECK(standing() == enterprise_standing::operating);
    pass_to("2027-01-01");
    CHECK(standing() == enterprise_standing::unclear);
    CHECK(send(seen_in(2026, operation::closed)) == "");
    pass_to("2040-01-01");
    CHECK(standing() == enterprise_standing::closed);
}
