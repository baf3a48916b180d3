#include "shares/dose_shares.hpp"

#include <algorithm>
#include <numeric>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace veche::shares;

namespace {

dose_request some_request() {
    dose_request in;
    in.rule = static_cast<dose_rule>(*rc::gen::inRange(0, 3));
    in.pack = *rc::gen::inRange<std::int64_t>(1, 12);
    in.scale = *rc::gen::element<std::int64_t>(1, 10, 100);
    in.amount = *rc::gen::inRange<std::int64_t>(0, 500) * in.pack;
    const int count = *rc::gen::inRange(1, 9);
    for (int i = 0; i < count; ++i) {
        dose_region one;
        one.name = "r" + std::to_string(i);
        one.weight = *rc::gen::inRange<std::int64_t>(i == 0 ? 1 : 0, 2000);
        one.already = *rc::gen::inRange<std::int64_t>(0, 1500) * in.scale / 7;
        if (*rc::gen::arbitrary<bool>()) one.cap = *rc::gen::inRange<std::int64_t>(0, 900);
        in.regions.push_back(std::move(one));
    }
    return in;
}

}  // namespace

TEST_CASE("a plan of doses sums to what there is and stands up to a check that knows no engine") {
    CHECK(rc::check([] {
        const dose_request in = some_request();
        const auto plan = share_doses(in);
        RC_ASSERT(plan.has_value());
        RC_ASSERT(fault_in(in, *plan) == "");
        std::int64_t sum = plan->left_over;
        for (const dose_share& one : plan->shares) sum += one.doses;
        RC_ASSERT(sum == in.amount);
    }));
}

TEST_CASE("a dose moved from one region to another is found out") {
    CHECK(rc::check([] {
        const dose_request in = some_request();
        dose_plan plan = share_doses(in).value();
        RC_PRE(plan.shares.size() > 1 && plan.shares[0].doses >= in.pack);
        const auto to = *rc::gen::inRange<std::size_t>(1, plan.shares.size());
        // Two equal rests may change places; a share that is off its level may not.
        plan.shares[0].doses -= 2 * in.pack;
        plan.shares[to].doses += 2 * in.pack;
        RC_ASSERT(fault_in(in, plan) != "");
    }));
}

TEST_CASE("the order of regions and the size of all weights change no share but among equals") {
    CHECK(rc::check([] {
        dose_request in = some_request();
        const dose_plan plan = share_doses(in).value();
        dose_request turned = in;
        std::reverse(turned.regions.begin(), turned.regions.end());
        const dose_plan other = share_doses(turned).value();
        RC_ASSERT(plan.level == other.level);
        for (std::size_t i = 0; i < plan.shares.size(); ++i) {
            const dose_share& twin = other.shares[plan.shares.size() - 1 - i];
            RC_ASSERT(plan.shares[i].exact == twin.exact);
            RC_ASSERT(std::abs(plan.shares[i].doses - twin.doses) <= in.pack);
        }
        if (in.rule == dose_rule::max_min) return;  // weights are people there
        for (dose_region& one : in.regions) one.weight *= 2;
        const dose_plan doubled = share_doses(in).value();
        for (std::size_t i = 0; i < plan.shares.size(); ++i)
            RC_ASSERT(plan.shares[i].doses == doubled.shares[i].doses);
    }));
}

TEST_CASE("under max-min nobody who gets a dose is above somebody who gets none") {
    CHECK(rc::check([] {
        dose_request in = some_request();
        in.rule = dose_rule::max_min;
        in.pack = 1;
        in.scale = 1;
        for (dose_region& one : in.regions) one.cap.reset();
        const dose_plan plan = share_doses(in).value();
        for (std::size_t i = 0; i < plan.shares.size(); ++i)
            for (std::size_t j = 0; j < plan.shares.size(); ++j) {
                const dose_region& a = in.regions[i];
                const dose_region& b = in.regions[j];
                if (plan.shares[i].doses < 1 || a.weight == 0 || b.weight == 0) continue;
                const std::int64_t low = b.already + plan.shares[j].doses;
                if (low >= b.weight) continue;
                // Without its last dose `a` would not stand above `b` by more than a dose.
                RC_ASSERT((a.already + plan.shares[i].doses - 1) * b.weight <=
                          (low + 1) * a.weight);
            }
    }));
}

TEST_CASE("a cap that leaves doses over says so; parts of a pack are refused") {
    dose_request in{dose_rule::capped, 100, 1, 1, {{"a", 1, 0, 10}, {"b", 1, 5, 20}}};
    const dose_plan plan = share_doses(in).value();
    CHECK(plan.left_over == 75);
    CHECK(plan.shares[0].why == dose_reason::at_cap);
    CHECK(plan.shares[1].doses == 15);
    in.pack = 7;
    CHECK(share_doses(in).error().code() == "shares.not_whole_packs");
    in.pack = 1;
    in.regions[1].name = "a";
    CHECK(share_doses(in).error().code() == "shares.name_repeated");
    in.regions = {{"a", 0, 0, {}}};
    CHECK(share_doses(in).error().code() == "shares.no_votes");
}
