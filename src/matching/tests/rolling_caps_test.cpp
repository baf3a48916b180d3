// Rolling offers against deferred acceptance by the programmes; regional caps against the published
// example and the definition of stability.

#include <algorithm>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "matching/more_refusal.hpp"
#include "matching/plain_acceptance.hpp"
#include "matching/regional_caps.hpp"
#include "matching/regional_caps_check.hpp"
#include "matching/rolling.hpp"
#include "matching/rolling_check.hpp"
#include "matching/tests/dice.hpp"

using namespace veche;
using namespace veche::matching;
using veche::matching::testing::dice;

namespace {

market random_plain(dice& roll, std::uint32_t applicants, std::uint32_t programmes) {
    market m;
    std::vector<std::vector<std::uint32_t>> ranks;
    for (std::uint32_t p = 0; p < programmes; ++p) {
        m.capacities.push_back(roll.roll(4));
        ranks.push_back(roll.some_of(applicants, 1));
    }
    for (std::uint32_t a = 0; a < applicants; ++a) {
        for (const std::uint32_t p : roll.some_of(programmes, 3))
            m.choices.push_back({p, ranks[p][a]});
        m.begins.push_back(static_cast<std::uint32_t>(m.choices.size()));
    }
    return m;
}

rolling_event full_ranking(const market& m, std::uint32_t a) {
    rolling_event e{rolling_event_kind::rank, a, -1, 0, {}};
    for (std::uint32_t c = m.begins[a]; c < m.begins[a + 1]; ++c)
        e.ranking.push_back(m.choices[c].programme);
    return e;
}

rolling_state after(const rolling_call& call, const std::vector<rolling_event>& log) {
    auto state = replay_rolling(call, log);
    REQUIRE_MESSAGE(state.has_value(), state.error().sentence());
    CHECK(rolling_fault(call, log, *state) == "");
    return *std::move(state);
}

rolling_event said(rolling_event_kind kind, std::int64_t a, std::int64_t p) {
    return {kind, a, p, 0, {}};
}

/// Two programmes of one place; 0 is first at both, 1 second, 2 third.
rolling_call three_at_two() {
    market m;
    m.begins = {0, 2, 4, 6};
    m.choices = {{0, 0}, {1, 0}, {0, 1}, {1, 1}, {1, 2}, {0, 2}};
    m.capacities = {1, 1};
    return {m, 3};
}

}  // namespace

TEST_CASE(
    "where all answer by full rankings, in any order, offers end in the programme-optimal "
    "matching") {
    CHECK(rc::check("rolling offers", [](std::uint32_t seed) {
        dice roll(seed);
        const std::uint32_t applicants = roll.roll(1, 12);
        const std::uint32_t programmes = roll.roll(1, 5);
        const rolling_call call{random_plain(roll, applicants, programmes), 3};
        std::vector<rolling_event> log;
        for (const std::uint32_t a : roll.some_of(call.places.applicants(), 1))
            log.push_back(full_ranking(call.places, a));
        const rolling_state state = after(call, log);
        RC_ASSERT(places_of(call, state) == plain_offers(call.places));
        // Who goes frees a chain of places: what comes of it is what would have come without them.
        const std::uint32_t gone = roll.roll(call.places.applicants());
        log.push_back(said(rolling_event_kind::withdraw, gone, -1));
        const assignment left = places_of(call, after(call, log));
        market without = call.places;
        const std::uint32_t from = without.begins[gone];
        const std::uint32_t count = without.begins[gone + 1] - from;
        without.choices.erase(without.choices.begin() + from,
                              without.choices.begin() + from + count);
        for (std::uint32_t a = gone + 1; a < without.begins.size(); ++a) without.begins[a] -= count;
        RC_ASSERT(left == plain_offers(without));
    }));
}

