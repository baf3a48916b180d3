// Panels: what the closed form, the columns and an enumeration agree on.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmpxx.h>
#include <rapidcheck.h>

#include "kernel/hash.hpp"
#include "source_dir.hpp"
#include "teams/call_file.hpp"
#include "teams/panel_check.hpp"
#include "teams/refusal.hpp"
#include "teams/tests/shared.hpp"
#include "teams/vector_cases.hpp"

using namespace veche;
using namespace veche::teams;
using namespace veche::teams::testing;

namespace {

std::int64_t any_of(int from, int to) {
    return *rc::gen::inRange(from, to + 1);
}

panel_call random_panel(int people, int categories, int most_features) {
    panel_call c;
    c.id = "panel";
    c.size = any_of(1, std::min(people, 5));
    std::vector<std::int64_t> features;
    for (int k = 0; k < categories; ++k) features.push_back(any_of(2, most_features));
    for (int p = 0; p < people; ++p) {
        respondent one{"r" + std::to_string(p), {}};
        for (int k = 0; k < categories; ++k)
            one.features["c" + std::to_string(k)] = std::to_string(
                any_of(0, static_cast<int>(features[static_cast<std::size_t>(k)]) - 1));
        c.people.push_back(one);
    }
    for (int k = 0; k < categories; ++k)
        for (int f = 0; f < features[static_cast<std::size_t>(k)]; ++f) {
            quota q{"c" + std::to_string(k), std::to_string(f), any_of(0, 1), 0};
            q.max = q.min + any_of(0, static_cast<int>(c.size));
            c.quotas.push_back(q);
        }
    return c;
}

std::vector<std::string> chances(const panel_outcome& o) {
    std::vector<std::string> out;
    for (const kind& k : o.kinds) out.push_back(k.probability);
    return out;
}

/// All panels by how many of each kind.
struct all_panels {
    all_panels(const panel_call& of, const std::vector<kind>& k)
        : c(of), kinds(k), now(k.size(), 0) {
        next(0, of.size);
    }
    void next(std::size_t k, std::int64_t left) {
        if (k == kinds.size()) {
            if (left == 0 && keeps()) found.push_back(now);
            return;
        }
        for (now[k] = 0; now[k] <= std::min(left, kinds[k].people); ++now[k])
            next(k + 1, left - now[k]);
        now[k] = 0;
    }
    bool keeps() const {
        for (const quota& q : c.quotas) {
            std::int64_t count = 0;
            for (std::size_t k = 0; k < kinds.size(); ++k)
                if (kinds[k].features.at(q.category) == q.feature) count += now[k];
            if (count < q.min || count > q.max) return false;
        }
        return true;
    }
    const panel_call& c;
    const std::vector<kind>& kinds;
    std::vector<std::int64_t> now;
    std::vector<std::vector<std::int64_t>> found;
};

std::filesystem::path leximin_data() {
    const char* folder = std::getenv("VECHE_SHARED");
    const std::filesystem::path base = folder != nullptr ? folder : source_dir() + "/../shared";
    return base / "data/allocation/leximin";
}

std::string all_text(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream all;
    all << in.rdbuf();
    return all.str();
}

panel_call two_groups() {
    panel_call c;
    c.id = "call";
    c.size = 2;
    for (int n = 0; n < 6; ++n)
        c.people.push_back({"r" + std::to_string(n), {{"group", n < 2 ? "a" : "b"}}});
    c.quotas = {{"group", "a", 1, 1}, {"group", "b", 1, 2}};
    return c;
}

}  // namespace

TEST_CASE(
    "every level holds against all panels there are, and panels are found where there are any") {
    CHECK(rc::check("levels", [] {
        const panel_call c =
            random_panel(static_cast<int>(any_of(1, 9)), static_cast<int>(any_of(1, 3)), 3);
        const auto made = find_lottery_by_columns(c);
        RC_ASSERT(made.has_value());
        RC_ASSERT(panel_fault(c, *made).empty());
        const all_panels all(c, made->kinds);
        RC_ASSERT((made->what == panel_verdict::none) == all.found.empty());
        RC_ASSERT(made->what != panel_verdict::not_decided);
        if (all.found.empty()) {
            RC_ASSERT(made->reason.has_value());
            return;
        }
        for (const level& l : made->levels)
            for (const auto& one : all.found) {
                mpq_class weight = 0;
                for (std::size_t k = 0; k < one.size(); ++k)
                    weight += mpq_class(l.weights[k]) * one[k];
                RC_ASSERT(weight <= mpq_class(l.limit));
            }
    }));
}

