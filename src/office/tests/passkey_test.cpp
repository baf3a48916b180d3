// A passkey signs an act: enrolled by an entry that says where it may be used, checked by the
// office, by the replay and by verify, each part of its answer.

#include "journal/passkey.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "journal/entry.hpp"
#include "office/admission.hpp"
#include "office/tests/bench_union.hpp"
#include "office/verify.hpp"

using namespace veche;
using namespace veche::office;
using testing::bench_union;

namespace {

const journal::relying_party here{"union.example", {"https://union.example"}};
constexpr unsigned char user_present = 0x01;
constexpr unsigned char user_verified = 0x04;
constexpr unsigned char synced_flag = 0x08;

// Keys and signatures made once, over the answer below to the line of receipt "c1", idem "a1".
const char* const p256_spki =
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE+evkZBR8wQLZIyTQmdknwaUOQtV6CKEW/+wKKYGdjGVwuvfRKIiQKm"
    "oMHWet0QMSPIWatpv46UMck4STDUt+7g==";
const char* const p256_signature =
    "MEQCIGHC40jpGtXqg1yDd8ObqfplaOzWxYaL59TrLJG5NdJGAiB89OqPeEgQFb8yDu5uYMl2pzIvmAe/teTaqiYT9E"
    "neZQ==";
const char* const rsa_spki =
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAtQ+idSPE/wWxxmD0cRMe3QZGXwIYswgIRfjhJ6LRhHqxZL"
    "5KMI45sNfFUD00fq8ax99KrvqWJ4p81jTgPTXlG0ejeG0NwwVRvf71v46LnNdhHEG3MQxb7HS78EcuT+p8Rie+7swq"
    "/m0ju3/zb/P49TQ8ePMaJccODVOgck4+y6T5/GlFptWUr8vHXBRG7KDaV11tbIWVIo4Cf/FgVs73IbhwKsS0WWSz6j"
    "0oEGfgcjcUlQJVC8bG0BPadRePTauEPnp/XP9YShkfHupjG2xu1PTvQbqcSEgWYqLtflKZqQ1W+dmzw97U30Wfbh09"
    "zHAk7hxLoJeSb7p0YuWW8JhqCwIDAQAB";
const char* const rsa_signature =
    "CzI+hQ1uNA2FhJLCyfoAUGKqygQbOLX9pFJbghqVL4hkK0UPDa42cnO0cYQ6GtcSjQHgZFPrwulHRtzVwQHxI7p+HJ"
    "s7NROeoHru/TiCevp5Tqk3lZI6sdhdPeQ/8E2GbG37bORcjI4mullX8OrnYhzhdeUAx3Ouklo8ofbzl2HSt3R0F1U1"
    "9oOC958S+YYR4eF5LXYiooI7ZZotBJsCckJp6nWG7mP4I7NjvBseOKAavSqrfq6AKbSyjoyD1PL4mpvyJ1bDSKBrLh"
    "KQ8KkJfL+Jq8jpfUK5Im1Gfhqc9sAVD5G3XtnSmJeMTCX/XxrH6sn2xBrk0ZlWJ+KNTbqzig==";

const journal::key_pair device = journal::key_from_seed(std::string(32, 'd'));

std::string device_spki() {
    return from_hex("302a300506032b6570032100").value() + device.public_key;
}

/// What an authenticator and a browser say; changed by tests before it is signed.
struct answer_parts {
    std::string rp = here.id;
    unsigned char flags = user_present | user_verified;
    std::string type = "webauthn.get";
    std::string origin = here.origins.front();
    std::string cross = "false";
    std::string challenge = {};  ///< raw; empty: of the line
};

std::string base64url(std::string_view raw) {
    std::string text = to_base64(raw);
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    return text.substr(0, text.find('='));
}

journal::assertion unsigned_answer(const std::string& line, const answer_parts& p) {
    journal::assertion a;
    a.authenticator_data =
        std::string(as_bytes(sha256(p.rp))) + static_cast<char>(p.flags) + std::string(4, '\0');
    a.client_data_json =
        R"({"type":")" + p.type + R"(","challenge":")" +
        base64url(p.challenge.empty() ? journal::passkey_challenge(line) : p.challenge) +
        R"(","origin":")" + p.origin + R"(","crossOrigin":)" + p.cross + "}";
    return a;
}

