#include "charter/tally.hpp"

#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace veche;
using namespace veche::charter;

namespace {
std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}
std::filesystem::path shared() {
    const char* given = std::getenv("VECHE_SHARED");
    return given ? given : std::filesystem::path(VECHE_SOURCE_DIR) / ".." / "shared";
}
}  // namespace

TEST_CASE("the project's own rule vectors agree") {
    const auto lines = tally(read_file(std::filesystem::path(VECHE_SOURCE_DIR) /
                                       "src/charter/tests/rule-vectors.json"));
    REQUIRE(lines.has_value());
    CHECK(lines->size() >= 10);
    for (const auto& line : *lines) CHECK_MESSAGE(line.agrees, line.id << ": " << line.reason);
}

TEST_CASE("the shared rule vectors agree") {
    const auto path = shared() / "data/assembly/rule-vectors.json";
    if (!std::filesystem::exists(path)) {
        MESSAGE("skipped: " << path.string() << " is not here");
        return;
    }
    const auto lines = tally(read_file(path));
    REQUIRE_MESSAGE(lines.has_value(), lines.error().sentence());
    CHECK(lines->size() == 30);
    for (const auto& line : *lines) CHECK_MESSAGE(line.agrees, line.id << ": " << line.reason);
    const auto find = [&](std::string_view id) {
        return *std::find_if(lines->begin(), lines->end(), [&](const auto& l) { return l.id == id; });
    };
    CHECK(find("EU-02").reason ==
          "Rejected: pop: 6407 of 10001 in favour, 6501 needed; 8 of 27 members not in favour, at most 3 allowed.");
    CHECK(find("US-05").reason == "Rejected: 51 of 103 votes in favour, 52 needed.");
}

TEST_CASE("a wrong expectation is noticed, and bad files are refused with the place") {
    const auto missed = tally(R"({"id":"X","kind":"threshold","share":"1/2","of":3,"round":"up","expect":1})");
    REQUIRE(missed.has_value());
    CHECK_FALSE(missed->front().agrees);
    CHECK(missed->front().outcome == "2");
    CHECK(tally("[]").error().code() == "charter.rule_malformed");
    CHECK(tally("{").error().code() == "json.not_json");
    CHECK(tally(R"({"id":"X","kind":"wild"})").error().field == "X.kind");
    CHECK(tally(R"({"id":"X","kind":"rule","rule":{"pass":{"cmp":[1,"~","1",2]}},"members":[],"ballots":{}})")
              .error().field == "pass.cmp");
}
