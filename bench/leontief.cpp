// Leontief's system of a made-up table, factorised and solved for the final use of each region,
// beside the bare calls of LAPACK on a matrix that is at hand already; in turns;
// CPU seconds.
//
//   bench_leontief REGIONS SECTORS TURNS    one JSON object

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include <sys/resource.h>

#include "figures.hpp"
#include "inputoutput/balance.hpp"
#include "inputoutput/value_added.hpp"

extern "C" {
void dgetrf_(const std::int32_t* m, const std::int32_t* n, double* a, const std::int32_t* lda,
             std::int32_t* ipiv, std::int32_t* info);
void dgetrs_(const char* trans, const std::int32_t* n, const std::int32_t* nrhs, const double* a,
             const std::int32_t* lda, const std::int32_t* ipiv, double* b, const std::int32_t* ldb,
             std::int32_t* info, std::size_t trans_length);
}

namespace {

using namespace veche;
using namespace veche::inputoutput;
using bench::quantile;

/// Every producer buys from every other, most at home; inputs make about six tenths of output.
table make_table(std::size_t regions, std::size_t sectors) {
    std::mt19937_64 random(5);
    const auto drawn = [&] { return static_cast<double>(random() % 1'000'000 + 1) / 1'000'000; };
    table t;
    for (std::size_t r = 0; r < regions; ++r) {
        t.regions.push_back("r" + std::to_string(r));
        t.finals.push_back({static_cast<std::uint32_t>(r), "use"});
    }
    for (std::size_t s = 0; s < sectors; ++s) t.sectors.push_back("s" + std::to_string(s));
    for (std::uint32_t r = 0; r < regions; ++r)
        for (std::uint32_t s = 0; s < sectors; ++s) t.producers.push_back({r, s, ""});
    const std::size_t n = t.size();
    t.z = numerics::dense(n, n);
    t.y = numerics::dense(n, regions);
    for (std::size_t j = 0; j < n; ++j)
        for (std::size_t i = 0; i < n; ++i)
            t.z(i, j) = drawn() * (i / sectors == j / sectors ? 100 : 1);
    for (std::size_t k = 0; k < regions; ++k)
        for (std::size_t i = 0; i < n; ++i)
            t.y(i, k) = drawn() * static_cast<double>(sectors) * (i / sectors == k ? 66 : 0.66);
    return t;
}

/// Of this process: what others do on the machine does not count.
double cpu_seconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double peak_mebibytes() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_maxrss) / 1024;
}

struct bare {
    explicit bare(const table& t) {
        const std::vector<double> x = row_sums(t);
        std::vector<double> per_x(x.size());
        for (std::size_t i = 0; i < x.size(); ++i) per_x[i] = 1 / x[i];
        matrix = leontief_matrix(t.z, per_x);
        right = t.y;
    }
    /// CPU seconds of dgetrf and dgetrs alone.
    double run() {
        numerics::dense lu = matrix;
        solved = right;
        std::vector<std::int32_t> pivots(lu.rows);
        const auto n = static_cast<std::int32_t>(lu.rows);
        const auto columns = static_cast<std::int32_t>(solved.columns);
        std::int32_t info = 0;
        const double begin = cpu_seconds();
        dgetrf_(&n, &n, lu.cells.data(), &n, pivots.data(), &info);
        dgetrs_("N", &n, &columns, lu.cells.data(), &n, pivots.data(), solved.cells.data(), &n,
                &info, 1);
        return cpu_seconds() - begin;
    }
    numerics::dense matrix, right, solved;
};

}  // namespace

int main(int count, char** arguments) {
    if (count != 4) return 2;
    const auto regions = static_cast<std::size_t>(std::atol(arguments[1]));
    const auto sectors = static_cast<std::size_t>(std::atol(arguments[2]));
    const auto turns = static_cast<std::size_t>(std::atol(arguments[3]));
    const table t = make_table(regions, sectors);
    std::vector<double> ours, beside, ratios;
    double off = 0, residual = 0, views = 0, peak = 0;
    numerics::dense x;
    {
        const auto system = leontief_system::of(t);
        if (!system) return 1;
        x = system->final_use();
        system->outputs_for(x);
        peak = peak_mebibytes();
        residual = system->residual();
        const double begin = cpu_seconds();
        const auto view = trade_view::of(*system);
        if (!view) return 1;
        views = cpu_seconds() - begin;
    }
    bare plain(t);
    for (std::size_t turn = 0; turn < turns; ++turn) {
        beside.push_back(plain.run());
        const double begin = cpu_seconds();
        const auto system = leontief_system::of(t);
        x = system->final_use();
        system->outputs_for(x);
        ours.push_back(cpu_seconds() - begin);
        ratios.push_back(ours.back() / std::max(beside.back(), 1e-6));
    }
    for (std::size_t k = 0; k < x.cells.size(); ++k)
        off = std::max(off, std::abs(x.cells[k] - plain.solved.cells[k]) /
                                std::max(1.0, std::abs(x.cells[k])));
    std::printf(
        "{\"producers\":%zu,\"columns\":%zu,\"seconds\":%.4f,\"bare_seconds\":%.4f,"
        "\"ratio\":%.3f,\"ratio_least\":%.3f,\"ratio_most\":%.3f,\"peak_mib\":%.0f,"
        "\"table_mib\":%.0f,\"said_mib\":%.0f,\"residual\":%.2e,\"off\":%.2e,"
        "\"view_seconds\":%.4f}\n",
        t.size(), regions, quantile(ours, 0.5), quantile(beside, 0.5), quantile(ratios, 0.5),
        quantile(ratios, 0), quantile(ratios, 1), peak,
        static_cast<double>(t.z.cells.size() + t.y.cells.size()) * 8 / 1048576,
        peak_bytes(t.size(), regions, regions) / 1048576, residual, off, views);
    return off < 1e-9 && residual < 1e-9 ? 0 : 1;
}
