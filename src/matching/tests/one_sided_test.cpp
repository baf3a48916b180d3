#include "matching/one_sided.hpp"

#include "matching/one_sided_check.hpp"
#include "matching/tests/core_testing.hpp"

using namespace veche::matching;
using namespace veche::matching::core_testing;

namespace {

/// How many are at their first, second, ... choice.
std::vector<std::int64_t> profile(const market& m, const assignment& placed) {
    std::vector<std::int64_t> at(8);
    for (std::uint32_t a = 0; a < m.applicants(); ++a)
        if (placed[a] != nobody) ++at[liking(m, a, placed[a]) - m.begins[a]];
    return at;
}

bool fits(const market& m, const assignment& placed) {
    const auto fill = fill_of(m, placed);
    for (std::uint32_t p = 0; p < m.programmes(); ++p)
        if (fill[p] > m.capacities[p]) return false;
    return true;
}

/// Placed, then least sum of choice numbers.
std::pair<std::int64_t, std::int64_t> worth(const market& m, const assignment& placed) {
    const auto at = profile(m, placed);
    std::pair<std::int64_t, std::int64_t> of;
    for (std::size_t k = 0; k < at.size(); ++k) {
        of.first += at[k];
        of.second -= at[k] * static_cast<std::int64_t>(k + 1);
    }
    return of;
}

}  // namespace

TEST_CASE("no assignment has more at first choices, then at second, and the prices prove it") {
    CHECK(rc::check("rank-maximal", [](std::uint32_t seed) {
        const market m = small_market(seed);
        const auto out = match_at_least_cost(m, aim::rank_maximal);
        RC_ASSERT(check_prices(m, aim::rank_maximal, out).holds());
        const auto best = profile(m, out.placed);
        each_assignment(m, [&](const assignment& other) {
            if (!fits(m, other)) return;
            RC_ASSERT(profile(m, other) <= best);
            // The prices prove no assignment that is worse.
            if (profile(m, other) == best) return;
            priced_outcome forged = out;
            forged.placed = other;
            RC_ASSERT(!check_prices(m, aim::rank_maximal, forged).holds());
        });
    }));
}

TEST_CASE("no assignment places more, or as many at less cost, and the prices prove it") {
    CHECK(rc::check("least cost", [](std::uint32_t seed) {
        const market m = small_market(seed);
        const auto out = match_at_least_cost(m, aim::least_cost);
        RC_ASSERT(check_prices(m, aim::least_cost, out).holds());
        each_assignment(m, [&](const assignment& other) {
            if (fits(m, other)) RC_ASSERT(worth(m, other) <= worth(m, out.placed));
        });
    }));
}

TEST_CASE("after trading nobody is better off unless somebody is worse off") {
    CHECK(rc::check("efficient", [](std::uint32_t seed) {
        const market m = small_market(seed);
        const auto placed = match_by_trading(m);
        RC_ASSERT(check_efficient(m, placed).holds());
        each_assignment(m, [&](const assignment& other) {
            if (!fits(m, other)) return;
            if (other != placed) RC_ASSERT(!no_worse(m, other, placed));
            // And the check says so of every assignment; they are many where there are more of us.
            if (m.applicants() > 3) return;
            bool better = false;
            each_assignment(m, [&](const assignment& third) {
                better |= third != other && fits(m, third) && no_worse(m, third, other);
            });
            RC_ASSERT(check_efficient(m, other).holds() == !better);
        });
    }));
}

TEST_CASE("who owns a seat gets one at least as good by trading") {
    // Shapley and Scarf 1974: each owns one, first in its order; 1 and 2 exchange, 3 keeps.
    market m;
    m.capacities = {1, 1, 1};
    m.choices = {{1, 1}, {0, 0}, {0, 1}, {1, 0}, {0, 2}, {1, 2}, {2, 0}};
    m.begins = {0, 2, 4, 7};
    CHECK(match_by_trading(m) == assignment{1, 0, 2});
}
