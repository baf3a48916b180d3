// The planning model on made-up regions: a year as differential equations, its error beside a run
// of a hundred millionth of the tolerance; and as a chain of chance in many replicates, by one
// thread and by two, whose bits must agree. CPU seconds. Regions and the presence matrix are
// written out, so that others can run the same.
//
//   bench_epidemic_model REGIONS DAYS REPLICATES TURNS FOLDER    one JSON object

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <sys/resource.h>

#include "epidemic/stochastic.hpp"
#include "figures.hpp"
#include "numerics/digits.hpp"

namespace {

using namespace veche;
using namespace veche::epidemic;

double cpu_seconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

/// One in twenty is away, spread by people over the square of the distance.
planning_scenario made_up(std::size_t n) {
    std::mt19937_64 random(7);
    std::uniform_real_distribution<double> place(0, 3000), size(std::log(5e4), std::log(1.2e7));
    planning_scenario out;
    std::vector<double> x, y;
    for (std::size_t r = 0; r < n; ++r) {
        out.of.people.push_back(std::floor(std::exp(size(random))));
        x.push_back(place(random));
        y.push_back(place(random));
    }
    out.of.presence = numerics::dense(n, n);
    for (std::size_t i = 0; i < n; ++i) {
        double sum = 0;
        for (std::size_t j = 0; j < n; ++j) {
            if (i == j) continue;
            const double far = std::max(30.0, std::hypot(x[i] - x[j], y[i] - y[j]));
            sum += out.of.presence(i, j) = out.of.people[j] / (far * far);
        }
        for (std::size_t j = 0; j < n; ++j)
            out.of.presence(i, j) = i == j ? 0.95 : out.of.presence(i, j) / sum * 0.05;
        if (n == 1) out.of.presence(0, 0) = 1;
    }
    out.of.beta = 0.5;
    out.start.infectious.assign(n, 0);
    for (std::size_t r = 0; r < std::min<std::size_t>(n, 5); ++r) out.start.infectious[r] = 20;
    out.start.exposed.assign(n, 0);
    out.start.removed.assign(n, 0);
    for (std::size_t r = 0; r < n; ++r)
        out.start.susceptible.push_back(out.of.people[r] - out.start.infectious[r]);
    return out;
}

void write(const planning_scenario& of, const std::string& folder) {
    std::ofstream regions(folder + "/regions.csv"), presence(folder + "/presence.csv");
    for (std::size_t i = 0; i < of.of.people.size(); ++i) {
        regions << numerics::shortest(of.of.people[i]) << ','
                << numerics::shortest(of.start.infectious[i]) << '\n';
        for (std::size_t j = 0; j < of.of.people.size(); ++j)
            presence << (j > 0 ? "," : "") << numerics::shortest(of.of.presence(i, j));
        presence << '\n';
    }
}

double left_at_end(const planning_scenario& of, std::size_t days, double tolerance) {
    const auto made = integrate(of.of, of.start, {static_cast<double>(days)}, {tolerance});
    if (!made) std::exit(1);
    double sum = 0;
    for (const double one : made->at[0].susceptible) sum += one;
    return sum;
}

bool same_bits(const chain_runs& a, const chain_runs& b) {
    return a.infected_new == b.infected_new && a.infectious == b.infectious &&
           a.infected_by_region == b.infected_by_region;
}

}  // namespace

int main(int count, char** words) {
    const auto number = [&](int k, std::size_t otherwise) {
        return count > k ? std::strtoull(words[k], nullptr, 10) : otherwise;
    };
    const std::size_t regions = number(1, 100), days = number(2, 365), replicates = number(3, 1000),
                      turns = number(4, 5);
    planning_scenario of = made_up(regions);
    if (count > 5) write(of, words[5]);

    std::vector<double> solving, error;
    const double exact = left_at_end(of, days, 1e-13);
    double left = 0;
    constexpr int runs = 20;
    for (std::size_t turn = 0; turn < turns; ++turn) {
        const double begin = cpu_seconds();
        for (int k = 0; k < runs; ++k) left = left_at_end(of, days, 1e-6);
        solving.push_back((cpu_seconds() - begin) / runs);
    }

    of.of.local = 0;
    of.of.travel = 1;
    of.strata = {{}, {0.3, 0.6, 1}};
    of.dose_chance = 0.003;
    chain_settings how{1, replicates, days, 1, nullptr};
    std::vector<double> drawing, alone, together;
    chain_runs first;
    bool same = true;
    for (std::size_t turn = 0; turn < turns; ++turn) {
        how.threads = 1;
        double begin = cpu_seconds();
        auto clock = bench::clock_type::now();
        auto made = run_chain(of, how);
        if (!made) return 1;
        drawing.push_back(cpu_seconds() - begin);
        alone.push_back(bench::seconds_since(clock));
        if (turn == 0) first = *std::move(made);
        how.threads = 2;
        clock = bench::clock_type::now();
        const auto two = run_chain(of, how);
        together.push_back(bench::seconds_since(clock));
        same &= two && same_bits(first, *two);
    }
    // What a machine with narrower vectors would take.
    std::string by_width;
    how.threads = 1;
    for (const auto* lanes : numerics::all_eights()) {
        how.lanes = lanes;
        const double begin = cpu_seconds();
        const auto made = run_chain(of, how);
        by_width += (by_width.empty() ? "" : ",") + std::to_string(cpu_seconds() - begin);
        same &= made && same_bits(first, *made);
    }
    const auto band = band_of(first.at(first.infected, days));
    std::printf(
        "{\"regions\":%zu,\"days\":%zu,\"replicates\":%zu,\"left\":%.9f,\"error\":%.6f,"
        "\"solving\":%.6f,\"solving_least\":%.6f,\"solving_most\":%.6f,\"drawing\":%.4f,"
        "\"drawing_least\":%.4f,\"drawing_most\":%.4f,\"alone\":%.4f,\"together\":%.4f,"
        "\"same\":%s,\"mean\":%.1f,\"deviation\":%.1f,\"by_width\":[%s]}\n",
        regions, days, replicates, left, left - exact, bench::quantile(solving, 0.5),
        bench::quantile(solving, 0), bench::quantile(solving, 1), bench::quantile(drawing, 0.5),
        bench::quantile(drawing, 0), bench::quantile(drawing, 1), bench::quantile(alone, 0.5),
        bench::quantile(together, 0.5), same ? "true" : "false", band.mean, band.deviation,
        by_width.c_str());
    return same ? 0 : 1;
}
