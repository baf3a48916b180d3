#include "matching/certificate_check.hpp"
#include "matching/deferred_acceptance.hpp"
#include "matching/tests/core_testing.hpp"

using namespace veche::matching;
using namespace veche::matching::core_testing;

namespace {

market market_with(std::vector<std::uint32_t> capacities,
                   const std::vector<std::vector<choice>>& lists) {
    market m;
    m.capacities = std::move(capacities);
    for (const auto& list : lists) {
        m.choices.insert(m.choices.end(), list.begin(), list.end());
        m.begins.push_back(static_cast<std::uint32_t>(m.choices.size()));
    }
    return m;
}

/// The same market with one list in place of another, its ranks kept.
market with_list(const market& m, std::uint32_t of, const std::vector<choice>& list) {
    std::vector<std::vector<choice>> lists;
    for (std::uint32_t a = 0; a < m.applicants(); ++a)
        lists.emplace_back(m.choices.begin() + m.begins[a], m.choices.begin() + m.begins[a + 1]);
    lists[of] = list;
    return market_with(m.capacities, lists);
}

}  // namespace

TEST_CASE("of all stable matchings each side that asks gets its best, found by trying all") {
    CHECK(rc::check("oracle", [](std::uint32_t seed) {
        const market m = small_market(seed);
        const auto all = stable_ones(m);
        const outcome best = match_by_applicants(m);
        const outcome worst = match_by_programmes(m);
        RC_ASSERT(std::find(all.begin(), all.end(), best.placed) != all.end());
        RC_ASSERT(std::find(all.begin(), all.end(), worst.placed) != all.end());
        for (const assignment& one : all) {
            RC_ASSERT(no_worse(m, best.placed, one));
            RC_ASSERT(no_worse(m, one, worst.placed));
        }
        RC_ASSERT(check_stable(m, best).holds());
        RC_ASSERT(check_stable(m, worst).holds());
        RC_ASSERT(check_optimal(m, best, proposing::applicants).holds());
        RC_ASSERT(check_optimal(m, worst, proposing::programmes).holds());
        // With more than one, the best of one side is not that of the other.
        RC_ASSERT(check_optimal(m, worst, proposing::applicants).holds() == (all.size() == 1));
        RC_ASSERT(check_optimal(m, best, proposing::programmes).holds() == (all.size() == 1));
    }));
}

TEST_CASE("three stable matchings, and the best of one side is not that of the other") {
    // Gale and Shapley 1962.
    const market m = market_with(
        {1, 1, 1}, {{{0, 2}, {1, 1}, {2, 0}}, {{1, 2}, {2, 1}, {0, 0}}, {{2, 2}, {0, 1}, {1, 0}}});
    CHECK(stable_ones(m).size() == 3);
    const outcome best = match_by_applicants(m);
    const outcome worst = match_by_programmes(m);
    CHECK(best.placed == assignment{0, 1, 2});
    CHECK(worst.placed == assignment{2, 0, 1});
    CHECK(check_optimal(m, worst, proposing::applicants).found == fault::improvable);
    CHECK(check_optimal(m, best, proposing::programmes).found == fault::improvable);
}

TEST_CASE("every stable matching places the same applicants and fills programmes alike") {
    CHECK(rc::check("rural hospitals", [](std::uint32_t seed) {
        const market m = small_market(seed);
        const auto all = stable_ones(m);
        const auto fill = fill_of(m, match_by_applicants(m).placed);
        for (const assignment& one : all) {
            RC_ASSERT(fill_of(m, one) == fill);
            for (std::uint32_t a = 0; a < m.applicants(); ++a)
                RC_ASSERT((one[a] == nobody) == (all.front()[a] == nobody));
        }
    }));
}

TEST_CASE("no applicant gains by another list than their own") {
    CHECK(rc::check("truth", [](std::uint32_t seed, std::uint32_t who, std::uint32_t how) {
        const market m = small_market(seed);
        const std::uint32_t a = who % m.applicants();
        const auto honest = match_by_applicants(m).placed;
        std::vector<choice> list(m.choices.begin() + m.begins[a],
                                 m.choices.begin() + m.begins[a + 1]);
        core_dice d{how};
        std::vector<choice> other;
        for (const std::uint32_t i : d.shuffled(static_cast<std::uint32_t>(list.size())))
            other.push_back(list[i]);
        other.resize(d.below(static_cast<std::uint32_t>(list.size()) + 1));
        const auto lied = match_by_applicants(with_list(m, a, other)).placed;
        RC_ASSERT(liking(m, a, honest[a]) <= liking(m, a, lied[a]));
    }));
}

