// The shared data on matching, where it is here.

#include "matching/certificate_check.hpp"
#include "matching/deferred_acceptance.hpp"
#include "matching/foreign_json.hpp"
#include "matching/lots.hpp"
#include "matching/match_run.hpp"
#include "matching/reserved_acceptance.hpp"
#include "matching/score_limits.hpp"
#include "matching/tests/core_testing.hpp"
#include "matching/vector_cases.hpp"

using namespace veche::matching;
using namespace veche::matching::core_testing;

namespace {

std::optional<foreign_json> shared_json(const std::string& name) {
    const std::string text = shared_allocation(name);
    if (text.empty()) {
        MESSAGE("skipped: the shared data is not here");
        return std::nullopt;
    }
    return foreign_json(text);
}

/// A call of the shared files: lists, and the rank of each applicant at each programme.
struct shared_call {
    market of;
    std::map<std::string, std::uint32_t> applicants;
    std::map<std::string, std::uint32_t> programmes;

    explicit shared_call(const foreign_json::members& from, const char* orders) {
        for (const auto& [name, seats] : from.at("capacity").object()) {
            programmes.emplace(name, static_cast<std::uint32_t>(programmes.size()));
            of.capacities.push_back(static_cast<std::uint32_t>(*seats.integer()));
        }
        const auto order = from.at(orders).object();
        for (const auto& [name, list] : from.at("preferences").object()) {
            applicants.emplace(name, static_cast<std::uint32_t>(applicants.size()));
            for (const foreign_json& one : list.list())
                if (const auto rank = rank_at(order.at(one.text()), name))
                    of.choices.push_back({programmes.at(one.text()), *rank});
            of.begins.push_back(static_cast<std::uint32_t>(of.choices.size()));
        }
    }
    static std::optional<std::uint32_t> rank_at(const foreign_json& order, const std::string& who) {
        if (order.is_object()) {
            const auto ranks = order.object();
            const auto found = ranks.find(who);
            if (found == ranks.end()) return std::nullopt;
            return static_cast<std::uint32_t>(*found->second.integer());
        }
        const auto list = order.list();
        for (std::size_t i = 0; i < list.size(); ++i)
            if (list[i].text() == who) return static_cast<std::uint32_t>(i);
        return std::nullopt;
    }
    [[nodiscard]] assignment read(const foreign_json& said) const {
        assignment placed(of.applicants(), nobody);
        for (const auto& [name, at] : said.object())
            if (!at.is_null()) placed[applicants.at(name)] = programmes.at(at.text());
        return placed;
    }
};

/// One programme or -1 a line.
assignment places_in(const std::string& text, const market_file& file) {
    assignment placed;
    std::istringstream in(text);
    for (std::string word; in >> word;) {
        const auto at = std::find(file.programmes.begin(), file.programmes.end(), word);
        placed.push_back(at == file.programmes.end()
                             ? nobody
                             : static_cast<std::uint32_t>(at - file.programmes.begin()));
    }
    return placed;
}

}  // namespace

TEST_CASE("the shared calls with equals come out as expected under all three policies") {
    const auto calls = shared_json("hr/ties.json");
    if (!calls) return;
    const auto all = calls->list();
    CHECK(all.size() == 24);
    for (const foreign_json& one : all) {
        const auto from = one.object();
        const shared_call call(from, "rank_class");
        const auto expected = from.at("expected").object();
        INFO(from.at("id").text());
        CHECK(match_by_limits(call.of, tie_policy::hungarian).placed ==
              call.read(expected.at("H")));
        CHECK(match_by_limits(call.of, tie_policy::chilean).placed == call.read(expected.at("L")));
        std::vector<std::string> keys(call.applicants.size());
        const auto order = from.at("lottery_order").list();
        for (std::size_t i = 0; i < order.size(); ++i)
            keys[call.applicants.at(order[i].text())] = std::string(1, static_cast<char>('A' + i));
        const auto strict = drawn(call.of, [&](std::uint32_t, std::uint32_t a) { return keys[a]; });
        CHECK(match_by_applicants(strict).placed == call.read(expected.at("lottery")));
    }
}

