// Several offices, each in a process of its own, over one journal on a PostgreSQL server: durable
// acts per second by CALLERS callers each, and how long after its answer an act is seen by the
// others; beside it as many processes that insert the same rows in batches and nothing else, each
// whenever it likes, and one such process alone, whose batches go one after the other as those of
// one order must. In turns.
//
//   bench_nodes URL NODES CALLERS SECONDS    one JSON object; the URL's database must be empty

#include <algorithm>
#include <atomic>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "figures.hpp"
#include "hall.hpp"
#include "journal/entry.hpp"
#include "journal/envelope.hpp"
#include "store/memory/memory_store.hpp"
#include "store/postgres/postgres_store.hpp"

namespace {

using namespace veche;
using bench::must;

constexpr int rounds = 3;
constexpr std::size_t batch = 256;

std::int64_t microseconds() {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               bench::clock_type::now().time_since_epoch())
        .count();
}

instant wall_clock() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
}

/// What the processes share: when each act was answered, and last seen elsewhere.
struct board {
    static constexpr std::size_t places = 4'000'000;
    std::atomic<int> ready{0};
    std::atomic<bool> go{false};
    std::atomic<std::size_t> next{0};
    std::atomic<std::size_t> done{0};
    std::atomic<std::int64_t> answered[places];
    std::atomic<std::int64_t> seen[places];
};

