#include <optional>

#include <fmt/format.h>

#include "matching/explanation.hpp"
#include "matching/minimums_check.hpp"
#include "matching/published_check.hpp"
#include "matching/refusal.hpp"
#include "matching/tests/core_testing.hpp"

using namespace veche;
using namespace veche::matching;
using namespace veche::matching::core_testing;

namespace {

struct market_with_minimums {
    market of;
    minimum_terms terms;
    std::vector<std::string> names;
};

market_with_minimums with_minimums(std::uint32_t seed) {
    core_dice d{seed * std::uint64_t{977} + 5};
    market_with_minimums made{small_market(seed), {}, {}};
    for (std::uint32_t p = 0; p < made.of.programmes(); ++p) {
        // Room enough that minimums can matter.
        made.of.capacities[p] += d.below(3);
        made.terms.least.push_back(std::min(made.of.capacities[p], d.below(4)));
        made.names.push_back(fmt::format("p{}", p));
    }
    made.terms.order = d.shuffled(made.of.programmes());
    return made;
}

market seated(const market& m, const std::vector<std::uint32_t>& seats) {
    market other = m;
    other.capacities = seats;
    return other;
}

bool minimums_kept(const market_with_minimums& m, const assignment& placed,
                   const std::vector<std::uint32_t>& seats) {
    const auto fill = fill_of(m.of, placed);
    for (std::uint32_t p = 0; p < m.of.programmes(); ++p)
        if (seats[p] > 0 && fill[p] < m.terms.least[p]) return false;
    return true;
}

/// By the definition: whoever does not run is not wanted by as many as its minimum.
bool closing_is_sound(const market_with_minimums& m, const assignment& placed,
                      const std::vector<bool>& closed) {
    for (std::uint32_t p = 0; p < m.of.programmes(); ++p) {
        std::uint32_t wish = 0;
        for (std::uint32_t a = 0; a < m.of.applicants(); ++a) {
            const std::uint32_t at = liking(m.of, a, p);
            wish += at < m.of.begins[a + 1] && at < liking(m.of, a, placed[a]);
        }
        if (closed[p] && wish >= m.terms.least[p]) return false;
    }
    return true;
}

/// Every set of programmes that do not run, and every matching: the first in the order.
std::optional<std::vector<std::uint32_t>> slow_closing(const market_with_minimums& m) {
    std::optional<std::vector<std::uint32_t>> best;
    std::vector<bool> best_closed;
    const std::uint32_t n = m.of.programmes();
    for (std::uint32_t set = 0; set < std::uint32_t{1} << n; ++set) {
        std::vector<bool> closed(n);
        std::vector<std::uint32_t> seats = m.of.capacities;
        bool possible = true;
        for (std::uint32_t i = 0; i < n; ++i) {
            // The first of the order weighs most, so that sets come in the order of preference.
            const std::uint32_t p = m.terms.order[i];
            if ((set >> (n - 1 - i) & 1) == 0) continue;
            closed[p] = true;
            seats[p] = 0;
            possible = possible && m.terms.least[p] > 0;
        }
        if (!possible || best) continue;
        for (const assignment& placed : stable_ones(seated(m.of, seats)))
            if (minimums_kept(m, placed, seats) && closing_is_sound(m, placed, closed))
                best = seats;
    }
    return best;
}

bool fills_with(const market_with_minimums& m, const std::vector<std::uint32_t>& seats) {
    const auto all = stable_ones(seated(m.of, seats));
    return std::any_of(all.begin(), all.end(), [&](const assignment& placed) {
        return minimums_kept(m, placed, m.of.capacities);
    });
}

/// Seat by seat, by the text of the rule.
std::vector<std::uint32_t> slow_filling(const market_with_minimums& m) {
    std::vector<std::uint32_t> seats = m.terms.least;
    std::vector<bool> done(seats.size());
    while (std::find(done.begin(), done.end(), false) != done.end())
        for (const std::uint32_t p : m.terms.order) {
            if (done[p]) continue;
            done[p] = seats[p] == m.of.capacities[p];
            if (done[p]) continue;
            ++seats[p];
            done[p] = !fills_with(m, seats);
            if (done[p]) --seats[p];
        }
    return seats;
}

/// Whether nobody is passed over by rank and all minimums are filled: what seats allow apart.
bool any_without_envy(const market_with_minimums& m) {
    bool any = false;
    each_assignment(m.of, [&](const assignment& placed) {
        const auto fill = fill_of(m.of, placed);
        bool good = true;
        for (std::uint32_t p = 0; p < m.of.programmes(); ++p)
            good = good && fill[p] >= m.terms.least[p] && fill[p] <= m.of.capacities[p];
        // With no seat but those taken, stable is free of envy.
        any = any || (good && is_stable(seated(m.of, fill), placed));
    });
    return any;
}

void best_for_applicants(const market& m, const assignment& placed) {
    for (const assignment& other : stable_ones(m)) RC_ASSERT(no_worse(m, placed, other));
}

constexpr std::string_view course_programmes =
    "programme,capacity,minimum,turn\n"
    "law,3,2,1\n"
    "art,3,2,2\n";
constexpr std::string_view course_applications =
    "applicant,programme,choice,rank\n"
    "a,law,1,1\na,art,2,1\n"
    "b,law,1,2\nb,art,2,2\n"
    "c,law,1,3\nc,art,2,3\n"
    "d,art,1,4\n";

market_file courses(std::string_view programmes = course_programmes,
                    std::string_view applications = course_applications) {
    auto file = read_market_csv(programmes, applications);
    REQUIRE_MESSAGE(file.has_value(), file.error().sentence());
    return *std::move(file);
}

match_rules minimum_by(minimum_rule rule) {
    match_rules rules;
    rules.minimum = rule;
    return rules;
}

match_certificate certified(const market_file& file, const match_rules& rules) {
    const auto made = run_match(file, rules);
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    auto said = certificate_of(file, rules, *made);
    CHECK(check_certificate(file, said) == "");
    const auto read = from_json<match_certificate>(to_json(said));
    REQUIRE(read.has_value());
    CHECK(*read == said);
    return said;
}

}  // namespace

