#include "programme/outlook.hpp"

#include <random>

#include "programme/tests/desk.hpp"

using namespace veche;
using namespace veche::programme;
using namespace veche::programme::testing;

namespace {

const outlook& look(const prospect& all, const char* id) {
    return all.of(measure_id{id});
}

milestone_plan plan(const char* id, const char* due) {
    return {{id}, en(id), day(due)};
}

void reach(desk& d, const char* measure, const char* milestone, const char* on) {
    reach_milestone c;
    c.measure = {measure};
    c.milestone = {milestone};
    c.on = day(on);
    c.note = en("Reached");
    d.must(reporter, c);
}

void say(desk& d, const char* id, const char* measure, std::int64_t value) {
    report_progress c = report_of(id, measure);
    c.value = ratio{value, 1};
    d.must(reporter, c);
}

add_measure part_of(const char* id, const char* parent, std::int32_t weight,
                    const char* due = "2026-12-01") {
    add_measure c = measure_of(id, due);
    c.parent = measure_id{parent};
    c.weight = weight;
    return c;
}

}  // namespace

TEST_CASE("a parent sums its parts by their weights, at any depth, and tells the longest delay") {
    desk d;
    d.order(measure_of("P", "2027-12-31"));
    d.order(part_of("A", "P", 3));
    d.order(part_of("B", "P", 1, "2026-11-30"));
    d.order(part_of("B1", "B", 1, "2026-11-26"));
    d.order(part_of("C", "P", 5));
    say(d, "r1", "A", 2);  // of 4
    d.order(drop_measure{{"C"}, en("Not needed")});
    d.now = at("2026-12-03T10:00:00.000Z");
    const prospect all(d.seen(), d.now);
    // A half done with weight 3, B not at all with weight 1, C dropped.
    CHECK(look(all, "P").progress == 3750);
    CHECK(look(all, "P").days_late == 0);
    CHECK(look(all, "P").days_late_in_all == 7);
    CHECK(look(all, "P").parts == 3);
    CHECK(look(all, "P").parts_late == 3);
    CHECK(look(all, "B").progress == 0);
}

