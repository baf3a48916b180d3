#include "charter/tally.hpp"

#include <doctest/doctest.h>

#include "charter/tests/shared.hpp"

using namespace veche;
using namespace veche::charter;
using namespace veche::charter::testing;

namespace {

std::vector<tally_line> all_agree(const std::string& text, std::size_t number) {
    const auto lines = tally(text);
    REQUIRE_MESSAGE(lines.has_value(), lines.error().sentence());
    CHECK(lines->size() == number);
    for (const tally_line& line : *lines) {
        CAPTURE(line.id);
        CAPTURE(line.outcome);
        CAPTURE(line.reason);
        CHECK(line.agrees);
        CHECK(line.expect.has_value());
        CHECK_FALSE(line.reason.empty());
    }
    return *lines;
}

const tally_line& line_of(const std::vector<tally_line>& lines, std::string_view id) {
    for (const tally_line& line : lines)
        if (line.id == id) return line;
    FAIL("no such vector");
    return lines.front();
}

refusal refused(std::string_view text) {
    const auto lines = tally(text);
    REQUIRE_FALSE(lines.has_value());
    return lines.error();
}

}  // namespace

TEST_CASE("the project's own vectors of decision rules agree") {
    all_agree(read_file(source("src/charter/tests/vectors.json")).value(), 27);
}

TEST_CASE("the shared vectors of real bodies agree, all four kinds") {
    const auto text = read_shared("data/assembly/rule-vectors.json");
    if (!text) {
        MESSAGE("skipped: the shared vectors are not here");
        return;
    }
    const auto lines = all_agree(*text, 30);
    CHECK(line_of(lines, "US-05").reason == "Rejected: 51 of 103 members in favour, 52 needed.");
    CHECK(line_of(lines, "EU-02").reason ==
          "Rejected: population in favour: 6408 of 10001 (64.07 %), 6501 needed; "
          "8 members not in favour, a blocking minority needs 4.");
    const auto& margin = line_of(lines, "EU-01").margins;
    REQUIRE(margin.size() == 1);
    CHECK(margin[0].line.words ==
          "one more no from a member in favour with at least 1.18 % of population would have made "
          "it: rejected");
    CHECK(margin[0].voters.size() == 12);
}

TEST_CASE("one vector is a file too, and what is expected may be missing") {
    const auto lines =
        tally(R"({"id":"X","kind":"rule","rule":{"pass":{"cmp":[{"sel":"yes"},">",)"
              R"("1/2",{"sel":"seats"}]}},"members":[{"id":"DE"}],"ballots":{"DE":"yes"}})");
    REQUIRE(lines.has_value());
    CHECK(lines->front().outcome == "adopted");
    CHECK_FALSE(lines->front().expect.has_value());
    CHECK(lines->front().agrees);
}

TEST_CASE("a missed expectation is noticed, in the outcome and in published standing votes") {
    const auto missed =
        tally(R"({"id":"X","kind":"threshold","share":"1/2","of":3,"expect":1})").value();
    CHECK(missed.front().outcome == "2");
    CHECK_FALSE(missed.front().agrees);
    const auto halves =
        tally(R"({"id":"X","kind":"double_majority","people":{"yes":2,"no":1},)"
              R"("half":[],"cantons":{"a":[2,1]},"cantons_yes_x2":1,"expect":"adopted"})")
            .value();
    CHECK(halves.front().outcome == "adopted");
    CHECK_FALSE(halves.front().agrees);
}

TEST_CASE("bad files are refused with the vector and the place") {
    CHECK(refused("{").code() == "json.not_json");
    CHECK(refused("[]").code() == "charter.vector_malformed");
    CHECK(refused(R"({"vectors":[7]})").code() == "charter.vector_malformed");
    CHECK(refused(R"({"id":"X","kind":"wild"})").sentence() ==
          "Vector X: there is no kind \"wild\".");
    CHECK(refused(R"({"id":"X","kind":"rule","rule":{"pass":{"cmp":[1,"~","1",2]}},)"
                  R"("members":[],"ballots":{}})")
              .sentence()
              .find("rule.pass.cmp.1") != std::string::npos);
    CHECK(refused(R"({"id":"X","kind":"rule","rule":"yes > 0 seats 4","members":[],"ballots":{}})")
              .sentence()
              .find("column 15") != std::string::npos);
    CHECK(refused(R"({"id":"X","kind":"rule","rule":"yes > 1/2 seats","members":[{"id":"A"}],)"
                  R"("ballots":{"A":"maybe"}})")
              .field == "X");
    CHECK(refused(R"({"id":"X","kind":"threshold","share":"3/2","of":4})").field == "X");
}
