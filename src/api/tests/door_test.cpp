#include "api/door.hpp"

#include <doctest/doctest.h>

#include "api/refusal.hpp"
#include "api/tests/temporary_folder.hpp"
#include "api/urlencoded.hpp"

using namespace veche;
using namespace veche::api;

namespace {

struct door_fixture {
    door_fixture() { REQUIRE(accounts.add("anna", {"p/1"}, "correct horse")); }

    testing::temporary_folder folder;
    account_store accounts{folder.path / "accounts.sqlite", password_cost::fast};
    std::int64_t now_ms = 1'800'000'000'000;
    door entrance{accounts, {}, [this] { return now_ms; }};
    request req = [] {
        request from;
        from.remote = "192.0.2.1";
        return from;
    }();

    result<std::string> attempt(std::string_view password, std::string_view name = "anna") {
        return entrance.sign_in(req, name, password);
    }
    /// The request as a browser sends it after it got the Set-Cookie value.
    request with_cookie(const std::string& set) {
        request next = req;
        const auto equals = set.find('=');
        next.cookies = {
            {set.substr(0, equals), set.substr(equals + 1, set.find(';') - equals - 1)}};
        return next;
    }
};

}  // namespace

TEST_CASE_FIXTURE(door_fixture, "who signs in is known until they sign out") {
    const auto cookie = attempt("correct horse");
    REQUIRE(cookie);
    CHECK(cookie->starts_with("veche="));
    CHECK(cookie->find("HttpOnly") != std::string::npos);
    CHECK(cookie->find("SameSite=Lax") != std::string::npos);
    CHECK(cookie->find("Secure") == std::string::npos);
    const request next = with_cookie(*cookie);
    REQUIRE(entrance.who(next));
    CHECK(entrance.who(next)->person.value == "p/1");
    CHECK_FALSE(entrance.who(req));
    CHECK(entrance.sign_out(next).find("Max-Age=0") != std::string::npos);
    CHECK_FALSE(entrance.who(next));
}

TEST_CASE_FIXTURE(door_fixture, "behind TLS the cookie is bound to it") {
    req.secure = true;
    const auto cookie = attempt("correct horse");
    REQUIRE(cookie);
    CHECK(cookie->starts_with("__Host-veche="));
    CHECK(cookie->find("; Secure") != std::string::npos);
    CHECK(entrance.who(with_cookie(*cookie)));
    request plain = with_cookie(*cookie);
    plain.secure = false;
    CHECK_FALSE(entrance.who(plain));
}

TEST_CASE_FIXTURE(door_fixture, "a new login ends the session it replaces") {
    const auto first = attempt("correct horse");
    REQUIRE(first);
    const request before = with_cookie(*first);
    REQUIRE(entrance.sign_in(before, "anna", "correct horse"));
    CHECK_FALSE(entrance.who(before));
}

TEST_CASE_FIXTURE(door_fixture,
                  "guessing is slowed, right answers included, and others are not shut out") {
    for (int i = 0; i < 5; ++i)
        CHECK(attempt("wrong password").error().kind == &refusals::login_wrong);
    const auto limited = attempt("correct horse");
    REQUIRE_FALSE(limited);
    CHECK(limited.error().kind == &refusals::too_many_requests);
    req.remote = "192.0.2.2";
    CHECK(attempt("correct horse"));
    req.remote = "192.0.2.1";
    now_ms += 60'000;
    CHECK(attempt("correct horse"));
}

TEST_CASE_FIXTURE(door_fixture,
                  "one network cannot try many names, many networks cannot try one name") {
    for (int i = 0; i < 20; ++i) (void)attempt("wrong password", "name" + std::to_string(i));
    CHECK(attempt("wrong password", "boris").error().kind == &refusals::too_many_requests);
    for (int i = 0; i < 20; ++i) {
        req.remote = "198.51.100." + std::to_string(i);
        (void)attempt("wrong password");
    }
    req.remote = "198.51.100.200";
    CHECK(attempt("correct horse").error().kind == &refusals::too_many_requests);
}

TEST_CASE_FIXTURE(door_fixture, "a whole chamber logs in from one network, each once") {
    for (int i = 0; i < 30; ++i) {
        const std::string name = "member" + std::to_string(i);
        REQUIRE(accounts.add(name, person_id{"p/" + std::to_string(i + 10)}, "correct horse"));
        CHECK(attempt("correct horse", name));
    }
    // What one account may ask of the machine stays bounded.
    for (int i = 0; i < 4; ++i) CHECK(attempt("correct horse", "member0"));
    CHECK(attempt("correct horse", "member0").error().kind == &refusals::too_many_requests);
    // Right answers between wrong ones earn nobody more wrong ones.
    for (int i = 0; i < 20; ++i) {
        (void)attempt("wrong password", "name" + std::to_string(i));
        if (i % 4 == 0) (void)attempt("correct horse", "member" + std::to_string(i + 1));
    }
    CHECK(attempt("wrong password", "boris").error().kind == &refusals::too_many_requests);
}

TEST_CASE("requests that change something come from our pages or from no browser") {
    request req;
    req.headers = {{"host", "union.example"}};
    CHECK(is_same_origin(req, "https://union.example"));
    const auto with = [&](std::string name, std::string value) {
        request other = req;
        other.headers.emplace_back(std::move(name), std::move(value));
        return is_same_origin(other, "https://union.example");
    };
    CHECK(with("origin", "https://union.example"));
    CHECK(with("origin", "http://union.example"));
    CHECK_FALSE(with("origin", "https://evil.example"));
    CHECK_FALSE(with("origin", "https://union.example.evil.example"));
    CHECK_FALSE(with("origin", "null"));
    CHECK(with("sec-fetch-site", "same-origin"));
    CHECK(with("sec-fetch-site", "none"));
    CHECK_FALSE(with("sec-fetch-site", "cross-site"));
    CHECK_FALSE(with("sec-fetch-site", "same-site"));
}
