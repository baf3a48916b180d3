#include "matching/certificate_check.hpp"
#include "matching/score_limits.hpp"
#include "matching/tests/core_testing.hpp"

using namespace veche::matching;
using namespace veche::matching::core_testing;

namespace {

/// Where everybody goes under limits: the first programme whose limit they meet.
assignment by_limits(const market& m, const std::vector<std::uint32_t>& limits) {
    assignment placed(m.applicants(), nobody);
    for (std::uint32_t a = 0; a < m.applicants(); ++a)
        for (std::uint32_t i = m.begins[a]; i < m.begins[a + 1]; ++i)
            if (m.choices[i].rank < limits[m.choices[i].programme]) {
                placed[a] = m.choices[i].programme;
                break;
            }
    return placed;
}

/// Hungarian: nobody beyond the seats. Chilean: without their last class, programmes that refuse
/// somebody have a free seat, which holds of limits that are too high; so the lowest such.
std::vector<assignment> allowed(const market& m, std::uint32_t classes) {
    std::vector<assignment> found;
    std::vector<std::uint32_t> limits(m.programmes(), 0);
    for (;;) {
        const auto placed = by_limits(m, limits);
        const auto fill = fill_of(m, placed);
        bool fits = true;
        for (std::uint32_t p = 0; p < m.programmes(); ++p) fits &= fill[p] <= m.capacities[p];
        if (fits) found.push_back(placed);
        std::size_t p = 0;
        while (p < limits.size() && limits[p] == classes) limits[p++] = 0;
        if (p == limits.size()) return found;
        ++limits[p];
    }
}

}  // namespace

TEST_CASE("Hungarian limits are the best of all limits under which nobody is beyond the seats") {
    CHECK(rc::check("enumeration", [](std::uint32_t seed) {
        const market m = small_market(seed, 3);
        const outcome out = match_by_limits(m, tie_policy::hungarian);
        RC_ASSERT(check_score_limits(m, out, tie_policy::hungarian).holds());
        const auto all = allowed(m, 3);
        RC_ASSERT(std::find(all.begin(), all.end(), out.placed) != all.end());
        for (const assignment& one : all) RC_ASSERT(no_worse(m, out.placed, one));
    }));
}

TEST_CASE("Chilean limits admit the last class whole, and without it a seat is free") {
    CHECK(rc::check("chilean", [](std::uint32_t seed) {
        const market m = small_market(seed, 3);
        const outcome out = match_by_limits(m, tie_policy::chilean);
        RC_ASSERT(check_score_limits(m, out, tie_policy::chilean).holds());
        // Nobody fares worse than by the Hungarian limits.
        RC_ASSERT(no_worse(m, out.placed, match_by_limits(m, tie_policy::hungarian).placed));
        // Of all limits that keep the rule theirs are the best for applicants.
        std::vector<std::uint32_t> limits(m.programmes(), 0);
        for (;;) {
            outcome other{by_limits(m, limits), limits, 0};
            for (std::uint32_t& limit : other.limits) limit = limit == 3 ? no_limit : limit;
            if (check_score_limits(m, other, tie_policy::chilean).holds())
                RC_ASSERT(no_worse(m, out.placed, other.placed));
            std::size_t p = 0;
            while (p < limits.size() && limits[p] == 3) limits[p++] = 0;
            if (p == limits.size()) break;
            ++limits[p];
        }
    }));
}

TEST_CASE("limits that are too strict or too lenient by one class do not pass") {
    CHECK(rc::check("forged limits", [](std::uint32_t seed, std::uint32_t where, bool up) {
        const market m = small_market(seed, 3);
        for (const tie_policy policy : {tie_policy::hungarian, tie_policy::chilean}) {
            outcome out = match_by_limits(m, policy);
            std::uint32_t& limit = out.limits[where % m.programmes()];
            if (limit == no_limit && up) continue;
            limit = up ? limit + 1 : (limit == no_limit ? 3 : limit) - 1;
            out.placed = by_limits(m, out.limits);
            if (up || limit < 3) RC_ASSERT(!check_score_limits(m, out, policy).holds());
        }
    }));
}
