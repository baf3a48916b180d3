// A large union: 14,000 motions, each with a recorded vote of 72 seats, a million ballots in all.
// Every list and search page is made as the server makes it, without the network, and timed.
//
//   scale [SESSIONS]     prints one JSON object for the filling, then one for each page

#include <algorithm>
#include <chrono>
#include <vector>

#include <fmt/format.h>
#include <sys/resource.h>

#include "api/pages/closed_door.hpp"
#include "figures.hpp"
#include "parliament.hpp"
#include "store/memory/memory_store.hpp"

namespace {

using namespace veche;
using steady = bench::clock_type;
using bench::motions_each;
using bench::seats;
using bench::seconds_since;
constexpr int turns = 40;

std::int64_t memory_bytes() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return std::int64_t{used.ru_maxrss} * 1024;
}

/// The parliament at work on a store in memory.
class large_union {
  public:
    large_union() {
        office::options with;
        with.now = [this] { return now_; };
        with.ticker = false;
        desk_ = bench::must(office::office::open(store_, publisher_, std::move(with)));
        bench::must(desk_->found(bench::example()));
        work_.emplace(*desk_, now_);
    }

    void session(std::size_t number) { work_->session(number); }

    [[nodiscard]] office::office& desk() { return *desk_; }
    [[nodiscard]] instant now() const { return now_; }

  private:
    instant now_{1'767'603'600'000};  // 2026-01-05T09:00Z
    store::memory_store store_;
    store::memory_guard guard_;
    journal::publisher publisher_{store_, guard_, bench::origin, journal::generate_key()};
    std::unique_ptr<office::office> desk_;
    std::optional<bench::parliament> work_;
};

void time_page(const api::pages::site& site, api::pages::page_context& with, std::string path,
               api::pairs query = {}) {
    std::vector<double> ms;
    std::size_t bytes = 0;
    for (int turn = 0; turn < turns; ++turn) {
        api::request asked;
        asked.method = "GET";
        asked.path = path;
        asked.query = query;
        const auto from = steady::now();
        const auto answer = site.handle(with, asked);
        ms.push_back(seconds_since(from) * 1000);
        if (!answer || answer->status != 200) {
            fmt::print(stderr, "bench: {} answers {}\n", path, answer ? answer->status : 0);
            std::exit(1);
        }
        bytes = answer->body.size();
    }
    std::sort(ms.begin(), ms.end());
    for (const auto& [name, value] : query) path += "?" + name + "=" + value;
    fmt::print(R"({{"what":"large page","page":"{}","p50_ms":{:.2f},"max_ms":{:.2f},"bytes":{}}})"
               "\n",
               path, ms[ms.size() / 2], ms.back(), bytes);
}

}  // namespace

int main(int argc, char** argv) {
    const std::size_t sessions = argc > 1 ? std::stoul(argv[1]) : 140;
    const auto from = steady::now();
    const std::int64_t memory_before = memory_bytes();
    large_union all;
    for (std::size_t n = 0; n < sessions; ++n) all.session(n);
    const auto size = static_cast<double>(all.desk().durable_size());
    fmt::print(
        R"({{"what":"large union","motions":{},"ballots":{},"entries":{:.0f},"fill_s":{:.1f},"memory_per_entry_bytes":{:.0f}}})"
        "\n",
        sessions * motions_each, sessions * motions_each * seats, size, seconds_since(from),
        static_cast<double>(memory_bytes() - memory_before) / size);
    const auto site = bench::must(api::pages::site::load("web"));
    api::pages::closed_door door;
    api::pages::page_context with{all.desk(), door, all.now(), {}, "csrf", "http://bench"};
    const std::string last = std::to_string(sessions * motions_each - 1);
    for (const char* path : {"/en/", "/en/sessions", "/en/decisions", "/en/programme", "/en/late",
                             "/en/bodies/pa", "/en/acts", "/en/elections"})
        time_page(site, with, path);
    time_page(site, with, "/en/decisions", {{"q", "harvest"}});
    time_page(site, with, "/en/decisions", {{"page", "200"}});
    time_page(site, with, "/en/search", {{"q", "harvest"}});
    time_page(site, with, "/en/search", {{"q", "motion " + last}});
    time_page(site, with, "/en/search", {{"q", "nothing of the kind"}});
    time_page(site, with, "/en/sessions/s" + std::to_string(sessions - 1));
    time_page(site, with, "/en/motions/m" + last);
    time_page(site, with, "/en/votes/v" + last);
    return 0;
}
