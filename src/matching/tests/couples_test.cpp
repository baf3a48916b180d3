// Couples: published cases, every small market against an enumeration of all matchings, and larger
// ones against the check of the certificate.

#include "matching/couples.hpp"

#include <algorithm>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "matching/couples_check.hpp"
#include "matching/more_refusal.hpp"
#include "matching/tests/couples_markets.hpp"

using namespace veche;
using namespace veche::matching;
using veche::matching::testing::dice;
using veche::matching::testing::random_couples;

namespace {

couples_certificate matched_couples(const couples_market& m, const couples_limits& limits = {}) {
    auto made = match_couples(m, limits);
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    CHECK(couples_fault(m, *made) == "");
    return *std::move(made);
}

/// M08 (Roth 1984; Klaus and Klijn): h1 ranks c1 before s, h2 s before c2; the couple c1, c2 wants
/// h1 and h2 together, s wants h1 before h2.
couples_market no_stable() {
    couples_market m;
    m.lists = {{0, 1}, {}, {}};
    m.couples = {{1, 2, {{0, 1}}}};
    m.capacities = {1, 1};
    m.orders = {{1, 0}, {0, 2}};
    return m;
}

/// Stability by the definition: a programme chooses the best of its places from those it has, the
/// members who move away, and those who come. Enumerates everything.
class couples_oracle {
  public:
    couples_oracle(const couples_market& m, std::vector<std::uint32_t> capacities)
        : m_(m), capacities_(std::move(capacities)), got_(m.lists.size(), nobody) {}

    /// All stable matchings.
    std::vector<assignment> all() {
        single(0);
        return std::move(found_);
    }

  private:
    [[nodiscard]] bool coupled(std::uint32_t a) const {
        return std::any_of(m_.couples.begin(), m_.couples.end(),
                           [&](const couple& c) { return c.first == a || c.second == a; });
    }

    void single(std::uint32_t a) {
        if (a == m_.lists.size()) return pair(0);
        single(a + 1);
        for (const std::uint32_t p : m_.lists[a]) {
            got_[a] = p;
            single(a + 1);
        }
        got_[a] = nobody;
    }

    void pair(std::size_t c) {
        if (c == m_.couples.size()) {
            if (stable()) found_.push_back(got_);
            return;
        }
        const couple& one = m_.couples[c];
        pair(c + 1);
        for (const pair_choice& wish : one.choices) {
            if (wish.first == nobody && wish.second == nobody) break;
            got_[one.first] = wish.first;
            got_[one.second] = wish.second;
            pair(c + 1);
        }
        got_[one.first] = got_[one.second] = nobody;
    }

    /// Whether the programme keeps all of `come` when they join those who are there without
    /// `leave`.
    [[nodiscard]] bool chooses(std::uint32_t p, const std::vector<std::uint32_t>& come,
                               const std::vector<std::uint32_t>& leave) const {
        std::vector<std::uint32_t> chosen;
        const auto in = [](const std::vector<std::uint32_t>& of, std::uint32_t a) {
            return std::find(of.begin(), of.end(), a) != of.end();
        };
        for (const std::uint32_t a : m_.orders[p])
            if (chosen.size() < capacities_[p] && (in(come, a) || (got_[a] == p && !in(leave, a))))
                chosen.push_back(a);
        return std::all_of(come.begin(), come.end(), [&](auto a) { return in(chosen, a); });
    }

    [[nodiscard]] bool stable() const {
        for (std::uint32_t a = 0; a < got_.size(); ++a)
            if (got_[a] != nobody && !chooses(got_[a], {a}, {})) return false;
        for (std::uint32_t p = 0; p < capacities_.size(); ++p)
            if (std::count(got_.begin(), got_.end(), p) > capacities_[p]) return false;
        for (std::uint32_t a = 0; a < got_.size(); ++a) {
            if (coupled(a)) continue;
            for (const std::uint32_t p : m_.lists[a]) {
                if (got_[a] == p) break;
                if (chooses(p, {a}, {a})) return false;
            }
        }
        for (const couple& c : m_.couples)
            for (const pair_choice& w : c.choices) {
                if (w.first == got_[c.first] && w.second == got_[c.second]) break;
                if (w.first == nobody && w.second == nobody) break;
                const std::vector<std::uint32_t> both = {c.first, c.second};
                const bool taken =
                    w.first == w.second
                        ? chooses(w.first, both, both)
                        : (w.first == nobody || chooses(w.first, {c.first}, both)) &&
                              (w.second == nobody || chooses(w.second, {c.second}, both));
                if (taken) return false;
            }
        return true;
    }

