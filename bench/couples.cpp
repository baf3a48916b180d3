// Matching with couples: a seeded market, lists of 10, couples with up to 30 pairs made of the
// lists of both, places for 95 of 100 applicants, own order of each programme, half of the wishes
// drawn to the better known programmes.
//
//   bench_couples APPLICANTS PERCENT_IN_COUPLES SEEDS TURNS    one JSON object for each seed

#include "matching/couples.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string_view>
#include <vector>

#include "figures.hpp"
#include "matching/couples_check.hpp"

namespace {

using namespace veche;
using namespace veche::matching;
using bench::clock_type;
using bench::quantile;

constexpr std::uint32_t wishes = 10;
constexpr std::size_t most_pairs = 30;

couples_market make(std::uint32_t applicants, std::uint32_t percent, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    const std::uint32_t programmes = std::max(2 * wishes, applicants / 100);
    const std::uint32_t coupled = applicants / 100 * percent / 2 * 2;
    couples_market m;
    m.lists.resize(applicants);
    m.orders.resize(programmes);
    m.capacities.assign(programmes, (applicants * 95 / 100 + programmes - 1) / programmes);
    const auto drawn = [&] {
        const auto one = static_cast<std::uint32_t>(random() % programmes);
        const auto other = static_cast<std::uint32_t>(random() % programmes);
        return random() % 2 == 0 ? one : std::min(one, other);
    };
    for (std::uint32_t a = 0; a < applicants; ++a) {
        auto& list = m.lists[a];
        while (list.size() < wishes)
            if (const std::uint32_t p = drawn();
                std::find(list.begin(), list.end(), p) == list.end())
                list.push_back(p);
        for (const std::uint32_t p : list) m.orders[p].push_back(a);
    }
    for (auto& order : m.orders)
        for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
    for (std::uint32_t a = applicants - coupled; a < applicants; a += 2) {
        couple one{a, a + 1, {}};
        // By the sum of both ranks, the pairs of a sum in the order of the first.
        for (std::size_t sum = 0; sum <= 2 * (wishes - 1); ++sum)
            for (std::size_t i = 0; i <= sum && one.choices.size() < most_pairs; ++i)
                if (i < wishes && sum - i < wishes)
                    one.choices.push_back({m.lists[a][i], m.lists[a + 1][sum - i]});
        m.lists[a].clear();
        m.lists[a + 1].clear();
        m.couples.push_back(std::move(one));
    }
    return m;
}

int measure(std::uint32_t applicants, std::uint32_t percent, std::uint64_t seed, int turns) {
    const couples_market m = make(applicants, percent, seed);
    std::vector<double> match;
    std::vector<double> check;
    couples_certificate made;
    for (int turn = 0; turn < turns; ++turn) {
        auto begin = clock_type::now();
        auto result = match_couples(m);
        match.push_back(bench::seconds_since(begin));
        if (!result) return 1;
        made = *std::move(result);
        begin = clock_type::now();
        if (!couples_fault(m, made).empty()) return 1;
        check.push_back(bench::seconds_since(begin));
    }
    std::int64_t most_change = 0;
    std::int64_t changed = 0;
    for (const seat_change& one : made.changes) {
        most_change = std::max(most_change, std::abs(one.to - one.from));
        changed += std::abs(one.to - one.from);
    }
    const auto without = std::count(made.matching.begin(), made.matching.end(), -1);
    std::printf(
        "{\"what\":\"couples\",\"applicants\":%u,\"couples\":%zu,\"programmes\":%zu,\"seed\":%llu,"
        "\"seconds\":%.4f,\"low\":%.4f,\"high\":%.4f,\"check_s\":%.4f,\"outcome\":\"%s\","
        "\"orders_tried\":%lld,\"in_conflict\":%lld,\"conflicts\":%lld,\"places_changed\":%lld,"
        "\"most_change\":%lld,\"unmatched\":%lld}\n",
        applicants, m.couples.size(), m.capacities.size(), static_cast<unsigned long long>(seed),
        quantile(match, 0.5), quantile(match, 0), quantile(match, 1), quantile(check, 0.5),
        std::string(name_of(made.outcome)).c_str(), static_cast<long long>(made.orders_tried),
        static_cast<long long>(made.couples_in_conflict), static_cast<long long>(made.conflicts),
        static_cast<long long>(changed), static_cast<long long>(most_change),
        static_cast<long long>(without));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) {
        std::fprintf(stderr, "bench_couples APPLICANTS PERCENT_IN_COUPLES SEEDS TURNS\n");
        return 2;
    }
    for (int seed = 1; seed <= std::atoi(argv[3]); ++seed)
        if (measure(static_cast<std::uint32_t>(std::atoi(argv[1])),
                    static_cast<std::uint32_t>(std::atoi(argv[2])),
                    static_cast<std::uint64_t>(seed), std::atoi(argv[4])) != 0)
            return 1;
    return 0;
}
