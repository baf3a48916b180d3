#include "budgeting/account.hpp"

#include <algorithm>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "budgeting/certificate_check.hpp"
#include "budgeting/greedy.hpp"
#include "budgeting/phragmen.hpp"
#include "budgeting/tests/shared.hpp"

using namespace veche;
using namespace veche::budgeting;
using namespace veche::budgeting::testing;

namespace {

/// Six voters with 10 each: a takes 24 of its four, then b asks for 18.
election town_of_six() {
    return approvals(60, {24, 18, 31}, {{0, 1}, {0, 1}, {0, 2}, {0, 2}, {1, 2}, {2}});
}

project_account told(std::uint32_t project, std::int64_t least = 1) {
    const election e = town_of_six();
    return account_of(e, certify(e, {}, equal_shares(e, {}).value()), project, least);
}

std::vector<std::uint32_t> no_ties(const election& e) {
    return tie_ranks(e, {});
}

}  // namespace

TEST_CASE("a loser is told what its supporters paid for instead, and what it lacked") {
    const project_account c = told(2);
    CHECK(c.outcome == fate::short_of);
    CHECK(c.votes == 4);
    CHECK(c.held == 40);
    REQUIRE(c.taken_by.size() == 2);
    CHECK(c.taken_by[0].project == "a");
    CHECK(c.taken_by[0].supporters == 2);
    CHECK(c.taken_by[0].paid == 12);
    CHECK(c.taken_by[1].project == "b");
    CHECK(c.left + c.taken_by[0].paid + c.taken_by[1].paid == 40);
    CHECK(c.left < c.cost);
    CHECK(c.effective_support == c.left * 1000 / c.cost);
    CHECK(c.would_have_sufficed == c.left);
}

TEST_CASE("a loser that costs what would have sufficed is chosen") {
    CHECK(rc::check("sufficient cost", [] {
        election e;
        e.budget = *rc::gen::inRange(5, 60);
        for (int c = 0; c < 6; ++c)
            e.projects.push_back({"p" + std::to_string(c), *rc::gen::inRange(3, 30)});
        for (int v = 0; v < 9; ++v) {
            std::vector<mark> ballot;
            for (std::uint32_t c = 0; c < 6; ++c)
                if (*rc::gen::inRange(0, 3) == 0) ballot.push_back({c, 1});
            e.add(ballot);
        }
        e.group();
        shares_rules rules;
        rules.then = *rc::gen::element(completion::none, completion::utilitarian);
        const certificate said = certify(e, rules, equal_shares(e, rules).value());
        for (std::uint32_t c = 0; c < 6; ++c) {
            const project_account one = account_of(e, said, c, 1);
            std::int64_t told = one.left + one.taken_by_others;
            for (const taker& each : one.taken_by) told += each.paid;
            // Each sum is cut by itself.
            if (one.outcome == fate::short_of)
                RC_ASSERT(told <= one.held &&
                          told + static_cast<std::int64_t>(one.taken_by.size()) + 2 > one.held);
            if (one.would_have_sufficed.value_or(0) < 1) continue;
            election other = e;
            other.projects[c].cost = *one.would_have_sufficed;
            const auto chosen = equal_shares(other, rules)->chosen();
            RC_ASSERT(std::find(chosen.begin(), chosen.end(), c) != chosen.end());
        }
    }));
}

TEST_CASE("a winner is told what its supporters paid") {
    const project_account a = told(0);
    CHECK(a.outcome == fate::bought);
    CHECK(a.turn == 1);
    CHECK(a.price == "6");
    CHECK(a.paid_in_full == 4);
    CHECK(a.paid_less == 0);
    const project_account b = told(1);
    CHECK(b.turn == 2);
    CHECK(b.price == "10");
    CHECK(b.paid_in_full == 1);
    CHECK(b.paid_less == 2);
    CHECK(b.left == 18);
    CHECK_FALSE(b.would_have_sufficed.has_value());
}

TEST_CASE("what few share is summed up without a name") {
    const project_account c = told(2, 3);
    CHECK(c.taken_by.empty());
    CHECK(c.taken_by_others == 22);
}

TEST_CASE("by votes a loser is told what was left in its turn") {
    const election e = approvals(10, {6, 5, 4}, {{0}, {0}, {0}, {1}, {1}, {2}});
    certificate said;
    said.rule = "greedy";
    said.budget = 10;
    said.voters = 6;
    const auto chosen = greedy(e, {}).value();
    for (const std::uint32_t c : chosen) {
        said.completed.push_back(e.projects[c].id);
        said.cost += e.projects[c].cost;
    }
    CHECK(check_certificate(e, said).empty());
    const project_account b = account_of(e, said, 1);
    CHECK(b.outcome == fate::out_of_turn);
    CHECK(b.left == 4);
    CHECK(b.would_have_sufficed == 4);
    CHECK(account_of(e, said, 2).turn == 2);
}