std::string line_of(const std::string& key, std::string_view spki, const journal::assertion& a) {
    return journal::passkey_line(
        {note_key_name("union.example/journal", {"treasurer"}, key), std::string(spki)}, a);
}

std::string signed_with_device(const std::string& line, const answer_parts& p = {}) {
    journal::assertion a = unsigned_answer(line, p);
    a.signature = journal::sign_bytes(
        device, a.authenticator_data + std::string(as_bytes(sha256(a.client_data_json))));
    return line_of("phone", device_spki(), a);
}

std::string enrolment(const std::string& key, const std::string& spki_base64, bool synced = false) {
    return R"({"key":")" + key + R"(","name":"phone","passkey":{"credential":")" +
           to_base64(key + std::string(16, 'c')) +
           R"(","origins":["https://union.example"],"relying_party":"union.example","synced":)" +
           (synced ? "true" : "false") + R"(},"public_key":")" + spki_base64 + "\"}";
}

void enroll(bench_union& u, const std::string& key, const std::string& spki_base64,
            bool synced = false) {
    u.must("people.enroll_key", enrolment(key, spki_base64, synced), "treasurer", "pc/treasurer");
}

std::string receipt_line(const std::string& id, const std::string& idem) {
    return journal::compose_act_line(
        "treasurer", "pc/treasurer",
        R"({"amount":{"minor":"500","unit":"RUB"},"contribution":")" + id +
            R"(","effective":"2026-03-01","member":"ru","reference":"PO 7"})",
        idem, "union.example/journal", "fund.receive_contribution", 1);
}

/// Code of the office's refusal, "" where it accepts.
std::string submitted(bench_union& u, const std::string& line, const std::string& signature) {
    const auto done = u.desk->submit({line, {signature}, {}});
    return done ? "" : std::string(done.error().code());
}

tl::expected<verify_report, fault> verified(bench_union& u) {
    REQUIRE(u.publisher.publish().has_value());
    journal::publisher_source source(u.publisher);
    return verify(source, {});
}

}  // namespace

TEST_CASE("acts signed by passkeys of each kind are accepted, replayed and verified") {
    const std::string line = receipt_line("c1", "a1");
    journal::assertion fixed = unsigned_answer(line, {});
    const auto accepted = [&](const std::string& spki, const std::string& signature_line) {
        bench_union u;
        enroll(u, "phone", spki);
        CHECK(u.refused("people.enroll_key", enrolment("other", spki), "treasurer",
                        "pc/treasurer") == "office.signature_missing");
        CHECK(submitted(u, line, signature_line) == "");
        const auto report = verified(u);
        REQUIRE_MESSAGE(report.has_value(), report.error().why.sentence());
        CHECK(report->signatures == 1);
        options again;
        again.now = [] { return instant{1772442000000}; };
        again.ticker = false;
        CHECK(office::office::open(u.store, u.publisher, again).has_value());
    };
    fixed.signature = from_base64(p256_signature).value();
    accepted(p256_spki, line_of("phone", from_base64(p256_spki).value(), fixed));
    fixed.signature = from_base64(rsa_signature).value();
    accepted(rsa_spki, line_of("phone", from_base64(rsa_spki).value(), fixed));
    accepted(to_base64(device_spki()), signed_with_device(line));
}

