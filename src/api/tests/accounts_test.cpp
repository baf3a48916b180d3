#include <atomic>
#include <fstream>
#include <thread>

#include <doctest/doctest.h>

#include "api/account_store.hpp"
#include "api/rate_limit.hpp"
#include "api/tests/temporary_folder.hpp"
#include "store/sqlite/database.hpp"
#include "store/sqlite/sqlite_rows.hpp"

using namespace veche;
using namespace veche::api;
using veche::api::testing::temporary_folder;

namespace {

struct accounts_fixture : temporary_folder {
    account_store accounts{path / "accounts.sqlite", password_cost::fast};
};

constexpr std::int64_t now = 1'800'000'000'000;

std::string code_of(const auto& outcome) {
    return outcome ? "" : std::string(outcome.error().code());
}

}  // namespace

TEST_CASE_FIXTURE(accounts_fixture, "a password opens its account and nothing else does") {
    CHECK(accounts.add("anna", {"p/1"}, "correct horse"));
    CHECK(accounts.verify("anna", "correct horse")->value == "p/1");
    CHECK(code_of(accounts.verify("anna", "correct hors")) == "api.login_wrong");
    CHECK(code_of(accounts.verify("anna", "")) == "api.login_wrong");
    CHECK(code_of(accounts.verify("nobody", "correct horse")) == "api.login_wrong");
    CHECK(code_of(accounts.verify("", "no password fits this hash")) == "api.login_wrong");
    CHECK(code_of(accounts.add("anna", {"p/2"}, "another one")) == "api.account_exists");
    CHECK(code_of(accounts.add("Anna", {"p/2"}, "another one")) == "api.login_name_improper");
    CHECK(code_of(accounts.add("boris", {"p/2"}, "семь777")) == "api.password_too_short");
    CHECK(accounts.add("boris", {"p/2"}, "восемь88"));
    CHECK(accounts.list().size() == 2);
}

TEST_CASE_FIXTURE(accounts_fixture, "whether there is an account costs no work more or less") {
    REQUIRE(accounts.add("anna", {"p/1"}, "correct horse"));
    REQUIRE(accounts.add("boris", {"p/2"}, "correct horse"));
    REQUIRE(accounts.set_disabled("boris", true));
    for (const char* login : {"nobody", "anna", "boris", "no name at all", "", "anna"}) {
        const std::int64_t before = accounts.hashes_computed();
        CHECK(code_of(accounts.verify(login, "wrong horse")) == "api.login_wrong");
        CHECK_MESSAGE(accounts.hashes_computed() == before + 1, login);
    }
    // What an unknown name is checked against has the cost of a hash, and fits nothing.
    for (const password_cost cost : {password_cost::fast, password_cost::interactive}) {
        CHECK_FALSE(argon2id_differs(argon2id_decoy(cost), cost));
        CHECK_FALSE(argon2id_fits(argon2id_decoy(cost), "correct horse"));
    }
}

TEST_CASE_FIXTURE(accounts_fixture, "a session lives by its token until it idles out") {
    REQUIRE(accounts.add("anna", {"p/1"}, "correct horse"));
    const std::string token = accounts.open_session("anna", now);
    const std::string other = accounts.open_session("anna", now);
    CHECK(token.size() == 64);
    CHECK(token != other);
    const auto found = accounts.find_session(token, now + 1000);
    REQUIRE(found);
    CHECK(found->person.value == "p/1");
    CHECK(found->csrf.size() == 32);
    CHECK(found->csrf != accounts.find_session(other, now)->csrf);
    CHECK_FALSE(accounts.find_session(std::string(64, '0'), now));
    CHECK_FALSE(accounts.find_session("", now));
    CHECK(accounts.find_session(token, now + session_idle_ms));
    CHECK(accounts.find_session(token, now + 2 * session_idle_ms));
    CHECK_FALSE(accounts.find_session(other, now + 2 * session_idle_ms));
    accounts.close_session(token);
    CHECK_FALSE(accounts.find_session(token, now));
}

TEST_CASE("sessions found again are written down together, a little later or at the end") {
    const temporary_folder folder;
    const auto file = folder.path / "accounts.sqlite";
    constexpr std::int64_t later = now + 3600 * 1000;
    std::string first, second, third;
    {
        account_store server(file, password_cost::fast);
        REQUIRE(server.add("anna", {"p/1"}, "correct horse"));
        first = server.open_session("anna", now);
        second = server.open_session("anna", now);
        third = server.open_session("anna", now);
        REQUIRE(server.find_session(first, later));
        const auto alive_elsewhere = [&](const std::string& token) {
            return account_store(file, password_cost::fast)
                .find_session(token, now + session_idle_ms + 1)
                .has_value();
        };
        CHECK_FALSE(alive_elsewhere(first));
        REQUIRE(server.find_session(second, later + 2000));
        CHECK(alive_elsewhere(first));
        REQUIRE(server.find_session(third, later + 2500));
        CHECK_FALSE(alive_elsewhere(third));
    }
    account_store again(file, password_cost::fast);
    CHECK(again.find_session(third, later + 2500 + session_idle_ms));
}

TEST_CASE_FIXTURE(accounts_fixture, "no session outlives a week, however busy") {
    REQUIRE(accounts.add("anna", {"p/1"}, "correct horse"));
    const std::string token = accounts.open_session("anna", now);
    std::int64_t at = now;
    while (at + session_idle_ms <= now + session_most_ms) {
        CHECK(accounts.find_session(token, at));
        at += session_idle_ms;
    }
    CHECK_FALSE(accounts.find_session(token, now + session_most_ms + 1));
}

