// Gravity models of known designs, made afresh by a seed; beside each estimation one bare pass over
// its rows.
//
//   bench_gravity DESIGN SIZE THREADS [FAMILY]    one JSON object
//   bench_gravity DESIGN SIZE THREADS gain        by one thread and by THREADS in turns: the gain,
//                                                 beside that of a bare loop over the same rows
//     trade COUNTRIES.YEARS   ordered pairs over years, a third zeros, effects exporter-year,
//                             importer-year and pair (150.45 and 450.50 are D1 and D10)
//     simple ROWS             effects of individual, firm and year, firms at random
//     difficult ROWS          the same, firms in cyclic order
//     sparse COUNTRIES.PRODUCTS.YEARS   spells of 1 to 12 years, effects exporter-product-year,
//                             importer-product-year and pair-product
//   FAMILY: poisson (as it stands) or linear

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <sys/resource.h>

#include "figures.hpp"
#include "gravity/covariance.hpp"
#include "numerics/elementary.hpp"
#include "numerics/random_stream.hpp"
#include "numerics/workers.hpp"

namespace {

using namespace veche;
using bench::clock_type;

double processor_seconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double peak_megabytes() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_maxrss) / 1024;
}

struct made_model {
    std::vector<double> y;
    std::vector<std::vector<double>> x;
    std::vector<std::vector<std::int32_t>> codes;
    std::vector<std::int32_t> levels;

    explicit made_model(std::size_t regressors, std::vector<std::int32_t> of)
        : x(regressors), codes(of.size()), levels(std::move(of)) {}
    [[nodiscard]] gravity::model view(gravity::family of) const {
        gravity::model m;
        m.of = of;
        m.outcome_name = "y";
        m.outcome = y;
        for (std::size_t j = 0; j < x.size(); ++j)
            m.regressors.push_back({"x" + std::to_string(j + 1), x[j]});
        for (std::size_t q = 0; q < codes.size(); ++q)
            m.effects.push_back({"g" + std::to_string(q + 1), codes[q], levels[q], {}});
        m.clusters = {m.effects.back()};
        return m;
    }
};

/// Poisson numbers by their product of uniform ones, or a rounded normal one where they are large.
double poisson(double mean, numerics::random_stream& random) {
    if (mean > 30) return std::max(0.0, std::round(mean + std::sqrt(mean) * random.normal()));
    double product = random.uniform();
    double count = 0;
    const double limit = std::exp(-mean);
    while (product > limit) {
        product *= random.uniform();
        ++count;
    }
    return count;
}

made_model trade(int countries, int years) {
    numerics::random_stream random(17);
    made_model out(3, {countries * years, countries * years, countries * countries});
    std::vector<double> size(static_cast<std::size_t>(countries));
    for (double& one : size) one = 1.5 * random.normal();
    for (int i = 0; i < countries; ++i)
        for (int j = 0; j < countries; ++j) {
            if (i == j) continue;
            const double pair = 1.2 * random.normal();
            const bool never = random.uniform() < 0.05;
            const int agreed = static_cast<int>(random.uniform() * 2 * years);
            for (int t = 0; t < years; ++t) {
                const double agreement = t >= agreed ? 1 : 0;
                const double tariff = std::log1p(0.2 * random.uniform() * (1 - 0.5 * agreement));
                const double noise = random.normal();
                const double eta = size[static_cast<std::size_t>(i)] +
                                   size[static_cast<std::size_t>(j)] + pair + 0.02 * t +
                                   0.4 * agreement - 3 * tariff;
                const bool zero = never || random.uniform() < 0.27 + 0.1 / (1 + std::exp(eta));
                out.y.push_back(zero ? 0 : std::exp(eta + 0.7 * random.normal()));
                out.x[0].push_back(agreement);
                out.x[1].push_back(tariff);
                out.x[2].push_back(noise);
                out.codes[0].push_back(i * years + t);
                out.codes[1].push_back(j * years + t);
                out.codes[2].push_back(i * countries + j);
            }
        }
    return out;
}

