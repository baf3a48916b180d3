// 100,000 followers of ten things each. A round of digests is one query: it is timed with news of
// 0, 10 and 1,000 of the 10,000 things, and its outcome compared with who should have been found.
//
//   follows [FOLLOWERS]     prints one JSON object for each round

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <set>

#include <fmt/format.h>

#include "api/follow_store.hpp"
#include "hall.hpp"
#include "store/sqlite/database.hpp"

namespace {

using namespace veche;
using steady = std::chrono::steady_clock;
constexpr std::size_t things = 10'000;
constexpr std::size_t each = 10;

/// The n-th thing that a follower follows: spread, and the same in every run.
std::size_t thing_of(std::size_t follower, std::size_t n) {
    return (follower * 7919 + n * n * 104'729 + n) % things;
}

void fill(const std::filesystem::path& file, std::size_t followers) {
    bench::must(api::follow_store::open(file));
    auto opened = bench::must(store::database::open(file.string(), store::access::write));
    bench::must(opened.execute("BEGIN"));
    store::statement person(
        opened, "INSERT INTO person(person,address,language,leave) VALUES(?1,?1,'en',?1)");
    store::statement follow(opened,
                            "INSERT OR IGNORE INTO follow(person,thing,since) VALUES(?,?,0)");
    for (std::size_t f = 0; f < followers; ++f) {
        const std::string name = fmt::format("p{}", f);
        bench::must(person.bind_text(1, name).run());
        for (std::size_t n = 0; n < each; ++n) {
            const std::string thing = fmt::format("vote/{}", thing_of(f, n));
            bench::must(follow.bind_text(1, name).bind_text(2, thing).run());
        }
    }
    bench::must(opened.execute("COMMIT"));
}

/// Who follows one of the first `told` things.
std::size_t expected(std::size_t followers, std::size_t told) {
    std::size_t count = 0;
    for (std::size_t f = 0; f < followers; ++f) {
        bool hears = false;
        for (std::size_t n = 0; n < each; ++n) hears = hears || thing_of(f, n) < told;
        count += hears ? 1 : 0;
    }
    return count;
}

void round(api::follow_store& follows, std::size_t followers, std::size_t told,
           std::uint64_t& seq) {
    std::vector<api::news_draft> drafts;
    for (std::size_t t = 0; t < told; ++t) {
        api::news_draft one;
        one.row.seq = ++seq;
        one.row.what = "assembly.vote_decided";
        one.row.about = fmt::format("vote/{}", t);
        one.things = {one.row.about};
        drafts.push_back(std::move(one));
    }
    bench::must(follows.keep(drafts, seq + 1));
    const auto from = steady::now();
    const auto made =
        bench::must(follows.make_round(api::mail_kind::digest, api::digest_rhythm::daily));
    const double ms = std::chrono::duration<double, std::milli>(steady::now() - from).count();
    const std::size_t right = expected(followers, told);
    fmt::print(R"({{"what":"digest round","followers":{},"things_told":{},"mails":{},"right":{},)"
               R"("ms":{:.2f}}})"
               "\n",
               followers, told, made, right == static_cast<std::size_t>(made), ms);
}

}  // namespace

int main(int argc, char** argv) {
    const std::size_t followers =
        argc > 1 ? static_cast<std::size_t>(std::atoll(argv[1])) : std::size_t{100'000};
    const std::filesystem::path file =
        std::filesystem::temp_directory_path() / "veche-follows.sqlite";
    for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + ending);
    fill(file, followers);
    {
        const auto follows = bench::must(api::follow_store::open(file));
        std::uint64_t seq = 0;
        // The first round only marks where news begin.
        bench::must(follows->make_round(api::mail_kind::digest, api::digest_rhythm::daily));
        for (const std::size_t told : {0, 10, 1000}) round(*follows, followers, told, seq);
    }
    for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + ending);
}
