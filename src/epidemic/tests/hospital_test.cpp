// Hospitals of the planning model: laws known exactly, people counted, the same bits, and nothing
// changed where there are none.

#include <cmath>

#include "epidemic/planning.hpp"
#include "epidemic/stochastic.hpp"
#include "epidemic/tests/shared.hpp"

using namespace veche;
using namespace veche::epidemic;

namespace {

/// Two regions in which nobody is infected any more: what follows are courses in hospital alone.
planning_scenario two_hospitals() {
    planning_scenario out;
    out.of.people = {50'000, 20'000};
    out.of.presence = numerics::dense(2, 2);
    out.of.presence(0, 0) = 0.9;
    out.of.presence(0, 1) = 0.1;
    out.of.presence(1, 1) = 1;
    out.of.beta = 0;
    out.start = {{30'000, 20'000}, {0, 0}, {8'000, 0}, {10'000, 0}};
    out.in_ward = {1'500, 0};
    out.in_intensive = {500, 0};
    out.fatality = 0.01;
    out.hospital = {0.08, 7, 0.2, 12, 0.05, 0.4};
    return out;
}

planning_scenario spreading() {
    planning_scenario out = two_hospitals();
    out.of.beta = 0.5;
    out.strata = {{}, {0.4, 0.7, 0.5, 0.2}};
    for (std::size_t day = 0; day < 60; ++day) out.doses.push_back({day, day % 2, 1, 200});
    return out;
}

foreseen law_of(const planning_scenario& of, std::size_t days) {
    auto made = foresee(of, days, {1e-10});
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    return *std::move(made);
}
chain_runs runs_of(const planning_scenario& of, const chain_settings& how) {
    auto made = run_chain(of, how);
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    return *std::move(made);
}
bool same_care(const chain_runs& a, const chain_runs& b) {
    return a.infected == b.infected && a.dead == b.dead && a.in_ward == b.in_ward &&
           a.in_intensive == b.in_intensive && a.ward_by_region == b.ward_by_region &&
           a.intensive_by_region == b.intensive_by_region;
}
double mean_at(const chain_runs& of, const std::vector<double>& values, std::size_t day) {
    return band_of(of.at(values, day)).mean;
}

}  // namespace

TEST_CASE("by equations wards empty and fill as three rates in a row have it") {
    const planning_scenario of = two_hospitals();
    const auto law = law_of(of, 40);
    const double g = 1.0 / 5, w = 1.0 / 7, c = 1.0 / 12;
    for (const std::size_t day : {1, 7, 20, 40}) {
        const auto t = static_cast<double>(day);
        const double eg = std::exp(-g * t), ew = std::exp(-w * t), ec = std::exp(-c * t);
        // Admissions are a source of 0.08 g I0 exp(-g t).
        const double in = 0.08 * g * 8'000;
        const double ward = 1'500 * ew + in * (eg - ew) / (w - g);
        const double from_start = 1'500 * 0.2 * w * (ew - ec) / (c - w);
        const double from_new =
            0.2 * w * in / (w - g) * ((eg - ec) / (c - g) - (ew - ec) / (c - w));
        CHECK(law.in_ward[day] == doctest::Approx(ward).epsilon(1e-7));
        CHECK(law.in_intensive[day] ==
              doctest::Approx(500 * ec + from_start + from_new).epsilon(1e-7));
        CHECK(law.susceptible[day] + law.infected[day] == doctest::Approx(70'000).epsilon(1e-12));
    }
    // In the end: of those admitted a fifth come to intensive care.
    const auto last = law_of(of, 600);
    const double admitted = 1'500 + 0.08 * 8'000, worse = 0.2 * admitted;
    CHECK(last.dead.back() ==
          doctest::Approx(0.01 * 0.92 * 8'000 + 0.05 * (admitted - worse) + 0.4 * (500 + worse))
              .epsilon(1e-7));
    CHECK(last.in_ward.back() < 1e-6);
    CHECK(last.wards.most[0] >= 1'500);
    CHECK(last.wards.most[1] == 0);
}

TEST_CASE("by chance the means are those of a chain of days, and everybody is counted") {
    const planning_scenario of = two_hospitals();
    constexpr std::size_t replicates = 400;
    const auto made = runs_of(of, {3, replicates, 60, 1, nullptr});
    const double leave = -std::expm1(-1.0 / 7), out = -std::expm1(-1.0 / 12),
                 cease = -std::expm1(-1.0 / 5);
    double ill = 8'000, ward = 1'500, intensive = 500, dead = 0;
    for (std::size_t day = 0; day <= 60; ++day) {
        if (day % 6 == 0) {
            const double slack = 5 / std::sqrt(static_cast<double>(replicates));
            CHECK(std::abs(mean_at(made, made.in_ward, day) - ward) <=
                  slack * std::sqrt(ward + 400));
            CHECK(std::abs(mean_at(made, made.in_intensive, day) - intensive) <=
                  slack * std::sqrt(intensive + 100));
            CHECK(std::abs(mean_at(made, made.dead, day) - dead) <= slack * std::sqrt(dead + 1));
        }
        const double ceasing = cease * ill, left = leave * ward, gone = out * intensive;
        const double admitted = 0.08 * ceasing, worse = 0.2 * left;
        ill -= ceasing;
        dead += 0.01 * (ceasing - admitted) + 0.05 * (left - worse) + 0.4 * gone;
        ward += admitted - left;
        intensive += worse - gone;
    }
    for (const double one : made.infected) REQUIRE(one == 20'000);
    for (const double one : made.at(made.infected_by_region, 0)) REQUIRE(one == 20'000);
    // The most in use is that of the start or a later day, not of the last.
    for (const double one : made.at(made.ward_by_region, 0)) REQUIRE(one >= 1'500);
    for (const double one : made.at(made.intensive_by_region, 0)) REQUIRE(one >= 500);
    for (const double one : made.at(made.ward_by_region, 1)) REQUIRE(one == 0);
}

TEST_CASE("threads, widths and steps of vectors change no bit of courses in hospital") {
    const planning_scenario of = spreading();
    chain_settings how{11, 21, 120, 1, nullptr};
    const auto one = runs_of(of, how);
    how.threads = 2;
    CHECK(same_care(one, runs_of(of, how)));
    for (const auto* lanes : numerics::all_eights()) {
        how.lanes = lanes;
        CHECK(same_care(one, runs_of(of, how)));
    }
    for (std::size_t at = 0; at < one.in_ward.size(); ++at) {
        REQUIRE(one.in_ward[at] >= 0);
        REQUIRE(one.in_intensive[at] >= 0);
        REQUIRE(one.in_ward[at] + one.in_intensive[at] + one.dead[at] + one.infectious[at] <=
                one.infected[at]);
    }
    // Nobody who is in hospital infects: with and without, the same people fall ill until doses are
    // given to those who would be in a ward.
    planning_scenario without = of;
    without.doses = {};
    without.strata = {{}};
    planning_scenario with = without;
    without.hospital = {};
    without.start.removed[0] += 2'000;
    without.in_ward = without.in_intensive = {};
    const auto a = runs_of(without, how), b = runs_of(with, how);
    CHECK(a.infected_new == b.infected_new);
    CHECK(a.in_ward.empty());
    CHECK(b.dead != a.dead);
}

TEST_CASE("fewer are admitted with a dose, and the first day without a free bed is told") {
    planning_scenario of = spreading();
    const double most = law_of(of, 200).wards.most[1], beds = std::floor(most / 2);
    planning_scenario weak = of;
    weak.strata[1].severity = 1;
    CHECK(law_of(weak, 200).wards.most[1] > most + 1);
    of.beds = {1e6, beds};
    of.intensive_beds = {std::nan(""), 1e6};
    // On the first days less than half a person is there: of no bed at all none is lacking.
    planning_scenario without = of;
    without.intensive_beds[1] = 0;
    CHECK(law_of(without, 200).intensive_care.short_from[1] > 1);
    const auto law = law_of(of, 200);
    const auto first = static_cast<std::size_t>(law.wards.short_from[1]);
    REQUIRE(law.wards.short_from[1] > 0);
    CHECK(law.wards.short_from[1] < law.wards.on[1]);
    CHECK(law_of(of, first - 1).wards.most[1] < beds + 0.5);
    CHECK(law_of(of, first).wards.most[1] >= beds + 0.5);
    CHECK(law.wards.short_from[0] == -1);
    CHECK(law.intensive_care.short_from[0] == -1);  // of unknown beds nothing is said
    CHECK(law.intensive_care.short_from[1] == -1);
    of.beds[1] = std::ceil(most);
    CHECK(law_of(of, 200).wards.short_from[1] == -1);
}

TEST_CASE("hospitals that cannot be are refused") {
    const auto refused = [](auto change) {
        planning_scenario of = two_hospitals();
        change(of);
        return !foresee(of, 5).has_value() && !run_chain(of, {1, 8, 5, 1, nullptr}).has_value();
    };
    CHECK(!refused([](planning_scenario&) {}));
    CHECK(refused([](planning_scenario& of) { of.hospital.admitted = 1.1; }));
    CHECK(refused([](planning_scenario& of) { of.hospital.ward_days = 0; }));
    CHECK(refused([](planning_scenario& of) { of.hospital.intensive_days = 0; }));
    CHECK(refused([](planning_scenario& of) { of.hospital.intensive_fatality = -0.1; }));
    CHECK(refused([](planning_scenario& of) { of.in_ward[0] += 1; }));
    CHECK(refused([](planning_scenario& of) { of.in_ward = {1'500}; }));
    CHECK(refused([](planning_scenario& of) { of.hospital = {}; }));
    CHECK(refused([](planning_scenario& of) {
        of.in_ward[0] = -1;
        of.start.susceptible[0] += 1'501;
    }));
    CHECK(refused([](planning_scenario& of) { of.beds = {5}; }));
    CHECK(refused([](planning_scenario& of) { of.strata[0].severity = 20; }));
}