made_model workers(int rows, bool cyclic) {
    numerics::random_stream random(29);
    constexpr int years = 10;
    const int individuals = rows / years;
    const int firms = std::max(individuals / 23, 1);
    made_model out(1, {individuals, firms, years});
    std::vector<double> effect(static_cast<std::size_t>(individuals + firms + years));
    for (double& one : effect) one = random.normal();
    for (int i = 0; i < individuals; ++i)
        for (int t = 0; t < years; ++t) {
            const int row = i * years + t;
            const int firm = cyclic ? row % firms : static_cast<int>(random.uniform() * firms);
            const double x = random.normal();
            const double mean =
                std::exp(x + 0.5 * effect[static_cast<std::size_t>(i)] +
                         0.5 * effect[static_cast<std::size_t>(individuals + firm)] +
                         0.5 * effect[static_cast<std::size_t>(individuals + firms + t)]);
            // Negative binomial with theta 1/2: Poisson with a gamma(1/2) factor of mean 1.
            const double normal = random.normal();
            out.y.push_back(poisson(mean * normal * normal, random));
            out.x[0].push_back(x);
            out.codes[0].push_back(i);
            out.codes[1].push_back(firm);
            out.codes[2].push_back(t);
        }
    return out;
}

made_model sparse(int countries, int products, int years) {
    numerics::random_stream random(41);
    made_model out(3, {countries * products * years, countries * products * years,
                       countries * countries * products});
    std::vector<double> ability(static_cast<std::size_t>(2 * countries * products));
    for (double& one : ability) one = 2 * random.normal();
    for (int p = 0; p < products; ++p)
        for (int i = 0; i < countries; ++i)
            for (int j = 0; j < countries; ++j) {
                const double from = ability[static_cast<std::size_t>(p * countries + i)];
                const double to = ability[static_cast<std::size_t>((products + p) * countries + j)];
                // Assortative: alike meet more often.
                if (i == j || random.uniform() > 0.12 * std::exp(-0.4 * std::abs(from - to)))
                    continue;
                const int length = 1 + static_cast<int>(random.uniform() * years);
                const int begin = static_cast<int>(random.uniform() * (years - length + 1));
                const double pair = random.normal();
                for (int t = begin; t < begin + length; ++t) {
                    const double x[] = {random.uniform() < 0.3 ? 1.0 : 0.0, random.normal(),
                                        random.normal()};
                    const double eta = from + to + pair + 0.4 * x[0] - 0.5 * x[1];
                    out.y.push_back(random.uniform() < 0.2 ? 0
                                                           : std::exp(eta + 1.2 * random.normal()));
                    for (std::size_t k = 0; k < 3; ++k) out.x[k].push_back(x[k]);
                    out.codes[0].push_back((i * products + p) * years + t);
                    out.codes[1].push_back((j * products + p) * years + t);
                    out.codes[2].push_back((i * countries + j) * products + p);
                }
            }
    return out;
}

/// What reading the rows once and adding them up takes: outcome, regressors, a weight, two places.
double bare_pass_seconds(const gravity::estimation& e) {
    const gravity::panel& p = e.rows;
    std::vector<double> levels(p.width() + 1);
    const auto begin = clock_type::now();
    constexpr int passes = 10;
    for (int pass = 0; pass < passes; ++pass)
        for (std::size_t i = 0; i < p.n; ++i) {
            double f = 0;
            for (std::size_t j = 0; j < p.k; ++j) f += p.x[i * p.k + j];
            for (std::size_t o = 0; o < p.others; ++o)
                levels[p.place[i * p.others + o]] += e.weight[i] * f;
        }
    const double out = bench::seconds_since(begin) / passes;
    return levels[0] == -1 ? 0 : out;
}

/// The same rows by `crew`, each part with a vector of its own: exp of a sum of two numbers of
/// other places, weighted, added to them. What more threads can gain on this machine, now.
double bare_loop_seconds(const gravity::panel& p, const std::vector<double>& weight,
                         numerics::workers& crew) {
    std::vector<std::vector<double>> sums(p.blocks());
    const std::vector<double> level(p.levels() + 1, 1e-3);
    const auto begin = clock_type::now();
    for (int pass = 0; pass < 10; ++pass)
        crew.run(p.blocks(), [&](std::size_t b) {
            sums[b].assign(level.size(), 0.0);
            double* own = sums[b].data();
            for (std::size_t i = p.begin[p.block[b]]; i < p.begin[p.block[b + 1]]; ++i) {
                double f = 0;
                for (std::size_t o = 0; o < p.others; ++o) f += level[p.place[i * p.others + o]];
                f = weight[i] * numerics::exponential(f);
                for (std::size_t o = 0; o < p.others; ++o) own[p.place[i * p.others + o]] += f;
            }
        });
    return bench::seconds_since(begin);
}

