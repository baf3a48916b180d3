// The shared cases, groups of calls and files with couples; small ones of our own beside.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "matching/call_order.hpp"
#include "matching/call_order_check.hpp"
#include "matching/couples_check.hpp"
#include "matching/couples_file.hpp"
#include "matching/more_vector_cases.hpp"
#include "source_dir.hpp"

using namespace veche;
using namespace veche::matching;

namespace {

std::optional<std::string> shared_case_file(const std::string& name) {
    const char* folder = std::getenv("VECHE_SHARED");
    const std::filesystem::path base =
        folder != nullptr ? folder : veche::source_dir() + "/../shared";
    std::ifstream in(base / "data/allocation" / name, std::ios::binary);
    if (!in) return std::nullopt;
    std::stringstream all;
    all << in.rdbuf();
    return all.str();
}

constexpr const char* no_stable_case =
    R"({"id":"a","kind":"HRC","input":{"single":{"s":["h1","h2"]},"couples":{"c":{"members":["c1","c2"],"pairs":[["h1","h2"]]}},"programmes":{"h1":["c1","s"],"h2":["s","c2"]},"capacity":{"h1":1,"h2":1}},"expected":{"stable":[]}})";

}  // namespace

TEST_CASE("cases of vectors run, and what differs is said") {
    CHECK(run_more_vector("HRC", no_stable_case, {}) == "");
    std::string roomy = no_stable_case;
    roomy.replace(roomy.find(R"("h1":1)"), 6, R"("h1":2)");
    CHECK(run_more_vector("HRC", roomy, {}) == "none expected, and none is not proved");
    roomy.replace(roomy.find("[]"), 2, R"([{"s":"h1","c1":"h1","c2":"h2"}])");
    CHECK(run_more_vector("HRC", roomy, {}) == "");
    CHECK(run_more_vector("HR", no_stable_case, {}) == std::nullopt);
    CHECK(run_more_vector("call order",
                          R"({"input":{"A":{"pct":20,"types":"CCB"}},"expected":{"A":[1,2,3]}})",
                          {}) == "A: call 1: 1 expected, 3 came");
    CHECK(run_more_vector("HRC", "{}", {}) == R"(the case has no "input")");
}

TEST_CASE("the shared cases of these kinds come out as expected") {
    const auto text = shared_case_file("vectors/vectors.json");
    if (!text) {
        MESSAGE("skipped: the shared vectors are not here");
        return;
    }
    // Cases stand in a list; each begins with its id.
    int found = 0;
    const auto canonical = json::canonicalize_rfc8785(*text);
    REQUIRE(canonical.has_value());
    std::size_t depth = 0;
    std::size_t begin = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < canonical->size(); ++i) {
        const char c = (*canonical)[i];
        if (quoted) {
            if (c == '\\') ++i;
            if (c == '"') quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' && depth++ == 0) {
            begin = i;
        } else if (c == '}' && --depth == 0) {
            const std::string one = canonical->substr(begin, i + 1 - begin);
            const auto members = json::read_foreign_object(one);
            REQUIRE(members.has_value());
            const std::string kind = members->at("kind").substr(1, members->at("kind").size() - 2);
            const auto said = run_more_vector(kind, one, {});
            if (!said) continue;
            ++found;
            CHECK_MESSAGE(*said == "", members->at("id"));
        }
    }
    CHECK(found == 5);
}

TEST_CASE("the shared groups are called in the order of the national program") {
    const auto text = shared_case_file("callorder/two_rate_orders.json");
    if (!text) {
        MESSAGE("skipped: the shared groups are not here");
        return;
    }
    const auto canonical = json::canonicalize(*text);
    REQUIRE(canonical.has_value());
    const auto groups = from_json<std::vector<call_group>>(std::string_view(*canonical));
    REQUIRE(groups.has_value());
    CHECK(groups->size() == 98);
    for (const call_group& group : *groups) {
        const auto kinds = kinds_of(group.types);
        REQUIRE(kinds.has_value());
        const least_rates rates{static_cast<std::uint32_t>(group.min_scholarship_pct),
                                static_cast<std::uint32_t>(group.min_sector_pct)};
        const auto order = call_order(*kinds, rates);
        REQUIRE(order.has_value());
        std::vector<std::int64_t> ranks;
        for (const std::uint32_t r : *order) ranks.push_back(r + 1);
        CHECK(ranks == group.call_order);
        CHECK(call_order_fault(*kinds, rates, *order) == "");
    }
}

