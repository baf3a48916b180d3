// What the register gives out as CSV comes in again without a change.

#include "registry/export_rows.hpp"

#include <map>

#include <doctest/doctest.h>

#include "registry/csv_rows.hpp"
#include "registry/tests/desk.hpp"

using namespace veche;
using namespace veche::registry;
using namespace veche::registry::testing;

namespace {

constexpr const char* kinds[] = {"place", "population", "organisation", "link",
                                 "claim", "activity",   "enterprise",   "operation"};

std::map<std::string, std::string> files_of(const state& s) {
    std::map<std::string, std::string> out;
    for (const char* kind : kinds) out[kind] = to_csv(table_of(records_of(s, kind), kind));
    return out;
}

void fill_places(desk& d) {
    record_place region = place_of("A-1", place_kind::region, "A");
    region.names = {{"en", "North, \"old\""}, {"ru", "Север"}};
    region.codes = {{"iso-3166-2", "BY-MA"}, {"own", "7-8"}};
    region.at = map_point{53'900'000, -27'561'824};
    region.source = {"Office; yearly", "https://a.example/?a=1,2", parse_date("2026-01-02"),
                     verification::partly, "two\nlines"};
    CHECK(d.send(place_of("A", place_kind::country, "A")) == "");
    region.within = place_id{"A"};
    CHECK(d.send(region) == "");
    record_place town = place_of("aaa", place_kind::town, nullptr, "A-1");
    town.capital_of = place_id{"A-1"};
    town.from = "1967";
    CHECK(d.send(town) == "");
    // One that names a place which comes after it by name, and was recorded before that.
    record_place old = place_of("AA-old", place_kind::district, "A");
    CHECK(d.send(old) == "");
    CHECK(d.send(place_of("z-new", place_kind::district, "A")) == "");
    old.until = "2020-05";
    old.followed_by = {place_id{"z-new"}, place_id{"aaa"}};
    old.reason = en("Joined.");
    CHECK(d.send(old) == "");
    CHECK(d.send(place_of("B-1", place_kind::region, "B")) == "");
    record_population people;
    people.place = {"aaa"};
    people.body = {"council"};
    people.on = "2024-01-01";
    people.people = 12'345;
    people.source = from();
    CHECK(d.send(people) == "");
}

void fill_organisations(desk& d) {
    record_organisation firm = organisation_of("firm", "aaa");
    firm.kinds = {organisation_kind::enterprise, organisation_kind::media};
    firm.sectors = {"28", "30"};
    firm.address = "https://firm.example";
    CHECK(d.send(firm) == "");
    CHECK(d.send(organisation_of("other", "B-1")) == "");
    CHECK(d.send(organisation_of("double", "B-1")) == "");
    CHECK(d.send(link_of("l-1", "aaa", "B-1")) == "");
    record_link second = link_of("l-2", "aaa", "B-1");
    second.a = {{}, organisation_id{"firm"}};
    second.b = {{}, organisation_id{"double"}};
    second.about = {{"en", "Both, and more"}};
    CHECK(d.send(second) == "");
    CHECK(d.send(claim_of("l-1", link_side::a, link_claim::concluded, "2001-02")) == "");
    CHECK(d.send(claim_of("l-1", link_side::b, link_claim::concluded)) == "");
    report_activity did = activity_of("did-1", "l-1", "2025-04");
    did.people = 12;
    CHECK(d.send(did) == "");
    report_activity built = activity_of("did-2", nullptr, "2024");
    built.organisation = organisation_id{"double"};
    CHECK(d.send(built) == "");
    record_enterprise run;
    run.organisation = {"firm"};
    run.body = {"council"};
    run.since = "2017";
    run.source = from();
    holder a;
    a.kind = holder_kind::organisation;
    a.organisation = organisation_id{"double"};
    a.held = share{"33.3333", {}, {}};
    holder b;
    b.kind = holder_kind::state;
    b.name = "City, of A";
    b.member = member_id{"A"};
    b.held = share{{}, "10", "25.5"};
    holder c;
    c.kind = holder_kind::persons;
    run.holders = {a, b, c};
    CHECK(d.send(run) == "");
    report_operation seen;
    seen.organisation = {"firm"};
    seen.body = {"council"};
    seen.year = 2024;
    seen.seen = operation::operating;
    seen.source = from();
    CHECK(d.send(seen) == "");
    CHECK(d.send(merge_organisations{{"other"}, {"double"}, {"council"}, en("One.")}) == "");
}

void fill(desk& d) {
    fill_places(d);
    fill_organisations(d);
}

}  // namespace

TEST_CASE("what goes out comes in again, and goes out the same") {
    desk d;
    fill(d);
    const auto files = files_of(d.own);
    desk fresh;
    for (const char* kind : kinds) {
        const csv_rows read = read_csv_rows(files.at(kind), kind, {});
        for (const auto& one : read.problems) MESSAGE(one.column, one.why.code);
        CHECK(read.problems.empty());
        CHECK(problems_of(fresh.seen(), {"council"}, read.rows, fresh.now()).empty());
        const auto given = records_of(d.own, kind);
        REQUIRE(read.rows.size() == given.size());
        for (std::size_t i = 0; i < given.size(); ++i)
            CHECK(to_json(read.rows[i]) == to_json(given[i]));
        std::int32_t part = 0;
        CHECK(fresh.send(stage_rows{{std::string("b-") + kind}, {"council"}, ++part, read.rows}) ==
              "");
        CHECK(fresh.send(accept_batch{{std::string("b-") + kind},
                                      static_cast<std::int64_t>(read.rows.size())}) == "");
    }
    CHECK(files_of(fresh.own) == files);
}

TEST_CASE("a place stands after every place that it names") {
    desk d;
    fill(d);
    std::vector<std::string> order;
    for (const batch_row& one : records_of(d.own, "place")) order.push_back(one.place->place.value);
    CHECK(order == std::vector<std::string>{"A", "A-1", "z-new", "aaa", "AA-old", "B-1"});
}

TEST_CASE("activities are told by the year in which they began") {
    desk d;
    fill(d);
    CHECK(activity_years(d.own) == std::vector<std::int32_t>{2024, 2025});
    CHECK(records_of(d.own, "activity", 2025).size() == 1);
    CHECK(records_of(d.own, "activity", 2024).front().activity->organisation->value == "other");
    CHECK(records_of(d.own, "nothing").empty());
}

TEST_CASE("degrees are written without digits that say nothing") {
    CHECK(degrees_of(53'900'000) == "53.9");
    CHECK(degrees_of(-27'561'824) == "-27.561824");
    CHECK(degrees_of(-5) == "-0.000005");
    CHECK(degrees_of(180'000'000) == "180");
    CHECK(degrees_of(0) == "0");
}
