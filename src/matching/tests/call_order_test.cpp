// Calls under two least rates: the published examples, the published properties, and the bars of
// boarding houses against an enumeration of all bars.

#include "matching/call_order.hpp"

#include <algorithm>
#include <numeric>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "matching/boarding_bars.hpp"
#include "matching/boarding_bars_check.hpp"
#include "matching/call_order_check.hpp"
#include "matching/more_refusal.hpp"
#include "matching/plain_acceptance.hpp"
#include "matching/tests/dice.hpp"

using namespace veche;
using namespace veche::matching;

namespace {

using call_ranks = std::vector<std::uint32_t>;

call_ranks called(const std::vector<call_kind>& kinds, least_rates rates) {
    auto order = call_order(kinds, rates);
    REQUIRE(order.has_value());
    CHECK(call_order_fault(kinds, rates, *order) == "");
    return *order;
}

bool of_scholarship(call_kind k) {
    return k == call_kind::scholarship || k == call_kind::both;
}

/// Kinds are drawn with as many of each as the case likes.
rc::Gen<std::vector<call_kind>> some_kinds(std::size_t most) {
    return rc::gen::mapcat(rc::gen::inRange<std::size_t>(0, most + 1), [](std::size_t n) {
        return rc::gen::container<std::vector<call_kind>>(
            n, rc::gen::element(call_kind::neither, call_kind::sector, call_kind::scholarship,
                                call_kind::both));
    });
}

bool keeps_rate(const std::vector<call_kind>& kinds, const call_ranks& order, std::uint32_t rate) {
    std::uint64_t left = 0;
    for (const call_kind k : kinds) left += of_scholarship(k);
    std::uint64_t called_so_far = 0;
    for (std::size_t k = 1; k <= order.size(); ++k) {
        const bool one = of_scholarship(kinds[order[k - 1]]);
        called_so_far += one;
        left -= one;
        if (left > 0 && called_so_far < (rate * k + 99) / 100) return false;
    }
    return true;
}

std::size_t kendall(const call_ranks& order) {
    std::size_t distance = 0;
    for (std::size_t i = 0; i < order.size(); ++i)
        for (std::size_t j = i + 1; j < order.size(); ++j) distance += order[i] > order[j];
    return distance;
}

}  // namespace

TEST_CASE("one scholarship holder of rank 6 goes first where a fifth must be holders") {
    const auto kinds = kinds_of("CCCCCBBC");
    REQUIRE(kinds.has_value());
    CHECK(called(*kinds, {20, 0}) == call_ranks{5, 0, 1, 2, 3, 6, 4, 7});
    CHECK(called(*kinds, {0, 0}) == call_ranks{0, 1, 2, 3, 4, 5, 6, 7});
    const auto why = call_reasons(*kinds, called(*kinds, {20, 0}));
    CHECK(sentence(why[4]) == "Rank 5 is call 7; 2 of lower rank go before, for a least rate.");
    CHECK(sentence(why[5]) == "Rank 6 is call 1; 5 of higher rank come after, for a least rate.");
    CHECK(sentence(why[7]) == "Rank 8 is call 8.");
    CHECK_FALSE(kinds_of("CBZ").has_value());
    CHECK(call_order(*kinds, {101, 0}).error().kind == &more_refusals::rate_out_of_range);
}

TEST_CASE("whatever the kinds and rates, the order is right and holds the published bounds") {
    CHECK(rc::check("orders of calls", [] {
        const auto kinds = *some_kinds(40);
        const least_rates rates{*rc::gen::inRange(0u, 101u), *rc::gen::inRange(0u, 101u)};
        const auto order = call_order(kinds, rates);
        RC_ASSERT(order.has_value());
        RC_ASSERT(call_order_fault(kinds, rates, *order).empty());
        RC_ASSERT(keeps_rate(kinds, *order, rates.scholarship));
        const auto why = call_reasons(kinds, *order);
        for (const call_reason& one : why) {
            // One who has both is never overtaken.
            if (one.kind == call_kind::both) RC_ASSERT(one.passed_by == 0);
            RC_ASSERT(one.called == one.rank + one.passed_by - one.passed);
        }
        const auto alone = call_order(kinds, {rates.scholarship, 0});
        const auto single = call_reasons(kinds, *alone);
        for (const call_reason& one : single) {
            if (rates.scholarship == 100 || of_scholarship(one.kind)) continue;
            // The loss of rank: at most floor(1 + r (1 + q / (100 - q))), the 1 of which is 1 only
            // where the holders called first round up.
            const std::int64_t bound = 1 + one.rank * 100 / (100 - rates.scholarship);
            RC_ASSERT(one.called <= bound);
        }
    }));
}