int measure_gain(const gravity::model& m, int threads) {
    std::vector<double> one, more, bare_one, bare_more, bits;
    for (int turn = 0; turn < 3; ++turn)
        for (const int by : {1, threads}) {
            gravity::settings how;
            how.threads = by;
            how.memory_limit = std::uint64_t{16} << 30;
            const auto begin = clock_type::now();
            const auto e = gravity::estimate(m, how);
            if (!e) return 1;
            (by == 1 ? one : more).push_back(bench::seconds_since(begin));
            bits.push_back(e->b[0]);
            numerics::workers crew(by);
            (by == 1 ? bare_one : bare_more).push_back(bare_loop_seconds(e->rows, e->weight, crew));
        }
    const auto least = [](const std::vector<double>& of) {
        return *std::min_element(of.begin(), of.end());
    };
    const double gain = least(one) / least(more);
    const double limit = least(bare_one) / least(bare_more);
    double load[1] = {};
    getloadavg(load, 1);
    const bool same = std::all_of(bits.begin(), bits.end(), [&](double b) { return b == bits[0]; });
    std::printf(
        "{\"what\":\"gravity_gain\",\"threads\":%d,\"wall_one\":%.3f,\"wall_more\":%.3f,"
        "\"gain\":%.2f,\"bare_gain\":%.2f,\"of_bare\":%.2f,\"same_bits\":%s,\"load\":%.1f}\n",
        threads, least(one), least(more), gain, limit, gain / limit, same ? "true" : "false",
        load[0]);
    return same ? 0 : 1;
}

int run(std::string_view design, const std::string& size, int threads, gravity::family of,
        bool gain) {
    int numbers[3] = {};
    std::sscanf(size.c_str(), "%d.%d.%d", &numbers[0], &numbers[1], &numbers[2]);
    const made_model made = design == "trade"    ? trade(numbers[0], numbers[1])
                            : design == "sparse" ? sparse(numbers[0], numbers[1], numbers[2])
                                                 : workers(numbers[0], design == "difficult");
    const gravity::model m = made.view(of);
    if (gain) return measure_gain(m, threads);
    gravity::settings how;
    how.threads = threads;
    how.memory_limit = std::uint64_t{16} << 30;
    const double processor = processor_seconds();
    const auto begin = clock_type::now();
    const auto e = gravity::estimate(m, how);
    if (!e) {
        std::fprintf(stderr, "%s\n", e.error().sentence().c_str());
        return 1;
    }
    const std::size_t cluster[] = {0};
    const auto c = gravity::covariance_of(m, *e, "fixest", gravity::score_sum::cluster, cluster);
    const double wall = bench::seconds_since(begin);
    const double used = processor_seconds() - processor;
    const double pass = bare_pass_seconds(*e);
    std::printf(
        "{\"what\":\"gravity\",\"design\":\"%.*s\",\"size\":\"%s\",\"threads\":%d,\"rows\":%zu,"
        "\"used\":%llu,\"levels\":%zu,\"b\":\"%.17g\",\"se\":\"%.12g\",\"steps\":%zu,\"inner\":%d,"
        "\"factors\":%d,\"certain\":%s,\"gap\":%.1e,\"wall\":%.3f,\"processor\":%.3f,"
        "\"pass\":%.5f,\"passes\":%.1f,\"foreseen_mb\":%.0f,\"peak_mb\":%.0f}\n",
        static_cast<int>(design.size()), design.data(), size.c_str(), threads, made.y.size(),
        static_cast<unsigned long long>(e->used.used()), e->rows.levels() + e->rows.groups(),
        e->b[0], c ? c->standard_error[0] : 0, e->steps.size(), e->inner_iterations,
        e->factors_made, e->exists == gravity::existence::certain ? "true" : "false", e->gap, wall,
        used, pass, wall / pass, static_cast<double>(e->memory) / 1e6, peak_megabytes());
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 4) {
        std::fprintf(stderr,
                     "bench_gravity trade|simple|difficult|sparse SIZE THREADS [linear|gain]\n");
        return 2;
    }
    const bool linear = argc > 4 && std::string_view(argv[4]) == "linear";
    return run(argv[1], argv[2], std::atoi(argv[3]),
               linear ? gravity::family::linear : gravity::family::poisson,
               argc > 4 && std::string_view(argv[4]) == "gain");
}
