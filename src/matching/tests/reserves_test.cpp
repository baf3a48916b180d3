#include <set>

#include "matching/certificate_check.hpp"
#include "matching/deferred_acceptance.hpp"
#include "matching/reserved_acceptance.hpp"
#include "matching/tests/core_testing.hpp"

using namespace veche::matching;
using namespace veche::matching::core_testing;

namespace {

seat_plan random_plan(core_dice& d) {
    seat_plan plan;
    plan.most_reserved = d.below(3) == 0;
    const std::uint32_t runs = 1 + d.below(4);
    for (std::uint32_t r = 0; r < runs; ++r)
        plan.runs.push_back({d.below(3), d.below(3) == 0 ? any_type : d.below(3), d.below(3) == 0});
    return plan;
}

std::vector<candidate> random_candidates(core_dice& d, std::uint32_t most) {
    std::vector<candidate> all;
    const std::uint32_t count = d.below(most + 1);
    for (std::uint32_t i = 0; i < count; ++i) all.push_back({2 * i, i, d.below(8)});
    return all;
}

std::set<std::uint32_t> taken(const seat_plan& plan, const std::vector<candidate>& all) {
    const auto runs = choose(plan, all);
    std::set<std::uint32_t> who;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (runs[i] != nobody) who.insert(all[i].applicant);
    return who;
}

/// How many of the people can sit in reserved seats, by trying every way.
std::uint32_t most_seated(const std::vector<seat_run>& runs, std::vector<std::uint32_t> left,
                          const std::vector<std::uint32_t>& people, std::size_t from = 0) {
    if (from == people.size()) return 0;
    std::uint32_t best = most_seated(runs, left, people, from + 1);
    for (std::size_t r = 0; r < runs.size(); ++r) {
        if (runs[r].type == any_type || left[r] == 0 || !has_type(people[from], runs[r].type))
            continue;
        --left[r];
        best = std::max(best, 1 + most_seated(runs, left, people, from + 1));
        ++left[r];
    }
    return best;
}

std::uint32_t seated(const seat_plan& plan, const std::vector<candidate>& all,
                     const std::set<std::uint32_t>& who) {
    std::vector<std::uint32_t> people;
    for (const candidate& one : all)
        if (who.contains(one.applicant)) people.push_back(one.types);
    std::vector<std::uint32_t> left;
    for (const seat_run& run : plan.runs) left.push_back(run.seats);
    return most_seated(plan.runs, left, people);
}

reserves random_reserves(const market& m, core_dice& d) {
    reserves r;
    for (std::uint32_t a = 0; a < m.applicants(); ++a) r.types.push_back(d.below(8));
    for (std::uint32_t p = 0; p < m.programmes(); ++p) r.plans.push_back(random_plan(d));
    return r;
}

market with_seats(market m, const reserves& r) {
    for (std::uint32_t p = 0; p < m.programmes(); ++p) {
        m.capacities[p] = 0;
        for (const seat_run& run : r.plans[p].runs) m.capacities[p] += run.seats;
    }
    return m;
}

}  // namespace

TEST_CASE("whoever a programme refuses it refuses when more ask, and it never takes fewer then") {
    CHECK(rc::check("substitutes", [](std::uint32_t seed) {
        core_dice d{seed};
        const seat_plan plan = random_plan(d);
        const auto all = random_candidates(d, 8);
        RC_PRE(!all.empty());
        auto fewer = all;
        const auto gone = d.below(static_cast<std::uint32_t>(all.size()));
        fewer.erase(fewer.begin() + gone);
        const auto many = taken(plan, all);
        const auto few = taken(plan, fewer);
        for (const candidate& one : fewer)
            if (!few.contains(one.applicant)) RC_ASSERT(!many.contains(one.applicant));
        RC_ASSERT(many.size() >= few.size());
        if (!many.contains(gone)) RC_ASSERT(many == few);
    }));
}

