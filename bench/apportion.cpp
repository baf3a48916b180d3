// Apportionment of many seats over many parties, exactly: the engine alone, the engine with its
// check, and beside it how long the same rows take to read once and write once.
//
//   bench_apportion PARTIES SEATS TURNS     one JSON object a method

#include "shares/apportion.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "figures.hpp"
#include "shares/certificate_check.hpp"
#include "shares/divisor.hpp"

namespace {

using namespace veche;
using bench::clock_type;
using bench::quantile;

/// Votes of sizes as parties have them: each ten times rarer for ten times as many.
std::vector<std::int64_t> votes_of(std::size_t parties) {
    std::mt19937_64 random(11);
    std::vector<std::int64_t> out(parties);
    for (std::int64_t& one : out) {
        const double u = (static_cast<double>(random() >> 11) + 1) / 9007199254740993.0;
        one = static_cast<std::int64_t>(std::min(1e9, 1000 / u));
    }
    return out;
}

/// The physical limit: every number read and another written.
double scan(const std::vector<std::int64_t>& votes, std::vector<std::int64_t>& seats) {
    const auto begin = clock_type::now();
    for (std::size_t i = 0; i < votes.size(); ++i) seats[i] = votes[i] >> 3;
    const double took = bench::seconds_since(begin);
    return seats[votes.size() / 2] < 0 ? 0 : took;
}

int measure(shares::method how, std::size_t parties, std::int64_t seats, std::size_t turns) {
    const std::vector<std::int64_t> votes = votes_of(parties);
    std::vector<std::int64_t> given(parties);
    std::vector<double> engine;
    std::vector<double> reading;
    const auto series = *shares::series_of(how, std::nullopt);
    std::int64_t sum = 0;
    for (std::size_t turn = 0; turn < turns; ++turn) {
        reading.push_back(scan(votes, given));
        const auto begin = clock_type::now();
        const shares::divided made = shares::divide({votes, {}, {}}, seats, series);
        engine.push_back(bench::seconds_since(begin));
        sum = 0;
        for (const std::int64_t one : made.seats) sum += one;
        if (sum != seats) return 1;
    }
    shares::contest in;
    in.how = how;
    in.seats = seats;
    in.ties.policy = shares::tie_policy::order;
    for (std::size_t i = 0; i < parties; ++i)
        in.parties.push_back({"p" + std::to_string(i), votes[i], std::nullopt, std::nullopt});
    auto begin = clock_type::now();
    const auto made = shares::apportion(in);
    const double whole = bench::seconds_since(begin);
    begin = clock_type::now();
    if (!made || !shares::fault_in(in, *made).empty()) return 1;
    const double check = bench::seconds_since(begin);
    std::printf(
        "{\"what\":\"apportion\",\"method\":\"%s\",\"parties\":%zu,\"seats\":%lld,\"ms\":%.3f,"
        "\"low_ms\":%.3f,\"high_ms\":%.3f,\"scan_ms\":%.3f,\"named_ms\":%.2f,\"check_ms\":%.2f}\n",
        std::string(name_of(how)).c_str(), parties, static_cast<long long>(seats),
        quantile(engine, 0.5) * 1e3, quantile(engine, 0) * 1e3, quantile(engine, 1) * 1e3,
        quantile(reading, 0.5) * 1e3, whole * 1e3, check * 1e3);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fprintf(stderr, "bench_apportion PARTIES SEATS TURNS\n");
        return 2;
    }
    using shares::method;
    for (const method how : {method::dhondt, method::sainte_lague, method::huntington_hill})
        if (measure(how, std::strtoul(argv[1], nullptr, 10), std::atoll(argv[2]),
                    std::strtoul(argv[3], nullptr, 10)) != 0)
            return 1;
    return 0;
}
