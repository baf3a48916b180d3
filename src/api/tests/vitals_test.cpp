// How the server says that it is well: what is counted, under which names, and when traffic must
// stay away.

#include "api/vitals.hpp"

#include <set>

#include <doctest/doctest.h>

#include "api/log.hpp"
#include "journal/refusal.hpp"
#include "kernel/json.hpp"

using namespace veche;
using namespace veche::api;

namespace {

/// The lines that are no comments, by what stands before the last blank.
std::map<std::string, double> samples_of(const std::string& text) {
    std::map<std::string, double> out;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("#")) continue;
        const std::size_t blank = line.rfind(' ');
        REQUIRE(blank != std::string::npos);
        CHECK_MESSAGE(out.emplace(line.substr(0, blank), std::stod(line.substr(blank + 1))).second,
                      line);
    }
    return out;
}

std::string written(const histogram& h) {
    std::string out;
    h.write(out, "h", R"(route="page")");
    return out;
}

}  // namespace

TEST_CASE("a histogram counts each value once, and in every bound above it") {
    histogram h({1, 2, 5});
    for (const double value : {0.5, 1.0, 1.5, 5.0, 7.0}) h.add(value);
    const auto got = samples_of(written(h));
    CHECK(got.at(R"(h_bucket{route="page",le="1"})") == 2);
    CHECK(got.at(R"(h_bucket{route="page",le="2"})") == 3);
    CHECK(got.at(R"(h_bucket{route="page",le="5"})") == 4);
    CHECK(got.at(R"(h_bucket{route="page",le="+Inf"})") == 5);
    CHECK(got.at(R"(h_count{route="page"})") == 5);
    CHECK(got.at(R"(h_sum{route="page"})") == 15);
}

TEST_CASE("any address falls into one of a handful of classes") {
    const auto name = [](std::string_view method, std::string_view path) {
        return name_of(class_of(method, path));
    };
    CHECK(name("GET", "/") == "page");
    CHECK(name("GET", "/en") == "page");
    CHECK(name("GET", "/en/measures/x") == "page");
    CHECK(name("POST", "/be/do/assembly.cast_ballot") == "form");
    CHECK(name("POST", "/ru/login") == "login");
    CHECK(name("POST", "/ru/recover") == "login");
    CHECK(name("GET", "/assets/veche.css") == "asset");
    CHECK(name("POST", "/api/do/assembly.cast_ballot") == "act");
    CHECK(name("GET", "/api/ask/assembly.sessions") == "ask");
    CHECK(name("GET", "/api/stream") == "stream");
    CHECK(name("GET", "/journal/checkpoint") == "journal");
    CHECK(name("GET", "/api/sealed/ab") == "papers");
    CHECK(name("GET", "/health") == "health");
    for (const char* odd : {"", "x", "//", "/favicon.ico", "/wp-login.php", "/../etc/passwd", "/e"})
        CHECK(name("GET", odd) == "other");
}

TEST_CASE("whatever is asked for, the number of series stays") {
    auto& all = figures::of_program();
    const auto count = [&] {
        std::string out;
        all.write(out);
        return samples_of(out).size();
    };
    all.count_answer("GET", "/en/first", 404, 10);
    all.count_answer("BREW", "/pot", 405, 10);
    const std::size_t before = count();
    for (int i = 0; i < 1000; ++i) {
        all.count_answer("GET", "/en/person-" + std::to_string(i), 404, i);
        all.count_answer("M" + std::to_string(i), "/x" + std::to_string(i), 405, i);
    }
    CHECK(count() == before);
}

TEST_CASE("before it knows its union and when it ends, a server wants no traffic") {
    std::int64_t now = 1'000'000;
    vitals v([&] { return now; });
    CHECK(v.health().status == 503);
    CHECK(v.look().status == "starting");
    v.stop();
    CHECK(v.health().status == 503);
    const std::string text = v.metrics().body;
    const auto got = samples_of(text);
    CHECK(got.at("veche_healthy") == 0);
    CHECK(got.at("process_start_time_seconds") == 1000);
    CHECK(got.at("process_resident_memory_bytes") > 1e6);
    CHECK(got.contains("veche_heap_bytes"));
    CHECK(got.at("process_open_fds") >= 3);
    // Every sample stands under its kind and its help.
    std::set<std::string> kinds;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("# TYPE "))
            CHECK(kinds.insert(line.substr(7, line.find(' ', 7) - 7)).second);
    for (const auto& [name, value] : got) {
        std::string base = name.substr(0, name.find('{'));
        for (const std::string_view tail : {"_bucket", "_sum", "_count"})
            if (base.ends_with(tail) && !kinds.contains(base))
                base.resize(base.size() - tail.size());
        CHECK_MESSAGE(kinds.contains(base), name);
    }
}

TEST_CASE("a line of the log as JSON holds whatever was said, and cannot be broken out of") {
    const std::string members = log::to_members(
        "login_refused", {{"code", "api.login_wrong"}, {"detail", "a \"b\"\n{\x01}"}});
    json::document line;
    const auto canonical = json::canonicalize("{" + members + "}");
    REQUIRE(canonical);
    REQUIRE(line.reset(*canonical));
    CHECK(line.root().find("fact").as_string() == "login_refused");
    CHECK(line.root().find("detail").as_string() == "a \"b\"\n{\x01}");
    CHECK(members.find('\n') == std::string::npos);
}
