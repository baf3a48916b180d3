#include "doses/measures.hpp"
#include "doses/tests/desk.hpp"

namespace veche::doses {
namespace {

using namespace testing;

struct unit_row {
    const char* site;
    std::int64_t people;
    std::int64_t percent;
    std::int64_t max_min;
    std::int64_t proportional;
};
/// Vectors H18 and H19 of the health reference: seven units with their populations of 2021.
constexpr unit_row units[] = {
    {"BR", 1338044, 30, 80573, 85867},  {"VI", 1120364, 25, 123484, 71898},
    {"HO", 1375286, 28, 110322, 88257}, {"HR", 1017976, 35, 10401, 65327},
    {"HM", 2009786, 45, 0, 128975},     {"MI", 1473346, 27, 132921, 94550},
    {"MA", 1014843, 22, 142299, 65126}};

desk with_units(std::int32_t course = 1) {
    desk d;
    REQUIRE(d.send(product_of("vax", course)) == "");
    REQUIRE(d.send(site_of("store")) == "");
    for (const unit_row& one : units) REQUIRE(d.send(site_of(one.site, member_id{"A"})) == "");
    REQUIRE(d.send(lot_of("L", 1'300'000, 90)) == "");
    return d;
}

allocate shared_by(sharing_rule rule, second_policy policy = second_policy::one_dose) {
    allocate c;
    c.allocation = {"a-1"};
    c.product = {"vax"};
    c.from = {"store"};
    c.doses = 600'000;
    c.rule = rule;
    c.scale = 100;
    c.policy = policy;
    for (const unit_row& one : units)
        c.recipients.push_back({{one.site}, one.people, one.people * one.percent, {}});
    return c;
}

}  // namespace

TEST_CASE("doses are shared out by decision alone, to the dose (H18, H19)") {
    for (const sharing_rule rule : {sharing_rule::max_min, sharing_rule::proportional}) {
        desk d = with_units();
        allocate c = shared_by(rule);
        CHECK(d.send(c) == "doses.only_by_decision");
        for (const unit_row& one : units)
            c.shares.push_back(
                {{one.site}, rule == sharing_rule::max_min ? one.max_min : one.proportional});
        ++c.shares[0].doses;
        --c.shares[1].doses;
        CHECK(d.by_decision(c) == "doses.shares_differ shares.0");
        --c.shares[0].doses;
        ++c.shares[1].doses;
        REQUIRE(d.by_decision(c) == "");
        const auto view = d.look(allocation_query{{"a-1"}});
        CHECK(view.holds);
        if (rule == sharing_rule::max_min) CHECK(view.level == "66098619/183496475");
        CHECK(view.methods.size() == 3);
        CHECK(d.by_decision(c) == "doses.id_taken allocation");
    }
}

TEST_CASE(
    "an allocation is carried out up to its shares, and others cannot take what it promises") {
    desk d = with_units();
    REQUIRE(d.by_decision(shared_by(sharing_rule::proportional)) == "");
    CHECK(d.send(sent("s-0", "store", "BR", 700'001, 0, 1)) == "doses.promised doses");
    dispatch c = sent("s-1", "store", "BR", 85'868, 0, 1);
    c.allocation = allocation_id{"a-1"};
    CHECK(d.send(c) == "doses.exceeds_share doses");
    c.doses = 85'000;
    REQUIRE(d.send(c) == "");
    c.shipment = {"s-2"};
    CHECK(d.send(c) == "doses.exceeds_share doses");
    c.doses = 867;
    CHECK(d.send(c) == "");
    CHECK(d.look(allocation_query{{"a-1"}}).shares.front().sent == 85'867);
}

TEST_CASE("no first dose is shared out without the second one that the policy keeps") {
    desk d = with_units(2);
    CHECK(d.by_decision(shared_by(sharing_rule::proportional)) == "doses.policy_unfit policy");
    allocate c = shared_by(sharing_rule::proportional, second_policy::lockbox);
    c.doses = 650'001;
    CHECK(d.by_decision(c) == "doses.seconds_not_in_sight doses");
    c.doses = 650'000;
    REQUIRE(d.by_decision(c) == "");
    CHECK(d.look(allocation_query{{"a-1"}}).kept == 650'000);
    desk late = with_units(2);
    REQUIRE(late.send(open_vials{{"store"}, {"vax"}, 100'000, day(0)}) == "");
    REQUIRE(late.send(given("store", "L", 100'000, 0)) == "");
    allocate ahead = shared_by(sharing_rule::proportional, second_policy::set_aside);
    ahead.horizon = 14;
    ahead.doses = 1'200'000;
    late.go_to(13);  // the seconds fall due on day 28
    CHECK(late.by_decision(ahead) == "");
    ahead.allocation = {"a-2"};
    ahead.doses = 1;
    CHECK(late.by_decision(ahead) == "doses.stock_short doses");
    desk soon = with_units(2);
    REQUIRE(soon.send(open_vials{{"store"}, {"vax"}, 100'000, day(0)}) == "");
    REQUIRE(soon.send(given("store", "L", 100'000, 0)) == "");
    soon.go_to(14);
    ahead.doses = 1'100'001;
    CHECK(soon.by_decision(ahead) == "doses.seconds_not_in_sight doses");
    ahead.doses = 1'100'000;
    CHECK(soon.by_decision(ahead) == "");
}

TEST_CASE("inside a region groups come in the order of priority") {
    desk d = with_units();
    REQUIRE(d.send(record_group{{"old"}, {"council"}, en("Old"), 1, {}}) == "");
    REQUIRE(d.send(record_group{{"young"}, {"council"}, en("Young"), 2, {}}) == "");
    REQUIRE(d.send(record_target{
                {"region-BR"}, group_id{"old"}, {"council"}, 80'000, day(0), "count", {}}) == "");
    REQUIRE(d.send(record_target{
                {"region-BR"}, group_id{"young"}, {"council"}, 50'000, day(0), "count", {}}) == "");
    REQUIRE(d.by_decision(shared_by(sharing_rule::proportional)) == "");
    const auto groups = d.look(allocation_query{{"a-1"}}).shares.front().groups;
    REQUIRE(groups.size() == 2);
    CHECK(groups[0] == group_doses{{"old"}, 80'000});
    CHECK(groups[1] == group_doses{{"young"}, 5'867});
}

TEST_CASE("coverage counts people as they were reported, and says what it does not know") {
    desk d = with_units();
    const auto report = [&](const char* region, std::int64_t first, std::int64_t full, int on) {
        report_people c{{region}, {}, {"council"}, day(on), first, full, "Report", {}};
        return d.send(c);
    };
    CHECK(report("region-BR", 10, 11, 0) == "doses.full_exceeds_first full");
    CHECK(report("region-BR", 500, 200, 0) == "");
    CHECK(report("region-BR", 500, 200, 0) == "doses.reason_missing reason");
    CHECK(report("region-VI", 1100, 100, 0) == "");
    const instant before = d.at;
    d.go_to(2);
    CHECK(report("region-BR", 400, 200, 2) == "");
    const auto view = d.look(coverage_query{});
    const auto& of_br = view.regions[0];
    CHECK(of_br.fell);
    CHECK(of_br.first == 400);
    CHECK(of_br.left == 600);
    CHECK(of_br.first_share == ratio{2, 5});
    CHECK(of_br.drop_out == ratio{1, 2});
    CHECK(view.silent == 6);  // six sites more, each with a region of a thousand people
    CHECK(view.least == ratio{2, 5});
    CHECK(view.members.front().first == 1500);
    std::int64_t questioned = 0;
    for (const auto& one : view.regions) questioned += one.too_many ? 1 : 0;
    CHECK(questioned == 1);
    coverage_query earlier;
    earlier.known = before;
    CHECK(d.look(earlier).regions[0].first == 500);
}

TEST_CASE("inequality over regions is that of its definition") {
    // Shares of people 1/4 and 3/4 with coverage 1/2 and 1/4: sum over pairs 3/16 * 1/4 * 2 over
    // twice the mean 5/16, which is 3/20.
    const covered two[] = {{1, 2}, {3, 12}};
    const covered weighted[] = {{50, 100}, {75, 300}};
    CHECK(equity_of(weighted)->gini == ratio{3, 20});
    CHECK(equity_of(two)->least == ratio{1, 4});
    const covered alike[] = {{1, 2}, {5, 10}};
    CHECK(equity_of(alike)->gini == ratio{0, 1});
    CHECK(!equity_of({}));
}

}  // namespace veche::doses