TEST_CASE("a further seat hurts no applicant") {
    CHECK(rc::check("seat", [](std::uint32_t seed, std::uint32_t where) {
        market m = small_market(seed);
        const auto before = match_by_applicants(m).placed;
        ++m.capacities[where % m.programmes()];
        RC_ASSERT(no_worse(m, match_by_applicants(m).placed, before));
    }));
}

TEST_CASE("who stands first in the file, and under which number, changes nothing") {
    CHECK(rc::check("numbers", [](std::uint32_t seed, std::uint32_t how) {
        const market m = small_market(seed);
        core_dice d{how};
        const auto applicants = d.shuffled(m.applicants());
        const auto programmes = d.shuffled(m.programmes());
        market other;
        other.capacities.resize(m.programmes());
        for (std::uint32_t p = 0; p < m.programmes(); ++p)
            other.capacities[programmes[p]] = m.capacities[p];
        for (const std::uint32_t a : applicants) {
            for (std::uint32_t i = m.begins[a]; i < m.begins[a + 1]; ++i)
                other.choices.push_back({programmes[m.choices[i].programme], m.choices[i].rank});
            other.begins.push_back(static_cast<std::uint32_t>(other.choices.size()));
        }
        const auto was = match_by_applicants(m);
        const auto is = match_by_applicants(other);
        for (std::uint32_t i = 0; i < applicants.size(); ++i) {
            const std::uint32_t p = was.placed[applicants[i]];
            RC_ASSERT(is.placed[i] == (p == nobody ? nobody : programmes[p]));
        }
        for (std::uint32_t p = 0; p < m.programmes(); ++p)
            RC_ASSERT(is.limits[programmes[p]] == was.limits[p]);
        RC_ASSERT(match_by_applicants(m).placed == was.placed);
    }));
}

TEST_CASE(
    "a programme without seats, one that nobody names, an empty list, more seats than people") {
    const market m = market_with({0, 5, UINT32_MAX}, {{{0, 0}, {2, 4}}, {}, {{2, 0}, {0, 1}}});
    for (const outcome& out : {match_by_applicants(m), match_by_programmes(m)}) {
        CHECK(out.placed == assignment{2, nobody, 2});
        CHECK(out.limits == std::vector<std::uint32_t>{0, no_limit, no_limit});
        CHECK(check_stable(m, out).holds());
    }
    const market none;
    CHECK(match_by_applicants(none).placed.empty());
    CHECK(match_by_programmes(none).placed.empty());
}

TEST_CASE("a chain of ten thousand refusals ends, and rank zero is no missing limit") {
    // Each newcomer at a programme puts out the one before, who moves on by one.
    constexpr std::uint32_t size = 10'000;
    market m;
    m.capacities.assign(size, 1);
    for (std::uint32_t a = 0; a < size; ++a) {
        if (a > 0) m.choices.push_back({a - 1, 0});
        m.choices.push_back({a, 1});
        m.begins.push_back(static_cast<std::uint32_t>(m.choices.size()));
    }
    const outcome out = match_by_applicants(m);
    CHECK(out.placed[0] == nobody);
    CHECK(out.placed[size - 1] == size - 2);
    CHECK(out.limits[0] == 1);
    CHECK(out.limits[size - 1] == no_limit);
    CHECK(check_stable(m, out).holds());
    CHECK(check_optimal(m, out, proposing::applicants).holds());
    CHECK(match_by_programmes(m).placed == out.placed);
}

TEST_CASE("no outcome but a sound one passes the check of stability") {
    CHECK(rc::check("forged", [](std::uint32_t seed, std::uint32_t how) {
        const market m = small_market(seed);
        const outcome sound = match_by_applicants(m);
        outcome forged = sound;
        core_dice d{how};
        if (d.below(2) == 0) {
            const std::uint32_t a = d.below(m.applicants());
            const std::uint32_t length = m.begins[a + 1] - m.begins[a];
            const std::uint32_t at = d.below(length + 1);
            forged.placed[a] = at == length ? nobody : m.choices[m.begins[a] + at].programme;
        } else {
            const std::uint32_t p = d.below(m.programmes());
            forged.limits[p] = d.below(2) == 0 ? no_limit : d.below(20);
        }
        RC_PRE(forged.placed != sound.placed || forged.limits != sound.limits);
        // A programme that is just full and refuses nobody may say that it refuses nobody.
        if (check_stable(m, forged).holds()) {
            RC_ASSERT(forged.placed == sound.placed);
            for (std::uint32_t p = 0; p < m.programmes(); ++p)
                RC_ASSERT(forged.limits[p] == sound.limits[p] || forged.limits[p] == no_limit);
        }
    }));
}
