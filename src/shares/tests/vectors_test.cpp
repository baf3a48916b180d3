// Published apportionments and divisions.

#include <simdjson.h>

#include "kernel/foreign_json.hpp"
#include "kernel/json.hpp"
#include "shares/division.hpp"
#include "shares/tests/shared.hpp"
#include "shares/vector_cases.hpp"

using namespace veche;
using namespace veche::shares;
using namespace veche::shares::testing;

namespace {

row row_of(simdjson::dom::element list) {
    row out;
    for (const simdjson::dom::element one : list.get_array()) out.push_back(std::int64_t(one));
    return out;
}

std::int64_t sum_of_row(const row& numbers) {
    std::int64_t sum = 0;
    for (const std::int64_t one : numbers) sum += one;
    return sum;
}

}  // namespace

TEST_CASE("the examples of the literature come out, case by case") {
    const std::string text = shared_text("vectors/vectors.json");
    if (text.empty()) {
        MESSAGE("skipped: the shared vectors are not here");
        return;
    }
    const auto cases = json::read_foreign_array(text);
    REQUIRE(cases.has_value());
    int mine = 0;
    int left_out = 0;
    for (const std::string& one : *cases) {
        auto members = *json::read_foreign_object(one);
        const std::string kind = members["kind"].substr(1, members["kind"].size() - 2);
        const auto said = run_vector(kind, one, {});
        CAPTURE(members["id"]);
        if (!said) continue;
        ++mine;
        if (said->starts_with(not_run))
            ++left_out;
        else
            CHECK(*said == "");
    }
    CHECK(mine == 10);
    CHECK(left_out == 1);
}

TEST_CASE("the House of Representatives has had its seats by equal proportions since 1941") {
    const std::string text = shared_text("apportionment/us_house.json");
    if (text.empty()) {
        MESSAGE("skipped: the shared apportionments are not here");
        return;
    }
    simdjson::dom::parser parser;
    int years = 0;
    for (const auto& [year, one] : parser.parse(text).get_object()) {
        contest in =
            contest_of(method::huntington_hill, std::int64_t(one["house"]), row_of(one["votes"]));
        for (party& state : in.parties) state.least = std::int64_t(one["min_seats"]);
        CAPTURE(year);
        CHECK(made_of(in).given == row_of(one["seats"]));
        ++years;
    }
    CHECK(years == 5);
}

TEST_CASE("parliaments of two countries are as they were elected") {
    const std::string text = shared_text("apportionment/parliaments.json");
    if (text.empty()) {
        MESSAGE("skipped: the shared parliaments are not here");
        return;
    }
    simdjson::dom::parser parser;
    simdjson::dom::element root = parser.parse(text);
    for (const simdjson::dom::element one : root["knesset"].get_array()) {
        const row seats = row_of(one["seats"]);
        CHECK(seats_of(method::dhondt, sum_of_row(seats), row_of(one["votes"])) == seats);
    }
    for (const simdjson::dom::element one : root["austria"].get_array()) {
        row votes = row_of(one["votes"]);
        const std::int64_t all = sum_of_row(votes);
        // The threshold is 4 per cent.
        for (std::int64_t& v : votes)
            if (v * 25 < all) v = 0;
        CHECK(seats_of(method::dhondt, std::int64_t(one["house"]), votes) == row_of(one["seats"]));
    }
}

TEST_CASE("councils of the Netherlands are filled as their law says") {
    const std::string text = shared_text("apportionment/dutch_law.json");
    if (text.empty()) {
        MESSAGE("skipped: the shared councils are not here");
        return;
    }
    simdjson::dom::parser parser;
    int councils = 0;
    for (const simdjson::dom::element one : parser.parse(text).get_array()) {
        CAPTURE(std::string_view(one["test"]));
        CHECK(seats_of(method::dutch, std::int64_t(one["seats"]), row_of(one["votes"])) ==
              row_of(one["expected"]));
        ++councils;
    }
    CHECK(councils == 6);
}

TEST_CASE("a case of another room, or one that cannot be read, is said to be so") {
    CHECK_FALSE(run_vector("HR", "{}", {}).has_value());
    CHECK(*run_vector("apportionment", "[]", {}) ==
          "the case cannot be read: the case is no object");
    CHECK(*run_vector("apportionment", R"({"input":{"votes":[1]},"expected":{"hamilton":[1]}})",
                      {}) == "the case cannot be read: \"seats\" is missing");
    CHECK(*run_vector("apportionment",
                      R"({"input":{"votes":[3,1],"seats":2},"expected":{"dhondt":[1,1]}})",
                      {}) == "dhondt: 1, 1 expected, 2, 0 came");
    CHECK(*run_vector("bankruptcy division",
                      R"({"input":{"claims":[3,1],"estate":2},"expected":{"CEA":["1","1"]}})",
                      {}) == "");
    CHECK(
        run_vector("lottery", R"({"input":{"dir":"x"},"expected":{}})", {})->starts_with(not_run));
}
