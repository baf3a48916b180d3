// The shared elections with what they must give.

#include <algorithm>
#include <numeric>

#include <doctest/doctest.h>

#include "budgeting/certificate_check.hpp"
#include "budgeting/greedy.hpp"
#include "budgeting/tests/shared.hpp"
#include "budgeting/vector_cases.hpp"
#include "kernel/json.hpp"

using namespace veche;
using namespace veche::budgeting;
using namespace veche::budgeting::testing;

namespace {

std::string joined(json::node list) {
    std::string out;
    for (json::node n = list.first(); n.valid(); n = n.next())
        out += (out.empty() ? "" : " ") + std::string(n.as_string());
    return out;
}

/// Equals of the shared results stand in the order of ids.
std::vector<std::uint32_t> order_of_ids(const election& e) {
    std::vector<std::uint32_t> order(e.projects.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(),
              [&](auto a, auto b) { return std::less<>()(e.projects[a].id, e.projects[b].id); });
    return order;
}

std::string lowest(std::string_view fraction) {
    return std::string(fraction.ends_with("/1") ? fraction.substr(0, fraction.size() - 2)
                                                : fraction);
}

void compare_add1(const election& e, json::node said, shares_rules rules, stopping stop) {
    const std::string name = "add1_" + std::string(name_of(stop));
    if (!said.find(name).valid()) return;
    rules.then = completion::add1;
    rules.stop = stop;
    const auto made = equal_shares(e, rules);
    REQUIRE(made.has_value());
    CHECK(ids(e, made->bought) == joined(said.find(name)));
    CHECK(made->endowment == *parse_ratio(said.find(name + "_endowment").as_string()));
    if (stop == stopping::overshoot) CHECK(made->runs - 1 == said.find("steps").as_integer());
    CHECK(check_certificate(e, certify(e, rules, *made)).empty());
}

}  // namespace

TEST_CASE("equal shares of the shared elections, in order and with their effective votes") {
    const auto folder = allocation_folder();
    const std::string text = text_in(folder / "mes/expected_mes_exact.json");
    if (text.empty()) {
        MESSAGE("skipped: the shared elections are not here");
        return;
    }
    const auto files = json::read_foreign_object(text);
    REQUIRE(files.has_value());
    CHECK(files->size() == 19);
    for (const auto& [name, value] : *files) {
        CAPTURE(name);
        const auto read = read_pb(text_in(folder / "pb" / name));
        REQUIRE(read.has_value());
        const election& e = read->on;
        const std::string canonical = json::canonicalize(value).value();
        json::document doc;
        REQUIRE(doc.reset(canonical).has_value());
        const json::node said = doc.root();
        shares_rules rules;
        rules.lottery = order_of_ids(e);
        const auto made = equal_shares(e, rules);
        REQUIRE(made.has_value());
        CHECK(ids(e, made->bought) == joined(said.find("none")));
        const certificate proof = certify(e, rules, *made);
        std::string votes;
        for (const purchase& one : proof.purchases)
            votes += (votes.empty() ? "" : " ") + one.effective_votes;
        std::string expected;
        for (json::node n = said.find("none_effective_votes").first(); n.valid(); n = n.next())
            expected += (expected.empty() ? "" : " ") + lowest(n.as_string());
        CHECK(votes == expected);
        CHECK(check_certificate(e, proof).empty());
        compare_add1(e, said, rules, stopping::overshoot);
        compare_add1(e, said, rules, stopping::exhaustive);
    }
}

TEST_CASE("the greedy rules choose what was officially chosen") {
    const auto folder = allocation_folder() / "pb";
    const std::string text = text_in(folder / "greedy_expected_rules.json");
    if (text.empty()) {
        MESSAGE("skipped: the shared elections are not here");
        return;
    }
    const auto files = json::read_foreign_object(text);
    REQUIRE(files.has_value());
    CHECK(files->size() == 38);
    for (const auto& [name, rule] : *files) {
        CAPTURE(name);
        const auto read = read_pb(text_in(folder / name));
        REQUIRE(read.has_value());
        greedy_rules rules;
        rules.no_skip = rule == "\"greedy-no-skip\"";
        if (rule == "\"greedy-threshold\"") rules.threshold = read->threshold;
        auto chosen = greedy(read->on, rules).value();
        std::sort(chosen.begin(), chosen.end());
        std::vector<std::uint32_t> official;
        for (std::uint32_t c = 0; c < read->rows.size(); ++c)
            if (read->rows[c].selected == 1) official.push_back(c);
        CHECK(chosen == official);
    }
}

TEST_CASE("the vectors of the room run, and those of others are none of its business") {
    const auto folder = allocation_folder();
    CHECK_FALSE(run_vector("apportionment", "{}", folder).has_value());
    const std::string payment =
        R"({"input":{"budgets":[5,5,30,30,30],"cost":50},)"
        R"("expected":{"effective_votes":"15/4","payments":["5","5","40/3","40/3","40/3"]}})";
    CHECK(run_vector("MES payment", payment, folder) == "");
    std::string wrong = payment;
    wrong.replace(wrong.find("15/4"), 4, "16/4");
    CHECK(run_vector("MES payment", wrong, folder) == "The effective votes are 15/4.");
    CHECK(run_vector("MES", R"({"input":{"file":"no/such.pb"},"expected":{}})", folder)
              ->find("cannot be read") != std::string::npos);
    if (!std::filesystem::exists(folder)) return;
    CHECK(run_vector("MES", R"({"input":{"file":"mes/float_traps.json"},"expected":{}})", folder) ==
          "");
}
