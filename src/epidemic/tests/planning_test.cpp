// Scenarios as equations and as chains of chance: laws known exactly, people counted, the same
// luck.

#include "epidemic/planning.hpp"

#include <cmath>
#include <numeric>

#include "epidemic/stochastic.hpp"
#include "epidemic/tests/shared.hpp"

using namespace veche;
using namespace veche::epidemic;
using namespace veche::epidemic::testing;

namespace {

planning_scenario reed_frost_chain(double susceptible, double infectious, double escape) {
    planning_scenario out;
    out.of.people = {susceptible + infectious};
    out.of.presence = numerics::dense(1, 1);
    out.of.presence(0, 0) = 1;
    out.of.local = 1;
    out.of.travel = 0;
    out.of.beta = -std::log(escape) * out.of.people[0];
    // A latent day, then one day of infecting, for certain.
    out.of.latent_days = 1e-3;
    out.of.infectious_days = 1e-3;
    out.start = {{susceptible}, {0}, {infectious}, {0}};
    return out;
}

/// Five regions, of which the last two are visited by nobody else.
planning_scenario two_islands() {
    planning_scenario out;
    out.of.people = {100'000, 40'000, 9'000, 70'000, 30'000};
    const double where[5][5] = {{.9, .06, .04, 0, 0},
                                {.1, .9, 0, 0, 0},
                                {.2, .1, .7, 0, 0},
                                {0, 0, 0, .8, .2},
                                {0, 0, 0, .3, .7}};
    out.of.presence = numerics::dense(5, 5);
    for (std::size_t i = 0; i < 5; ++i)
        for (std::size_t j = 0; j < 5; ++j) out.of.presence(i, j) = where[i][j];
    out.of.beta = 0.45;
    out.start.exposed = {0, 3, 0, 0, 0};
    out.start.infectious = {20, 0, 0, 15, 0};
    out.start.removed = {500, 0, 0, 0, 100};
    for (std::size_t r = 0; r < 5; ++r)
        out.start.susceptible.push_back(out.of.people[r] - out.start.exposed[r] -
                                        out.start.infectious[r] - out.start.removed[r]);
    return out;
}

chain_runs chain_or_fail(const planning_scenario& of, const chain_settings& how) {
    auto made = run_chain(of, how);
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    return *std::move(made);
}

foreseen foreseen_or_fail(const planning_scenario& of, std::size_t days, double tolerance = 1e-8) {
    auto made = foresee(of, days, {tolerance});
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    return *std::move(made);
}

bool same_runs(const chain_runs& a, const chain_runs& b) {
    return a.infected_new == b.infected_new && a.infectious == b.infectious &&
           a.infected == b.infected && a.dead == b.dead &&
           a.infected_by_region == b.infected_by_region && a.peak_by_region == b.peak_by_region &&
           a.doses_given == b.doses_given && a.doses_left == b.doses_left;
}

double total(const std::vector<double>& of) {
    return std::accumulate(of.begin(), of.end(), 0.0);
}

/// The benchmark of health.md, section 5: leaky doses by chance, no contacts kept at home.
planning_scenario hundred_regions() {
    planning_scenario out;
    const auto regions = shared_text("seir/seir100_regions.csv");
    const auto matrix = shared_text("seir/seir100_mobility.csv");
    if (!regions || !matrix) return out;
    const tables::table t = table_or_fail(*regions);
    out.of.people = numbers_or_fail(t, "pop");
    out.start.infectious = numbers_or_fail(t, "seed_I");
    tables::text_options how;
    const std::size_t n = out.of.people.size();
    for (std::size_t j = 0; j < n; ++j) how.names.push_back("c" + std::to_string(j));
    const auto read = tables::sound_table(tables::read_text(*matrix, how));
    REQUIRE(read.has_value());
    out.of.presence = numerics::dense(n, n);
    for (std::size_t j = 0; j < n; ++j) {
        const auto column = numbers_or_fail(*read, how.names[j]);
        for (std::size_t i = 0; i < n; ++i) out.of.presence(i, j) = column[i];
    }
    out.of.beta = 0.5;
    out.of.local = 0;
    out.of.travel = 1;
    out.start.exposed.assign(n, 0);
    out.start.removed.assign(n, 0);
    for (std::size_t i = 0; i < n; ++i)
        out.start.susceptible.push_back(out.of.people[i] - out.start.infectious[i]);
    out.strata = {{}, {0.3, 0.6, 1}};
    out.dose_chance = 0.003;
    return out;
}

}  // namespace

TEST_CASE("the chain of Reed and Frost: the law itself, and the model as a case of it") {
    const auto two = reed_frost(2, 1, 0.7);
    CHECK(two[0] == doctest::Approx(0.49).epsilon(1e-12));
    CHECK(two[1] == doctest::Approx(0.294).epsilon(1e-12));
    CHECK(two[2] == doctest::Approx(0.216).epsilon(1e-12));
    const double known[][5] = {{10, 0.8, 7.0878063157, 3.3528009042, 0.1073741824},
                               {20, 0.92, 9.2536206059, 6.8125015124, 0.1886933292}};
    for (const auto& [s, q, mean, sd, none] : known) {
        const auto law = reed_frost(static_cast<std::size_t>(s), 1, q);
        double sum = 0, square = 0;
        for (std::size_t k = 0; k < law.size(); ++k) {
            sum += law[k] * static_cast<double>(k);
            square += law[k] * static_cast<double>(k * k);
        }
        CHECK(std::abs(sum - mean) < 1e-10);
        CHECK(std::abs(std::sqrt(square - sum * sum) - sd) < 1e-10);
        CHECK(std::abs(law[0] - none) < 1e-10);
        CHECK(total(law) == doctest::Approx(1).epsilon(1e-13));
        chain_settings how;
        how.replicates = 40'000;
        how.days = 2 * static_cast<std::size_t>(s) + 4;
        how.seed = 9;
        const auto made = chain_or_fail(reed_frost_chain(s, 1, q), how);
        std::vector<double> counts(law.size());
        for (const double infected : made.at(made.infected, how.days))
            counts[static_cast<std::size_t>(infected) - 1] += 1;
        for (std::size_t k = 0; k < law.size(); ++k) {
            const double due = 40'000 * law[k];
            CHECK(std::abs(counts[k] - due) < 4 * std::sqrt(due + 1));
        }
    }
}

TEST_CASE("threads, widths and the number of replicates change no bit of a run") {
    planning_scenario of = two_islands();
    of.strata = {{}, {0.4, 0.7, 0.2}, {0.1, 0.5, 0.05}};
    of.fatality = 0.01;
    of.doses = {{3, 0, 1, 900}, {3, 3, 1, 50}, {24, 0, 2, 600}, {40, 4, 1, 1e6}};
    chain_settings how{11, 37, 120, 1, nullptr};
    const auto one = chain_or_fail(of, how);
    how.threads = 2;
    CHECK(same_runs(one, chain_or_fail(of, how)));
    for (const auto* lanes : numerics::all_eights()) {
        how.lanes = lanes;
        CHECK(same_runs(one, chain_or_fail(of, how)));
    }
    how.replicates = 12;
    const auto fewer = chain_or_fail(of, how);
    for (std::size_t t = 0; t <= 120; ++t)
        for (std::size_t k = 0; k < 12; ++k)
            REQUIRE(fewer.infectious[t * 12 + k] == one.infectious[t * 37 + k]);
    // In shorter steps the threads change nothing either.
    how.steps = 3;
    const auto finer = chain_or_fail(of, how);
    CHECK(finer.infectious != fewer.infectious);
    how.threads = 1;
    how.lanes = numerics::all_eights().front();
    CHECK(same_runs(finer, chain_or_fail(of, how)));
    how.steps = 1;
    how.seed = 12;
    CHECK(chain_or_fail(of, how).infectious != fewer.infectious);
}

TEST_CASE("scenarios share their luck: what is not touched comes out the same") {
    planning_scenario of = two_islands();
    const chain_settings how{4, 24, 150, 1, nullptr};
    const auto before = chain_or_fail(of, how);
    of.borders.push_back({10, 90, {true, false, true, false, false}, 0});
    of.contacts = {};
    const auto after = chain_or_fail(of, how);
    for (const std::size_t untouched : {3, 4})
        CHECK(before.at(before.infected_by_region, untouched) ==
              after.at(after.infected_by_region, untouched));
    CHECK(before.at(before.infected_by_region, 1) != after.at(after.infected_by_region, 1));
    // Until the border closes all is the same.
    for (std::size_t t = 0; t <= 10; ++t)
        CHECK(before.at(before.infected, t) == after.at(after.infected, t));
    CHECK(before.at(before.infected, 40) != after.at(after.infected, 40));
}

TEST_CASE("a closed border keeps an epidemic out, and contacts at zero end it") {
    planning_scenario of = two_islands();
    of.start.exposed[1] = 0;
    of.start.susceptible[1] += 3;
    of.borders.push_back({0, 300, {true, false, true, false, false}, 0});
    const chain_settings how{5, 16, 300, 1, nullptr};
    const auto closed = chain_or_fail(of, how);
    CHECK(total(closed.at(closed.infected_by_region, 1)) == 0);
    CHECK(total(closed.at(closed.infected_by_region, 0)) > 16 * 30'000);
    CHECK(foreseen_or_fail(of, 300).infected_by_region[1] == 0);
    of.contacts.push_back({0, 300, 0});
    const auto alone = chain_or_fail(of, how);
    CHECK(total(alone.at(alone.infected, 300)) == 16 * (20 + 15 + 500 + 100));
    CHECK(total(alone.at(alone.infectious, 300)) == 0);
}

TEST_CASE("people are counted: none appears, none is below zero, doses are given or left") {
    planning_scenario of = two_islands();
    of.strata = {{}, {0.4, 0.7, 0.2}};
    of.fatality = 0.02;
    for (std::size_t day = 0; day < 100; ++day) of.doses.push_back({day, 2, 1, 150});
    const chain_settings how{6, 40, 200, 1, nullptr};
    const auto made = chain_or_fail(of, how);
    for (std::size_t k = 0; k < 40; ++k) {
        CHECK(made.doses_given[k] + made.doses_left[k] == 15'000);
        // The region has 9,000 people, so that doses are left; whoever is ill or dead takes none.
        CHECK(made.doses_given[k] <= 9'000);
        CHECK(made.doses_given[k] > 8'000);
        double last = 0, all_new = 0;
        for (std::size_t t = 0; t <= 200; ++t) {
            const double infected = made.infected[t * 40 + k];
            CHECK(infected >= last);
            last = infected;
            all_new += made.infected_new[t * 40 + k];
            CHECK(infected == 638 + all_new);
            CHECK(made.dead[t * 40 + k] <= infected);
        }
        CHECK(made.dead[200 * 40 + k] > 500);
        CHECK(last <= total(of.of.people));
    }
    const auto law = foreseen_or_fail(of, 200);
    for (std::size_t t = 0; t <= 200; ++t)
        CHECK(law.susceptible[t] + law.infected[t] == doctest::Approx(total(of.of.people)));
    CHECK(law.doses_given + law.doses_left == doctest::Approx(15'000));
}

TEST_CASE("a leaky dose before the epidemic ends where the final size says") {
    planning_scenario of;
    of.of.people = {1'000'000};
    of.of.presence = numerics::dense(1, 1);
    of.of.presence(0, 0) = 1;
    of.of.beta = 0.5;
    of.start = {{999'900}, {0}, {100}, {0}};
    of.strata = {{}, {0.4, 0.6, 1}};
    // On day 0 nearly nobody is infected yet.
    of.doses = {{0, 0, 1, 300'000}};
    const auto law = foreseen_or_fail(of, 1200);
    const auto sizes = final_size(2.5, {{0.7, 1, 1}, {0.3, 0.4, 0.6}});
    REQUIRE(sizes.has_value());
    const double due = 1e6 * (0.7 * (*sizes)[0] + 0.3 * (*sizes)[1]);
    CHECK(law.infected.back() == doctest::Approx(due).epsilon(2e-3));
    const auto made = chain_or_fail(of, {3, 64, 1200, 1, nullptr});
    const auto band = band_of(made.at(made.infected, 1200));
    // Whole days: somebody is infectious for 1 / (1 - exp(-1/5)) of them on average, not for 5.
    const double r = 0.5 / -std::expm1(-0.2);
    const auto by_days = final_size(r, {{0.7, 1, 1}, {0.3, 0.4, 0.6}});
    CHECK(band.mean ==
          doctest::Approx(1e6 * (0.7 * (*by_days)[0] + 0.3 * (*by_days)[1])).epsilon(3e-3));
    // Shorter steps lead to the equations.
    const auto finer = chain_or_fail(of, {3, 64, 1200, 1, nullptr, 16});
    CHECK(band_of(finer.at(finer.infected, 1200)).mean == doctest::Approx(due).epsilon(6e-3));
    CHECK(band.low < band.median);
    CHECK(band.median < band.high);
}

TEST_CASE("the hundred regions of the reference") {
    const planning_scenario of = hundred_regions();
    if (of.of.people.empty()) return;
    chain_settings how{1, 16, 365, 1, nullptr};
    const auto made = chain_or_fail(of, how);
    const auto band = band_of(made.at(made.infected, 365));
    MESSAGE("ever infected: mean " << band.mean << ", deviation " << band.deviation);
    CHECK(band.deviation > 0);
    how.threads = 2;
    CHECK(same_runs(made, chain_or_fail(of, how)));
}

TEST_CASE("bands are quantiles of the ordered values") {
    const auto made = band_of({5, 1, 4, 2, 3}, 0.5);
    CHECK(made.median == 3);
    CHECK(made.low == 2);
    CHECK(made.high == 4);
    CHECK(made.mean == 3);
    CHECK(made.deviation == doctest::Approx(std::sqrt(2.5)));
    CHECK(band_of({7}).high == 7);
}

TEST_CASE("scenarios that cannot be are refused") {
    const auto code = [](const planning_scenario& of) {
        const auto made = run_chain(of, {});
        return made ? std::string() : std::string(made.error().code());
    };
    planning_scenario of = two_islands();
    of.start.susceptible[0] += 1;
    CHECK(code(of) == "epidemic.model_unsound");
    of = two_islands();
    of.of.people[0] += 0.5;
    of.start.susceptible[0] += 0.5;
    CHECK(code(of) == "epidemic.model_unsound");
    CHECK(foresee(of, 10).has_value());
    of = two_islands();
    of.doses = {{3, 0, 1, 5}};
    CHECK(code(of) == "epidemic.model_unsound");
    of = two_islands();
    of.borders = {{3, 9, {true}, 0}};
    CHECK(code(of) == "epidemic.presence_unsound");
    of.borders = {{3, 9, {true, true, true, false, false}, 1.5}};
    CHECK(code(of) == "epidemic.model_unsound");
    of = two_islands();
    of.of.presence(0, 0) = 0.5;
    CHECK(code(of) == "epidemic.row_unsound");
    CHECK(!run_chain(two_islands(), {1, 8, 10, 1, nullptr, 0}).has_value());
    of = two_islands();
    of.dose_chance = 0.1;
    CHECK(code(of) == "epidemic.model_unsound");
}