TEST_CASE("whatever candidates answer, the state follows from the log") {
    CHECK(rc::check("random logs", [](std::uint32_t seed) {
        dice roll(seed);
        const std::uint32_t applicants = roll.roll(1, 8);
        const std::uint32_t programmes = roll.roll(1, 4);
        const rolling_call call{random_plain(roll, applicants, programmes), 2};
        std::vector<rolling_event> log;
        std::int64_t day = 0;
        for (int n = 0; n < 25; ++n) {
            rolling_event e{static_cast<rolling_event_kind>(roll.roll(7)),
                            roll.roll(call.places.applicants()),
                            roll.roll(call.places.programmes()),
                            roll.roll(5),
                            {}};
            if (e.kind == rolling_event_kind::day) e.number = day + 1 + roll.roll(2);
            if (e.kind == rolling_event_kind::rank)
                e = full_ranking(call.places, static_cast<std::uint32_t>(e.applicant));
            log.push_back(e);
            const auto state = replay_rolling(call, log);
            if (!state) {
                RC_ASSERT(state.error().kind == &more_refusals::event_refused);
                log.pop_back();
                continue;
            }
            if (e.kind == rolling_event_kind::day) day = e.number;
            RC_ASSERT(rolling_fault(call, log, *state).empty());
            if (state->lines.empty()) continue;
            auto wrong = *state;
            auto& line = wrong.lines[roll.roll(static_cast<std::uint32_t>(wrong.lines.size()))];
            if (line.standing == rolling_standing::offered) {
                line.standing = rolling_standing::waiting;
                RC_ASSERT(!rolling_fault(call, log, wrong).empty());
            }
        }
    }));
}

TEST_CASE("an offer lapses after its day, and the next is called") {
    using enum rolling_event_kind;
    const rolling_call call = three_at_two();
    std::vector<rolling_event> log;
    auto state = after(call, log);
    CHECK(state.lines[0] == rolling_line{rolling_standing::offered, 3});
    CHECK(
        sentence(rolling_reasons(call, state, 2)[0]) ==
        "Programme 1: waiting. Place 3 in its order; the last called is at place 1; 1 wait before "
        "you.");
    log = {said(hold, 0, 0), {day, -1, -1, 3, {}}};
    state = after(call, log);
    CHECK(places_of(call, state) == assignment{0, 1, nobody});
    CHECK(state.lines[1].standing == rolling_standing::given_up);
    CHECK(
        sentence(rolling_reasons(call, state, 1)[1]) ==
        "Programme 1: offered. Place 2 in its order; the last called is at place 2; answer by day "
        "3.");
    log.push_back({day, -1, -1, 4, {}});
    state = after(call, log);
    CHECK(places_of(call, state) == assignment{0, nobody, 1});
    CHECK(state.lines[3].standing == rolling_standing::lapsed);
    log.push_back(said(accept, 2, 1));
    log.push_back({seats, -1, 0, 2, {}});
    state = after(call, log);
    CHECK(places_of(call, state) == assignment{0, 0, 1});
}

TEST_CASE("an event that does not follow is refused by its number") {
    using enum rolling_event_kind;
    const rolling_call call = three_at_two();
    const auto why = [&](std::vector<rolling_event> log) {
        const auto state = replay_rolling(call, log);
        return state ? std::string() : state.error().sentence();
    };
    CHECK(why({said(hold, 1, 0)}) ==
          "Event 1 does not follow: no offer of this programme is open.");
    CHECK(why({said(accept, 0, 0), said(hold, 0, 1)}) ==
          "Event 2 does not follow: the candidate has accepted a place.");
    CHECK(why({{day, -1, -1, 0, {}}}) == "Event 1 does not follow: days only go on.");
    CHECK(why({{seats, -1, 0, 0, {}}}) ==
          "Event 1 does not follow: more places are held than it would have.");
    CHECK(why({{rank, 0, -1, 0, {0, 0}}}) ==
          "Event 1 does not follow: a programme stands twice in the ranking.");
    CHECK(why({said(withdraw, 9, -1)}) == "Event 1 does not follow: there is no such candidate.");
}

namespace {

/// M10 (Kamada and Kojima 2015, example 1): three ask for h1, seven for h2, ten places each, ten in
/// the region, five each for a target.
capped_market ten_doctors() {
    capped_market m;
    for (std::uint32_t a = 0; a < 10; ++a) {
        m.places.choices.push_back({a < 3 ? 0u : 1u, a});
        m.places.begins.push_back(a + 1);
    }
    m.places.capacities = {10, 10};
    m.regions = {{10, nobody}};
    m.region_of = {0, 0};
    m.targets = {5, 5};
    return m;
}

capped_market random_caps(dice& roll) {
    capped_market m;
    const std::uint32_t programmes = roll.roll(1, 5);
    m.places = random_plain(roll, roll.roll(1, 9), programmes);
    m.regions = {{roll.roll(8), nobody}, {roll.roll(6), 0}, {roll.roll(6), nobody}};
    if (roll.roll(2) == 0) m.regions.push_back({roll.roll(4), 1});
    std::vector<std::uint32_t> left;
    for (const capped_region& r : m.regions) left.push_back(r.cap);
    for (std::uint32_t p = 0; p < programmes; ++p) {
        const std::uint32_t r = roll.roll(static_cast<std::uint32_t>(m.regions.size()) + 1);
        m.region_of.push_back(r == m.regions.size() ? nobody : r);
        std::uint32_t most = m.places.capacities[p];
        for (std::uint32_t q = m.region_of[p]; q != nobody; q = m.regions[q].within)
            most = std::min(most, left[q]);
        m.targets.push_back(roll.roll(most + 1));
        for (std::uint32_t q = m.region_of[p]; q != nobody; q = m.regions[q].within)
            left[q] -= m.targets[p];
    }
    return m;
}

std::uint32_t choice_made(const market& m, const capped_certificate& made, std::uint32_t a) {
    for (std::uint32_t c = m.begins[a]; c < m.begins[a + 1]; ++c)
        if (m.choices[c].programme == made.matching[a]) return c - m.begins[a];
    return nobody;
}

}  // namespace

