// Durable acts per second through the office, by 1, 8, 64 and 256 concurrent callers, beside a bare
// SQLite group commit of the same rows at the same settings, taken in turns so that a slow minute
// of the disk hits both. Prints one JSON object per number of callers.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "bare_store.hpp"
#include "hall.hpp"
#include "journal/entry.hpp"
#include "journal/envelope.hpp"
#include "store/folder.hpp"

namespace {

using namespace veche;
using clock_type = std::chrono::steady_clock;

constexpr int rounds = 5;

/// Runs `act(n)` on that many threads for a while; acts per second.
template <class Act>
double rate(std::size_t callers, double seconds, std::atomic<std::size_t>& counter, Act act) {
    const std::size_t first = counter;
    const auto begin = clock_type::now();
    const auto end = begin + std::chrono::duration<double>(seconds);
    {
        std::vector<std::jthread> threads;
        for (std::size_t t = 0; t < callers; ++t)
            threads.emplace_back([&] {
                while (clock_type::now() < end) act(counter++);
            });
    }
    const std::chrono::duration<double> took = clock_type::now() - begin;
    return static_cast<double>(counter - first) / took.count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
    const double seconds = argc > 1 ? std::atof(argv[1]) : 1.0;
    const std::filesystem::path scratch = "build/bench/commits";
    std::filesystem::remove_all(scratch);
    std::filesystem::create_directories(scratch);
    bench::must(store::create_folder(scratch / "union", bench::origin));
    auto folder = bench::must(store::open_folder(scratch / "union"));
    office::options with;
    with.now = [] {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        return instant{std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
    };
    with.ticker = false;
    auto desk = bench::must(office::office::open(*folder.journal, *folder.publisher, with));
    bench::open_vote(*desk);
    bench::bare_store bare((scratch / "bare.sqlite").string(), with.batch);

    std::atomic<std::size_t> acts{0};
    std::atomic<std::size_t> rows{0};
    const auto through_office = [&](std::size_t n) {
        bench::must(desk->submit_unsigned("assembly.cast_ballot", bench::ballot(n),
                                          {bench::holder(n)}, bench::seat(n), bench::idem(n)));
    };
    const auto to_bare_store = [&](std::size_t n) {
        bench::bare_row row{
            std::string(32, 'l'),
            journal::compose_entry(
                n, with.now(),
                journal::compose_act_line(bench::holder(n), bench::seat(n), bench::ballot(n),
                                          bench::idem(n), bench::origin, "assembly.cast_ballot", 1),
                {}),
            bench::holder(n), bench::idem(n), "vote/v1"};
        bare.submit(row);
    };
    for (const std::size_t callers : {1, 8, 64, 256}) {
        std::vector<double> ours;
        std::vector<double> theirs;
        std::vector<double> ratios;
        for (int round = 0; round < rounds; ++round) {
            ours.push_back(rate(callers, seconds, acts, through_office));
            theirs.push_back(rate(callers, seconds, rows, to_bare_store));
            ratios.push_back(ours.back() / theirs.back());
        }
        const auto [low, high] = std::minmax_element(ratios.begin(), ratios.end());
        std::printf(
            "{\"what\":\"durable acts\",\"callers\":%zu,\"office_per_s\":%.0f,"
            "\"bare_per_s\":%.0f,\"ratio\":%.3f,\"ratio_low\":%.3f,\"ratio_high\":%.3f}\n",
            callers, median(ours), median(theirs), median(ratios), *low, *high);
        std::fflush(stdout);
    }
}
