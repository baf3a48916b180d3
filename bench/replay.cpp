// Replay and verify without signatures: every entry parsed, decided again, folded, hashed into the
// tree, on one core; beside the bare cost of reading and hashing the same bytes.

#include "office/replay.hpp"

#include <algorithm>
#include <cstdlib>

#include "figures.hpp"
#include "hall.hpp"
#include "journal/entry.hpp"
#include "journal/envelope.hpp"
#include "store/memory/memory_store.hpp"

namespace {

using namespace veche;
using bench::clock_type;
using bench::resident_bytes;
using bench::seconds_since;

/// The union with its open vote, then ballots: one text, and where each entry ends.
struct log_text {
    std::string bytes;
    std::vector<std::size_t> ends;
    [[nodiscard]] std::string_view entry(std::size_t n) const {
        const std::size_t begin = n == 0 ? 0 : ends[n - 1];
        return std::string_view(bytes).substr(begin, ends[n] - begin);
    }
};

log_text make_log(std::size_t count) {
    store::memory_store kept;
    store::memory_guard guard;
    journal::publisher publisher(kept, guard, bench::origin, journal::generate_key());
    office::options with;
    with.now = [] { return instant{1'790'000'000'000}; };
    with.ticker = false;
    auto desk = bench::must(office::office::open(kept, publisher, with));
    bench::open_vote(*desk);
    log_text log;
    const auto add = [&](std::string_view entry) {
        log.bytes += entry;
        log.ends.push_back(log.bytes.size());
    };
    for (std::uint64_t n = 0; n < kept.current().next; ++n) add(bench::must(kept.entry(n)));
    for (std::size_t n = log.ends.size(); n < count; ++n)
        add(journal::compose_entry(
            n, instant{1'790'000'000'000 + static_cast<std::int64_t>(n)},
            journal::compose_act_line(bench::holder(n), bench::seat(n), bench::ballot(n),
                                      bench::idem(n), bench::origin, "assembly.cast_ballot", 1),
            {}));
    return log;
}

}  // namespace

int main(int argc, char** argv) {
    const std::size_t count = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1'000'000;
    const log_text log = make_log(count);
    std::vector<double> bare;
    std::vector<double> full;
    double memory = 0;
    for (int round = 0; round < 5; ++round) {
        auto begin = clock_type::now();
        journal::frontier only_hashed;
        for (std::size_t n = 0; n < count; ++n)
            only_hashed.append(journal::leaf_hash(log.entry(n)));
        bare.push_back(static_cast<double>(count) / seconds_since(begin));

        const double before = resident_bytes();
        begin = clock_type::now();
        office::replay past;
        journal::frontier tree;
        for (std::size_t n = 0; n < count; ++n) {
            bench::must(past.take(log.entry(n)));
            tree.append(journal::leaf_hash(log.entry(n)));
        }
        bench::must(past.finish());
        full.push_back(static_cast<double>(count) / seconds_since(begin));
        if (round == 0) memory = resident_bytes() - before;
        if (tree.root() != only_hashed.root()) return 1;
    }
    std::sort(bare.begin(), bare.end());
    std::sort(full.begin(), full.end());
    std::printf(
        "{\"what\":\"replay\",\"entries\":%zu,\"bytes_per_entry\":%.0f,\"replay_per_s\":%.0f,"
        "\"replay_low\":%.0f,\"replay_high\":%.0f,\"read_and_hash_per_s\":%.0f,\"ratio\":%.3f,"
        "\"memory_per_entry_bytes\":%.1f}\n",
        count, static_cast<double>(log.bytes.size()) / static_cast<double>(count), full[2],
        full.front(), full.back(), bare[2], full[2] / bare[2], memory / static_cast<double>(count));
}
