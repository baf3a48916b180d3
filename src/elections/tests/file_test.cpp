#include "elections/election_file.hpp"
#include "elections/refusal.hpp"
#include "elections/tests/shared.hpp"

using namespace veche;
using namespace veche::elections;
using namespace veche::elections::testing;

namespace {

election_file file_of(std::string_view text) {
    auto file = read_file_text(text);
    REQUIRE_MESSAGE(file.has_value(), file.error().sentence());
    return *std::move(file);
}

refusal fault_of(std::string_view text) {
    auto file = read_file_text(text);
    REQUIRE_FALSE(file.has_value());
    return std::move(file).error();
}

}  // namespace

TEST_CASE("BLT is read with comments, several papers on a line and withdrawn candidates") {
    const auto file = file_of(R"(# A club
3 2      # three candidates, two posts
-2
4 1 2 0  2 3 0
1 2 1 0
2 2 0
0
"Ann" "Bob"
"Eve" "The club"
)");
    CHECK(file.title == "The club");
    CHECK(file.posts == 2);
    REQUIRE(file.candidates.size() == 2);
    CHECK(file.candidates[1].id == "3");
    CHECK(file.candidates[1].name == "Eve");
    REQUIRE(file.papers.size() == 4);
    CHECK(file.papers[0] == paper{4, {"1"}, {}});
    CHECK(file.papers[2] == paper{1, {"1"}, {}});
    const auto made = counted(contest_of(file));
    CHECK(made.papers == 7);
    CHECK(made.blank == 2);
}

TEST_CASE("what is no BLT is refused at its line") {
    CHECK(fault_of("").kind == &refusals::file_malformed);
    CHECK(fault_of("2 1\n1 3 0\n0\n").field == "line 2");
    CHECK(fault_of("2 1\n1 1 2\n").field == "line 3");
    CHECK(fault_of("2 1\n1 1=2 0\n0\n").field == "line 2");
    CHECK(fault_of("2 1\n1 1 0\n0\n\"a\"\n\"b\"\n").field == "line 6");
    CHECK(fault_of("2 1\n1 1 0\n0\n\"a\" \"b\" \"t\" 3").field == "line 4");
    CHECK(fault_of("0 1\n0\n\"t\"").field == "line 1");
    CHECK(fault_of("2 99999999999999999999\n0").field == "line 1");
}

TEST_CASE("the JSON form holds any method and what must come out") {
    const auto file = file_of(R"({"title": "Chair", "how": "plurality", "posts": 1,
        "needs": "majority_of_papers",
        "candidates": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}, {"id": "c", "name": "C"}],
        "papers": [{"count": 2, "marks": ["a"]}, {"count": 2, "marks": ["b"]},
                   {"count": 1, "marks": ["c"]}],
        "expect": {"runoff": ["a", "b"], "votes": [["2.00000", "2.00000", "1.00000"]]}})");
    const auto made = counted(contest_of(file));
    CHECK(missed(*file.expect, made).empty());
    expectation other = *file.expect;
    other.votes[0][2] = "1.00001";
    CHECK(missed(other, made) == "the votes at stage 1");
    other = *file.expect;
    other.elected = {"a"};
    CHECK(missed(other, made) == "who is elected");
    CHECK(fault_of(R"({"title": "x", "how": "best", "posts": 1})").field == "how");
    CHECK(fault_of("{").kind == &json::refusals::not_json);
}
