#include "registry/csv_rows.hpp"

#include "registry/tests/desk.hpp"

using namespace veche;
using namespace veche::registry;
using namespace veche::registry::testing;

namespace {

const std::vector<std::pair<std::string, std::string>> of_council{{"body", "council"}};

}  // namespace

TEST_CASE_FIXTURE(desk, "a file of places becomes rows that can be accepted") {
    const auto read = read_csv_rows(
        "place,kind,names.en,member,within,code.iso-3166-2,code.wikidata,latitude,longitude,"
        "source.name,source.verified\n"
        "A-1,region,First region,A,,AA-1,Q1,,,Register,yes\n"
        "\"ash\",town,\"Ash, the town\",,A-1,,,53.9,-27.561824,Register,partly\n",
        "place", of_council);
    CHECK(read.problems.empty());
    REQUIRE(read.rows.size() == 2);
    CHECK(read.lines[1] == 3);
    CHECK(read.rows[0].place->codes ==
          std::vector<code>{{"iso-3166-2", "AA-1"}, {"wikidata", "Q1"}});
    CHECK(read.rows[1].place->at == map_point{53'900'000, -27'561'824});
    CHECK(read.rows[1].place->names.at("en") == "Ash, the town");
    CHECK(problems_of(seen(), {"council"}, read.rows, now()).empty());
}

TEST_CASE("lists stand in one cell") {
    const auto read = read_csv_rows(
        "organisation,kinds,names.en,sectors,source.name,source.verified\n"
        "works,enterprise;university,Works,28;30,Register,no\n",
        "organisation", of_council);
    CHECK(read.problems.empty());
    REQUIRE(read.rows.size() == 1);
    CHECK(read.rows[0].organisation->kinds.size() == 2);
    CHECK(read.rows[0].organisation->sectors == std::vector<std::string>{"28", "30"});
}

TEST_CASE("every problem of a file is listed with its line and column") {
    const auto read = read_csv_rows(
        "place,kind,names.en,latitude,longitude,source.name,source.verified\n"
        "A-1,hamlet,First,,,Register,yes\n"
        "A-2,town,Second,north,1,Register,yes\n"
        "A-3,town,Third,,,Register\n"
        "A 4,town,Fourth,,,Register,yes\n"
        "A-5,town,Fifth,,,Register,yes\n",
        "place", of_council);
    CHECK(read.rows.size() == 1);
    REQUIRE(read.problems.size() == 4);
    CHECK(read.problems[0].line == 2);
    CHECK(read.problems[0].column == "kind");
    CHECK(read.problems[1].column == "latitude");
    CHECK(read.problems[1].why.code == "csv.degrees_malformed");
    CHECK(read.problems[2].why.code == "csv.cells_differ");
    CHECK(read.problems[3].line == 5);
    CHECK(read.problems[3].column == "place");
}

TEST_CASE("a changed heading is named before any row is read") {
    const auto read =
        read_csv_rows("place,kinds,names.en,place\nA,town,A,B\n", "place", of_council);
    CHECK(read.rows.empty());
    REQUIRE(read.problems.size() == 2);
    CHECK(read.problems[0].column == "kinds");
    CHECK(read.problems[1].why.code == "csv.column_twice");
    CHECK(read_csv_rows("", "place", of_council).problems[0].why.code == "csv.no_rows");
    CHECK(read_csv_rows("a\n1\n", "castle", of_council).problems[0].why.code ==
          "registry.kind_unknown");
    CHECK(read_csv_rows("place\n\"A", "place", of_council).problems[0].why.code == "csv.unsound");
}

TEST_CASE("parts keep rows in order and below the limits") {
    std::vector<batch_row> rows(1200);
    for (batch_row& row : rows) row.place = place_of("x", place_kind::town, "A");
    const auto parts = parts_of(rows, 40'000);
    std::size_t sum = 0;
    for (const auto& part : parts) {
        sum += part.size();
        CHECK(part.size() <= max_part_rows);
        CHECK(to_json(stage_rows{{"b"}, {"council"}, 1, part}).size() < 41'000);
    }
    CHECK(sum == 1200);
    CHECK(parts.size() > 3);
}

TEST_CASE("a refusal's field is shown as the column it stands in") {
    batch_row row;
    row.place = place_of("x", place_kind::town, "A");
    row.place->codes = {{"iso-3166-2", "AA-1"}, {"wikidata", "Q1"}};
    CHECK(column_of(row, "codes.1.value") == "code.wikidata");
    CHECK(column_of(row, "at.latitude") == "latitude");
    CHECK(column_of(row, "names") == "names");
}
