// A passkey signs what its owner does, at its own site only, and whoever has the journal can check
// it.

#include <doctest/doctest.h>

#include "journal/envelope.hpp"
#include "journal/tests/soft_passkey.hpp"
#include "office/admission.hpp"
#include "office/tests/bench_union.hpp"
#include "office/verify.hpp"

using namespace veche;
using namespace veche::office;
using journal::testing::soft_passkey;
using testing::bench_union;

namespace {

constexpr const char* by_phone = "union.example/treasurer/phone";

std::string receipt_of(const std::string& id, const std::string& idem) {
    return journal::compose_act_line(
        "treasurer", "pc/treasurer",
        R"({"amount":{"minor":"500","unit":"RUB"},"contribution":")" + id +
            R"(","effective":"2026-03-01","member":"ru","reference":"PO 7"})",
        idem, "union.example/journal", "fund.receive_contribution", 1);
}

void enroll_phone(bench_union& u, const soft_passkey& phone) {
    u.must("people.enroll_passkey", phone.enrolment("phone"), "treasurer", "pc/treasurer");
}

}  // namespace

TEST_CASE("a passkey signs what its owner does, and verify counts it") {
    bench_union u;
    soft_passkey phone('p', "https://union.example");
    enroll_phone(u, phone);
    const std::string line = receipt_of("c1", "a1");
    CHECK(u.desk->submit({line, {}, {"treasurer"}}).error().code() == "office.signature_missing");
    const auto done = u.desk->submit({line, {phone.line(by_phone, line)}, {"treasurer"}});
    REQUIRE_MESSAGE(done.has_value(), done.error().sentence());
    REQUIRE(u.publisher.publish().has_value());
    journal::publisher_source source(u.publisher);
    const auto report = verify(source, {});
    REQUIRE_MESSAGE(report.has_value(), report.error().why.sentence());
    CHECK(report->signatures == 1);
    CHECK(report->passkeys == 1);
}

TEST_CASE("a passkey's signature stands for one line, one key and one site") {
    bench_union u;
    soft_passkey phone('p', "https://union.example");
    enroll_phone(u, phone);
    const std::string line = receipt_of("c1", "a1");
    const auto code = [&](const std::string& signature) {
        const auto done = u.desk->submit({line, {signature}, {"treasurer"}});
        return done ? std::string() : std::string(done.error().code());
    };
    CHECK(code(phone.line(by_phone, receipt_of("c2", "a2"))) == "office.signature_wrong");
    CHECK(code(phone.line("union.example/treasurer/other", line)) == "office.signature_wrong");
    soft_passkey stranger('q', phone.site);
    CHECK(code(stranger.line(by_phone, line)) == "office.signature_wrong");
    phone.origin = "https://evil.example";
    CHECK(code(phone.line(by_phone, line)) == "office.signature_wrong");
    phone.origin.clear();
    phone.flags = 0x01;
    CHECK(code(phone.line(by_phone, line)) == "office.signature_wrong");
    phone.flags = 0x05;
    soft_passkey elsewhere('p', "https://evil.example");
    elsewhere.origin = phone.site;
    CHECK(code(elsewhere.line(by_phone, line)) == "office.signature_wrong");
    // The answer of a login does not sign anything, whatever was asked for.
    CHECK(code(journal::passkey_line({by_phone, phone.spki()},
                                     phone.answer(journal::login_challenge(line)))) ==
          "office.signature_wrong");
    CHECK(code(phone.line(by_phone, line)).empty());
}

TEST_CASE("a revoked passkey signs nothing more") {
    bench_union u;
    soft_passkey phone('p', "https://union.example");
    enroll_phone(u, phone);
    const std::string revoke = journal::compose_act_line(
        "treasurer", "pc/treasurer", R"({"key":"phone","person":"treasurer"})", "a2",
        "union.example/journal", "people.revoke_key", 1);
    REQUIRE(u.desk->submit({revoke, {phone.line(by_phone, revoke)}, {}}).has_value());
    const std::string later = receipt_of("c2", "a3");
    CHECK(u.desk->submit({later, {phone.line(by_phone, later)}, {}}).error().code() ==
          "office.signature_wrong");
}

TEST_CASE("a weak or garbled passkey is not enrolled") {
    bench_union u;
    const auto tried = [&](const std::string& spki) {
        return u.refused("people.enroll_passkey",
                         R"({"key":"k","name":"n","public_key":")" + to_base64(spki) +
                             R"(","site":"https://union.example"})",
                         "treasurer", "pc/treasurer");
    };
    CHECK(tried("no key") == "office.key_unacceptable");
    const std::string good = soft_passkey('p', "https://union.example").spki();
    CHECK(tried(good.substr(0, 12) + std::string(32, '\0')) == "office.key_unacceptable");
    CHECK(tried(good + '\0') == "office.key_unacceptable");
    CHECK(tried(good).empty());
}
