// Logging in with a passkey: what it takes, and everything that is not enough.

#include "api/passkey_login.hpp"

#include <doctest/doctest.h>

#include "api/refusal.hpp"
#include "api/tests/site_at_hand.hpp"
#include "journal/envelope.hpp"
#include "journal/tests/soft_passkey.hpp"

using namespace veche;
using namespace veche::api;
using journal::testing::soft_passkey;

namespace {

constexpr const char* our_site = "https://veche.example";
constexpr const char* person_of_phone = "state-secretary";

struct passkey_fixture : veche::api::testing::site_at_hand {
    passkey_fixture() { enroll(phone, "the credential's id"); }

    void enroll(const soft_passkey& key, std::string_view id) {
        const auto done = at_hand.office->submit_unsigned(
            "people.enroll_passkey", key.enrolment(passkey_key_id(id)), {person_of_phone},
            person_of_phone, "enrol");
        REQUIRE_MESSAGE(done.has_value(), done.error().sentence());
    }
    pages::passkey_answer answer_to(const std::string& nonce) {
        const auto made = phone.answer(journal::login_challenge(nonce));
        return {nonce, credential, made.authenticator_data, made.client_data_json, made.signature};
    }
    result<std::string> present(const pages::passkey_answer& answer) {
        request req;
        req.remote = "192.0.2." + std::to_string(++attempts);  // no limit is in the way
        return entrance.sign_in_by_passkey(req, answer, *at_hand.office, our_site);
    }
    std::string code_of(const pages::passkey_answer& answer) {
        const auto done = present(answer);
        return done ? std::string() : std::string(done.error().code());
    }
    std::string attempt() { return code_of(answer_to(entrance.login_nonce())); }

    soft_passkey phone{'p', our_site};
    std::string credential = "the credential's id";
    int attempts = 0;
};

}  // namespace

TEST_CASE_FIXTURE(passkey_fixture, "a passkey opens the same login session as the password") {
    const auto cookie = present(answer_to(entrance.login_nonce()));
    REQUIRE_MESSAGE(cookie.has_value(), cookie.error().sentence());
    CHECK(cookie->starts_with("veche="));
    CHECK(cookie->find("HttpOnly") != std::string::npos);
    request next;
    const auto equals = cookie->find('=');
    next.cookies = {{"veche", cookie->substr(equals + 1, cookie->find(';') - equals - 1)}};
    const auto session = entrance.who(next);
    REQUIRE(session);
    CHECK(session->login == "anna");
    CHECK(session->person.value == person_of_phone);
}

TEST_CASE_FIXTURE(passkey_fixture, "a nonce logs in once, within its time, and is not made up") {
    const auto answer = answer_to(entrance.login_nonce());
    CHECK(code_of(answer).empty());
    CHECK(code_of(answer) == "api.passkey_nonce_spent");
    CHECK(code_of(answer_to(answer.nonce)) == "api.passkey_nonce_spent");
    const std::string old = entrance.login_nonce();
    at_hand.clock_ms += nonce_life_ms - 1;
    CHECK(code_of(answer_to(old)).empty());
    const std::string older = entrance.login_nonce();
    at_hand.clock_ms += nonce_life_ms;
    CHECK(code_of(answer_to(older)) == "api.passkey_nonce_spent");
    CHECK(code_of(answer_to("")) == "api.passkey_nonce_spent");
    // Neither its end nor anything else can be changed.
    const std::string good = entrance.login_nonce();
    for (const std::size_t at : {std::size_t{0}, std::size_t{40}, good.size() - 1}) {
        std::string changed = good;
        changed[at] = changed[at] == '1' ? '2' : '1';
        CHECK(code_of(answer_to(changed)) == "api.passkey_nonce_spent");
    }
    account_store elsewhere(folder.path / "elsewhere.sqlite", password_cost::fast);
    CHECK(code_of(answer_to(login_nonces(elsewhere).give(now_ms()))) == "api.passkey_nonce_spent");
    CHECK(code_of(answer_to(good)).empty());
}

TEST_CASE("used nonces are remembered up to a bound, and forgotten when they end") {
    const testing::temporary_folder folder;
    account_store accounts(folder.path / "accounts.sqlite", password_cost::fast);
    login_nonces some(accounts, 2);
    const std::int64_t now = 1'800'000'000'000;
    CHECK(some.use(some.give(now), now));
    CHECK(some.use(some.give(now), now));
    CHECK_FALSE(some.use(some.give(now), now));
    CHECK(some.use(some.give(now + nonce_life_ms), now + nonce_life_ms));
}

TEST_CASE("a nonce of one node is good once at any other") {
    const testing::temporary_folder folder;
    account_store one(folder.path / "accounts.sqlite", password_cost::fast);
    account_store other(folder.path / "accounts.sqlite", password_cost::fast);
    login_nonces here(one), there(other);
    const std::int64_t now = 1'800'000'000'000;
    const std::string nonce = here.give(now);
    CHECK(there.is_good(nonce, now));
    CHECK(there.use(nonce, now));
    CHECK_FALSE(here.is_good(nonce, now));
    CHECK_FALSE(here.use(nonce, now));
}