board* make_board() {
    void* at = mmap(nullptr, sizeof(board), PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (at == MAP_FAILED) std::exit(1);
    return new (at) board;
}

/// Runs `work` in so many processes at once; what `done` grew by.
template <class Work>
double together(board& b, int processes, Work work) {
    b.ready = 0;
    b.go = false;
    const std::size_t before = b.done;
    std::vector<pid_t> children;
    for (int i = 0; i < processes; ++i)
        if (const pid_t child = fork(); child == 0) {
            work(i);
            std::_Exit(0);
        } else {
            children.push_back(child);
        }
    while (b.ready < processes) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    b.go = true;
    for (const pid_t child : children) {
        int status = 0;
        waitpid(child, &status, 0);
        if (status != 0) std::exit(1);
    }
    return static_cast<double>(b.done - before);
}

void wait_for_start(board& b) {
    ++b.ready;
    while (!b.go) std::this_thread::sleep_for(std::chrono::microseconds(200));
}

struct node {
    explicit node(const std::string& url)
        : store(must(store::postgres_store::open(url))),
          publisher(*store, guard, bench::origin, journal::key_from_seed(std::string(32, 'k'))) {
        office::options with;
        with.now = &wall_clock;
        desk = must(office::office::open(*store, publisher, with));
    }
    std::unique_ptr<journal::store> store;
    store::memory_guard guard;
    journal::publisher publisher;
    std::unique_ptr<office::office> desk;
};

void serve(board& b, const std::string& url, std::size_t callers, double seconds) {
    node here(url);
    std::vector<std::atomic<bool>> own(board::places);  // by the number in its key
    here.desk->subscribe([&](const office::notice& n) {
        const std::size_t key = n.bytes.find("\"idem\":\"019b0000-");
        if (key == std::string::npos || n.seq >= board::places) return;
        const auto number = std::strtoull(n.bytes.c_str() + key + 17, nullptr, 16);
        if (number < board::places && !own[number]) b.seen[n.seq] = microseconds();
    });
    wait_for_start(b);
    const auto end = bench::clock_type::now() + std::chrono::duration<double>(seconds);
    {
        std::vector<std::jthread> threads;
        for (std::size_t t = 0; t < callers; ++t)
            threads.emplace_back([&] {
                while (bench::clock_type::now() < end) {
                    const std::size_t n = b.next++;
                    if (n < board::places) own[n] = true;
                    const auto done = must(here.desk->submit_unsigned(
                        "assembly.cast_ballot", bench::ballot(n), {bench::holder(n)},
                        bench::seat(n), bench::idem(n)));
                    ++b.done;
                    if (done.seq < board::places) b.answered[done.seq] = microseconds();
                }
            });
    }
    // What the others wrote last is still to be seen.
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
}

/// The same rows by one connection, in batches of as many as there are callers.
void insert_bare(board& b, const std::string& url, int which, std::size_t size, double seconds) {
    auto s = must(store::session::open(url));
    wait_for_start(b);
    const auto end = bench::clock_type::now() + std::chrono::duration<double>(seconds);
    while (bench::clock_type::now() < end) {
        const std::size_t first = b.next.fetch_add(size);
        std::vector<std::string> bytes, actors, keys;
        std::vector<std::int64_t> numbers;
        for (std::size_t n = first; n < first + size; ++n) {
            numbers.push_back(static_cast<std::int64_t>(n));
            actors.push_back(bench::holder(n));
            keys.push_back(bench::idem(n));
            bytes.push_back(journal::compose_entry(
                n, wall_clock(),
                journal::compose_act_line(actors.back(), bench::seat(n), bench::ballot(n),
                                          keys.back(), bench::origin, "assembly.cast_ballot", 1),
                {}));
        }
        const std::string hash(32, static_cast<char>('a' + which));
        const std::vector<std::string_view> hashes(size, hash), names(size, "vote/v1");
        const std::vector<std::string_view> all(bytes.begin(), bytes.end()),
            who(actors.begin(), actors.end()), idems(keys.begin(), keys.end());
        must(s.execute("BEGIN"));
        must(
            s.run("INSERT INTO bare_entry SELECT * FROM unnest($1::int8[],$2::bytea[],$3::bytea[])",
                  store::parameters().add_all(numbers).add_all_bytes(hashes).add_all_bytes(all)));
        must(
            s.run("INSERT INTO bare_idem "
                  "SELECT * FROM unnest($1::bytea[],$2::bytea[],$3::int8[],$4::bytea[])",
                  store::parameters()
                      .add_all_bytes(who)
                      .add_all_bytes(idems)
                      .add_all(numbers)
                      .add_all_bytes(hashes)));
        must(
            s.run("INSERT INTO bare_stream SELECT convert_from(n,'UTF8'),v,s "
                  "FROM unnest($1::bytea[],$2::int8[],$3::int8[]) AS t(n,v,s)",
                  store::parameters().add_all_bytes(names).add_all(numbers).add_all(numbers)));
        must(s.execute("COMMIT"));
        b.done += size;
    }
}

double median(std::vector<double> values) {
    return bench::quantile(std::move(values), 0.5);
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 5) return 2;
    const std::string url = arguments[1];
    const int nodes = std::atoi(arguments[2]);
    const auto callers = static_cast<std::size_t>(std::atol(arguments[3]));
    const double seconds = std::atof(arguments[4]);
    board& b = *make_board();
    if (const pid_t child = fork(); child == 0) {
        must(store::postgres_store::create(url));
        auto s = must(store::session::open(url));
        must(
            s.execute("CREATE TABLE bare_entry(LIKE entry INCLUDING ALL);"
                      "CREATE TABLE bare_idem(LIKE idem INCLUDING ALL);"
                      "CREATE TABLE bare_stream(LIKE stream INCLUDING ALL)"));
        node founder(url);
        bench::open_vote(*founder.desk);
        std::_Exit(0);
    } else {
        int status = 0;
        waitpid(child, &status, 0);
        if (status != 0) return 1;
    }
    std::vector<double> ours, bare, alone, ratios, ratios_alone, delays;
    const auto inserted = [&](int processes) {
        return together(b, processes,
                        [&](int which) {
                            insert_bare(b, url, which, std::min(callers, batch), seconds);
                        }) /
               seconds;
    };
    for (int round = 0; round < rounds; ++round) {
        ours.push_back(together(b, nodes, [&](int) { serve(b, url, callers, seconds); }) / seconds);
        bare.push_back(inserted(nodes));
        alone.push_back(inserted(1));
        ratios.push_back(ours.back() / bare.back());
        ratios_alone.push_back(ours.back() / alone.back());
    }
    for (std::size_t i = 0; i < board::places; ++i)
        if (b.answered[i] != 0 && b.seen[i] != 0)
            delays.push_back(
                static_cast<double>(std::max<std::int64_t>(b.seen[i] - b.answered[i], 0)) / 1e3);
    const auto [low, high] = std::minmax_element(ratios.begin(), ratios.end());
    std::printf(
        "{\"what\":\"nodes\",\"nodes\":%d,\"callers\":%zu,\"acts_per_s\":%.0f,"
        "\"bare_per_s\":%.0f,\"ratio\":%.3f,\"ratio_low\":%.3f,\"ratio_high\":%.3f,"
        "\"alone_per_s\":%.0f,\"ratio_alone\":%.3f,"
        "\"delay_p50_ms\":%.1f,\"delay_p99_ms\":%.1f,\"delays\":%zu}\n",
        nodes, callers, median(ours), median(bare), median(ratios), *low, *high, median(alone),
        median(ratios_alone), bench::quantile(delays, 0.5), bench::quantile(delays, 0.99),
        delays.size());
}
