// The plan of first doses: a made-up problem of REGIONS regions, nine groups and WEEKS weeks,
// solved by CLP alone, and whole: made whole, certified and checked in exact arithmetic. CPU
// seconds.
//
//   bench_doseplan REGIONS WEEKS TURNS    one JSON object

#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

#include <sys/resource.h>

#include "doseplan/solver.hpp"
#include "figures.hpp"

using namespace veche;

namespace {

shares::death_problem made_up(std::size_t regions, int weeks) {
    shares::death_problem in;
    in.weeks = weeks;
    in.interval = 3;
    in.effect = {8, 10};
    in.supply = {2, 100};
    in.capacity = {4, 100};
    in.floor = {15, 100};
    std::mt19937_64 random(11);
    for (std::size_t r = 0; r < regions; ++r)
        in.regions.push_back({"r" + std::to_string(r),
                              static_cast<std::int64_t>(random() % 4'000'000 + 40'000),
                              {static_cast<std::int64_t>(random() % 10'000'000'000 + 2'000'000'000),
                               1'000'000'000'000}});
    const std::int64_t share[] = {11, 11, 12, 16, 15, 13, 13, 6, 3};
    const std::int64_t fatality[] = {2, 6, 30, 80, 150, 600, 2200, 5000, 9000};
    for (std::size_t g = 0; g < 9; ++g)
        in.groups.push_back({"g" + std::to_string(g),
                             {share[g], 100},
                             {fatality[g], 100'000},
                             {g == 0 ? 0 : 85, 100}});
    return in;
}

double own_seconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

}  // namespace

int main(int count, char** words) {
    const std::size_t regions = count > 1 ? std::strtoull(words[1], nullptr, 10) : 100;
    const int weeks = count > 2 ? std::atoi(words[2]) : 26;
    const int turns = count > 3 ? std::atoi(words[3]) : 5;
    const shares::death_problem in = made_up(regions, weeks);
    std::vector<double> bare;
    std::vector<double> whole;
    shares::death_plan plan;
    for (int turn = 0; turn < turns; ++turn) {
        const double begin = own_seconds();
        const doseplan::solved made = doseplan::solve_and_tell(in);
        auto rounded = shares::whole_plan(in, made.proposal);
        if (!rounded || !shares::fault_in(in, *rounded).empty()) return 1;
        whole.push_back(own_seconds() - begin);
        bare.push_back(made.seconds);
        plan = *std::move(rounded);
    }
    std::printf(
        "{\"columns\":%zu,\"bare\":%.4f,\"whole\":%.4f,\"least\":%.4f,\"most\":%.4f,"
        "\"averted\":%s,\"gap\":%s}\n",
        plan.doses.size() + static_cast<std::size_t>(weeks), bench::quantile(bare, 0.5),
        bench::quantile(whole, 0.5), bench::quantile(whole, 0), bench::quantile(whole, 1),
        shares::in_decimals(plan.averted).c_str(),
        shares::in_decimals(shares::gap_of(plan)).c_str());
    return 0;
}
