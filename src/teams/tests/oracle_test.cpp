// The search beside an enumeration of all assignments, on small random calls.

#include <algorithm>

#include <rapidcheck.h>

#include "teams/certificate_check.hpp"
#include "teams/tests/shared.hpp"

using namespace veche;
using namespace veche::teams;
using namespace veche::teams::testing;

namespace {

std::int64_t some(int from, int to) {
    return *rc::gen::inRange(from, to + 1);
}

window random_window(std::string what, std::string value, int most) {
    window w{std::move(what), std::move(value), some(0, 2), std::nullopt};
    if (some(0, 2) > 0) w.max = w.min + some(0, most);
    return w;
}

call random_call(int people, int sites, int categories) {
    call c;
    c.id = "call";
    c.first = some(0, 1) == 0 ? aim::utility_then_placed : aim::placed_then_utility;
    c.seed = some_seed;
    for (int s = 0; s < sites; ++s) {
        site one{"s" + std::to_string(s), {}};
        one.windows.push_back(random_window("size", "", 3));
        for (int k = 0; k < categories; ++k)
            for (int f = 0; f < 2; ++f)
                if (some(0, 2) == 0)
                    one.windows.push_back(
                        random_window("c" + std::to_string(k), "f" + std::to_string(f), 2));
        if (categories > 1 && some(0, 2) == 0)
            one.windows.push_back({"skill", "welder", some(0, 2), std::nullopt});
        c.sites.push_back(one);
    }
    for (int p = 0; p < people; ++p) {
        person one;
        one.id = "p" + std::to_string(p);
        for (int k = 0; k < categories; ++k)
            one.features["c" + std::to_string(k)] = "f" + std::to_string(some(0, 1));
        if (some(0, 1) == 0) one.skills.push_back("welder");
        for (int s = 0; s < sites; ++s)
            if (some(0, 3) > 0) one.wishes.push_back({"s" + std::to_string(s), some(-2, 6)});
        c.people.push_back(one);
    }
    return c;
}

bool is_of(const window& w, const person& p) {
    if (w.what == "size") return true;
    if (w.what != "skill") return p.features.count(w.what) && p.features.at(w.what) == w.value;
    return std::count(p.skills.begin(), p.skills.end(), w.value) > 0;
}

/// Tries everything.
struct oracle {
    explicit oracle(const call& of) : c(of), at(of.people.size(), 0) { next(0); }

    void next(std::size_t p) {
        if (p < c.people.size()) {
            for (at[p] = 0; at[p] <= c.people[p].wishes.size(); ++at[p]) next(p + 1);
            return;
        }
        std::int64_t utility = 0;
        std::int64_t placed = 0;
        for (std::size_t q = 0; q < at.size(); ++q)
            if (at[q] > 0) utility += c.people[q].wishes[at[q] - 1].utility, ++placed;
        for (const site& s : c.sites)
            for (const window& w : s.windows) {
                std::int64_t count = 0;
                for (std::size_t q = 0; q < at.size(); ++q)
                    count += at[q] > 0 && c.people[q].wishes[at[q] - 1].site == s.id &&
                             is_of(w, c.people[q]);
                if (count < w.min || (w.max && count > *w.max)) return;
            }
        auto aim_now = std::pair{utility, placed};
        if (c.first == aim::placed_then_utility) std::swap(aim_now.first, aim_now.second);
        if (ways == 0 || aim_now > best) best = aim_now, ways = 0;
        ways += aim_now == best;
    }

    const call& c;
    std::vector<std::size_t> at;
    std::pair<std::int64_t, std::int64_t> best;
    int ways = 0;
};

void compare(const call& c) {
    const oracle all(c);
    const auto made = solve(c);
    RC_ASSERT(made.has_value());
    RC_ASSERT(certificate_fault(c, *made).empty());
    if (all.ways == 0) {
        RC_ASSERT(made->what == verdict::none);
        RC_ASSERT(made->reason.has_value());
        RC_ASSERT(!made->reason->sides.empty());
        return;
    }
    RC_ASSERT(made->what == verdict::best);
    auto got = std::pair{made->utility, made->placed};
    if (c.first == aim::placed_then_utility) std::swap(got.first, got.second);
    RC_ASSERT(got == all.best);
    RC_ASSERT(made->lot == (all.ways > 1 ? lots::needed : lots::not_needed));
    call without = c;
    without.seed.reset();
    const auto plain = solve(without);
    RC_ASSERT(plain.has_value() == (all.ways == 1));
}

}  // namespace

TEST_CASE("one category: as an enumeration finds it, and the flow alone proves it") {
    CHECK(rc::check("one category", [] {
        const call c = random_call(static_cast<int>(some(1, 6)), static_cast<int>(some(1, 3)), 1);
        compare(c);
        const auto made = solve(c);
        RC_ASSERT(made->parts.size() == 1);
        RC_ASSERT(made->nodes == 1);
    }));
}

TEST_CASE("several categories and a skill: as an enumeration finds it") {
    CHECK(rc::check("several categories", [] {
        compare(random_call(static_cast<int>(some(1, 7)), static_cast<int>(some(1, 2)), 3));
    }));
    CHECK(rc::check("three sites", [] { compare(random_call(5, 3, 2)); }));
}

TEST_CASE("a conflict cannot hold, and without any of its sides the rest can") {
    CHECK(rc::check("conflict", [] {
        call c = random_call(static_cast<int>(some(1, 5)), 2, 2);
        const auto made = solve(c);
        if (made->what != verdict::none) return;
        RC_ASSERT(made->reason->irreducible);
        const auto under = [&](std::size_t without) {
            call only = c;
            for (site& s : only.sites) s.windows.clear();
            const auto& sides = made->reason->sides;
            for (std::size_t i = 0; i < sides.size(); ++i) {
                if (i == without) continue;
                for (site& s : only.sites) {
                    if (s.id != sides[i].site) continue;
                    auto w = std::find_if(s.windows.begin(), s.windows.end(), [&](const window& x) {
                        return x.what == sides[i].what && x.value == sides[i].value;
                    });
                    if (w == s.windows.end())
                        w = s.windows.insert(w, {sides[i].what, sides[i].value, 0, std::nullopt});
                    (sides[i].least ? w->min : w->max.emplace()) = sides[i].limit;
                }
            }
            return oracle(only).ways > 0;
        };
        RC_ASSERT(!under(SIZE_MAX));
        for (std::size_t i = 0; i < made->reason->sides.size(); ++i) RC_ASSERT(under(i));
    }));
}

TEST_CASE("the order of rows changes nothing") {
    CHECK(rc::check("order", [] {
        call c = random_call(7, 3, 2);
        const auto made = solve(c);
        std::reverse(c.people.begin(), c.people.end());
        std::reverse(c.sites.begin(), c.sites.end());
        for (site& s : c.sites) std::reverse(s.windows.begin(), s.windows.end());
        for (person& p : c.people) std::reverse(p.wishes.begin(), p.wishes.end());
        RC_ASSERT(solve(c)->placings == made->placings);
    }));
}