TEST_CASE("the shared files with couples come out as expected") {
    for (int n = 0; n < 4; ++n) {
        const std::string name = "hr/rp_test" + std::to_string(n);
        const auto text = shared_case_file(name);
        if (!text) {
            MESSAGE("skipped: " << name << " is not here");
            continue;
        }
        const auto file = read_couples_file(*text);
        REQUIRE_MESSAGE(file.has_value(), file.error().sentence());
        const auto made = match_couples(file->market);
        REQUIRE(made.has_value());
        CHECK(couples_fault(file->market, *made) == "");
        CHECK(made->outcome == couples_outcome::stable);
        // The expected matching is stable too: another check of the check.
        auto theirs = *made;
        std::stringstream lines(*shared_case_file(name + ".expected"));
        std::string word;
        std::int64_t id = 0;
        std::int64_t p = 0;
        lines >> word >> id;
        for (auto& at : theirs.matching) at = -1;
        while (lines >> word >> id >> p) theirs.matching[static_cast<std::size_t>(id)] = p;
        CHECK(couples_fault(file->market, theirs) == "");
    }
}

TEST_CASE("a file with couples is read, and its result written in the same form") {
    const auto file = read_couples_file(
        "# residents\nr 7 1 2\n\nc 0 8 9 1 2 1 -1 # a couple\np 1 1 8 7\np 2 1 7 9\n");
    REQUIRE_MESSAGE(file.has_value(), file.error().sentence());
    CHECK(file->applicants == std::vector<std::int64_t>{7, 8, 9});
    CHECK(file->market.couples == std::vector<couple>{{1, 2, {{0, 1}, {0, nobody}}}});
    const auto made = match_couples(file->market);
    CHECK(couples_file_result(*file, *made) == "m 1\nr 7 2\nr 8 1\nr 9 -1\n");
}

TEST_CASE("what is no file with couples is refused with its line and a remedy") {
    const auto why = [](std::string_view text) {
        const auto file = read_couples_file(text);
        return file ? std::string() : file.error().sentence();
    };
    CHECK(why("r 1 5\n") ==
          "Line 1 cannot be read: there is no programme 5. It should have only programmes with a "
          "line of their own.");
    CHECK(why("x 1\n") ==
          "Line 1 cannot be read: it begins with \"x\". It should have r, c or p in front.");
    CHECK(why("r 1\nr 1\n") ==
          "Line 2 cannot be read: 1 stands in line 1 already. It should have each applicant and "
          "programme once: alone or in a couple.");
    CHECK(
        why("c 0 1 2\nc 1 2 3\nc 2 3 1\n")
            .starts_with("Line 2 cannot be read: applicant 2 is in the couple of line 1 already."));
    CHECK(why("c 0 1 2\nc 1 3 4\nc 2 4 1\n").find("these couples go round in a circle") !=
          std::string::npos);
    CHECK(why("c 0 1 1\n").starts_with("Line 1 cannot be read: a couple is two people."));
    CHECK(why("p 1 1\nc 0 1 2 1\n")
              .starts_with("Line 2 cannot be read: a programme has no other beside it."));
    CHECK(why("p 1 1 x\n").starts_with("Line 1 cannot be read: \"x\" is no number."));
    CHECK(why("p 1\n").starts_with("Line 1 cannot be read: something is missing."));
    CHECK(why("r 1\np 1 1 1 1\n").starts_with("Line 2 cannot be read: applicant 1 stands twice."));
    CHECK(why("r 1\nc 0 1 2\n").starts_with("Line 2 cannot be read: 1 stands in line 1 already."));
    CHECK(why("") == "");
}
