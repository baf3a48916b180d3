#include "journal/passkey.hpp"

#include "journal/refusal.hpp"
#include "journal/signed_note.hpp"
#include "journal/tests/shared.hpp"

namespace veche::journal {
namespace {

using testing::text_of;
using testing::vectors;

const relying_party here{"localhost", {"http://localhost:38420"}};

struct recorded {
    passkey key;
    assertion made;
};

/// The assertions that a browser's virtual authenticator made, one per kind of key.
std::vector<recorded> recordings(std::string& event_line) {
    std::vector<recorded> all;
    const vectors file("webauthn/chrome-virtual-authenticator.json");
    if (!file) return all;
    event_line = testing::read_file(testing::shared_folder() / "webauthn/event.json").value();
    for (const auto one : simdjson::dom::array(file.root())) {
        const auto raw = [&](std::string_view key) {
            return from_base64(text_of(one, key)).value();
        };
        all.push_back({{"p.veche.example/phone", raw("spki")},
                       {raw("authenticatorData"), raw("clientDataJSON"), raw("signature")}});
        CHECK(passkey_challenge(event_line) == raw("challenge"));
    }
    return all;
}

/// The reason of the refusal, or "" where the line is accepted.
std::string judged(const recorded& r, std::string_view event_line,
                   const relying_party& party = here) {
    const auto done = verify_passkey_line(passkey_line(r.key, r.made), r.key, event_line, party);
    if (done) return "";
    CHECK(done.error().kind == &refusals::passkey_wrong);
    return done.error().args.at(0);
}

void replace(std::string& in, std::string_view from, std::string_view to) {
    const auto at = in.find(from);
    REQUIRE(at != std::string::npos);
    in.replace(at, from.size(), to);
}

TEST_CASE("assertions of a browser hold for their event line, by each kind of key") {
    std::string event_line;
    const auto all = recordings(event_line);
    for (const recorded& r : all) {
        CHECK(is_acceptable_passkey(r.key.spki));
        CHECK(judged(r, event_line) == "");
        CHECK(judged(r, event_line + " ") == "it was made for another text");
        CHECK(judged(r, event_line, {"veche.example", here.origins}) ==
              "it was made for another relying party");
        CHECK(judged(r, event_line, {"localhost", {"http://localhost"}}) ==
              "it comes from another origin");
        // A stock note verifier sees a signature by a key it does not know.
        CHECK(is_signature_line(passkey_line(r.key, r.made)));
    }
}

TEST_CASE("each part of an assertion counts") {
    std::string event_line;
    for (const recorded& good : recordings(event_line)) {
        recorded r = good;
        replace(r.made.client_data_json, "webauthn.get", "webauthn.create");
        CHECK(judged(r, event_line) == "its type is not webauthn.get");
        r = good;
        replace(r.made.client_data_json, "\"crossOrigin\":false", "\"crossOrigin\":true");
        CHECK(judged(r, event_line) == "it was made inside another site's page");
        r = good;
        replace(r.made.client_data_json, "{", "{\"type\":\"webauthn.get\",");
        CHECK(judged(r, event_line) == "clientDataJSON is not a JSON object");
        r = good;
        replace(r.made.client_data_json, "{", "{\"other\":1,");
        CHECK(judged(r, event_line) == "the signature does not match");
        r = good;
        r.made.authenticator_data[32] = '\x04';
        CHECK(judged(r, event_line) == "nobody was present");
        r.made.authenticator_data[32] = '\x01';
        CHECK(judged(r, event_line) == "the user was not verified");
        r = good;
        r.made.authenticator_data[36] = static_cast<char>(r.made.authenticator_data[36] ^ 1);
        CHECK(judged(r, event_line) == "the signature does not match");
        r = good;
        r.made.signature.back() = static_cast<char>(r.made.signature.back() ^ 1);
        CHECK(judged(r, event_line) == "the signature does not match");
        r = good;
        r.key.name = "p.veche.example/other";
        CHECK_FALSE(verify_passkey_line(passkey_line(r.key, r.made), good.key, event_line, here));
    }
}

TEST_CASE("keys of other kinds are not enrolled") {
    CHECK_FALSE(is_acceptable_passkey(""));
    CHECK_FALSE(is_acceptable_passkey("not a key"));
    // The prefix of an Ed25519 key, and a point of low order.
    const std::string prefix = from_hex("302a300506032b6570032100").value();
    CHECK_FALSE(is_acceptable_passkey(prefix + std::string(32, '\0')));
    CHECK(is_acceptable_passkey(prefix + key_from_seed(std::string(32, 'a')).public_key));
    std::string event_line;
    for (const recorded& r : recordings(event_line)) {
        CHECK_FALSE(is_acceptable_passkey(r.key.spki + '\0'));
        CHECK_FALSE(is_acceptable_passkey(r.key.spki.substr(0, r.key.spki.size() - 1)));
    }
}

TEST_CASE("Wycheproof's P-256 signatures have the expected result") {
    const vectors file("p256/wycheproof-ecdsa_secp256r1_sha256_test.json");
    if (!file) return;
    int seen = 0;
    for (const auto group : simdjson::dom::array(file.root()["testGroups"])) {
        const std::string key = from_hex(text_of(group, "publicKeyDer")).value();
        for (const auto one : simdjson::dom::array(group["tests"])) {
            CAPTURE(std::int64_t(one["tcId"]));
            const bool good = verify_spki_signature(key, from_hex(text_of(one, "msg")).value(),
                                                    from_hex(text_of(one, "sig")).value());
            CHECK(good == (text_of(one, "result") == "valid"));
            ++seen;
        }
    }
    CHECK(seen == 484);
}

}  // namespace
}  // namespace veche::journal