TEST_CASE("which programmes do not run is what trying all of them finds") {
    std::uint32_t found = 0;
    std::uint32_t none = 0;
    for (std::uint32_t seed = 0; seed < 4000; ++seed) {
        const auto m = with_minimums(seed);
        const auto made = match_with_minimums(m.of, m.terms, minimum_rule::closed);
        REQUIRE(minimum_fault(m.of, m.terms, minimum_rule::closed, made, m.names) == "");
        const auto slow = slow_closing(m);
        REQUIRE(made.proof == (slow ? minimum_proof::found : minimum_proof::none));
        ++(slow ? found : none);
        if (!slow) continue;
        REQUIRE(made.seats == *slow);
        best_for_applicants(seated(m.of, made.seats), made.of.placed);
    }
    CHECK(found > 1000);
    CHECK(none > 10);
}

TEST_CASE("seats above minimums are given in turn while every minimum stays filled") {
    std::uint32_t withheld = 0;
    std::uint32_t none = 0;
    for (std::uint32_t seed = 0; seed < 2500; ++seed) {
        const auto m = with_minimums(seed);
        const auto made = match_with_minimums(m.of, m.terms, minimum_rule::filled);
        REQUIRE(minimum_fault(m.of, m.terms, minimum_rule::filled, made, m.names) == "");
        REQUIRE((made.proof == minimum_proof::found) == any_without_envy(m));
        none += made.proof == minimum_proof::none;
        if (made.proof != minimum_proof::found) continue;
        REQUIRE(made.seats == slow_filling(m));
        REQUIRE(minimums_kept(m, made.of.placed, m.of.capacities));
        withheld += !made.steps.empty();
        best_for_applicants(seated(m.of, made.seats), made.of.placed);
    }
    CHECK(withheld > 100);
    CHECK(none > 100);
}

TEST_CASE("a proof with a step left out, turned or moved does not hold") {
    std::uint32_t tried = 0;
    for (std::uint32_t seed = 0; seed < 3000; ++seed) {
        const auto m = with_minimums(seed);
        for (const auto rule : {minimum_rule::closed, minimum_rule::filled}) {
            const auto made = match_with_minimums(m.of, m.terms, rule);
            const auto holds = [&](const minimum_outcome& said) {
                return minimum_fault(m.of, m.terms, rule, said, m.names).empty();
            };
            if (made.steps.empty()) continue;
            ++tried;
            minimum_outcome said = made;
            said.steps.pop_back();
            REQUIRE(!holds(said));
            said = made;
            said.proof =
                made.proof == minimum_proof::found ? minimum_proof::none : minimum_proof::found;
            REQUIRE(!holds(said));
            said = made;
            // Shown by other seats: nothing follows from them.
            for (shown_matching& one : said.shown) one.seats.assign(one.seats.size(), 0);
            bool any = false;
            for (const shown_matching& one : made.shown)
                any = any || one.seats != std::vector<std::uint32_t>(one.seats.size(), 0);
            if (any) REQUIRE(!holds(said));
            said = made;
            const bool all_placed = std::find(made.of.placed.begin(), made.of.placed.end(),
                                              nobody) == made.of.placed.end();
            if (made.proof == minimum_proof::found && all_placed && !made.of.placed.empty()) {
                said.of.placed[0] = nobody;
                REQUIRE(!holds(said));
            }
        }
    }
    CHECK(tried > 1000);
}

