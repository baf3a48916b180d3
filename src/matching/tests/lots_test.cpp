#include "matching/lots.hpp"

#include <set>

#include "matching/certificate_check.hpp"
#include "matching/deferred_acceptance.hpp"
#include "matching/tests/core_testing.hpp"

using namespace veche::matching;
using namespace veche::matching::core_testing;

namespace {

std::string key_text(std::uint32_t number) {
    return std::string(1, static_cast<char>('a' + number));
}

/// Every outcome that lots at each programme can lead to.
std::set<assignment> all_draws(const market& m) {
    std::set<assignment> found;
    std::vector<std::vector<std::uint32_t>> order(m.programmes());
    const std::function<void(std::uint32_t)> draw = [&](std::uint32_t p) {
        if (p == m.programmes()) {
            found.insert(match_by_applicants(drawn(m, [&](std::uint32_t at, std::uint32_t a) {
                             return key_text(order[at][a]);
                         })).placed);
            return;
        }
        order[p].resize(m.applicants());
        std::iota(order[p].begin(), order[p].end(), 0);
        do draw(p + 1);
        while (std::next_permutation(order[p].begin(), order[p].end()));
    };
    draw(0);
    return found;
}

/// Small enough that every draw at every programme can be tried.
market tiny_market(std::uint32_t seed) {
    for (std::uint32_t n = 0;; ++n) {
        market m = small_market(seed + n * 7919, 2);
        if (m.applicants() <= 4 && m.programmes() <= 3) return m;
    }
}

outcome one_draw(const market& m, std::uint32_t how) {
    core_dice d{how};
    const auto order = d.shuffled(m.applicants());
    return match_by_applicants(
        drawn(m, [&](std::uint32_t, std::uint32_t a) { return key_text(order[a]); }));
}

}  // namespace

TEST_CASE("lots are said to decide exactly where two outcomes exist") {
    int with = 0;
    int without = 0;
    for (std::uint32_t seed = 0; seed < 250; ++seed) {
        const market m = tiny_market(seed);
        const bool two = all_draws(m).size() > 1;
        (two ? with : without) += 1;
        CHECK(decided_by_lot(m, one_draw(m, seed).placed).empty() == !two);
    }
    CHECK(with > 20);
    CHECK(without > 20);
}

TEST_CASE("a lot can decide though nobody is refused with the rank of somebody admitted") {
    // Erdil and Ergin 2008, example 1.
    market m;
    m.capacities = {1, 1, 1};
    m.choices = {{1, 1}, {0, 0}, {2, 1}, {2, 2}, {1, 0}, {0, 1}, {1, 1}, {2, 0}, {0, 2}};
    m.begins = {0, 3, 6, 9};
    const auto first =
        match_by_applicants(drawn(m, [](std::uint32_t, std::uint32_t a) { return key_text(a); }));
    CHECK(first.placed == assignment{0, 1, 2});
    CHECK(decided_by_lot(m, first.placed) == std::vector<std::uint32_t>{1, 2});
    CHECK(improve(m, first.placed, {0, 1, 2}) == assignment{0, 2, 1});
}

TEST_CASE("after improvement no stable matching is better for all") {
    CHECK(rc::check("improve", [](std::uint32_t seed, std::uint32_t how) {
        const market m = small_market(seed, 2);
        const auto before = one_draw(m, how).placed;
        RC_ASSERT(check_weakly_stable(m, before).holds());
        core_dice d{how};
        const auto after = improve(m, before, d.shuffled(m.applicants()));
        RC_ASSERT(is_stable(m, after));
        RC_ASSERT(check_weakly_stable(m, after).holds());
        RC_ASSERT(no_worse(m, after, before));
        each_assignment(m, [&](const assignment& other) {
            if (other != after && no_worse(m, other, after)) RC_ASSERT(!is_stable(m, other));
        });
    }));
}

TEST_CASE("lots part equals only, and are drawn for nobody else") {
    CHECK(rc::check("drawn", [](std::uint32_t seed) {
        const market m = small_market(seed, 3);
        const market strict = drawn(m, [&](std::uint32_t p, std::uint32_t a) {
            int equal = 0;
            const auto rank = m.choices[liking(m, a, p)].rank;
            for (std::uint32_t b = 0; b < m.applicants(); ++b) {
                const auto i = liking(m, b, p);
                equal += i < m.begins[b + 1] && m.choices[i].rank == rank;
            }
            RC_ASSERT(equal > 1);
            return key_text(a);
        });
        for (std::size_t i = 0; i < m.choices.size(); ++i)
            for (std::size_t j = 0; j < m.choices.size(); ++j) {
                if (i == j || m.choices[i].programme != m.choices[j].programme) continue;
                RC_ASSERT(strict.choices[i].rank != strict.choices[j].rank);
                if (m.choices[i].rank < m.choices[j].rank)
                    RC_ASSERT(strict.choices[i].rank < strict.choices[j].rank);
            }
    }));
}
