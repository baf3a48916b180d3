#include "office/read_ahead.hpp"

#include <thread>

#include <doctest/doctest.h>

#include "journal/refusal.hpp"

namespace veche::office {
namespace {

/// Hands out entries until something happens to it.
class scripted_source final : public journal::log_source {
  public:
    enum class ending : std::uint8_t { good, refused, thrown };
    explicit scripted_source(ending how) : how_(how) {}
    result<std::string> fetch(const std::string&) override { return std::string(); }
    result<void> entries(std::uint64_t size, const journal::take_entry& take) override {
        reader = std::this_thread::get_id();
        for (; given < size; ++given) {
            const std::string bytes(1 + given % 3000, static_cast<char>('a' + given % 26));
            if (!take({given, bytes, sha256(bytes)})) return {};
        }
        if (how_ == ending::refused) return refuse(journal::refusals::tile_malformed, {}, "x", "y");
        if (how_ == ending::thrown) throw std::runtime_error("gone");
        return {};
    }
    std::uint64_t given = 0;
    std::thread::id reader;

  private:
    ending how_;
};

/// Takes entries, each as it was given, up to so many.
struct taking {
    std::uint64_t most;
    std::uint64_t taken = 0;
    bool operator()(const journal::read_entry& e) {
        REQUIRE(e.seq == taken);
        REQUIRE(e.bytes.size() == 1 + e.seq % 3000);
        REQUIRE(sha256(e.bytes) == e.leaf);
        return ++taken < most;
    }
};

}  // namespace

TEST_CASE("entries that are read ahead are the same, in order, on the thread that asked") {
    for (const std::uint64_t size : {0, 1, 1023, 1024, 1025, 20'000}) {
        scripted_source source(scripted_source::ending::good);
        taking all{size + 1};
        const auto here = std::this_thread::get_id();
        bool same = true;
        REQUIRE(entries_ahead(source, size, [&](const auto& e) {
            same = same && std::this_thread::get_id() == here;
            return all(e);
        }));
        CHECK(all.taken == size);
        CHECK(same);
        CHECK(source.reader != here);
    }
}

TEST_CASE("a source that breaks is heard after what it gave, and not where no more was wanted") {
    constexpr std::uint64_t size = 5'000;
    for (const auto how : {scripted_source::ending::refused, scripted_source::ending::thrown}) {
        const bool throws = how == scripted_source::ending::thrown;
        scripted_source source(how);
        taking all{size + 1};
        if (throws)
            CHECK_THROWS_WITH((void)entries_ahead(source, size, std::ref(all)), "gone");
        else
            CHECK(entries_ahead(source, size, std::ref(all)).error().kind ==
                  &journal::refusals::tile_malformed);
        CHECK(all.taken == size);
        scripted_source again(how);
        taking some{4'999};
        CHECK(entries_ahead(again, size, std::ref(some)));
        CHECK(some.taken == 4'999);
    }
}

TEST_CASE("whoever takes may throw, and the source is left alone") {
    scripted_source source(scripted_source::ending::good);
    const auto refuses = [](const journal::read_entry& e) {
        if (e.seq == 3) throw std::runtime_error("full");
        return true;
    };
    CHECK_THROWS_WITH((void)entries_ahead(source, 1'000'000, refuses), "full");
    CHECK(source.given < 20'000);
}

TEST_CASE("a source is not read far ahead of whoever takes") {
    scripted_source source(scripted_source::ending::good);
    taking few{10};
    REQUIRE(entries_ahead(source, 1'000'000, std::ref(few)));
    CHECK(few.taken == 10);
    CHECK(source.given < 20'000);
}

}  // namespace veche::office
