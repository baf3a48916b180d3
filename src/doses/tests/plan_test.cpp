// A plan of fewest deaths that a decision binds: whatever does not hold is refused, by the check
// alone.

#include <functional>

#include "doseplan/solver.hpp"
#include "doses/planned.hpp"
#include "doses/tests/desk.hpp"
#include "shares/death_rules.hpp"

namespace veche::doses {
namespace {

using namespace testing;

shares::death_problem three_regions() {
    shares::death_problem in;
    in.weeks = 8;
    in.interval = 4;
    in.effect = {4, 5};
    in.supply = {1, 20};
    in.capacity = {1, 10};
    in.floor = {1, 10};
    in.pack = 10;
    in.regions = {{"north", 400'000, {1, 200}, {12'000, 3'000}},
                  {"south", 900'000, {3, 200}, {}},
                  {"west", 250'000, {1, 500}, {}}};
    in.groups = {{"old", {1, 5}, {1, 25}, {4, 5}}, {"young", {4, 5}, {1, 2'000}, {3, 5}}};
    return in;
}

desk planning_desk(std::int32_t course = 2) {
    desk d;
    REQUIRE(d.send(product_of("vax", course, 10)) == "");
    REQUIRE(d.send(site_of("store")) == "");
    for (const char* one : {"north", "south", "west"}) REQUIRE(d.send(site_of(one)) == "");
    REQUIRE(d.send(record_group{{"old"}, {"council"}, en("Old"), 1, {}}) == "");
    REQUIRE(d.send(record_group{{"young"}, {"council"}, en("Young"), 2, {}}) == "");
    REQUIRE(d.send(lot_of("L", 600'000, 90)) == "");
    return d;
}

allocate planned_allocation(const shares::death_problem& in, std::int32_t now = 2) {
    allocate c;
    c.allocation = {"a-1"};
    c.product = {"vax"};
    c.from = {"store"};
    c.policy = second_policy::lockbox;
    c.plan.emplace();
    c.plan->now = now;
    c.plan->within = {1, 1'000};
    state_plan(c, {{"north"}, {"south"}, {"west"}}, in, doseplan::plan(in).value());
    return c;
}

}  // namespace

TEST_CASE("a decision binds a plan of fewest deaths: its first weeks are shared out") {
    desk d = planning_desk();
    const allocate c = planned_allocation(three_regions());
    CHECK(c.doses % 10 == 0);
    CHECK(c.doses > 100'000);
    CHECK(d.send(c) == "doses.only_by_decision");
    REQUIRE(d.by_decision(c) == "");
    const auto view = d.look(allocation_query{{"a-1"}});
    CHECK(view.holds);
    REQUIRE(view.plan);
    CHECK(view.plan->holds);
    std::int64_t sum = 0;
    for (const share_row& one : view.shares) {
        CHECK(one.why == "by_plan");
        CHECK(one.doses % 10 == 0);
        std::int64_t groups = 0;
        for (const group_doses& group : one.groups) groups += group.doses;
        CHECK(groups == one.doses);
        sum += one.doses;
    }
    CHECK(sum == c.doses);
    CHECK(view.kept == c.doses);  // a second dose for each
    dispatch out = sent("s-1", "store", "south", view.shares[1].doses, 0, 1);
    out.allocation = allocation_id{"a-1"};
    CHECK(d.send(out) == "");
}

TEST_CASE("a plan averts at least what plain rules avert with the same doses in the same weeks") {
    desk d = planning_desk();
    REQUIRE(d.by_decision(planned_allocation(three_regions())) == "");
    const plan_view view = *d.look(allocation_query{{"a-1"}}).plan;
    REQUIRE(view.rules.size() == 3);
    CHECK(view.rules[0].chosen);
    for (const planned_rule_row& one : view.rules) {
        CHECK(one.averted <= view.rules[0].averted);
        CHECK(one.averted <= view.bound);
        CHECK(one.firsts <= view.rules[0].firsts);
    }
    CHECK(view.rules[1].fewer > ratio{0, 1});
    CHECK(d.look(weigh_query{}).averted_exact == view.averted_exact);
    allocate other = planned_allocation(three_regions());
    other.plan->averted = "1";
    const plan_view spoilt = d.look(weigh_query{{}, other});
    CHECK(!spoilt.holds);
    CHECK(spoilt.rules.empty());
    CHECK(!ask(d.seen(), weigh_query{allocation_id{"nothing"}, {}}, {{}, d.at}));
    // The lowest coverage is lifted highest by the rule that lifts it.
    CHECK(*view.rules[2].least >= *view.rules[0].least);
    CHECK(*view.rules[0].least >= ratio{1, 10});
}

TEST_CASE("a plan that does not hold is refused with what is wrong") {
    const shares::death_problem in = three_regions();
    const allocate sound = planned_allocation(in);
    const auto said = [&](const std::function<void(allocate&)>& spoil) {
        desk d = planning_desk();
        allocate c = sound;
        spoil(c);
        return d.by_decision(c);
    };
    CHECK(said([](allocate&) {}) == "");
    CHECK(said([](allocate& c) { c.plan.reset(); }) == "doses.plan_missing plan");
    CHECK(said([](allocate& c) { c.rule = sharing_rule::max_min; }) == "doses.plan_unasked plan");
    CHECK(said([](allocate& c) { c.doses += 10; }) == "doses.plan_sum_differs doses");
    CHECK(said([](allocate& c) {
              ++c.shares[0].doses;
              --c.shares[1].doses;
          }) == "doses.shares_differ shares.0");
    CHECK(said([](allocate& c) { c.plan->floor = {9, 10}; }) == "doses.plan_below_floor plan");
    CHECK(said([](allocate& c) { c.plan->bound += "1"; }) == "doses.plan_bound_differs plan.bound");
    CHECK(said([](allocate& c) { c.plan->averted = "7"; }) ==
          "doses.plan_averts_other plan.averted");
    CHECK(said([](allocate& c) { ++c.plan->regions[1].groups[0].doses[0]; }) ==
          "doses.plan_doses_unsound plan");
    CHECK(said([](allocate& c) { c.plan->regions[1].groups[0].doses[0] += 10'000'000; }) ==
          "doses.plan_exceeds_uptake plan");
    CHECK(said([](allocate& c) { c.plan->supply = {1, 100}; }) == "doses.plan_exceeds_supply plan");
    CHECK(said([](allocate& c) { c.plan->capacity = {1, 50}; }) ==
          "doses.plan_exceeds_capacity plan");
    CHECK(said([](allocate& c) { c.plan->supply_prices[0] = -1; }) ==
          "doses.plan_prices_unsound plan");
    CHECK(said([](allocate& c) {
              c.plan->supply_prices.back() = c.plan->supply_prices.front() + 1;
          }) == "doses.plan_prices_unsound plan");
    CHECK(said([](allocate& c) {
              c.plan->regions[0].place_prices.assign(static_cast<std::size_t>(c.plan->weeks) + 1,
                                                     1);
          }) == "doses.plan_prices_unsound plan");
    CHECK(said([](allocate& c) { std::swap(c.recipients[0], c.recipients[1]); }) ==
          "doses.plan_regions_differ plan.regions.0");
    CHECK(said([](allocate& c) { ++c.recipients[0].already; }) ==
          "doses.plan_regions_differ plan.regions.0");
    CHECK(said([](allocate& c) { c.plan->groups[1].group = {"nobody"}; }) ==
          "doses.group_unknown plan.groups.1.group");
    CHECK(said([](allocate& c) { c.plan->groups[1].group = c.plan->groups[0].group; }) ==
          "doses.group_repeated plan.groups.1.group");
    CHECK(said([](allocate& c) { c.plan->within = {2, 100}; }) ==
          "doses.number_out_of_range plan.within");
    CHECK(said([](allocate& c) { c.plan->now = 5; }) == "doses.number_out_of_range plan.now");
    CHECK(said([](allocate& c) { c.plan->weeks = 4'000'000; }) ==
          "doses.number_out_of_range plan.weeks");
    CHECK(said([](allocate& c) { c.plan->sources.push_back({"regions", "ab", {}}); }) ==
          "doses.plan_source_unnamed plan.sources.0.sha256");
}

TEST_CASE("a sound plan that is far from its bound binds nobody") {
    // All doses by the lowest coverage, under the prices of the best plan: every number holds.
    shares::death_problem in = three_regions();
    const shares::death_plan best = doseplan::plan(in).value();
    shares::death_plan fair = best;
    const std::vector<std::size_t> order = {1, 0};
    fair.doses = shares::doses_by_rule(in, shares::first_doses_by_week(in, best.doses),
                                       shares::dose_rule::max_min, order)
                     .value();
    fair.averted = shares::averted_by(in, fair.doses);
    REQUIRE(shares::fault_in(in, fair) == "");
    allocate c = planned_allocation(in);
    const allocate frame = c;
    c.recipients.clear();
    c.shares.clear();
    c.doses = 0;
    c.plan.emplace();
    c.plan->now = 2;
    c.plan->within = most_within;
    state_plan(c, {{"north"}, {"south"}, {"west"}}, in, fair);
    desk d = planning_desk();
    CHECK(d.by_decision(c) == "doses.plan_too_far plan.within");
    CHECK(d.by_decision(frame) == "");
}

TEST_CASE("a plan needs a course of two whose second dose it gives in time") {
    const allocate c = planned_allocation(three_regions());
    desk one = planning_desk(1);
    CHECK(one.by_decision(c) == "doses.plan_unfit plan.interval");
    shares::death_problem early = three_regions();
    early.interval = 2;  // the course wants 21 days
    desk d = planning_desk();
    CHECK(d.by_decision(planned_allocation(early)) == "doses.plan_unfit plan.interval");
    desk little = planning_desk();
    REQUIRE(
        little.send(discard{
            {"store"}, {"L"}, stock_state::usable, 450'000, day(0), loss_reason::breakage, {}}) ==
        "");
    CHECK(little.by_decision(c) == "doses.stock_short doses");
}

TEST_CASE("the bound of a plan counts those who had a dose before") {
    shares::death_problem in = three_regions();
    const shares::death_plan with = doseplan::plan(in).value();
    CHECK(shares::fault_in(in, with) == "");
    in.regions[0].before.clear();
    const shares::death_plan without = doseplan::plan(in).value();
    CHECK(with.bound != without.bound);
    // 64,000 old people of the north take a dose; 12,000 of them had one.
    std::int64_t old_north = 0;
    for (std::size_t t = 0; t < 8; ++t) old_north += with.doses[t];
    CHECK(old_north <= 52'000);
}

}  // namespace veche::doses