TEST_CASE("with several types the most reserved seats are filled, and by the best ranks") {
    CHECK(rc::check("most reserved", [](std::uint32_t seed) {
        core_dice d{seed};
        seat_plan plan = random_plan(d);
        plan.most_reserved = true;
        const auto all = random_candidates(d, 7);
        const auto chosen = taken(plan, all);
        std::uint32_t seats = 0;
        for (const seat_run& run : plan.runs) seats += run.seats;
        RC_ASSERT(chosen.size() == std::min<std::size_t>(seats, all.size()));
        std::set<std::uint32_t> everybody;
        for (const candidate& one : all) everybody.insert(one.applicant);
        RC_ASSERT(seated(plan, all, chosen) == seated(plan, all, everybody));
        // Nobody refused could take the place of somebody with a worse rank without loss.
        for (const std::uint32_t out : everybody)
            for (const std::uint32_t in : chosen) {
                if (chosen.contains(out) || out > in) continue;
                auto swapped = chosen;
                swapped.erase(in);
                swapped.insert(out);
                RC_ASSERT(seated(plan, all, swapped) < seated(plan, all, chosen));
            }
    }));
}

TEST_CASE("no programme would rather have others than those it holds, by trying all matchings") {
    CHECK(rc::check("reserved oracle", [](std::uint32_t seed) {
        core_dice d{seed};
        market m = small_market(seed);
        const reserves r = random_reserves(m, d);
        m = with_seats(std::move(m), r);
        const reserved_outcome out = match_with_reserves(m, r);
        RC_ASSERT(check_reserved(m, r, out).holds());
        each_assignment(m, [&](const assignment& placed) {
            // Stable by the definition: of those held and those who would rather be there, each
            // programme takes those held. Of all such the engine's is the best for applicants.
            for (std::uint32_t p = 0; p < m.programmes(); ++p) {
                std::vector<candidate> all;
                std::set<std::uint32_t> held;
                for (std::uint32_t a = 0; a < m.applicants(); ++a) {
                    const auto at = liking(m, a, p);
                    if (at == m.begins[a + 1] || at > liking(m, a, placed[a])) continue;
                    all.push_back({m.choices[at].rank, a, r.types[a]});
                    if (placed[a] == p) held.insert(a);
                }
                std::sort(all.begin(), all.end(),
                          [](const candidate& x, const candidate& y) { return x.rank < y.rank; });
                if (taken(r.plans[p], all) != held) return;
            }
            RC_ASSERT(no_worse(m, out.of.placed, placed));
        });
    }));
}

TEST_CASE("without types reserves change nothing") {
    CHECK(rc::check("no types", [](std::uint32_t seed) {
        const market m = small_market(seed);
        reserves r{std::vector<std::uint32_t>(m.applicants(), 0), {}};
        for (const std::uint32_t seats : m.capacities)
            r.plans.push_back(
                {{{seats / 2, 0, false}, {seats - seats / 2, any_type, false}}, false});
        RC_ASSERT(match_with_reserves(m, r).of.placed == match_by_applicants(m).placed);
    }));
}

TEST_CASE("a moved applicant does not pass the check of reserves") {
    CHECK(rc::check("forged seats", [](std::uint32_t seed, std::uint32_t who, std::uint32_t where) {
        core_dice d{seed};
        market m = small_market(seed);
        const reserves r = random_reserves(m, d);
        m = with_seats(std::move(m), r);
        reserved_outcome out = match_with_reserves(m, r);
        const std::uint32_t a = who % m.applicants();
        RC_PRE(out.of.placed[a] != nobody);
        if (where % 2 == 0) {
            out.of.placed[a] = nobody;
            RC_ASSERT(!check_reserved(m, r, out).holds());
        } else {
            out.runs[a] = 77;
            RC_ASSERT(check_reserved(m, r, out).found == fault::wrong_seat);
        }
    }));
}
