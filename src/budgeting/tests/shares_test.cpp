#include <algorithm>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "budgeting/certificate_check.hpp"
#include "budgeting/payment.hpp"
#include "budgeting/refusal.hpp"
#include "budgeting/tests/oracle.hpp"
#include "budgeting/tests/shared.hpp"

using namespace veche;
using namespace veche::budgeting;
using namespace veche::budgeting::testing;

namespace {

/// Few kinds of cost and of ballot, so that equals are common; and twins, whose supporters and cost
/// are the same, so that they tie however their supporters have paid.
election random_budget() {
    election e;
    const int projects = *rc::gen::inRange(1, 9);
    const int unit = *rc::gen::element(1, 7, 1000);
    std::vector<bool> twin;
    for (int c = 0; c < projects; ++c) {
        twin.push_back(c > 0 && *rc::gen::inRange(0, 3) == 0);
        const std::int64_t cost =
            twin.back() ? e.projects.back().cost : *rc::gen::inRange(1, 8) * unit;
        e.projects.push_back({"p" + std::to_string(c), cost});
    }
    e.budget = *rc::gen::inRange(1, 30) * unit;
    e.kind = *rc::gen::element(ballot_kind::approval, ballot_kind::points);
    const int groups = *rc::gen::inRange(1, 14);
    for (int g = 0; g < groups; ++g) {
        std::vector<mark> ballot;
        std::uint32_t points = 0;
        for (std::uint32_t c = 0; c < e.projects.size(); ++c) {
            if (!twin[c]) {
                const int most = e.kind == ballot_kind::points ? 5 : 2;
                points = static_cast<std::uint32_t>(
                    *rc::gen::inRange(0, 5) < 3 ? 0 : *rc::gen::inRange(1, most));
            }
            if (points > 0) ballot.push_back({c, points});
        }
        e.add(ballot, static_cast<std::uint32_t>(*rc::gen::inRange(1, 4)));
    }
    e.group();
    return e;
}

shares_rules random_rules() {
    shares_rules rules;
    rules.measure = *rc::gen::element(utility::cost, utility::cardinality);
    return rules;
}

/// The election with its projects in another order: project c is new_place[c].
election reordered(const election& e, const std::vector<std::uint32_t>& new_place) {
    election out = e;
    for (std::size_t c = 0; c < e.projects.size(); ++c) out.projects[new_place[c]] = e.projects[c];
    for (mark& one : out.marks) one.project = new_place[one.project];
    out.group();
    return out;
}

std::vector<std::uint32_t> random_order(std::size_t size) {
    std::vector<std::uint32_t> order(size);
    for (std::uint32_t n = 0; n < size; ++n) order[n] = n;
    for (std::size_t n = size; n > 1; --n)
        std::swap(order[n - 1], order[*rc::gen::inRange<std::size_t>(0, n)]);
    return order;
}

}  // namespace

TEST_CASE("a payment is equal but for those who have less") {
    const auto paid = pay_equally(50, {5, 5, 30, 30, 30});
    REQUIRE(paid.has_value());
    CHECK(paid->shares == std::vector<ratio>{{5, 1}, {5, 1}, {40, 3}, {40, 3}, {40, 3}});
    CHECK(paid->effective_votes == ratio{15, 4});
    CHECK(pay_equally(25, {30, 30, 5, 0, 0})->effective_votes == ratio{5, 2});
    CHECK(pay_equally(10, {5, 5})->price == ratio{5, 1});
    CHECK_FALSE(pay_equally(11, {5, 5}).has_value());
    CHECK_FALSE(pay_equally(1, {}).has_value());
}

TEST_CASE("who has paid for one project pays less for the next, and its effective votes fall") {
    // Six voters hold 10 each. a: four pay 6. b: of its three supporters two hold 4 and one 10.
    const election e = approvals(60, {24, 18, 10}, {{0, 1}, {0, 1}, {0}, {0}, {1}, {2}});
    const auto made = equal_shares(e, {});
    REQUIRE(made.has_value());
    CHECK(ids(e, made->bought) == "a b c");
    const certificate said = certify(e, {}, *made);
    CHECK(said.endowment == "10");
    REQUIRE(said.purchases.size() == 3);
    CHECK(said.purchases[0].effective_votes == "4");
    CHECK(said.purchases[1].price == "10");
    CHECK(said.purchases[1].effective_votes == "9/5");
    CHECK(check_certificate(e, said).empty());
}

