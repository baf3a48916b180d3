// The vectors: our own, and those of the shared data where they are at hand. Each guard of
// check.cpp left out alone must be noticed by one of them.

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ledger/refusal.hpp"
#include "ledger/vector_file.hpp"
#include "source_dir.hpp"

using namespace veche;
using namespace veche::ledger;

namespace {

std::string contents(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream all;
    all << in.rdbuf();
    return all.str();
}

std::string own_vectors() {
    return contents(source_dir() + "/src/ledger/tests/vectors.json");
}

std::string shared_vectors() {
    const char* named = std::getenv("VECHE_SHARED");
    const std::string base = named != nullptr ? named : source_dir() + "/../shared";
    return contents(base + "/data/fund/ledger-vectors.json");
}

void all_as_expected(const std::string& text, std::size_t count) {
    const auto lines = run_vectors(text);
    REQUIRE_MESSAGE(lines.has_value(), lines.error().sentence());
    CHECK(lines->size() == count);
    for (const vector_line& line : *lines)
        for (const std::string& missed : line.missed) FAIL_CHECK(line.id << ", " << missed);
}

bool missed_any(const std::vector<vector_line>& lines) {
    for (const vector_line& line : lines)
        if (!line.missed.empty()) return true;
    return false;
}

/// Whether the vectors notice that the guard is gone: a step answers otherwise, or the program
/// stops at what must never happen. In a process of its own, because of the latter.
bool noticed(const std::string& text, std::uint_least32_t guard) {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        for (const int deadly : {SIGSEGV, SIGABRT}) std::signal(deadly, SIG_DFL);
        ::close(STDERR_FILENO);
        const auto lines = run_vectors(text, guard);
        _exit(lines.has_value() && !missed_any(*lines) ? 0 : 1);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    return !WIFEXITED(status) || WEXITSTATUS(status) != 0;
}

}  // namespace

TEST_CASE("our own vectors come out as they should") {
    all_as_expected(own_vectors(), 9);
}

TEST_CASE("the shared vectors come out as they should") {
    const std::string text = shared_vectors();
    if (text.empty()) {
        MESSAGE("skipped: the shared data is not here");
        return;
    }
    all_as_expected(text, 20);
}

TEST_CASE("each guard, left out alone, is noticed") {
    const std::string vectors = own_vectors();
    std::istringstream source(contents(source_dir() + "/src/ledger/check.cpp"));
    std::uint_least32_t number = 0;
    int guards = 0;
    for (std::string line; std::getline(source, line);) {
        ++number;
        const bool declares = line.find("bool stops(") != std::string::npos;
        if (line.find("stops(") == std::string::npos || declares) continue;
        ++guards;
        CHECK_MESSAGE(noticed(vectors, number),
                      "nobody misses the guard in line " << number << line);
    }
    CHECK(guards > 60);
    CHECK_FALSE(noticed(vectors, 0));
}

TEST_CASE("a file that is no file of vectors is refused with its place") {
    const auto why = [](std::string_view text) {
        const auto lines = run_vectors(text);
        REQUIRE_FALSE(lines.has_value());
        CHECK(lines.error().kind == &refusals::vectors_malformed);
        return lines.error().sentence();
    };
    CHECK(why("{").find("cannot be read") != std::string::npos);
    CHECK(why("[]").find("vector 1") != std::string::npos);
    CHECK(why(R"({"id":"a","steps":[{"op":"fly"}]})").find("no operation \"fly\"") !=
          std::string::npos);
    CHECK(why(R"({"id":"a","steps":[{"op":"pay","id":"p"}]})").find("a, step 1") !=
          std::string::npos);
    CHECK(why(R"({"id":"a","steps":[{"op":"pay","id":"p","ref":"x","amount":1.5}]})")
              .find("1.5 is no whole number") != std::string::npos);
    CHECK(why(R"({"id":"a","steps":[{"op":"assess","total":5,"ccy":"E","key":[["A",0]]}]})")
              .find("nothing can be divided") != std::string::npos);
    CHECK(why(R"({"id":"a","steps":[],"lines":{"L":{"colour":1}}})").find("no figure") !=
          std::string::npos);
}
