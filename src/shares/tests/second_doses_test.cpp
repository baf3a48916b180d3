#include "shares/second_doses.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace veche::shares;

namespace {

second_dose_question question(reserve_policy policy, std::vector<std::int64_t> supply,
                              std::int32_t interval = 3, std::int32_t horizon = 1) {
    return {std::move(supply), interval, policy, horizon};
}

second_dose_question some_question() {
    const auto supply =
        *rc::gen::container<std::vector<std::int64_t>>(30, rc::gen::inRange<std::int64_t>(0, 1000));
    return {supply, *rc::gen::inRange(1, 8), static_cast<reserve_policy>(*rc::gen::inRange(0, 3)),
            *rc::gen::inRange(0, 10)};
}

std::vector<std::int64_t> firsts(const second_dose_run& run) {
    std::vector<std::int64_t> out;
    for (const dose_week& one : run.weeks) out.push_back(one.firsts);
    return out;
}

}  // namespace

TEST_CASE("release gives all to first doses, and second ones swing") {
    const auto run = run_policy(question(reserve_policy::release, {100, 100, 100, 100, 100, 100}));
    CHECK(firsts(*run) == std::vector<std::int64_t>{100, 100, 100, 0, 0, 0});
    CHECK(run->late_weeks == 0);
}

TEST_CASE("a lockbox keeps every second dose from the first one on") {
    const auto run = run_policy(question(reserve_policy::lockbox, {100, 100, 100, 100}));
    CHECK(firsts(*run) == std::vector<std::int64_t>{50, 50, 50, 50});
    CHECK(run->peak_reserve == 150);
}

TEST_CASE("set-aside keeps what falls due within its horizon") {
    const auto run =
        run_policy(question(reserve_policy::set_aside, {100, 100, 100, 100, 0, 0}, 3, 1));
    // Week 2 keeps the 100 that fall due in week 3, and week 3 the 100 of week 4.
    CHECK(firsts(*run) == std::vector<std::int64_t>{100, 100, 0, 0, 0, 0});
    CHECK(run->weeks[4].late == 0);
    const auto released =
        run_policy(question(reserve_policy::release, {100, 100, 100, 100, 0, 0}, 3));
    CHECK(released->late_weeks == 300);
}

TEST_CASE("doses are conserved, and a lockbox is never late") {
    CHECK(rc::check([] {
        const second_dose_question in = some_question();
        const auto run = run_policy(in);
        std::int64_t stock = 0;
        std::int64_t firsts_so_far = 0;
        std::int64_t seconds_so_far = 0;
        for (const dose_week& week : run->weeks) {
            stock += week.came - week.firsts - week.seconds;
            firsts_so_far += week.firsts;
            seconds_so_far += week.seconds;
            RC_ASSERT(stock == week.kept);
            RC_ASSERT(week.kept >= 0);
            RC_ASSERT(week.firsts >= 0);
            RC_ASSERT(seconds_so_far <= firsts_so_far);
            if (in.policy == reserve_policy::lockbox) RC_ASSERT(week.late == 0);
        }
    }));
}

TEST_CASE("a set-aside whose horizon reaches the interval is never late either") {
    CHECK(rc::check([] {
        second_dose_question in = some_question();
        in.policy = reserve_policy::set_aside;
        in.horizon = in.interval + *rc::gen::inRange(0, 3);
        RC_ASSERT(run_policy(in)->late_weeks == 0);
    }));
}
