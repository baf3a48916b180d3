// Reproduction numbers of many made-up series: every window with its seven quantiles and P(R > 1),
// then one-day-ahead forecasts of every day; CPU seconds. The series are written out so that
// EpiEstim can be given the same.
//
//   bench_reproduction SERIES DAYS TURNS FILE    one JSON object

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <sys/resource.h>

#include "epidemic/forecast.hpp"
#include "figures.hpp"

namespace {

using namespace veche;
using namespace veche::epidemic;

double cpu_seconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_utime.tv_sec) +
           static_cast<double>(used.ru_utime.tv_usec) / 1e6;
}

/// Waves between a handful and some hundred thousand cases a day, as counting scatters them.
std::vector<double> made_up(std::size_t days, std::mt19937_64& random) {
    std::vector<double> out;
    std::uniform_real_distribution<double> phase(0, 6.28), height(2, 11);
    const double at = phase(random), most = height(random);
    for (std::size_t t = 0; t < days; ++t) {
        const double wave = std::sin(at + static_cast<double>(t) / 40);
        out.push_back(static_cast<double>(
            std::poisson_distribution<long>(std::exp(most * (0.6 + 0.4 * wave)))(random)));
    }
    return out;
}

void write(const std::vector<std::vector<double>>& all, const std::string& file) {
    std::ofstream to(file);
    for (const auto& series : all)
        for (std::size_t t = 0; t < series.size(); ++t)
            to << static_cast<long>(series[t]) << (t + 1 < series.size() ? ',' : '\n');
}

}  // namespace

int main(int count, char** words) {
    const std::size_t series = count > 1 ? std::strtoull(words[1], nullptr, 10) : 100;
    const std::size_t days = count > 2 ? std::strtoull(words[2], nullptr, 10) : 800;
    const int turns = count > 3 ? std::atoi(words[3]) : 5;
    std::mt19937_64 random(7);
    std::vector<std::vector<double>> all;
    for (std::size_t s = 0; s < series; ++s) all.push_back(made_up(days, random));
    if (count > 4) write(all, words[4]);
    std::vector<double> estimating, foretelling;
    double sum = 0;
    std::size_t rows = 0;
    for (int turn = 0; turn < turns; ++turn) {
        sum = 0;
        rows = 0;
        double begin = cpu_seconds();
        const auto w = discretised(6.3, 4.2, days);
        std::vector<std::vector<window_estimate>> windows;
        for (const auto& one : all) {
            auto made = estimate({one, {}}, *w);
            if (!made) return 1;
            for (const auto& row : *made) sum += row.mean();
            rows += made->size();
            windows.push_back(*std::move(made));
        }
        estimating.push_back(cpu_seconds() - begin);
        begin = cpu_seconds();
        for (std::size_t s = 0; s < all.size(); ++s)
            (void)foretell({all[s], {}}, windows[s], infectivity_of({all[s], {}}, *w));
        foretelling.push_back(cpu_seconds() - begin);
    }
    std::printf(
        "{\"series\":%zu,\"days\":%zu,\"rows\":%zu,\"sum\":%.9g,\"seconds\":%.4f,\"least\":%.4f,"
        "\"most\":%.4f,\"foretelling\":%.4f}\n",
        series, days, rows, sum, bench::quantile(estimating, 0.5), bench::quantile(estimating, 0),
        bench::quantile(estimating, 1), bench::quantile(foretelling, 0.5));
    return 0;
}