TEST_CASE_FIXTURE(accounts_fixture, "a reset or disabled account loses its sessions") {
    REQUIRE(accounts.add("anna", {"p/1"}, "correct horse"));
    const std::string before = accounts.open_session("anna", now);
    CHECK(accounts.reset("anna", "another horse"));
    CHECK_FALSE(accounts.find_session(before, now));
    CHECK_FALSE(accounts.verify("anna", "correct horse"));
    CHECK(accounts.verify("anna", "another horse"));
    const std::string after = accounts.open_session("anna", now);
    CHECK(accounts.set_disabled("anna", true));
    CHECK_FALSE(accounts.find_session(after, now));
    CHECK_FALSE(accounts.verify("anna", "another horse"));
    CHECK(accounts.set_disabled("anna", false));
    CHECK(accounts.verify("anna", "another horse"));
    CHECK(code_of(accounts.reset("nobody", "whatever it is")) == "api.account_unknown");
    CHECK(code_of(accounts.set_disabled("nobody", true)) == "api.account_unknown");
}

TEST_CASE("what a second program changes holds at once, and neither secret lies in the file") {
    const temporary_folder folder;
    const auto file = folder.path / "accounts.sqlite";
    account_store server(file, password_cost::fast);
    account_store tool(file, password_cost::fast);
    REQUIRE(tool.add("anna", {"p/1"}, "correct horse"));
    REQUIRE(server.verify("anna", "correct horse"));
    const std::string token = server.open_session("anna", now);
    REQUIRE(server.find_session(token, now));
    std::ifstream in(file, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    CHECK(bytes.find("p/1") != std::string::npos);
    CHECK(bytes.find("correct horse") == std::string::npos);
    CHECK(bytes.find(token) == std::string::npos);
    CHECK((std::filesystem::status(file).permissions() & std::filesystem::perms::group_all) ==
          std::filesystem::perms::none);
    REQUIRE(tool.set_disabled("anna", true));
    CHECK_FALSE(server.find_session(token, now));
}

TEST_CASE("a hash at another cost is renewed at the next login") {
    const temporary_folder folder;
    const auto file = folder.path / "accounts.sqlite";
    const auto stored = [&] {
        std::ifstream in(file, std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(in)), {});
        return bytes.substr(bytes.find("$argon2id$"), 60);
    };
    REQUIRE(account_store(file, password_cost::fast).add("anna", {"p/1"}, "correct horse"));
    const std::string before = stored();
    account_store costlier(file, password_cost::interactive);
    REQUIRE(costlier.verify("anna", "correct horse"));
    CHECK(stored() != before);
    CHECK(stored().find("m=65536") != std::string::npos);
    CHECK(costlier.verify("anna", "correct horse"));
}

TEST_CASE_FIXTURE(accounts_fixture, "logins from many threads") {
    REQUIRE(accounts.add("anna", {"p/1"}, "correct horse"));
    std::atomic<int> wrong = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] {
                for (int n = 0; n < 10; ++n) {
                    if (!accounts.verify("anna", "correct horse")) ++wrong;
                    const auto token = accounts.open_session("anna", now);
                    if (!accounts.find_session(token, now)) ++wrong;
                }
            });
    }
    CHECK(wrong == 0);
}

TEST_CASE("a bucket gives its burst, then its rate, to each key apart") {
    rate_limiter limiter({.burst = 3, .per_second = 0.5});
    for (int i = 0; i < 3; ++i) CHECK(limiter.take("a", 1000) == 0);
    CHECK(limiter.take("a", 1000) == 2);
    CHECK(limiter.take("b", 1000) == 0);
    CHECK(limiter.take("a", 2999) > 0);
    CHECK(limiter.take("a", 3000) == 0);
    CHECK(limiter.take("a", 3000) > 0);
    CHECK(limiter.take("a", 1'000'000) == 0);
    CHECK(rate_limiter({}).take("x", 0) == 0);
}

TEST_CASE("a flood of keys does not grow the memory and forgets the longest unused") {
    rate_limiter limiter({.burst = 1, .per_second = 0.001});
    CHECK(limiter.take("first", 0) == 0);
    for (int i = 0; i < 20'000; ++i) CHECK(limiter.take(std::to_string(i), 0) == 0);
    CHECK(limiter.take("19999", 0) > 0);
    CHECK(limiter.take("first", 0) == 0);
}

TEST_CASE("addresses of one household share a bucket") {
    CHECK(network_of("192.0.2.7") == "192.0.2.7");
    CHECK(network_of("2001:db8::1") == network_of("2001:db8:0:0:ffff::2"));
    CHECK(network_of("2001:db8::1") != network_of("2001:db8:0:1::1"));
}

TEST_CASE(
    "a file of accounts of a newer form is left alone, one of the first release is taken on") {
    temporary_folder in;
    const auto file = in.path / "accounts.sqlite";
    const auto set_form = [&](const char* sql) {
        auto opened = store::database::open(file.string(), store::access::write);
        REQUIRE(opened);
        REQUIRE(opened->execute(sql));
    };
    {
        account_store made(file, password_cost::fast);
    }
    set_form("PRAGMA user_version=0");
    {
        account_store again(file, password_cost::fast);
    }
    set_form("PRAGMA user_version=2");
    const auto rows = store::sqlite_rows::open(file, store::row_file::beside);
    REQUIRE(rows);
    const auto refused = account_store::prepare(**rows);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code() == "store.schema_unknown");
    CHECK_THROWS(account_store(file, password_cost::fast));
}