    const couples_market& m_;
    std::vector<std::uint32_t> capacities_;
    assignment got_;
    std::vector<assignment> found_;
};

assignment as_assignment(const couples_certificate& made) {
    assignment got;
    for (const std::int64_t p : made.matching)
        got.push_back(p < 0 ? nobody : static_cast<std::uint32_t>(p));
    return got;
}

}  // namespace

TEST_CASE("where no stable matching exists, one place more is named") {
    const couples_market m = no_stable();
    CHECK(couples_oracle(m, m.capacities).all().empty());
    const auto made = matched_couples(m);
    CHECK(made.outcome == couples_outcome::near_feasible);
    CHECK(made.proof == couples_proof::none);
    CHECK(made.fewest);
    CHECK(made.changes == std::vector<seat_change>{{0, 1, 2}});
    CHECK(made.matching == std::vector<std::int64_t>{0, 0, 1});
    CHECK(made.couples_in_conflict == 1);
    CHECK(couples_oracle(m, {2, 1}).all() == std::vector<assignment>{{0, 0, 1}});
}

TEST_CASE("each part of the market stands alone: a part without a stable matching stops no other") {
    couples_market m = no_stable();
    m.lists.push_back({2});
    m.lists.push_back({2});
    m.capacities.push_back(1);
    m.orders.push_back({4, 3});
    const auto made = matched_couples(m);
    CHECK(made.parts == 2);
    CHECK(made.searches >= 1);
    CHECK(made.matching[3] == -1);
    CHECK(made.matching[4] == 2);
    CHECK(made.changes == std::vector<seat_change>{{0, 1, 2}});
}

TEST_CASE("small markets: a stable matching is found exactly where there is one") {
    int without = 0;
    CHECK(rc::check("couples against all matchings", [&](std::uint32_t seed) {
        dice roll(seed);
        const couples_market m = random_couples(
            roll,
            {.singles = roll.roll(4), .couples = roll.roll(1, 3), .programmes = roll.roll(2, 4)});
        const auto all = couples_oracle(m, m.capacities).all();
        const auto made = matched_couples(m, {.orders_tried = roll.roll(1, 3)});
        const assignment got = as_assignment(made);
        // Another program that tries all says the same.
        RC_ASSERT(try_all_couples(m).end ==
                  (all.empty() ? couples_tried::none : couples_tried::exists));
        if (!all.empty()) {
            RC_ASSERT(made.proof == couples_proof::found);
            RC_ASSERT(made.changes.empty());
            RC_ASSERT(std::find(all.begin(), all.end(), got) != all.end());
            return;
        }
        ++without;
        RC_ASSERT(made.proof == couples_proof::none);
        std::vector<std::uint32_t> places = m.capacities;
        std::int64_t change = 0;
        for (const seat_change& one : made.changes) {
            places[static_cast<std::size_t>(one.programme)] = static_cast<std::uint32_t>(one.to);
            change += std::abs(one.to - one.from);
        }
        const auto near = couples_oracle(m, places).all();
        RC_ASSERT(std::find(near.begin(), near.end(), got) != near.end());
        if (!made.fewest || change < 2) return;
        for (std::size_t p = 0; p < places.size(); ++p)
            for (const bool more : {true, false}) {
                auto other = m.capacities;
                if (!more && other[p] == 0) continue;
                other[p] += more ? 1 : UINT32_MAX;
                RC_ASSERT(couples_oracle(m, other).all().empty());
            }
    }));
    MESSAGE(without << " of the markets have no stable matching");
}

TEST_CASE("all placements of couples say what all matchings say") {
    int without = 0;
    for (std::uint32_t seed = 1; seed <= 400; ++seed) {
        dice roll(seed);
        const couples_market m = random_couples(
            roll, {.singles = 2, .couples = 2, .programmes = 3, .most_places = 1, .choices = 3});
        const bool none = couples_oracle(m, m.capacities).all().empty();
        without += none;
        CHECK(try_all_couples(m).end == (none ? couples_tried::none : couples_tried::exists));
    }
    CHECK(without > 0);
    CHECK(try_all_couples(no_stable()).end == couples_tried::none);
    CHECK(try_all_couples(no_stable()).placements > 0);
}

TEST_CASE("that none exists is not believed where there is one") {
    int lies = 0;
    CHECK(rc::check("couples, none claimed", [&](std::uint32_t seed) {
        dice roll(seed);
        const couples_market m = random_couples(roll, {.singles = roll.roll(4), .couples = 2});
        couples_market wider = m;
        const std::uint32_t p = roll.roll(static_cast<std::uint32_t>(m.capacities.size()));
        ++wider.capacities[p];
        couples_certificate said = matched_couples(wider);
        if (said.outcome != couples_outcome::stable) return;
        said.outcome = couples_outcome::near_feasible;
        said.proof = couples_proof::none;
        said.changes = {{p, m.capacities[p], m.capacities[p] + 1}};
        const bool none = couples_oracle(m, m.capacities).all().empty();
        lies += !none;
        RC_ASSERT(couples_fault(m, said) ==
                  (none ? "" : "a stable matching exists by the places given"));
        // With nothing to be tried, the claim stays one.
        RC_ASSERT(try_all_couples(m, 0).end == couples_tried::open);
        RC_ASSERT(try_all_couples(m, 0).placements == 0);
    }));
    CHECK(lies > 10);
}

