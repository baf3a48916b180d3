// Equal shares: one run and all runs of rising endowments (Add1), exact, beside a sequential scan
// of the same ballots; the memory that it takes.
//
//   bench_equal_shares synthetic VOTERS PROJECTS TURNS    a seeded election
//   bench_equal_shares file FILE.pb TURNS                 a real one

#include "budgeting/equal_shares.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>

#include <sys/resource.h>

#include "budgeting/certificate_check.hpp"
#include "budgeting/pb_file.hpp"
#include "figures.hpp"

namespace {

using namespace veche;
using namespace veche::budgeting;
using bench::clock_type;
using bench::quantile;

/// Ballots of 1 to 11 projects, the first ones the most popular; costs from 15,000 to 600,000; the
/// budget is a sixth of them all.
election synthetic(std::size_t voters, std::size_t projects) {
    std::mt19937_64 random(1);
    election e;
    std::int64_t costs = 0;
    for (std::size_t c = 0; c < projects; ++c) {
        e.projects.push_back(
            {std::to_string(c), static_cast<std::int64_t>(15'000 + random() % 585'001)});
        costs += e.projects.back().cost;
    }
    e.budget = costs / 6;
    std::vector<mark> ballot;
    for (std::size_t v = 0; v < voters; ++v) {
        ballot.clear();
        const std::size_t size = 1 + random() % std::min<std::size_t>(11, projects);
        while (ballot.size() < size) {
            // The lesser of two draws: the last project is named twenty times less than the first.
            const auto a = static_cast<std::uint32_t>(random() % projects);
            const auto b = static_cast<std::uint32_t>(random() % projects);
            const mark one{random() % 10 == 0 ? a : std::min(a, b), 1};
            if (std::find(ballot.begin(), ballot.end(), one) == ballot.end()) ballot.push_back(one);
        }
        e.add(ballot);
    }
    e.group();
    return e;
}

/// The most memory that this process has held: its ballots, the engine and the program itself.
double peak_bytes() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_maxrss) * 1024;
}

/// Seconds of one pass over every mark of the ballots and over an array of one double a group.
double scan(const election& e) {
    std::vector<double> holds(e.groups(), 1.0);
    const auto begin = clock_type::now();
    double all = 0;
    std::uint64_t points = 0;
    for (const double one : holds) all += one;
    for (const mark& one : e.marks) points += one.points;
    const double took = bench::seconds_since(begin);
    return all + static_cast<double>(points) > 0 ? took : 0;
}

struct series {
    std::vector<double> seconds;
    std::vector<double>
        busy;  // of the processor: what a machine shared with others takes away is not in it
    shares_outcome made;
};

series take(const election& e, const shares_rules& rules, std::size_t turns) {
    series out;
    for (std::size_t turn = 0; turn < turns; ++turn) {
        const auto begin = clock_type::now();
        const std::clock_t busy = std::clock();
        auto made = equal_shares(e, rules);
        out.seconds.push_back(bench::seconds_since(begin));
        out.busy.push_back(static_cast<double>(std::clock() - busy) / CLOCKS_PER_SEC);
        if (!made) {
            std::fprintf(stderr, "%s\n", made.error().sentence().c_str());
            std::exit(1);
        }
        out.made = *std::move(made);
    }
    return out;
}

int measure(const char* what, const election& e, std::int64_t step, std::size_t turns) {
    shares_rules rules;
    const series one = take(e, rules, turns * 5);
    rules.then = completion::add1;
    rules.step = step;
    const series all = take(e, rules, turns);
    const double memory = peak_bytes();
    std::vector<double> scans;
    for (std::size_t turn = 0; turn < 20; ++turn) scans.push_back(scan(e));
    auto begin = clock_type::now();
    const certificate made = certify(e, rules, all.made);
    const double certified = bench::seconds_since(begin);
    begin = clock_type::now();
    if (!check_certificate(e, made, false).empty()) return 1;
    const double checked = bench::seconds_since(begin);
    std::printf(
        "{\"what\":\"%s\",\"voters\":%lld,\"projects\":%zu,\"groups\":%zu,\"marks\":%zu,"
        "\"run_s\":%.6f,\"run_low\":%.6f,\"run_high\":%.6f,\"add1_s\":%.4f,\"add1_low\":%.4f,"
        "\"add1_high\":%.4f,\"run_busy_s\":%.6f,\"add1_busy_s\":%.4f,\"runs\":%lld,\"bought\":%zu,"
        "\"read_per_run\":%lld,\"asked_exactly\":%"
        "lld,"
        "\"scan_s\":%.6f,\"certificate_s\":%.4f,\"check_s\":%.4f,\"ballots_mb\":%.1f,"
        "\"peak_mb\":%.1f}\n",
        what, static_cast<long long>(e.voters), e.projects.size(), e.groups(), e.marks.size(),
        quantile(one.seconds, 0.5), quantile(one.seconds, 0), quantile(one.seconds, 1),
        quantile(all.seconds, 0.5), quantile(all.seconds, 0), quantile(all.seconds, 1),
        quantile(one.busy, 0.5), quantile(all.busy, 0.5), static_cast<long long>(all.made.runs),
        all.made.bought.size(), static_cast<long long>(all.made.entries_read / all.made.runs),
        static_cast<long long>(all.made.asked_exactly), quantile(scans, 0.5), certified, checked,
        static_cast<double>(e.marks.size() * sizeof(mark) + e.groups() * 8) / 1e6, memory / 1e6);
    return 0;
}

int from_file(const char* file, std::size_t turns) {
    std::ifstream in(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto read = read_pb(text);
    if (!read) {
        std::fprintf(stderr, "%s\n", read.error().sentence().c_str());
        return 1;
    }
    return measure("file", read->on, 1, turns);
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view verb = argc > 1 ? argv[1] : "";
    const auto number = [&](int n) { return std::strtoul(argv[n], nullptr, 10); };
    if (argc == 5 && verb == "synthetic")
        return measure("synthetic", synthetic(number(2), number(3)), 1, number(4));
    if (argc == 4 && verb == "file") return from_file(argv[2], number(3));
    std::fprintf(stderr, "bench_equal_shares synthetic VOTERS PROJECTS TURNS | file FILE TURNS\n");
    return 2;
}
