// Days without stock, counts beside the book, wastage, and coverage through time.

#include "doses/tests/desk.hpp"

namespace veche::doses {
namespace {

using namespace testing;

desk supplied() {
    desk d;
    REQUIRE(d.send(product_of("vax", 1, 10)) == "");
    for (const char* one : {"store", "point"}) REQUIRE(d.send(site_of(one)) == "");
    return d;
}

const supply_row& row_of(const supply_view& in, const char* site) {
    for (const supply_row& one : in.rows)
        if (one.site.value == site) return one;
    FAIL("no such site");
    return in.rows.front();
}

report_people reported(const char* region, std::int64_t first, int on) {
    return {{region}, {}, {"council"}, day(on), first, 0, "Report", {}};
}

}  // namespace

TEST_CASE("a day without a dose that may be used is a day out of stock, whatever else lies there") {
    desk d = supplied();
    d.go_to(2);
    REQUIRE(d.send(lot_of("A", 100, 5, 2)) == "");
    d.go_to(3);
    REQUIRE(d.send(open_vials{{"store"}, {"vax"}, 4, day(3)}) == "");
    REQUIRE(d.send(given("store", "A", 40, 3)) == "");
    d.go_to(8);  // expired since day 6: 60 doses lie there and may not be used
    CHECK(d.has("store", "A", stock_state::expired) == 60);
    const supply_row& bare = row_of(d.look(supply_query{}), "store");
    CHECK(bare.since == day(2));
    CHECK(bare.days == 7);
    CHECK(bare.out_days == 3);
    CHECK(bare.out_since == day(6));
    REQUIRE(d.send(lot_of("B", 50, 60, 8)) == "");
    const supply_row& again = row_of(d.look(supply_query{}), "store");
    CHECK(again.out_days == 2);
    CHECK(!again.out_since);
    const supply_row& short_look = row_of(d.look(supply_query{{}, 2}), "store");
    CHECK(short_look.days == 2);
    CHECK(short_look.out_days == 1);
    // What is set aside is no stock either.
    REQUIRE(d.send(quarantine{{"store"}, {"B"}, en("Cold chain")}) == "");
    CHECK(row_of(d.look(supply_query{}), "store").out_since == day(6));
    CHECK(!ask(d.seen(), supply_query{{}, 0}, {{}, d.at}));
}

TEST_CASE("counts are told beside the book, more and less apart, and wastage of each kind") {
    desk d = supplied();
    REQUIRE(d.send(lot_of("A", 200, 60)) == "");
    dispatch c = sent("s-1", "store", "point", 100, 0, 0);
    REQUIRE(d.send(c) == "");
    REQUIRE(d.send(came(d, "s-1", 0)) == "");
    REQUIRE(d.send(count_stock{{"store"}, {"A"}, 80, day(0), en("Twenty are missing")}) == "");
    REQUIRE(d.send(count_stock{{"store"}, {"A"}, 90, day(0), en("Ten were found")}) == "");
    REQUIRE(d.send(discard{
                {"point"}, {"A"}, stock_state::usable, 10, day(0), loss_reason::breakage, {}}) ==
            "");
    REQUIRE(d.send(open_vials{{"point"}, {"vax"}, 4, day(0)}) == "");
    REQUIRE(d.send(given("point", "A", 36, 0)) == "");
    REQUIRE(d.send(discard{
                {"point"}, {"A"}, stock_state::open, 4, day(0), loss_reason::open_vial, {}}) == "");
    const supply_view view = d.look(supply_query{});
    const supply_row& store = row_of(view, "store");
    CHECK(store.counts == 2);
    CHECK(store.missing == 20);
    CHECK(store.found == 10);
    CHECK(store.counted_on == day(0));
    CHECK(store.handled == 200);
    const supply_row& point = row_of(view, "point");
    CHECK(point.handled == 100);
    CHECK(point.wastage_open == ratio{1, 10});
    CHECK(point.wastage_closed == ratio{1, 10});
    CHECK(point.counts == 0);
}

TEST_CASE("the gap between regions is told day by day, and how fast it grows") {
    // Invented: three regions of a thousand people.
    desk d = supplied();
    for (const char* one : {"east", "west"}) REQUIRE(d.send(site_of(one)) == "");
    const auto on_day = [&](int n, std::int64_t store, std::int64_t east, std::int64_t west) {
        d.go_to(n);
        REQUIRE(d.send(reported("region-store", store, n)) == "");
        REQUIRE(d.send(reported("region-east", east, n)) == "");
        if (west > 0) REQUIRE(d.send(reported("region-west", west, n)) == "");
    };
    on_day(0, 400, 10, 0);  // the west has not reported: its silence is no nought
    on_day(10, 100, 120, 110);
    const instant then = d.at;
    on_day(20, 200, 240, 220);
    on_day(30, 300, 360, 330);
    const auto view = d.look(coverage_history_query{});
    REQUIRE(view.days.size() == 4);
    CHECK(view.days[0].regions == 2);
    CHECK(view.days[0].gap == ratio{390, 1000});
    CHECK(view.days[1].regions == 3);
    CHECK(view.days[1].gap == ratio{2, 100});
    CHECK(view.days[3].all == ratio{330, 1000});
    CHECK(view.days[3].least == ratio{3, 10});
    // 2 %, 4 %, 6 % on days 10, 20, 30: the slope looks at days on which all had reported.
    CHECK(view.slope == ratio{6, 100});
    coverage_history_query earlier;
    earlier.known = then;
    CHECK(d.look(earlier).days.size() == 2);
    CHECK(!d.look(earlier).slope);
}

TEST_CASE("two tranches: every member up to a part of its people, then by weighted risk") {
    desk d = supplied();
    for (const char* one : {"small", "large", "old"}) REQUIRE(d.send(site_of(one)) == "");
    REQUIRE(d.send(lot_of("A", 100'000, 90)) == "");
    allocate first;
    first.allocation = {"tranche-1"};
    first.product = {"vax"};
    first.from = {"store"};
    first.policy = second_policy::one_dose;
    first.rule = sharing_rule::capped;
    first.doses = 60'000;
    // A fifth of the people each; the old one has had 2,000 already.
    first.recipients = {{{"small"}, 20'000, 0, 4'000},
                        {{"large"}, 200'000, 0, 40'000},
                        {{"old"}, 50'000, 2'000, 10'000}};
    REQUIRE(d.by_decision(first) == "");
    const auto filled = d.look(allocation_query{{"tranche-1"}});
    CHECK(filled.shares[0].doses == 4'000);
    CHECK(filled.shares[1].doses == 40'000);
    CHECK(filled.shares[2].doses == 8'000);
    CHECK(filled.left_over == 8'000);
    // What the caps leave goes by people times risk: 1, 1 and 3.
    allocate second = first;
    second.allocation = {"tranche-2"};
    second.rule = sharing_rule::proportional;
    second.doses = filled.left_over;
    second.recipients = {
        {{"small"}, 20'000, 0, {}}, {{"large"}, 200'000, 0, {}}, {{"old"}, 150'000, 0, {}}};
    REQUIRE(d.by_decision(second) == "");
    const auto rest = d.look(allocation_query{{"tranche-2"}});
    CHECK(rest.shares[0].doses + rest.shares[1].doses + rest.shares[2].doses == 8'000);
    CHECK(rest.shares[2].doses == 3'240);  // 8,000 * 150 / 370 = 3243.2, the vial below
    // Less than the first tranche needs goes by people, and nobody passes its cap.
    desk scarce = supplied();
    for (const char* one : {"small", "large", "old"}) REQUIRE(scarce.send(site_of(one)) == "");
    REQUIRE(scarce.send(lot_of("A", 100'000, 90)) == "");
    first.doses = 27'000;
    REQUIRE(scarce.by_decision(first) == "");
    const auto little = scarce.look(allocation_query{{"tranche-1"}});
    CHECK(little.shares[0].doses == 2'000);
    CHECK(little.shares[1].doses == 20'000);
    CHECK(little.shares[2].doses == 5'000);
}

}  // namespace veche::doses
