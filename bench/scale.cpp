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
#include "hall.hpp"
#include "store/memory/memory_store.hpp"

namespace {

using namespace veche;
using steady = bench::clock_type;
using bench::seconds_since;
constexpr std::size_t motions_each = 100;
constexpr std::size_t seats = 72;
constexpr int turns = 40;

std::int64_t memory_bytes() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return std::int64_t{used.ru_maxrss} * 1024;
}

/// The parliament at work, in the words of its commands. Its clock moves with every session.
class large_union {
  public:
    large_union() {
        office::options with;
        with.now = [this] { return now_; };
        with.ticker = false;
        desk_ = bench::must(office::office::open(store_, publisher_, std::move(with)));
        bench::must(desk_->found(bench::example()));
    }

    void session(std::size_t number) {
        const std::string id = fmt::format("s{}", number);
        act("assembly.convene_session", "secretariat-1", "pc/secretariat",
            fmt::format(R"({{"id":"{}","body":"pa","title":{{"en":"Sitting {}"}},"starts":"{}"}})",
                        id, number + 1, to_text(instant{now_.ms + 3'600'000})));
        act("assembly.add_item", "secretariat-1", "pc/secretariat",
            fmt::format(R"({{"session":"{}","item":"i","kind":"decision","title":{{"en":"I"}}}})",
                        id));
        act("assembly.open_session", "pa-ru-1", "pa/chair",
            fmt::format(R"({{"session":"{}"}})", id));
        for (std::size_t n = 0; n < motions_each; ++n) motion(id, number * motions_each + n);
        act("assembly.close_session", "pa-ru-1", "pa/chair",
            fmt::format(R"({{"session":"{}"}})", id));
        now_.ms += 10 * ms_per_day;
    }

    [[nodiscard]] office::office& desk() { return *desk_; }
    [[nodiscard]] instant now() const { return now_; }

  private:
    void motion(const std::string& session, std::size_t number) {
        static constexpr const char* subjects[] = {"railways", "universities", "harvest",
                                                   "archives", "bridges"};
        act("assembly.table_motion", "pa-ru-1", "pa/chair",
            fmt::format(
                R"({{"motion":"m{0}","session":"{1}","item":"i","title":{{"en":"Motion {0} on {2}"}},"text":{{"en":"The assembly asks for a report on {2}, number {0}."}}}})",
                number, session, subjects[number % 5]));
        for (std::size_t n = 2; n < 4; ++n)
            act("assembly.support_motion", bench::holder(n), bench::seat(n),
                fmt::format(R"({{"motion":"m{}","seat":"{}"}})", number, bench::seat(n)));
        act("assembly.open_vote", "pa-ru-1", "pa/chair",
            fmt::format(R"({{"vote":"v{0}","motion":"m{0}"}})", number));
        for (std::size_t n = 0; n < seats; ++n)
            act("assembly.cast_ballot", bench::holder(n), bench::seat(n),
                fmt::format(R"({{"vote":"v{}","seat":"{}","choice":"{}"}})", number, bench::seat(n),
                            (n + number) % 7 == 0 ? "no" : "yes"));
        act("assembly.close_vote", "pa-ru-1", "pa/chair",
            fmt::format(R"({{"vote":"v{}"}})", number));
    }

    void act(const char* type, const std::string& person, const std::string& auth,
             const std::string& body) {
        now_.ms += 1;
        bench::must(desk_->submit_unsigned(type, bench::must(json::canonicalize(body)), {person},
                                           auth, bench::idem(acts_++)));
    }

    instant now_{1'767'603'600'000};  // 2026-01-05T09:00Z
    std::size_t acts_ = 0;
    store::memory_store store_;
    store::memory_guard guard_;
    journal::publisher publisher_{store_, guard_, bench::origin, journal::generate_key()};
    std::unique_ptr<office::office> desk_;
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
