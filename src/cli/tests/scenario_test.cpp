#include "cli/scenario.hpp"

#include <doctest/doctest.h>

using namespace veche;
using namespace veche::cli;

namespace {

const instant noon = *parse_instant("2026-03-15T12:00:00.000Z");

std::string problem_of(std::string_view text) {
    const auto got = read_scenario(text, noon);
    return got ? "" : got.error().field + ": " + got.error().sentence();
}

}  // namespace

TEST_CASE("a scenario's moments are offsets from the day of playing") {
    const auto steps = read_scenario(
        "# a comment\n"
        "\n"
        R"({"at": "-15d10:30", "as": "p1", "type": "a.b", "body": {"b": 1, "a": 2}, "auth": "o"})"
        "\n"
        R"({"as": "p2", "type": "a.c", "body": {}, "sign": true, "refused": "x.y"})"
        "\n"
        R"({"at": "0d08:30", "as": "p2", "type": "a.c", "body": {}})",
        noon);
    REQUIRE(steps);
    REQUIRE(steps->size() == 3);
    CHECK((*steps)[0].line == 3);
    CHECK(to_text((*steps)[0].at) == "2026-02-28T10:30:00.000Z");
    CHECK((*steps)[0].what.body.bytes == R"({"a":2,"b":1})");
    CHECK(to_text((*steps)[1].at) == "2026-02-28T10:30:20.000Z");
    CHECK(*(*steps)[1].what.sign);
    CHECK(*(*steps)[1].what.refused == "x.y");
    CHECK(to_text((*steps)[2].at) == "2026-03-15T08:30:00.000Z");
}

TEST_CASE("a line may stand for one line for each number") {
    const auto steps = read_scenario(
        R"({"at":"0d08:30","each":"9-11","as":"p-#","auth":"s/#","type":"a.b","body":{"n":"#"}})",
        noon);
    REQUIRE(steps);
    REQUIRE(steps->size() == 3);
    CHECK((*steps)[1].what.as == "p-10");
    CHECK(*(*steps)[1].what.auth == "s/10");
    CHECK((*steps)[1].what.body.bytes == R"({"n":"10"})");
    CHECK((*steps)[1].nth == "-10");
    for (const char* bad : {"", "3", "3-", "-3", "3-2", "1-2-3", "a-b"})
        CHECK_MESSAGE(problem_of(R"({"at":"0d08:30","as":"p","type":"a.b","body":{},"each":")" +
                                 std::string(bad) + R"("})")
                              .find("are no numbers") != std::string::npos,
                      bad);
}

TEST_CASE("a scenario names logins beside its commands") {
    const std::string text = R"({"at":"0d08:30","as":"p1","type":"a.b","body":{}})"
                             "\n"
                             R"({"title":"Applicant","account":"p-9"})"
                             "\n"
                             R"({"as":"p2","type":"a.c","body":{}})";
    const auto steps = read_scenario(text, noon);
    REQUIRE(steps);
    REQUIRE(steps->size() == 2);
    CHECK((*steps)[1].line == 3);
    CHECK(to_text((*steps)[1].at) == "2026-03-15T08:30:20.000Z");
    const auto logins = read_scenario_logins(text);
    REQUIRE(logins);
    REQUIRE(logins->size() == 1);
    CHECK(logins->front().account == "p-9");
    CHECK(logins->front().title == "Applicant");
    const auto damaged = read_scenario_logins(
        "\n"
        R"({"account":"p-9","name":"x"})");
    REQUIRE_FALSE(damaged);
    CHECK(damaged.error().field == "line 2");
}

TEST_CASE("a damaged scenario names its line") {
    CHECK(problem_of("\n{").starts_with("line 2: "));
    CHECK(problem_of(R"({"at":"0d08:30","as":"p","type":"a.b","body":{},"odd":1})").find("odd") !=
          std::string::npos);
    CHECK(problem_of(R"({"as":"p","type":"a.b","body":{}})").find("must say when") !=
          std::string::npos);
    CHECK(problem_of(R"({"at":"0d12:01","as":"p","type":"a.b","body":{}})").find("not come yet") !=
          std::string::npos);
    CHECK(problem_of("{\"at\":\"0d08:30\",\"as\":\"p\",\"type\":\"a.b\",\"body\":{}}\n"
                     "{\"at\":\"0d08:29\",\"as\":\"p\",\"type\":\"a.b\",\"body\":{}}")
              .find("before") != std::string::npos);
    for (const char* bad : {"d08:30", "1", "-d10:00", "1d24:00", "1d10:60", "1d1:00", "1d10:000",
                            "--1d10:00", "1d-1:00", "1d"})
        CHECK_MESSAGE(
            !problem_of(R"({"at":")" + std::string(bad) + R"(","as":"p","type":"a.b","body":{}})")
                 .empty(),
            bad);
}

TEST_CASE("places in a body are filled wherever they stand") {
    const scenario_places places{date_of(noon), R"("KEY")", R"({"sha256":"00"})"};
    CHECK(*fill_scenario_body(
              R"({"a":"@-30d","b":["@+14d","@0d10:00",7],"c":{"d":"@key","e":"@file"},"f":"a@b"})",
              places) == R"({"a":"2026-02-13","b":["2026-03-29","2026-03-15T10:00:00.000Z",7],)"
                         R"("c":{"d":"KEY","e":{"sha256":"00"}},"f":"a@b"})");
    CHECK(*fill_scenario_body(R"(["@-80d.year","@-80d.quarter","@0d.quarter","@+20d.month"])",
                              places) == R"(["2025","2025-Q4","2026-Q1","2026-04"])");
    CHECK_FALSE(fill_scenario_body(R"({"a":"@-80d.week"})", places));
    CHECK_FALSE(fill_scenario_body(R"({"a":"@-80d10:00.year"})", places));
    CHECK_FALSE(fill_scenario_body(R"({"a":"@soon"})", places));
    CHECK_FALSE(fill_scenario_body(R"({"a":"@"})", places));
    CHECK_FALSE(fill_scenario_body(R"({"a":"@file"})", {date_of(noon), "\"K\"", ""}));
}

TEST_CASE("demonstration keys differ by actor and never change") {
    CHECK(demonstration_seed("p1").size() == 32);
    CHECK(demonstration_seed("p1") != demonstration_seed("p2"));
    CHECK(demonstration_seed("p1") == demonstration_seed("p1"));
}