TEST_CASE("thirty couples in conflict: the search comes to an end") {
    int decided = 0;
    for (std::uint32_t seed = 1; seed <= 6; ++seed) {
        dice roll(seed);
        const couples_market m = random_couples(
            roll, {.singles = 20, .couples = 30, .programmes = 12, .most_places = 8, .choices = 8});
        const auto made = matched_couples(m, {.orders_tried = 1});
        decided += made.proof != couples_proof::unknown;
    }
    CHECK(decided == 6);
}

TEST_CASE("a certificate with a place changed hands is found out") {
    CHECK(rc::check("couples, disturbed", [](std::uint32_t seed) {
        dice roll(seed);
        const couples_market m =
            random_couples(roll, {.singles = 6, .couples = 3, .programmes = 4, .most_places = 3});
        const auto made = match_couples(m);
        RC_ASSERT(couples_fault(m, *made).empty());
        auto wrong = *made;
        const std::uint32_t a = roll.roll(static_cast<std::uint32_t>(wrong.matching.size()));
        if (wrong.matching[a] == -1) return;
        // Whoever loses a place that would be given back blocks with it, a couple maybe not.
        wrong.matching[a] = -1;
        if (!m.lists[a].empty()) RC_ASSERT(!couples_fault(m, wrong).empty());
        wrong = *made;
        wrong.changes.push_back({99, 1, 2});
        RC_ASSERT(!couples_fault(m, wrong).empty());
    }));
}

TEST_CASE("a couple may want two places of one programme, or one of them nowhere") {
    couples_market m;
    m.lists = {{}, {}, {0}};
    m.couples = {{0, 1, {{0, 0}, {0, nobody}}}};
    m.capacities = {2};
    m.orders = {{0, 2, 1}};
    // The second of the couple is third: both together do not fit before applicant 2.
    CHECK(matched_couples(m).matching == std::vector<std::int64_t>{0, -1, 0});
    m.orders = {{0, 1, 2}};
    CHECK(matched_couples(m).matching == std::vector<std::int64_t>{0, 0, -1});
    m.capacities = {0};
    CHECK(matched_couples(m).matching == std::vector<std::int64_t>{-1, -1, -1});
}

TEST_CASE("each reads why, with own figures alone") {
    const couples_market m = no_stable();
    auto made = matched_couples(m);
    const auto why = couples_reasons(m, made);
    REQUIRE(why.size() == 2);
    CHECK(sentence(why[0]) == "Choice 1 came true.");
    CHECK(why[1].applicants == std::vector<std::int64_t>{1, 2});
    couples_market full = no_stable();
    full.couples.clear();
    full.lists = {{0, 1}, {0}, {1, 0}};
    full.orders = {{1, 0}, {0, 2}};
    const auto reasons = couples_reasons(full, matched_couples(full));
    CHECK(sentence(reasons[0]) ==
          "Choice 2 came true. Choice 1: at programme 0 rank 2, the last of its 1 places went to "
          "rank 1.");
    CHECK(sentence(reasons[2]) ==
          "No choice came true. Choice 1: at programme 1 rank 2, the last of its 1 places went to "
          "rank "
          "1. Choice 2: a programme did not rank who asked.");
}

TEST_CASE("unsound markets with couples are refused") {
    const auto why = [](const couples_market& m) {
        const auto made = match_couples(m);
        return made.has_value() ? std::string() : made.error().args[0];
    };
    couples_market m = no_stable();
    m.couples.push_back({2, 0, {}});
    CHECK(why(m) == "applicant 2 is in two couples");
    m = no_stable();
    m.lists[1] = {0};
    CHECK(why(m) == "applicant 1 is in a couple and has a list alone");
    m = no_stable();
    m.couples[0].choices.push_back({0, 1});
    CHECK(why(m) == "the couple of 1 and 2 makes a choice twice");
    m = no_stable();
    m.couples[0].second = 1;
    CHECK(why(m) == "a couple is two people");
    m = no_stable();
    m.orders[0].push_back(0);
    CHECK(why(m) == "programme 0 ranks applicant 0 twice");
    m = no_stable();
    m.lists[0].push_back(7);
    CHECK(why(m) == "applicant 0 names no programme");
    CHECK(why({}) == "");
}