TEST_CASE(
    "by one rate the order is nearest to the ranks, and first among orders, of all that keep the "
    "rate") {
    CHECK(rc::check("orders of calls against all orders", [] {
        const auto kinds = *some_kinds(6);
        const std::uint32_t rate = *rc::gen::inRange(0u, 101u);
        const auto made = *call_order(kinds, {rate, 0});
        call_ranks order(kinds.size());
        std::iota(order.begin(), order.end(), 0);
        bool first = true;
        do {
            if (!keeps_rate(kinds, order, rate)) continue;
            // Orders come lexicographically, so the first that keeps the rate is the best of them.
            if (first) RC_ASSERT(order == made);
            first = false;
            RC_ASSERT(kendall(made) <= kendall(order));
        } while (std::next_permutation(order.begin(), order.end()));
        RC_ASSERT(!first);
    }));
}

TEST_CASE("any other order is found out") {
    CHECK(rc::check("two calls changed for one another", [](std::uint32_t seed) {
        testing::dice dice(seed);
        std::vector<call_kind> kinds;
        for (std::uint32_t n = dice.roll(2, 20); n > 0; --n)
            kinds.push_back(static_cast<call_kind>(dice.roll(4)));
        const least_rates rates{dice.roll(101), dice.roll(101)};
        auto order = *call_order(kinds, rates);
        const auto size = static_cast<std::uint32_t>(kinds.size());
        const std::uint32_t i = dice.roll(size);
        const std::uint32_t j = (i + 1 + dice.roll(size - 1)) % size;
        std::swap(order[i], order[j]);
        RC_ASSERT(!call_order_fault(kinds, rates, order).empty());
        order[i] = order[j];
        RC_ASSERT(call_order_fault(kinds, rates, order) == "not everybody is called once");
    }));
}

TEST_CASE("matching takes the calls for ranks, and two alike are refused") {
    // Three applicants at one programme of one place; the holder of rank 3 is called first.
    market m;
    m.begins = {0, 1, 2, 3};
    m.choices = {{0, 10}, {0, 20}, {0, 30}};
    m.capacities = {1};
    const std::vector<call_kind> kinds = {call_kind::neither, call_kind::neither,
                                          call_kind::scholarship};
    const std::vector<least_rates> rates = {{10, 0}};
    const auto by_call = ranked_by_call(m, kinds, rates);
    REQUIRE(by_call.has_value());
    CHECK(plain_acceptance(*by_call) == assignment{nobody, nobody, 0});
    CHECK(plain_acceptance(m) == assignment{0, nobody, nobody});
    m.choices[1].rank = 10;
    CHECK(ranked_by_call(m, kinds, rates).error().kind == &more_refusals::market_malformed);
}