TEST_CASE("a search that may go no further says that it does not know") {
    std::uint32_t unknown = 0;
    for (std::uint32_t seed = 0; seed < 200; ++seed) {
        const auto m = with_minimums(seed);
        const auto made = match_with_minimums(m.of, m.terms, minimum_rule::closed, 1);
        CHECK(minimum_fault(m.of, m.terms, minimum_rule::closed, made, m.names) == "");
        if (made.proof != minimum_proof::unknown) continue;
        ++unknown;
        CHECK(made.of.placed == assignment(m.of.applicants(), nobody));
    }
    CHECK(unknown > 10);
}

TEST_CASE("a course without enough of its own does not run, or takes from another") {
    const auto file = courses();
    const auto closed = certified(file, minimum_by(minimum_rule::closed));
    CHECK(closed.minimums->proof == minimum_proof::found);
    CHECK(closed.programmes[0].admitted == 3);
    CHECK(closed.programmes[1].given == 0);
    CHECK(!closed.places[3].programme);
    const auto filled = certified(file, minimum_by(minimum_rule::filled));
    CHECK(filled.programmes[0].given == 2);
    CHECK(filled.programmes[0].admitted == 2);
    CHECK(filled.programmes[1].admitted == 2);
    CHECK(filled.places[2].programme == "art");
    REQUIRE(filled.minimums->steps.size() == 1);
    CHECK(filled.minimums->steps[0].move == minimum_move::withheld);
    CHECK(filled.minimums->steps[0].programme == "law");
    CHECK(filled.minimums->steps[0].other == "art");
}

TEST_CASE("who asked where nothing runs is told so, and what was missing") {
    const auto file = courses();
    const auto said_to = [&](minimum_rule rule, std::uint32_t a) {
        const auto rules = minimum_by(rule);
        const auto made = run_match(file, rules);
        REQUIRE(made.has_value());
        return sentence(explainer(file, rules, *made).record(a).choices.front());
    };
    CHECK(said_to(minimum_rule::closed, 3) ==
          "Choice 1, art: it does not run; it needs 2 at least, and 1 would rather be there, you "
          "included.");
    CHECK(said_to(minimum_rule::filled, 2) ==
          "Choice 1, law: all 2 seats went to others; your rank is 3, that of the last admitted "
          "2. 1 of its seats are withheld, so that every programme has its minimum. All others as "
          "they are, rank 2 would have been enough.");
}

TEST_CASE("that no matching fills the minimums is shown by a certificate") {
    const auto file = courses("programme,capacity,minimum\nlaw,3,3\nart,3,2\n");
    const auto said = certified(file, minimum_by(minimum_rule::filled));
    CHECK(said.minimums->proof == minimum_proof::none);
    CHECK(std::none_of(said.places.begin(), said.places.end(),
                       [](const place_row& row) { return row.programme.has_value(); }));
    const auto other = courses("programme,capacity,minimum\nlaw,3,2\nart,3,2\n");
    CHECK(check_certificate(other, said) != "");
}

TEST_CASE("minimums go with lots, and a broken programme is set aside with its own") {
    match_rules rules = minimum_by(minimum_rule::filled);
    rules.ties = tie_policy::lottery;
    rules.seed = std::string(64, 'b');
    rules.call = "courses";
    const auto file = courses("programme,capacity,minimum\nmath,2,5\nlaw,3,2\nart,3,2\n",
                              "applicant,programme,choice,rank\n"
                              "a,law,1,0\na,art,2,0\nb,law,1,0\nb,art,2,0\nc,law,1,0\nc,art,2,0\nd,"
                              "art,1,0\ne,math,1,0\n");
    const auto said = certified(file, rules);
    REQUIRE(said.set_aside.has_value());
    CHECK(said.set_aside->programmes == std::vector<std::string>{"math"});
    CHECK(said.set_aside->faults[0].why ==
          "Line 2: math needs 5 at least and has 2 seats. Lower the minimum, or add seats.");
    CHECK(said.programmes[0].admitted == 2);
    CHECK(said.programmes[1].admitted == 2);
    rules.minimum = minimum_rule::closed;
    CHECK(certified(file, rules).programmes[1].given == 0);
}

TEST_CASE("minimums without a rule, and a rule without minimums, are refused") {
    const auto refused = [](const market_file& file, const match_rules& rules) {
        const auto made = run_match(file, rules);
        return made ? "run" : made.error().sentence();
    };
    CHECK(refused(courses(), {}) ==
          "The file has a column minimum, and no rule says what gives way to it. Choose one of "
          "the two.");
    const auto plain = courses("programme,capacity\nlaw,3\nart,3\n");
    CHECK(refused(plain, minimum_by(minimum_rule::closed)) ==
          "The file has no column minimum, so no programme has one. Choose one of the two.");
    const auto twice =
        read_market_csv("programme,capacity,turn\nlaw,3,1\nart,3,1\n", course_applications);
    REQUIRE(!twice);
    CHECK(twice.error().sentence() ==
          "Line 3: art has the turn 1, as another has. Give each programme its own number.");
}