TEST_CASE("flexible acceptance fills what fixed targets leave empty") {
    const capped_market m = ten_doctors();
    const auto flexible = match_with_caps(m);
    REQUIRE(flexible.has_value());
    CHECK(flexible->taken == std::vector<std::int64_t>{3, 7});
    CHECK(caps_fault(m, *flexible) == "");
    // The first programme has places, and its region has none: whoever it refuses sees why.
    CHECK(flexible->limits[0] == cap_limit{});
    CHECK(flexible->limits[1] == cap_limit{});
    const auto rigid = match_by_targets(m);
    CHECK(rigid.taken == std::vector<std::int64_t>{3, 5});
    CHECK(rigid.matching[8] == -1);
    CHECK(rigid.matching[9] == -1);
    CHECK(caps_fault(m, rigid) ==
          "applicant 8, programme 1: has a place free, and no cap stands in the way");
}

TEST_CASE(
    "under nested caps the matching is stable, nobody is worse off than by targets, and no lie "
    "pays") {
    CHECK(rc::check("regional caps", [](std::uint32_t seed) {
        dice roll(seed);
        const capped_market m = random_caps(roll);
        const auto made = match_with_caps(m);
        RC_ASSERT(made.has_value());
        RC_ASSERT(caps_fault(m, *made).empty());
        // A limit moved by one place, or by another reason, is noticed.
        for (std::uint32_t p = 0; p < m.places.programmes(); ++p) {
            capped_certificate said = *made;
            cap_limit& limit = said.limits[p];
            if (limit.rank == -1) {
                limit = {0, 0, -1};
                RC_ASSERT(!caps_fault(m, said).empty() ||
                          made->taken[p] == std::int64_t{m.places.capacities[p]});
                continue;
            }
            limit.rank = -1;
            RC_ASSERT(!caps_fault(m, said).empty());
            limit = made->limits[p];
            if (made->taken[p] > 0) {
                --limit.applicant;
                RC_ASSERT(!caps_fault(m, said).empty());
            }
            if (limit.region != -1) {
                limit = made->limits[p];
                limit.region = -1;
                RC_ASSERT(!caps_fault(m, said).empty());
            }
        }
        const auto rigid = match_by_targets(m);
        for (std::uint32_t a = 0; a < m.places.applicants(); ++a)
            RC_ASSERT(choice_made(m.places, *made, a) <= choice_made(m.places, rigid, a));
        // One applicant says the same programmes in another order.
        const std::uint32_t liar = roll.roll(m.places.applicants());
        const std::uint32_t begin = m.places.begins[liar];
        const std::uint32_t size = m.places.begins[liar + 1] - begin;
        capped_market lied = m;
        const auto order = roll.some_of(size, 1);
        for (std::uint32_t i = 0; i < size; ++i)
            lied.places.choices[begin + i] = m.places.choices[begin + order[i]];
        const auto other = match_with_caps(lied);
        RC_ASSERT(choice_made(m.places, *other, liar) >= choice_made(m.places, *made, liar));
    }));
}

TEST_CASE("caps and targets that cannot hold together are refused") {
    capped_market m = ten_doctors();
    m.targets = {6, 5};
    CHECK(match_with_caps(m).error().sentence() ==
          "The targets within region 0 come to 11, and its cap is 10.");
    m.targets = {11, 0};
    CHECK(match_with_caps(m).error().kind == &more_refusals::market_malformed);
    m = ten_doctors();
    m.regions[0].within = 0;
    CHECK_FALSE(match_with_caps(m).has_value());
    m = ten_doctors();
    m.region_of[1] = 4;
    CHECK_FALSE(match_with_caps(m).has_value());
}
