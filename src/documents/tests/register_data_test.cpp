// The register as open data: that it says what the records say. Whether its form is right is asked
// of the standards' own schemas in tests/documents.

#include "documents/register_data.hpp"

#include <doctest/doctest.h>

#include "documents/catalogue.hpp"
#include "documents/tests/assembled_union.hpp"

using namespace veche;
using namespace veche::documents;
using namespace veche::documents::testing;
using namespace veche::registry;

namespace {

link_row link_between(map_point a, map_point b) {
    link_row out;
    out.link = {"l"};
    out.a.at = a;
    out.b.at = b;
    return out;
}

std::string line(const setting& in, map_point a, map_point b) {
    links_view all;
    all.links.push_back(link_between(a, b));
    return links_geojson(in, all);
}

record_organisation organisation_named(const char* id) {
    record_organisation c;
    c.organisation = {id};
    c.names = {{"en", std::string("The ") + id}};
    c.kinds = {organisation_kind::enterprise};
    c.source.name = "Office";
    return c;
}

batch_row row_with(record_organisation c) {
    batch_row out;
    out.organisation = std::move(c);
    return out;
}

}  // namespace

TEST_CASE("a line takes the shorter way round the Earth, cut at 180 degrees") {
    testing::assembled_union of;
    const setting in = of.in("en");
    CHECK(has(line(in, {53'900'000, 27'500'000}, {55'750'000, 37'600'000}),
              R"("LineString","coordinates":[[27.5,53.9],[37.6,55.75]])"));
    CHECK(has(line(in, {60'000'000, 170'000'000}, {64'000'000, -170'000'000}),
              R"([[[170,60],[180,62]],[[-180,62],[-170,64]]])"));
    CHECK(has(line(in, {64'000'000, -170'000'000}, {60'000'000, 170'000'000}),
              R"([[[-170,64],[-180,62]],[[180,62],[170,60]]])"));
    CHECK(has(line(in, {10'000'000, 180'000'000}, {10'000'000, -180'000'000}),
              R"("MultiLineString")"));
    links_view unknown;
    unknown.links.push_back({});
    CHECK(has(links_geojson(in, unknown), R"("geometry":null)"));
}

TEST_CASE("a share is exact, a range, or left out, and nobody is named") {
    testing::assembled_union of;
    record_enterprise run;
    run.organisation = {"joint"};
    run.source.name = "Press";
    holder exact;
    exact.kind = holder_kind::organisation;
    exact.organisation = organisation_id{"parent"};
    exact.held = share{"33.3333", {}, {}};
    holder range;
    range.kind = holder_kind::state;
    range.name = "A city";
    range.held = share{{}, "5", "10.5"};
    holder unknown;
    unknown.kind = holder_kind::persons;
    run.holders = {exact, range, unknown};
    batch_row enterprise;
    enterprise.enterprise = run;
    const std::vector<batch_row> organisations{row_with(organisation_named("joint")),
                                               row_with(organisation_named("parent")),
                                               row_with(organisation_named("alone"))};
    const std::string out =
        enterprises_bods(of.in("en"), organisations, {enterprise}, *parse_date("2026-03-01"));
    CHECK(has(out, R"("share":{"exact":33.3333})"));
    CHECK(has(out, R"("share":{"minimum":5,"maximum":10.5})"));
    CHECK(has(out, R"("details":"The share is not known.")"));
    CHECK(has(out, R"("personType":"anonymousPerson")"));
    CHECK(has(out, R"("name":"The parent")"));
    CHECK_FALSE(has(out, "The alone"));  // in no enterprise
    CHECK(out ==
          enterprises_bods(of.in("en"), organisations, {enterprise}, *parse_date("2026-03-01")));
}

TEST_CASE("metadata tell of each column what it may hold") {
    testing::assembled_union of;
    const csv_table table{{"place", "code.iso-3166-2", "names.ru", "latitude", "source.read"},
                          {{"a", "BY-BR", "Б", "53.9", "2026-01-02"}}};
    const std::string out =
        csvw_of(of.in("en"), {"places.csv", "place", "Places", "https://terms.example/"}, table);
    CHECK(has(out, R"("name":"code.iso%2D3166%2D2","titles":"code.iso-3166-2")"));
    CHECK(has(out, R"("name":"names.ru","titles":"names.ru","datatype":"string","lang":"ru")"));
    CHECK(has(out, R"("name":"latitude","titles":"latitude","datatype":"decimal")"));
    CHECK(has(out, R"("primaryKey":["place"])"));
    CHECK(has(out, R"("dc:license":{"@id":"https://terms.example/"})"));
    // A licence that has no address is a text; rows that nothing tells apart have no key.
    const std::string named =
        csvw_of(of.in("en"), {"claims.csv", "claim", "Claims", "CC BY 4.0"}, {{"link"}, {{"l"}}});
    CHECK(has(named, R"("dc:license":"CC BY 4.0")"));
    CHECK_FALSE(has(named, "primaryKey"));
}

TEST_CASE("a catalogue names its publisher once and every file with its terms") {
    testing::assembled_union of;
    const std::string out =
        dcat_catalogue(of.in("en"), {{{"en", "Data"}}, {{"en", "All of it"}}, "CC BY 4.0"},
                       {{"places",
                         {{"en", "Places"}},
                         {{"en", "Where"}},
                         "",
                         "",
                         "https://terms.example/",
                         "",
                         {{"https://u.example/data/places.csv", "text/csv", "CSV", ""}}}});
    CHECK(has(out, R"("dct:title":[{"@value":"Data","@language":"en"}])"));
    CHECK(has(out, R"("dct:license":{"@type":"dct:LicenseDocument","dct:title":"CC BY 4.0"})"));
    CHECK(has(out,
              R"("dct:license":{"@id":"https://terms.example/","@type":"dct:LicenseDocument"})"));
    CHECK(has(out, R"("dcat:accessURL":{"@id":"https://u.example/data/places.csv"})"));
}