TEST_CASE("the shared calls with reserves come out as expected under all rules") {
    const auto calls = shared_json("hr/reserves.json");
    if (!calls) return;
    const auto all = calls->list();
    CHECK(all.size() == 24);
    for (const foreign_json& one : all) {
        const auto from = one.object();
        const shared_call call(from, "priority");
        const auto expected = from.at("expected").object();
        INFO(from.at("id").text());
        market_file file;
        file.of = call.of;
        file.applicant_types.assign(call.of.applicants(), 0);
        for (const foreign_json& who : from.at("eligible").list())
            file.applicant_types[call.applicants.at(who.text())] = 1;
        for (const auto& [name, seats] : from.at("reserve").object())
            file.reserved.push_back({static_cast<std::uint32_t>(*seats.integer())});
        CHECK(match_by_applicants(call.of).placed == call.read(expected.at("no_reserve")));
        for (const auto& [rule, name] : {std::pair(reserve_rule::first, "soft_reserve_first"),
                                         std::pair(reserve_rule::last, "soft_reserve_last"),
                                         std::pair(reserve_rule::hard, "hard_cap_on_others")}) {
            reserves seats{file.applicant_types, {}};
            for (std::uint32_t p = 0; p < call.of.programmes(); ++p)
                seats.plans.push_back(plan_of(file, p, rule));
            const auto out = match_with_reserves(call.of, seats);
            CHECK(out.of.placed == call.read(expected.at(name)));
            CHECK(check_reserved(call.of, seats, out).holds());
        }
    }
}

TEST_CASE("the shared synthetic instance comes out as two other programs say") {
    const std::string text = shared_allocation("hr/synthetic_500x20.rp");
    if (text.empty()) return;
    const auto file = read_market_rp(text);
    REQUIRE(file.has_value());
    CHECK(match_by_applicants(file->of).placed ==
          places_in(shared_allocation("hr/synthetic_500x20.applicant_optimal"), *file));
    CHECK(match_by_programmes(file->of).placed ==
          places_in(shared_allocation("hr/synthetic_500x20.programme_optimal"), *file));
}

TEST_CASE("the shared courses come out as expected for both sides") {
    for (const char* name : {"hr/course_10.json", "hr/course_4000.json"}) {
        const auto course = shared_json(name);
        if (!course) return;
        const auto from = course->object();
        std::string text;
        for (const auto& [id, list] : from.at("applicants").object()) {
            text += "r " + id;
            for (const foreign_json& one : list.list()) text += ' ' + one.text();
            text += '\n';
        }
        for (const auto& [id, of] : from.at("programmes").object()) {
            const auto programme = of.object();
            text += "p " + id + ' ' + programme.at("capacity").text();
            for (const foreign_json& one : programme.at("ranking").list()) text += ' ' + one.text();
            text += '\n';
        }
        const auto file = read_market_rp(text);
        REQUIRE_MESSAGE(file.has_value(), file.error().sentence());
        const auto expected = from.at("expected").object();
        for (const auto& [side, placed] :
             {std::pair("applicant_optimal", match_by_applicants(file->of).placed),
              std::pair("programme_optimal", match_by_programmes(file->of).placed)}) {
            std::size_t wrong = 0;
            const auto said = expected.at(side).object();
            for (std::uint32_t a = 0; a < placed.size(); ++a) {
                const auto at = said.find(file->applicants[a]);
                const bool none = at == said.end() || at->second.is_null();
                wrong +=
                    none ? placed[a] != nobody
                         : placed[a] == nobody || file->programmes[placed[a]] != at->second.text();
            }
            CHECK(wrong == 0);
        }
    }
}

TEST_CASE("the shared vectors of this room come out as expected") {
    const auto file = shared_json("vectors/vectors.json");
    if (!file) return;
    std::size_t known = 0;
    for (const foreign_json& one : file->list()) {
        const auto vector = one.object();
        const auto missed = run_vector(vector.at("kind").text(), one.raw(), {});
        if (!missed) continue;
        ++known;
        INFO(vector.at("id").text());
        CHECK(*missed == "");
    }
    CHECK(known == 8);
}