TEST_CASE("the closed form for one category is what the columns find") {
    CHECK(rc::check("one category", [] {
        const panel_call c = random_panel(static_cast<int>(any_of(1, 14)), 1, 5);
        const auto closed = find_lottery(c);
        const auto columns = find_lottery_by_columns(c);
        RC_ASSERT(panel_fault(c, *closed).empty());
        RC_ASSERT(closed->what == columns->what);
        RC_ASSERT(chances(*closed) == chances(*columns));
    }));
}

TEST_CASE("whoever is alike has the same chance, and the lottery draws by its number") {
    const panel_call c = two_groups();
    const auto made = find_lottery(c).value();
    CHECK(chances(made) == std::vector<std::string>{"1/2", "1/4"});
    std::map<std::string, int> taken;
    for (int n = 0; n < 256; ++n) {
        const auto drawn = draw(c, made, to_hex(sha256(std::to_string(n)))).value();
        CHECK(drawn.size() == 2);
        for (const std::string& one : drawn) ++taken[one];
    }
    CHECK(taken.size() == 6);
    for (const auto& [who, times] : taken) CHECK(times > (who < "r2" ? 96 : 40));
    CHECK(draw(c, made, some_seed).value() == draw(c, made, some_seed).value());
    CHECK(draw(c, made, "x").error().kind == &refusals::seed_malformed);
}

TEST_CASE("a lottery that is changed no longer passes its check") {
    const panel_call c = two_groups();
    const auto made = find_lottery(c).value();
    auto other = made;
    other.kinds[0].probability = "1/3";
    CHECK(panel_fault(c, other) == "a kind has not the probability that its panels give");
    other = made;
    other.panels.front().probability = "1/3";
    CHECK(!panel_fault(c, other).empty());
    other = made;
    other.levels.pop_back();
    CHECK(panel_fault(c, other) == "not all kinds are settled");
    other = made;
    other.levels.front().parts.front().prices.back() = "0";
    CHECK(!panel_fault(c, other).empty());
    other = made;
    other.panels.front().counts = {0, 2};
    CHECK(panel_fault(c, other) == "a panel breaks the window on group a");
}

TEST_CASE("a panel that cannot be says what stands in the way") {
    panel_call c = two_groups();
    c.quotas[0] = {"group", "a", 3, 3};
    c.size = 4;
    const auto made = find_panel(c).value();
    REQUIRE(made.what == panel_verdict::none);
    REQUIRE(made.reason->sides.size() == 1);
    CHECK(made.reason->sides[0].may_go == 2);
    CHECK(made.reason->sides[0].limit == 3);
    CHECK(panel_fault(c, made).empty());
    auto false_claim = made;
    c.quotas[0] = {"group", "a", 1, 1};
    CHECK(!panel_fault(c, false_claim).empty());
}

TEST_CASE("a panel of three from three groups, as a case of a vector file") {
    const char* text = R"({"id": "X", "kind": "panel",
        "input": {"panel": 3, "groups": [{"size": 2, "min": 1, "max": 1},
                                         {"size": 4, "min": 0, "max": 1},
                                         {"size": 6, "min": 1, "max": 3}]},
        "expected": {"probability": ["1/2", "1/5", "1/5"]}})";
    // Two are left for ten people: the groups of four and of six share them alike.
    CHECK(run_vector("panel", text, {}) == "");
    CHECK(run_vector("panel",
                     R"({"input": {"panel": 1, "groups": [{"size": 2, "min": 0, "max": 1}]},
                                  "expected": {"probability": ["1/3"]}})",
                     {}) == "probabilities 1/2 came");
    CHECK(!run_vector("HR", text, {}).has_value());
}

TEST_CASE("the panels of the shared data come out as they say") {
    if (!std::filesystem::exists(leximin_data())) {
        MESSAGE("skipped: the shared data for panels are not here");
        return;
    }
    const std::string all = all_text(leximin_data() / "one_attribute.json");
    std::size_t seen = 0;
    for (std::size_t at = 0; (at = all.find("{\"id\"", at)) != std::string::npos; ++at) {
        const std::string one = all.substr(at, all.find("]}}", at) + 3 - at);
        CAPTURE(one);
        CHECK(run_vector("panel", one, {}) == "");
        ++seen;
    }
    CHECK(seen == 24);
    panel_call c = read_panel_call(all_text(leximin_data() / "example_small_20/categories.csv"),
                                   all_text(leximin_data() / "example_small_20/respondents.csv"))
                       .value();
    c.size = 20;
    const auto made = find_lottery(c).value();
    CHECK(made.what == panel_verdict::lottery);
    CHECK(chances(made) == std::vector<std::string>{"1/10", "1/10", "1/10"});
}