namespace {

boarding_market random_boarding(testing::dice& dice) {
    boarding_market m;
    m.applicants = dice.roll(1, 7);
    const std::uint32_t houses = dice.roll(1, 3);
    std::vector<call_ranks> ranks;
    for (std::uint32_t h = 0; h < houses; ++h) {
        m.beds.push_back(dice.roll(3));
        ranks.push_back(dice.some_of(m.applicants, 1));
    }
    m.groups.resize(dice.roll(1, 4));
    for (boarding_group& group : m.groups) {
        group.seats = dice.roll(5);
        for (const std::uint32_t a : dice.some_of(m.applicants, 2)) {
            boarding_call one{a, nobody, 0};
            if (const std::uint32_t house = dice.roll(houses + 1); house < houses)
                one = {a, house, ranks[house][a]};
            group.calls.push_back(one);
        }
    }
    return m;
}

/// All bars that hold, by trying all there are.
std::vector<std::vector<std::int64_t>> all_that_hold(const boarding_market& m) {
    const auto top = highest_bars(m);
    std::vector<std::vector<std::int64_t>> found;
    std::vector<std::int64_t> bars(top.size(), 0);
    for (;;) {
        boarding_certificate claim;
        std::vector<std::vector<std::uint32_t>> in(m.beds.size());
        for (const boarding_group& group : m.groups) {
            std::uint32_t left = group.seats;
            for (const boarding_call& one : group.calls) {
                const bool boards = one.house != nobody;
                if (left == 0 || (boards && one.house_rank >= bars[one.house])) continue;
                --left;
                if (!boards) continue;
                auto& beds = in[one.house];
                if (std::find(beds.begin(), beds.end(), one.applicant) == beds.end())
                    beds.push_back(one.applicant);
            }
        }
        bool holds = true;
        for (std::size_t h = 0; h < in.size(); ++h) holds = holds && in[h].size() <= m.beds[h];
        if (holds) found.push_back(bars);
        std::size_t h = 0;
        while (h < bars.size() && bars[h] == top[h]) bars[h++] = 0;
        if (h == bars.size()) return found;
        ++bars[h];
    }
}

}  // namespace

TEST_CASE("bars are the greatest of all that hold, and the certificate proves it") {
    CHECK(rc::check("bars against all bars", [](std::uint32_t seed) {
        testing::dice dice(seed);
        const boarding_market m = random_boarding(dice);
        const auto made = boarding_bars(m);
        RC_ASSERT(made.has_value());
        RC_ASSERT(boarding_fault(m, *made).empty());
        const auto all = all_that_hold(m);
        RC_ASSERT(std::find(all.begin(), all.end(), made->bars) != all.end());
        for (const auto& other : all)
            for (std::size_t h = 0; h < other.size(); ++h) RC_ASSERT(other[h] <= made->bars[h]);
        // No certificate proves a set of bars that is not the greatest.
        auto lower = *made;
        const std::uint32_t h = dice.roll(static_cast<std::uint32_t>(lower.bars.size()));
        if (lower.bars[h] == 0) return;
        lower.steps.push_back({lower.steps.empty() ? 1 : lower.steps.back().round + 1,
                               static_cast<std::int64_t>(h), --lower.bars[h]});
        RC_ASSERT(!boarding_fault(m, lower).empty());
    }));
}

TEST_CASE("one bar raised alone may overflow where two raised together hold") {
    // Two programmes of one place each; each house has one bed. Applicant 0 wants programme 0 with
    // house 0 and applicant 1 programme 1 with house 1; behind them stands 2, who asks for the
    // other house in each. Under bars (1, 1) ... the checker wants the whole proof.
    boarding_market m;
    m.applicants = 4;
    m.beds = {1, 1};
    m.groups = {{1, {{0, 0, 1}, {2, 1, 0}}}, {1, {{1, 1, 1}, {3, 0, 0}}}};
    const auto made = boarding_bars(m);
    REQUIRE(made.has_value());
    CHECK(made->bars == std::vector<std::int64_t>{2, 2});
    CHECK(made->steps.empty());
    // Bars (1, 1) hold too: nobody overflows. Raising one alone gives two boarders in that house.
    boarding_certificate low{{1, 1}, {}, {{2}, {3}}};
    CHECK(boarding_fault(m, low) == "the bars are not those that the steps lead to");
    low.steps = {{1, 0, 1}, {1, 1, 1}};
    CHECK(boarding_fault(m, low) == "step 1: the bar need not fall so low");
}

TEST_CASE("unsound boarding is refused") {
    boarding_market m;
    m.applicants = 2;
    m.beds = {1};
    m.groups = {{1, {{0, 0, 1}, {1, 0, 1}}}};
    CHECK(boarding_bars(m).error().args[0] == "two applicants have one rank in a house");
    m.groups = {{1, {{0, 0, 1}}}, {1, {{0, 0, 2}}}};
    CHECK(boarding_bars(m).error().args[0] == "an applicant has two ranks in one house");
    m.groups = {{1, {{0, 4, 1}}}};
    CHECK(boarding_bars(m).error().args[0] == "a house does not exist");
    m.groups = {{1, {{5, 0, 1}}}};
    CHECK(boarding_bars(m).error().args[0] == "an applicant does not exist");
}