TEST_CASE("equals go by cost, then votes, then the lottery, as the call says") {
    const election e = approvals(4, {2, 2}, {{0}, {0}, {1}, {1}});
    shares_rules rules;
    rules.endowment = ratio{1, 1};
    CHECK(ids(e, equal_shares(e, rules)->bought) == "a b");
    rules.lottery = {1, 0};
    CHECK(ids(e, equal_shares(e, rules)->bought) == "b a");
    // Both cost two for each vote by cardinality; c is cheaper.
    const election f = approvals(6, {4, 2}, {{0}, {0}, {1}});
    rules.measure = utility::cardinality;
    rules.endowment = ratio{2, 1};
    rules.lottery.clear();
    CHECK(ids(f, equal_shares(f, rules)->bought) == "b a");
    rules.ties = {tie_rule::most_votes};
    CHECK(ids(f, equal_shares(f, rules)->bought) == "a b");
    rules.lottery = {0, 0};
    CHECK(equal_shares(f, rules).error().kind == &refusals::order_incomplete);
}

TEST_CASE("the two stops of rising endowments differ as they are told to") {
    // At 1 a voter a is bought, and c would still fit: only exhaustion, not overshoot, ends at once
    // where nothing fits.
    const election e = approvals(10, {4, 5, 6}, {{0}, {0}, {0}, {0}, {1}, {1}, {2}, {2}, {2}, {2}});
    shares_rules rules;
    rules.then = completion::add1;
    const auto on = equal_shares(e, rules);
    rules.stop = stopping::exhaustive;
    const auto first = equal_shares(e, rules);
    CHECK(ids(e, on->bought) == "a c");
    CHECK(ids(e, first->bought) == "a c");
    CHECK(first->runs <= on->runs);
    CHECK(on->cost == 10);
}

TEST_CASE("what is left is spent by votes, where the call says so") {
    const election e = approvals(12, {3, 8, 9}, {{0}, {0}, {0}, {1}, {2}, {2}});
    shares_rules rules;
    CHECK(ids(e, equal_shares(e, rules)->chosen()) == "a");
    rules.then = completion::utilitarian;
    const auto made = equal_shares(e, rules);
    CHECK(ids(e, made->bought) == "a");
    CHECK(ids(e, made->added) == "c");
    CHECK(check_certificate(e, certify(e, rules, *made)).empty());
}

TEST_CASE("integral endowments begin at the whole part") {
    const election e = approvals(10, {6, 3}, {{0}, {0}, {0}, {1}});
    shares_rules rules;
    rules.then = completion::integral;
    const auto made = equal_shares(e, rules);
    CHECK(made->endowment.den == 1);
    CHECK(made->endowment == ratio{3, 1});
    CHECK(ids(e, made->bought) == "a b");
}

TEST_CASE("by comparison the greedy outcome stands where more voters prefer it") {
    // Three of seven can pay for b; the four who want a never can without overspending.
    const election e = approvals(10, {10, 4}, {{0}, {0}, {0}, {0}, {1}, {1}, {1}});
    shares_rules rules;
    rules.then = completion::comparison;
    const auto made = equal_shares(e, rules);
    REQUIRE(made.has_value());
    CHECK(check_certificate(e, certify(e, rules, *made)).empty());
    CHECK(made->greedy_preferred);
    CHECK(ids(e, made->chosen()) == "a");
}

TEST_CASE("a filter leaves projects of too few votes out") {
    const election e = approvals(9, {3, 9}, {{0}, {0}, {1}});
    shares_rules rules;
    rules.filter = 2;  // b: 1/3 < 9/18
    const auto made = equal_shares(e, rules);
    CHECK(made->excluded == std::vector<std::uint32_t>{1});
    CHECK(check_certificate(e, certify(e, rules, *made)).empty());
}