TEST_CASE("each part of a passkey's answer counts, however well it is signed") {
    bench_union u;
    enroll(u, "phone", to_base64(device_spki()));
    const std::string line = receipt_line("c1", "a1");
    const auto code = [&](const answer_parts& p) {
        return submitted(u, line, signed_with_device(line, p));
    };
    const std::string wrong = "office.signature_wrong";
    CHECK(code({.rp = "evil.example"}) == wrong);
    CHECK(code({.flags = user_verified}) == wrong);
    CHECK(code({.flags = user_present}) == wrong);
    CHECK(code({.flags = user_present | user_verified | synced_flag}) == wrong);
    CHECK(code({.type = "webauthn.create"}) == wrong);
    CHECK(code({.origin = "https://evil.example"}) == wrong);
    CHECK(code({.origin = "https://www.union.example"}) == wrong);
    CHECK(code({.cross = "true"}) == wrong);
    CHECK(code({.challenge = std::string(32, 'x')}) == wrong);
    CHECK(code({.challenge = journal::passkey_login_challenge(line)}) == wrong);
    CHECK(submitted(u, line, signed_with_device(receipt_line("c2", "a1"))) == wrong);
    // The plain form of the key, not a passkey's answer.
    const std::string plain = journal::signature_line(
        note_key_name("union.example/journal", {"treasurer"}, "phone"), device, line + "\n");
    CHECK(submitted(u, line, plain) == wrong);
    CHECK(code({}) == "");
}

TEST_CASE("a synced passkey signs as a synced one, and a revoked one no more") {
    bench_union u;
    enroll(u, "phone", to_base64(device_spki()), true);
    const std::string line = receipt_line("c1", "a1");
    CHECK(submitted(u, line, signed_with_device(line)) == "office.signature_wrong");
    const answer_parts synced{.flags = user_present | user_verified | synced_flag};
    CHECK(submitted(u, line, signed_with_device(line, synced)) == "");
    const std::string revoke = journal::compose_act_line(
        "treasurer", "pc/treasurer", R"({"key":"phone","person":"treasurer"})", "a2",
        "union.example/journal", "people.revoke_key", 1);
    CHECK(submitted(u, revoke, signed_with_device(revoke, synced)) == "");
    const std::string later = receipt_line("c2", "a3");
    CHECK(submitted(u, later, signed_with_device(later, synced)) == "office.signature_wrong");
}

TEST_CASE("a replay stops where a passkey's signature was exchanged") {
    bench_union u;
    enroll(u, "phone", to_base64(device_spki()));
    const std::string line = receipt_line("c1", "a1");
    REQUIRE(submitted(u, line, signed_with_device(line)) == "");
    const std::string last = u.entry(u.store.current().next - 1);
    const auto replayed = [&](const std::string& changed) {
        replay past;
        past.on_signature([](std::uint64_t, std::string_view text, std::string_view block,
                             std::vector<signing_key> keys) -> result<void> {
            if (!any_signature_good(text, journal::signature_lines(block), keys))
                return refuse(veche::office::faults::replay_signature);
            return {};
        });
        for (std::uint64_t i = 0; i + 1 < u.store.current().next; ++i)
            REQUIRE(past.take(u.entry(i)).has_value());
        const auto done = past.take(changed);
        return done ? std::string() : std::string(done.error().code());
    };
    CHECK(replayed(last) == "");
    const std::string head = last.substr(0, last.find("\n\n") + 2);
    CHECK(replayed(head + signed_with_device(receipt_line("c2", "a1")) + "\n") ==
          "replay.signature");
    CHECK(replayed(head + signed_with_device(line, {.origin = "https://evil.example"}) + "\n") ==
          "replay.signature");
}

TEST_CASE("a key that no passkey can have is not enrolled") {
    bench_union u;
    for (const std::string& spki : {to_base64(std::string(91, 's')), to_base64(device.public_key),
                                    to_base64(device_spki().substr(0, 12) + std::string(32, '\0'))})
        CHECK(u.refused("people.enroll_key", enrolment("phone", spki), "treasurer",
                        "pc/treasurer") == "office.key_unacceptable");
}
