// Regions beside published runs, and laws that hold for any numbers.

#include "epidemic/metapopulation.hpp"

#include <cmath>

#include "epidemic/tests/shared.hpp"

using namespace veche;
using namespace veche::epidemic;
using namespace veche::epidemic::testing;

namespace {

metapopulation alone(double people) {
    metapopulation out;
    out.people = {people};
    out.presence = numerics::dense(1, 1);
    out.presence(0, 0) = 1;
    out.beta = 0.5;
    out.local = 1;
    out.travel = 0;
    return out;
}

trajectory run_or_fail(const metapopulation& of, const compartments& start,
                       const std::vector<double>& times, double tolerance) {
    auto made = integrate(of, start, times, {tolerance});
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    return *std::move(made);
}

double sum(const std::vector<double>& of) {
    double out = 0;
    for (const double one : of) out += one;
    return out;
}

metapopulation four_regions() {
    metapopulation out;
    const double where[4][4] = {{0, 0, 0, 1}, {0.2, 0, 0.6, 0.2}, {0, 0.5, 0.5, 0}, {0, 0, 0, 1}};
    out.people.assign(4, 1'061'000);
    out.presence = numerics::dense(4, 4);
    for (std::size_t i = 0; i < 4; ++i)
        for (std::size_t j = 0; j < 4; ++j) out.presence(i, j) = where[i][j];
    out.beta = 0.27;
    out.latent_days = 5.2;
    out.infectious_days = 6;
    return out;
}

const compartments one_infected{{1'050'000, 1'061'000, 1'061'000, 1'061'000},
                                {10'000, 0, 0, 0},
                                {1'000, 0, 0, 0},
                                {0, 0, 0, 0}};

}  // namespace

TEST_CASE("one region, to four decimals") {
    const auto made =
        run_or_fail(alone(1e6), {{999'990}, {0}, {10}, {0}}, {30, 79.6047, 90, 200}, 1e-11);
    const auto is = [&](std::size_t k, double s, double e, double i, double r) {
        CHECK(std::abs(made.at[k].susceptible[0] - s) < 1e-4);
        CHECK(std::abs(made.at[k].exposed[0] - e) < 1e-4);
        CHECK(std::abs(made.at[k].infectious[0] - i) < 1e-4);
        CHECK(std::abs(made.at[k].removed[0] - r) < 1e-4);
    };
    is(0, 998385.194019, 495.746166, 476.61536, 642.444454);
    is(2, 181583.025858, 38513.616305, 97490.443005, 682412.914832);
    is(3, 107353.958941, 0.09758, 0.392891, 892645.550588);
    CHECK(std::abs(made.at[1].infectious[0] - 143839.0569) < 1e-4);
}

TEST_CASE("four regions that send people one way: the matrix matters") {
    const auto made = run_or_fail(four_regions(), one_infected, {5, 30, 60}, 1e-10);
    const double s60[] = {890932.6491, 1006250.9142, 1040758.8522, 921849.7134};
    const double i30[] = {10237.0116, 1941.6364, 352.6223, 6856.6084};
    const double e5[] = {6318.4813, 176.2687, 2.825, 853.9659};
    for (std::size_t r = 0; r < 4; ++r) {
        CHECK(std::abs(made.at[2].susceptible[r] - s60[r]) < 1e-3);
        CHECK(std::abs(made.at[1].infectious[r] - i30[r]) < 1e-3);
        CHECK(std::abs(made.at[0].exposed[r] - e5[r]) < 1e-3);
    }
}

TEST_CASE("a hundred regions for a year, and what a looser tolerance costs") {
    const auto regions = shared_text("seir/seir100_regions.csv");
    const auto matrix = shared_text("seir/seir100_mobility.csv");
    if (!regions || !matrix) return;
    const tables::table t = table_or_fail(*regions);
    metapopulation of;
    of.people = numbers_or_fail(t, "pop");
    const auto seeds = numbers_or_fail(t, "seed_I");
    of.beta = 0.5;
    tables::text_options how;
    for (std::size_t j = 0; j < of.people.size(); ++j) how.names.push_back("c" + std::to_string(j));
    const auto read = tables::sound_table(tables::read_text(*matrix, how));
    REQUIRE(read.has_value());
    of.presence = numerics::dense(of.people.size(), of.people.size());
    for (std::size_t j = 0; j < of.people.size(); ++j) {
        const auto column = numbers_or_fail(*read, how.names[j]);
        for (std::size_t i = 0; i < column.size(); ++i) of.presence(i, j) = column[i];
    }
    compartments start;
    start.infectious = seeds;
    start.exposed.assign(seeds.size(), 0);
    start.removed.assign(seeds.size(), 0);
    for (std::size_t i = 0; i < seeds.size(); ++i)
        start.susceptible.push_back(of.people[i] - seeds[i]);
    const double exact = 17'593'317.586132;
    CHECK(std::abs(sum(run_or_fail(of, start, {365}, 1e-12).at[0].susceptible) - exact) < 1e-3);
    const auto quick = run_or_fail(of, start, {365}, 1e-6);
    CHECK(std::abs(sum(quick.at[0].susceptible) - exact) < 0.1);
    MESSAGE("steps " << quick.steps << ", rejected " << quick.rejected << ", off by "
                     << sum(quick.at[0].susceptible) - exact);
}

TEST_CASE("nobody appears or disappears, and a closed border keeps the epidemic in") {
    metapopulation of = four_regions();
    const auto made = run_or_fail(of, one_infected, {10, 100, 400}, 1e-8);
    for (const compartments& one : made.at)
        for (std::size_t r = 0; r < 4; ++r) {
            const double all =
                one.susceptible[r] + one.exposed[r] + one.infectious[r] + one.removed[r];
            CHECK(all == doctest::Approx(1'061'000).epsilon(1e-12));
            CHECK(one.susceptible[r] >= 0);
        }
    of.presence = with_border(of.presence, {true, false, false, true}, 0);
    const auto closed = run_or_fail(of, one_infected, {100}, 1e-8);
    CHECK(closed.at[0].removed[1] == 0);
    CHECK(closed.at[0].removed[2] == 0);
    CHECK(closed.at[0].removed[3] > 1000);
    const auto half = with_border(four_regions().presence, {true, false, false, true}, 0.5);
    for (std::size_t i = 0; i < 4; ++i)
        CHECK(half(i, 0) + half(i, 1) + half(i, 2) + half(i, 3) == doctest::Approx(1));
    CHECK(half(1, 0) == doctest::Approx(0.1));
    CHECK(half(1, 1) == doctest::Approx(0.2));
}

TEST_CASE("transmission is symmetric, and the order of regions does not matter") {
    const auto k = transmission(four_regions());
    REQUIRE(k.has_value());
    for (std::size_t i = 0; i < 4; ++i)
        for (std::size_t j = 0; j < 4; ++j) CHECK((*k)(i, j) == (*k)(j, i));
}

TEST_CASE("final sizes") {
    const double known[][2] = {{1.2, .313698331041}, {1.5, .582811643866}, {2, .796812130020},
                               {2.5, .892644753609}, {3, .940479790707},   {5, .993022846349}};
    for (const auto& [r, attack] : known) {
        const auto made = final_size(r, {{1, 1, 1}});
        REQUIRE(made.has_value());
        CHECK(std::abs((*made)[0] - attack) < 1e-11);
    }
    CHECK((*final_size(0.9, {{1, 1, 1}}))[0] == 0);
    // Each group's share by its own equation.
    const std::vector<final_group> groups = {{0.2, 1.5, 0.8}, {0.5, 1, 1.2}, {0.3, 0.2, 0.4}};
    const auto made = *final_size(2.1, groups);
    double x = 0;
    for (std::size_t g = 0; g < 3; ++g) x += groups[g].share * groups[g].infectiousness * made[g];
    for (std::size_t g = 0; g < 3; ++g)
        CHECK(made[g] ==
              doctest::Approx(1 - std::exp(-2.1 * groups[g].susceptibility * x)).epsilon(1e-12));
    // The run of an epidemic ends there.
    const auto long_run = run_or_fail(alone(1e6), {{999'999.9}, {0}, {0.1}, {0}}, {2000}, 1e-9);
    CHECK(long_run.at[0].removed[0] / 1e6 == doctest::Approx(.892644753609).epsilon(1e-5));
}

TEST_CASE("matrices and numbers that cannot be are refused") {
    metapopulation of = four_regions();
    of.presence(2, 2) = 0.6;
    CHECK(transmission(of).error().code() == "epidemic.row_unsound");
    of = four_regions();
    of.people.pop_back();
    CHECK(transmission(of).error().code() == "epidemic.presence_unsound");
    of = four_regions();
    of.latent_days = 0;
    CHECK(transmission(of).error().code() == "epidemic.model_unsound");
    CHECK(integrate(four_regions(), one_infected, {5, 4}).error().code() ==
          "epidemic.model_unsound");
    CHECK(final_size(2, {{0.5, 1, 1}}).error().code() == "epidemic.model_unsound");
}