TEST_CASE("elections and rules that make no sense are refused") {
    const election good = approvals(5, {3}, {{0}});
    shares_rules rules;
    election e = good;
    e.projects.clear();
    CHECK(equal_shares(e, rules).error().kind == &refusals::project_missing);
    e = good;
    e.voters = 0;
    CHECK(equal_shares(e, rules).error().kind == &refusals::voter_missing);
    e = good;
    e.budget = 0;
    CHECK(equal_shares(e, rules).error().kind == &refusals::budget_out_of_range);
    e = good;
    e.projects[0].cost = 0;
    CHECK(equal_shares(e, rules).error().kind == &refusals::cost_out_of_range);
    e = good;
    e.marks[0].project = 4;
    CHECK(equal_shares(e, rules).error().kind == &refusals::ballot_malformed);
    rules.step = 0;
    CHECK(equal_shares(good, rules).error().kind == &refusals::step_out_of_range);
    rules.step = 1;
    rules.endowment = ratio{1, 0};
    CHECK(equal_shares(good, rules).error().kind == &refusals::endowment_out_of_range);
    rules.endowment.reset();
    rules.then = completion::add1;
    rules.most_runs = 3;
    const election slow = approvals(1'000'000, {600'000}, {{0}, {}, {}, {}});
    CHECK(equal_shares(slow, rules).error().kind == &refusals::too_many_runs);
}

TEST_CASE("every run buys what a slow program in rationals buys, at the same prices") {
    std::int64_t asked = 0;
    const auto compare_one = [&] {
        const election e = random_budget();
        shares_rules rules = random_rules();
        rules.lottery = random_order(e.projects.size());
        if (*rc::gen::arbitrary<bool>()) rules.endowment = ratio{*rc::gen::inRange(0, 40), 3};
        const ratio endowment = rules.endowment.value_or(ratio{e.budget, e.voters});
        const auto made = equal_shares(e, rules);
        RC_ASSERT(made.has_value());
        asked += made->asked_exactly;
        auto all = slow_shares(e, rules.measure, endowment, tie_ranks(e, rules));
        // A run ends when it has cost more than the budget.
        std::int64_t cost = 0;
        std::size_t kept = 0;
        while (kept < all.size() && cost <= e.budget) cost += e.projects[all[kept++].project].cost;
        all.resize(kept);
        RC_ASSERT(made->bought.size() == all.size());
        const certificate said = certify(e, rules, *made);
        for (std::size_t n = 0; n < all.size(); ++n) {
            RC_ASSERT(made->bought[n] == all[n].project);
            RC_ASSERT(said.purchases[n].price == all[n].price);
        }
    };
    CHECK(rc::check("engine and oracle agree", [&] {
        for (int n = 0; n < 10; ++n) compare_one();
    }));
    MESSAGE("questions answered in rationals: ", asked);
    CHECK(asked > 0);
}

TEST_CASE("names and order of projects change nothing but themselves") {
    CHECK(rc::check("neutral", [] {
        const election e = random_budget();
        shares_rules rules = random_rules();
        rules.then = *rc::gen::element(completion::none, completion::add1, completion::comparison);
        rules.lottery = random_order(e.projects.size());
        const auto place = random_order(e.projects.size());
        const election other = reordered(e, place);
        shares_rules moved = rules;
        for (std::uint32_t& c : moved.lottery) c = place[c];
        const auto made = equal_shares(e, rules);
        const auto again = equal_shares(other, moved);
        RC_ASSERT(made.has_value() == again.has_value());
        if (!made) return;
        RC_ASSERT(ids(e, made->chosen()) == ids(other, again->chosen()));
    }));
}

TEST_CASE("it makes no difference how equal ballots are bundled") {
    CHECK(rc::check("anonymous", [] {
        const election e = random_budget();
        election alone = e;
        alone.begins = {0};
        alone.marks.clear();
        alone.counts.clear();
        alone.voters = 0;
        for (std::size_t g = e.groups(); g-- > 0;)
            for (std::uint32_t n = 0; n < e.counts[g]; ++n)
                alone.add({e.marks.begin() + e.begins[g], e.marks.begin() + e.begins[g + 1]});
        const shares_rules rules = random_rules();
        RC_ASSERT(equal_shares(e, rules)->bought == equal_shares(alone, rules)->bought);
    }));
}

TEST_CASE("every completion stays within the budget, and its certificate holds") {
    CHECK(rc::check("completions", [] {
        const election e = random_budget();
        shares_rules rules = random_rules();
        rules.then = *rc::gen::element(completion::none, completion::utilitarian, completion::add1,
                                       completion::add1_utilitarian, completion::integral,
                                       completion::comparison);
        rules.stop = *rc::gen::element(stopping::overshoot, stopping::exhaustive);
        const auto made = equal_shares(e, rules);
        RC_ASSERT(made.has_value());
        RC_ASSERT(made->cost <= e.budget);
        const auto faults = check_certificate(e, certify(e, rules, *made));
        if (!faults.empty()) RC_LOG() << faults.front();
        RC_ASSERT(faults.empty());
    }));
}
