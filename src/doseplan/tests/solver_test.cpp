#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "doseplan/floor_price.hpp"

using namespace veche;
using namespace veche::shares;

namespace {

/// A decimal number exactly, as a fraction of a power of ten.
ratio decimal(const std::string& text) {
    const std::size_t e = text.find('e');
    std::string digits = text.substr(0, e);
    int power = e == std::string::npos ? 0 : std::stoi(text.substr(e + 1));
    const std::size_t dot = digits.find('.');
    if (dot != std::string::npos) {
        power -= static_cast<int>(digits.size() - dot - 1);
        digits.erase(dot, 1);
    }
    ratio out{std::stoll(digits), 1};
    for (; power < 0 && out.den <= 10'000'000'000'000'000; ++power) out.den *= 10;
    for (; power < 0; ++power) out.num /= 10;
    return out;
}

std::vector<std::vector<std::string>> rows_of(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::vector<std::vector<std::string>> out;
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        std::vector<std::string> row;
        std::stringstream cells(line);
        for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
        out.push_back(std::move(row));
    }
    return out;
}

death_problem small_problem() {
    death_problem in;
    in.weeks = 4;
    in.interval = 1;
    in.effect = {4, 5};
    in.supply = {1, 10};
    in.capacity = {1, 5};
    in.floor = {1, 20};
    in.regions = {{"north", 40, {1, 100}}, {"south", 60, {3, 100}}};
    in.groups = {{"old", {1, 4}, {1, 20}, {4, 5}}, {"young", {3, 4}, {1, 1000}, {1, 2}}};
    return in;
}

}  // namespace

TEST_CASE("a plan of first doses is whole, bounded, and stands up to a check without the solver") {
    const death_problem in = small_problem();
    const death_plan made = doseplan::plan(in).value();
    CHECK(fault_in(in, made) == "");
    // The plan and the bound lie within what rounding takes from a hundred people.
    const double gap = std::stod(in_decimals(gap_of(made)));
    CHECK(gap >= 0);
    CHECK(gap < 0.01);
    for (const std::size_t at : {std::size_t{0}, made.doses.size() / 2}) {
        death_plan worse = made;
        worse.doses[at] += 1;
        CHECK(fault_in(in, worse) != "");
    }
    death_plan cheaper = made;
    for (std::int64_t& one : cheaper.certificate.supply_price) one /= 2;
    CHECK(fault_in(in, cheaper) != "");  // another bound follows from these prices
    death_plan dearer = made;
    dearer.certificate.supply_price.back() = dearer.certificate.supply_price.front() + 1;
    CHECK(fault_in(in, dearer) == "a dose is dearer later, though it can wait");
}

TEST_CASE("a floor that cannot be kept is refused with what clashes") {
    death_problem in = small_problem();
    in.floor = {9, 10};
    CHECK(doseplan::plan(in).error().code() == "shares.floor_above_uptake");
    in.floor = {1, 2};
    in.capacity = {1, 20};
    CHECK(doseplan::plan(in).error().code() == "shares.floor_above_capacity");
    in.weeks = 8;
    in.interval = 3;
    in.supply = {1, 1};
    in.floor = {15, 100};
    in.capacity = {1, 25};  // of eight weeks three pairs three weeks apart: 12 of 100
    CHECK(doseplan::plan(in).error().code() == "shares.floor_above_capacity");
    in = small_problem();
    in.floor = {1, 2};
    in.capacity = {1, 2};
    in.supply = {1, 50};
    CHECK(doseplan::plan(in).error().code() == "shares.floor_above_supply");
    in.interval = 4;
    CHECK(doseplan::plan(in).error().code() == "shares.number_out_of_range");
}

TEST_CASE("the price of the floor is what it costs in deaths") {
    death_problem in = small_problem();
    const death_plan with = doseplan::plan(in).value();
    in.floor = {0, 1};
    const death_plan without = doseplan::plan(in).value();
    CHECK(std::stod(in_decimals(without.bound)) >= std::stod(in_decimals(with.averted)));
}

TEST_CASE("23,426 columns: deaths averted to the tolerance of the vector (H21)") {
    const char* shared = std::getenv("VECHE_SHARED");
    const std::filesystem::path at =
        std::filesystem::path(shared ? shared : "../shared") / "data" / "health";
    if (!std::filesystem::exists(at / "lp" / "groups.csv")) {
        MESSAGE("left out: the reference data is not here");
        return;
    }
    death_problem in;
    in.weeks = 26;
    in.interval = 3;
    in.effect = {8, 10};
    in.supply = {2, 100};
    in.capacity = {4, 100};
    in.floor = {15, 100};
    std::map<std::string, ratio> hazard;
    for (const auto& row : rows_of(at / "lp" / "hazard.csv")) hazard[row[0]] = decimal(row[1]);
    for (const auto& row : rows_of(at / "seir" / "seir100_regions.csv"))
        in.regions.push_back({row[0], std::stoll(row[1]), hazard.at(row[0])});
    for (const auto& row : rows_of(at / "lp" / "groups.csv"))
        in.groups.push_back({row[0], decimal(row[1]), decimal(row[2]), decimal(row[3])});
    CHECK(doseplan::program_of(in).cost.size() == 23'426);
    const doseplan::solved made = doseplan::solve_and_tell(in);
    REQUIRE(made.proposal.feasible);
    CHECK(made.value == doctest::Approx(156'953.238788).epsilon(1e-10));
    const death_plan plan = whole_plan(in, made.proposal).value();
    CHECK(fault_in(in, plan) == "");
    const double bound = std::stod(in_decimals(plan.bound));
    const double averted = std::stod(in_decimals(plan.averted));
    CHECK(bound == doctest::Approx(156'953.238788).epsilon(1e-9));
    MESSAGE("averted ", in_decimals(plan.averted), ", bound ", in_decimals(plan.bound));
    CHECK(averted <= bound);
    CHECK(bound - averted < 1);
}

TEST_CASE("the price of the floor rises with it, step by step, until it cannot be kept") {
    death_problem in = small_problem();
    for (death_region& one : in.regions) one.people *= 1000;
    const auto floors = doseplan::usual_floors({1, 20});
    REQUIRE(floors.size() == 9);
    CHECK(floors[0] == ratio{0, 1});
    CHECK(floors[4] == ratio{1, 20});
    CHECK(floors[8] == ratio{1, 10});
    CHECK(doseplan::usual_floors({9, 10}).back() <= ratio{1, 1});
    CHECK(doseplan::usual_floors({0, 1})[1] == ratio{1, 20});
    const auto steps = doseplan::floor_steps(in, floors);
    REQUIRE(steps.size() > 4);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const double averted = std::stod(in_decimals(steps[i].averted));
        const double bound = std::stod(in_decimals(steps[i].bound));
        CHECK(averted <= bound);
        // A higher floor leaves no more plans than a lower one.
        if (i > 0) CHECK(bound <= std::stod(in_decimals(steps[i - 1].bound)) + 1e-3);
    }
    const ratio impossible[] = {{1, 20}, {99, 100}, {1, 10}};
    CHECK(doseplan::floor_steps(in, impossible).size() == 1);
}