TEST_CASE("Phragmen buys at the first moment its supporters have earned the cost") {
    // b: three earn 4 by 4/3. a: two of its three begin anew then: (6 + 4/3 + 4/3) / 3.
    const election e = approvals(10, {6, 4, 50}, {{0, 1}, {0, 1}, {0}, {1}, {2}});
    const auto made = phragmen(e, no_ties(e));
    REQUIRE(made.has_value());
    CHECK(ids(e, made->bought) == "b a");
    CHECK(made->moments == std::vector<std::string>{"4/3", "26/9"});
    certificate said = certify(e, *made);
    CHECK(check_certificate(e, said).empty());
    said.purchases[1].price = "3";
    CHECK_FALSE(check_certificate(e, said).empty());
}

TEST_CASE("Phragmen's certificates hold for random ballots") {
    CHECK(rc::check("moments", [] {
        election e;
        e.budget = *rc::gen::inRange(5, 60);
        for (int c = 0; c < 6; ++c)
            e.projects.push_back({"p" + std::to_string(c), *rc::gen::inRange(1, 12)});
        for (int v = 0; v < 12; ++v) {
            std::vector<mark> ballot;
            for (std::uint32_t c = 0; c < 6; ++c)
                if (*rc::gen::inRange(0, 3) == 0) ballot.push_back({c, 1});
            e.add(ballot);
        }
        e.group();
        const auto made = phragmen(e, no_ties(e));
        RC_ASSERT(made.has_value());
        RC_ASSERT(made->cost <= e.budget);
        const auto faults = check_certificate(e, certify(e, *made));
        if (!faults.empty()) RC_LOG() << faults.front();
        RC_ASSERT(faults.empty());
    }));
}

TEST_CASE("the greedy rules pass over, stop, or ask for a least score") {
    const election e = approvals(10, {6, 5, 4}, {{0}, {0}, {0}, {1}, {1}, {2}});
    CHECK(ids(e, greedy(e, {}).value()) == "a c");
    CHECK(ids(e, greedy(e, {.no_skip = true}).value()) == "a");
    CHECK(ids(e, greedy(e, {.threshold = 2}).value()) == "a");
    const election tie = approvals(3, {3, 3}, {{0}, {1}});
    CHECK(ids(tie, greedy(tie, {}).value()) == "a");
    CHECK(ids(tie, greedy(tie, {.lottery = {1, 0}}).value()) == "b");
}

TEST_CASE("what all supporters held, told in one pass, is what each account says") {
    CHECK(rc::check("money left", [] {
        election e;
        e.kind = ballot_kind::points;
        e.budget = *rc::gen::inRange(5, 60);
        for (int c = 0; c < 5; ++c)
            e.projects.push_back({"p" + std::to_string(c), *rc::gen::inRange(3, 30)});
        for (int v = 0; v < 8; ++v) {
            std::vector<mark> ballot;
            for (std::uint32_t c = 0; c < 5; ++c)
                if (const auto points = *rc::gen::inRange(0U, 4U); points > 0)
                    ballot.push_back({c, points});
            e.add(ballot);
        }
        e.group();
        shares_rules rules;
        rules.then = completion::add1_utilitarian;
        rules.most_rises = *rc::gen::inRange(0, 5);
        const certificate said = certify(e, rules, equal_shares(e, rules).value());
        const std::vector<held_money> all = money_left(e, said);
        for (std::uint32_t c = 0; c < 5; ++c) {
            const project_account one = account_of(e, said, c);
            RC_ASSERT(all[c].left == one.left);
            RC_ASSERT(all[c].effective_support == one.effective_support);
        }
    }));
}

TEST_CASE("endowments rise so often as they may, and the last run within the budget counts") {
    // One voter alone wants b, which costs all: shares would have to rise from 10 to 40.
    const election e = approvals(60, {10, 40}, {{0}, {0}, {0}, {0}, {0}, {1}});
    shares_rules rules;
    rules.then = completion::add1;
    rules.step = 10;
    rules.most_rises = 2;
    const shares_outcome two = equal_shares(e, rules).value();
    CHECK(two.runs == 3);
    CHECK(to_text(ratio{two.endowment.num / two.endowment.den, 1}) == "30");
    CHECK(ids(e, two.bought) == "a");
    rules.most_rises = 3;
    CHECK(ids(e, equal_shares(e, rules).value().bought) == "a b");
}
