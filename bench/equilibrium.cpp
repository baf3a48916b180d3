// Full endowment equilibrium of an invented world, and draws of its coefficients; beside them bare
// passes over the matrix of costs.
//
//   bench_equilibrium COUNTRIES DRAWS ROUNDS    two JSON objects: a border gone, a tariff changed
//
// A pass is what one step of any method that looks at every pair cannot do without: the matrix read
// twice, once for multilateral terms and once for demand (the last few columns aside).

#include "gravity/equilibrium.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "figures.hpp"
#include "numerics/random_stream.hpp"

namespace {

using namespace veche;
/// Processor time of this program, all its threads: others may be at work beside it.
double processor_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Countries of unlike size on a plane, nine tenths of sales at home, and both ends of a change.
struct invented {
    gravity::world w;
    gravity::uncertain_costs u;
};

invented world_of(std::size_t n, bool border) {
    numerics::random_stream random(69);
    invented out;
    std::vector<double> east(n), north(n);
    for (std::size_t i = 0; i < n; ++i) {
        out.w.names.push_back(std::to_string(i));
        out.w.output.push_back(std::exp(2 * random.normal()));
        out.w.expenditure.push_back(out.w.output.back() * (0.9 + 0.2 * random.uniform()));
        east[i] = random.uniform();
        north[i] = random.uniform();
    }
    out.u.b = {-0.8, -2.5, 0.3};
    out.u.v = {0.0025, 0, 0, 0, 0.014, 0, 0, 0, 0.01};
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) {
            const double far =
                i == j ? 0.05 : 0.1 + std::hypot(east[i] - east[j], north[i] - north[j]);
            const double abroad = i == j ? 0 : 1;
            const double joined = i != j && i < n / 5 && j < n / 5 ? 1 : 0;
            out.u.before.insert(out.u.before.end(), {std::log(far), abroad, 0.0});
            out.u.after.insert(out.u.after.end(),
                               {std::log(far), border ? 0 : abroad, border ? 0 : joined});
        }
    out.w.before = gravity::costs_of(out.u.before, out.u.b, {});
    out.w.after = gravity::costs_of(out.u.after, out.u.b, {});
    return out;
}

double bare_pass_seconds(const gravity::world& w) {
    const std::size_t n = w.names.size();
    std::vector<double> a(n, 1.0), p(n), demand(n);
    constexpr int passes = 200;
    const double begin = processor_seconds();
    for (int pass = 0; pass < passes; ++pass) {
        std::fill(p.begin(), p.end(), 0.0);
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j) p[j] += a[i] * w.before[i * n + j];
        for (std::size_t i = 0; i < n; ++i) {
            double sums[4] = {};
            for (std::size_t j = 0; j + 4 <= n; j += 4)
                for (std::size_t lane = 0; lane < 4; ++lane)
                    sums[lane] += w.before[i * n + j + lane] * p[j + lane];
            demand[i] = sums[0] + sums[1] + sums[2] + sums[3];
        }
        a[0] = demand[0] == -1 ? 2 : 1;
    }
    return (processor_seconds() - begin) / passes;
}

double seconds_of_draws(const invented& made, int draws) {
    gravity::uncertain_costs u = made.u;
    u.draws = draws;
    const double begin = processor_seconds();
    const auto bands = gravity::intervals(made.w, u);
    return bands ? processor_seconds() - begin : NAN;
}

int measure(std::size_t n, int draws, int rounds, bool border) {
    const invented made = world_of(n, border);
    std::vector<double> seconds, passes;
    gravity::equilibrium last;
    for (int round = 0; round < rounds; ++round) {
        const double begin = processor_seconds();
        auto solved = gravity::solve(made.w);
        seconds.push_back(processor_seconds() - begin);
        if (!solved) {
            std::fprintf(stderr, "%s\n", solved.error().sentence().c_str());
            return 1;
        }
        last = *std::move(solved);
        passes.push_back(bare_pass_seconds(made.w));
    }
    const double median = bench::quantile(seconds, 0.5);
    const double pass = bench::quantile(passes, 0.5);
    std::printf(
        "{\"what\":\"%s\",\"countries\":%zu,\"ms\":%.3f,\"ms_least\":%.3f,\"ms_most\":%.3f,"
        "\"iterations\":%d,\"conditional_iterations\":%d,\"residual\":%.1e,\"pass_us\":%.2f,"
        "\"passes\":%.1f,\"draws\":%d,\"draws_s\":%.3f}\n",
        border ? "borders gone" : "an agreement", n, 1e3 * median,
        1e3 * bench::quantile(seconds, 0), 1e3 * bench::quantile(seconds, 1), last.iterations,
        last.conditional_iterations, last.residual, 1e6 * pass, median / pass, draws,
        seconds_of_draws(made, draws));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 4) {
        std::fprintf(stderr, "bench_equilibrium COUNTRIES DRAWS ROUNDS\n");
        return 2;
    }
    const auto n = static_cast<std::size_t>(std::atoi(argv[1]));
    const int draws = std::atoi(argv[2]);
    const int rounds = std::atoi(argv[3]);
    const int code = measure(n, draws, rounds, true);
    return code != 0 ? code : measure(n, draws, rounds, false);
}