TEST_CASE("done is all of it, and without anything to go by nothing is known") {
    desk d;
    add_measure c = measure_of("M1");
    c.indicator_.form = target_form::at_most;
    d.order(c);
    CHECK_FALSE(look(prospect(d.seen(), d.now), "M1").progress);
    CHECK(look(prospect(d.seen(), d.now), "M1").basis == forecast_basis::none);
    d.must(reporter, completion_of("M1"));
    CHECK(look(prospect(d.seen(), d.now), "M1").progress == 10'000);
    CHECK(look(prospect(d.seen(), d.now), "M1").finish == day("2026-11-24"));
}

TEST_CASE("by reports the rest takes as long for as much, rounded up to a day") {
    desk d;
    d.order(measure_of("M1", "2026-12-31"));  // added on 24 November, 4 sessions to hold
    say(d, "r1", "M1", 1);
    CHECK(look(prospect(d.seen(), d.now), "M1").basis == forecast_basis::none);  // the same day
    d.now = at("2026-12-04T09:00:00.000Z");
    say(d, "r2", "M1", 1);
    d.now = at("2026-12-20T09:00:00.000Z");
    // A quarter in ten days: forty days from the start.
    const prospect all(d.seen(), d.now);
    CHECK(look(all, "M1").basis == forecast_basis::reports);
    CHECK(look(all, "M1").finish == day("2027-01-03"));
    CHECK(look(all, "M1").late_by == 3);
    d.now = at("2027-02-01T09:00:00.000Z");
    CHECK(look(prospect(d.seen(), d.now), "M1").finish == day("2027-02-01"));  // not before today
}

TEST_CASE("milestones move the last day by the slip of the newest one") {
    desk d;
    add_measure c = measure_of("M1", "2027-03-31");
    c.milestones = {plan("b", "2026-12-20"), plan("a", "2026-12-01"), plan("c", "2027-02-01")};
    d.order(c);
    CHECK(look(prospect(d.seen(), d.now), "M1").basis == forecast_basis::none);
    d.now = at("2026-12-11T09:00:00.000Z");
    reach(d, "M1", "a", "2026-12-06");
    {
        const prospect all(d.seen(), d.now);
        CHECK(look(all, "M1").progress == 3333);
        CHECK(look(all, "M1").finish == day("2027-04-05"));
        CHECK(look(all, "M1").late_by == 5);
    }
    d.now = at("2027-01-01T09:00:00.000Z");  // the second is over by twelve days
    CHECK(look(prospect(d.seen(), d.now), "M1").late_by == 12);
    reach(d, "M1", "b", "2026-12-19");
    CHECK(look(prospect(d.seen(), d.now), "M1").late_by == 0);  // early ones draw nothing nearer
}

TEST_CASE("nothing is done before what it waits for, and a late one names whom it holds up") {
    desk d;
    d.order(measure_of("A", "2026-12-01"));
    add_measure c = measure_of("B", "2026-12-10");
    c.waits_for = {{"A"}};
    d.order(c);
    add_measure far = measure_of("C", "2027-12-10");
    far.waits_for = {{"B"}};
    d.order(far);
    d.now = at("2026-12-05T09:00:00.000Z");
    {
        const prospect all(d.seen(), d.now);
        CHECK(look(all, "B").waiting);
        CHECK(look(all, "B").basis == forecast_basis::none);  // A may still come in time for it
        CHECK(all.held_up_by({"A"}) == std::vector{measure_id{"B"}, measure_id{"C"}});
        CHECK(all.held_up_by({"C"}).empty());
    }
    d.now = at("2026-12-15T09:00:00.000Z");
    CHECK(look(prospect(d.seen(), d.now), "B").basis == forecast_basis::waits);
    CHECK(look(prospect(d.seen(), d.now), "B").finish == day("2026-12-15"));
    CHECK(look(prospect(d.seen(), d.now), "B").late_by == 5);
    d.must(reporter, completion_of("A"));
    CHECK_FALSE(look(prospect(d.seen(), d.now), "B").waiting);
}

TEST_CASE("no measure comes to wait for itself or to be its own part") {
    desk d;
    for (const char* id : {"A", "B", "C"}) d.order(measure_of(id));
    const auto arrange = [&](const char* id, const char* parent, std::vector<measure_id> waits) {
        arrange_measure c;
        c.measure = {id};
        if (*parent != '\0') c.parent = measure_id{parent};
        c.waits_for = std::move(waits);
        return d.submit(d.now_as(keeper), c);
    };
    CHECK(arrange("A", "B", {}));
    CHECK(arrange("B", "C", {}));
    for (const auto& refused : {arrange("C", "A", {}), arrange("C", "C", {})}) {
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == &refusals::circle);
        CHECK(refused.error().field == "parent");
    }
    // A part that waits for the whole would wait for itself.
    const auto part = arrange("A", "B", {{"C"}});
    REQUIRE_FALSE(part);
    CHECK(part.error().field == "waits_for");
    CHECK(arrange("A", "", {{"C"}}));
    CHECK_FALSE(arrange("B", "C", {{"A"}}));  // C has B, B would wait for A, A waits for C
}

TEST_CASE("property: whatever is arranged, every measure is looked at once and no circle arises") {
    std::mt19937 random(11);
    desk d;
    constexpr int n = 12;
    for (int i = 0; i < n; ++i) d.order(measure_of("M" + std::to_string(i)));
    const auto any = [&] { return measure_id{"M" + std::to_string(random() % n)}; };
    int taken = 0;
    for (int round = 0; round < 400; ++round) {
        arrange_measure c;
        c.measure = any();
        if (random() % 2 == 0) c.parent = any();
        for (auto k = random() % 3; k > 0; --k) c.waits_for.push_back(any());
        if (d.submit(d.now_as(keeper), c)) ++taken;
        const prospect all(d.seen(), d.now);  // would not end, or not find a measure, on a circle
        for (const auto& [id, m] : d.own.measures) CHECK(all.of(id).parts < n);
    }
    CHECK(taken > 50);
    CHECK(taken < 400);
}