TEST_CASE_FIXTURE(passkey_fixture, "an answer made elsewhere or without its owner is refused") {
    phone.origin = "https://evil.example";
    CHECK(attempt() == "api.passkey_refused");
    phone.origin = our_site + std::string(":8443");
    CHECK(attempt() == "api.passkey_refused");
    phone.origin = our_site;
    phone.site = "https://evil.example";
    CHECK(attempt() == "api.passkey_refused");
    phone.site = our_site;
    phone.flags = 0x01;  // not verified
    CHECK(attempt() == "api.passkey_refused");
    phone.flags = 0x04;  // not present
    CHECK(attempt() == "api.passkey_refused");
    phone.flags = 0x05;
    CHECK(attempt().empty());
}

TEST_CASE_FIXTURE(passkey_fixture, "every bit of an answer counts") {
    const auto good = answer_to(entrance.login_nonce());
    const auto flipped = [&](std::string pages::passkey_answer::* part) {
        for (std::size_t at = 0; at < (good.*part).size(); at += 7) {
            auto bad = good;
            (bad.*part)[at] = static_cast<char>((bad.*part)[at] ^ 1);
            CHECK_FALSE(find_passkey(*at_hand.office, bad, our_site));
        }
    };
    flipped(&pages::passkey_answer::credential);
    flipped(&pages::passkey_answer::authenticator_data);
    flipped(&pages::passkey_answer::client_data);
    flipped(&pages::passkey_answer::signature);
    CHECK(code_of(good).empty());
}

TEST_CASE_FIXTURE(passkey_fixture,
                  "a foreign key, a revoked key, a key of another site opens nothing") {
    const soft_passkey own = phone;
    phone = soft_passkey('q', our_site);
    CHECK(attempt() == "api.passkey_refused");
    credential = "nobody's";
    CHECK(attempt() == "api.passkey_unknown");
    phone = own;
    credential = "the credential's id";
    const auto other_site = answer_to(entrance.login_nonce());
    CHECK(find_passkey(*at_hand.office, other_site, "https://other.example").error().kind ==
          &refusals::passkey_unknown);
    CHECK(attempt().empty());
    const std::string key = passkey_key_id(credential);
    const std::string line =
        journal::compose_act_line(person_of_phone, person_of_phone,
                                  R"({"key":")" + key + R"(","person":")" + person_of_phone + "\"}",
                                  "revoke", "test.example/journal", "people.revoke_key", 1);
    const std::string name = std::string("test.example/") + person_of_phone + "/" + key;
    const auto done = at_hand.office->submit({line, {phone.line(name, line)}, {}});
    REQUIRE_MESSAGE(done.has_value(), done.error().sentence());
    CHECK(attempt() == "api.passkey_unknown");
}

TEST_CASE_FIXTURE(passkey_fixture, "an account out of use is opened by no passkey") {
    REQUIRE(accounts.set_disabled("anna", true));
    CHECK(attempt() == "api.passkey_unknown");
    REQUIRE(accounts.set_disabled("anna", false));
    CHECK(attempt().empty());
}

TEST_CASE_FIXTURE(passkey_fixture, "a counter that does not grow is a copy; none at all is not") {
    phone.uses = 6;
    CHECK(attempt().empty());
    phone.uses = 6;
    CHECK(attempt() == "api.passkey_copied");
    phone.uses = 0xFFFFFFFF;  // the next is 0
    CHECK(attempt() == "api.passkey_copied");
    phone.uses = 7;
    CHECK(attempt().empty());
    CHECK(accounts.count_use("a key that never counts", 0));
    CHECK(accounts.count_use("a key that never counts", 0));
}

TEST_CASE_FIXTURE(passkey_fixture, "attempts with a passkey are limited as those with a password") {
    request req;
    req.remote = "192.0.2.200";
    std::string last;
    for (int i = 0; i < 6; ++i) {
        auto wrong = answer_to(entrance.login_nonce());
        wrong.signature[0] = static_cast<char>(wrong.signature[0] ^ 1);
        const auto done = entrance.sign_in_by_passkey(req, wrong, *at_hand.office, our_site);
        REQUIRE_FALSE(done);
        last = done.error().code();
    }
    CHECK(last == "api.too_many_requests");
}

TEST_CASE_FIXTURE(passkey_fixture,
                  "the page of logging in gives out nonces and says what is wrong") {
    const response given = ask("POST", "/en/login", "_passkey=ask",
                               {{"content-type", "application/x-www-form-urlencoded"}});
    CHECK(given.status == 200);
    CHECK(given.type.starts_with("application/json"));
    CHECK(given.body.starts_with(R"({"nonce":")"));
    const response bad = ask("POST", "/en/login", "passkey_nonce=x&passkey_signature=AAAA",
                             {{"content-type", "application/x-www-form-urlencoded"}});
    CHECK(bad.status == 401);
    CHECK(bad.body.find("too old or was used") != std::string::npos);
    const response garbled = ask("POST", "/en/login", "passkey_nonce=x&passkey_signature=%21",
                                 {{"content-type", "application/x-www-form-urlencoded"}});
    CHECK(garbled.status == 401);
    CHECK(garbled.body.find("does not hold") != std::string::npos);
}
