#include "journal/signed_note.hpp"

#include <set>

#include "journal/refusal.hpp"
#include "journal/tests/shared.hpp"

namespace veche::journal {
namespace {

using testing::text_of;
using testing::vectors;

const std::string message = "An act of some weight.\n";

TEST_CASE("a note signed by one key opens for that key alone") {
    const key_pair key = key_from_seed(std::string(32, 'a'));
    const key_pair other = key_from_seed(std::string(32, 'b'));
    const std::string note = sign_note(message, "veche.example/journal", key);
    const auto opened = open_note(note, {{"veche.example/journal", key.public_key}});
    REQUIRE(opened);
    CHECK(opened->text == message);
    const auto refused = [&](std::string_view whole, const verifier_key& known) {
        const auto result = open_note(whole, {known});
        REQUIRE_FALSE(result);
        return result.error().kind;
    };
    CHECK(refused(note, {"veche.example/journal", other.public_key}) ==
          &refusals::signature_missing);
    CHECK(refused(note, {"veche.example/other", key.public_key}) == &refusals::signature_missing);
    std::string changed = note;
    changed[3] = 'x';
    CHECK(refused(changed, {"veche.example/journal", key.public_key}) ==
          &refusals::signature_wrong);
}

TEST_CASE("a signature by a stranger does no harm, a bad one by a known key does") {
    const key_pair key = key_from_seed(std::string(32, 'a'));
    const key_pair other = key_from_seed(std::string(32, 'b'));
    const verifier_key known{"log", key.public_key};
    const std::string note = sign_note(message, "log", key);
    CHECK(open_note(note + signature_line("stranger", other, "another text\n") + "\n", {known}));
    CHECK_FALSE(open_note(note + signature_line("log", key, "another text\n") + "\n", {known}));
}

TEST_CASE("names of keys have no spaces of any alphabet") {
    CHECK(is_key_name("veche.example/journal"));
    CHECK(is_key_name("\xD0\xB2\xD0\xB5\xD1\x87\xD0\xB5"));
    for (const std::string name : {"", "a b", "a+b", "a\nb", "a\x7F", "a\xC2\xA0", "a\xC2\x85",
                                   "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x8A", "\xE2\x80\xA8",
                                   "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80", "\xFF"})
        CHECK_FALSE(is_key_name(name));
}

TEST_CASE("the quick check of a signature line agrees with taking it apart") {
    const std::string good = signature_line("log", key_from_seed(std::string(32, 'a')), message);
    REQUIRE(is_signature_line(good));
    for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
        std::string flipped = good;
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
        CAPTURE(flipped);
        CHECK(is_signature_line(flipped) == split_signature_line(flipped).has_value());
    }
    const std::string head = "\xE2\x80\x94 log ";
    for (const std::string base64 : {"", "AAAA", "AAAAAA==", "AAAAAAA=", "AAAAAAB=", "AAAAAAAA",
                                     "AAAA====", "AAAAAA=A", "AAAAAAAAAA==", "AAAAAAAA\n"})
        CHECK(is_signature_line(head + base64) == split_signature_line(head + base64).has_value());
}

TEST_CASE("the published notes are accepted and refused as they should be") {
    const vectors file("notes/notes.json");
    if (!file) return;
    int seen = 0;
    for (const auto one : simdjson::dom::array(file.root()["notes"])) {
        CAPTURE(text_of(one, "name"));
        std::vector<verifier_key> known;
        for (const auto vkey : simdjson::dom::array(one["vkeys"]))
            known.push_back(parse_verifier_key(std::string_view(vkey)).value());
        const std::string whole = from_base64(text_of(one, "msg_b64")).value();
        CHECK(open_note(whole, known).has_value() == bool(one["valid"]));
        ++seen;
    }
    CHECK(seen == 16);
    for (const auto one : simdjson::dom::array(file.root()["vkeys"])) {
        const auto key = parse_verifier_key(text_of(one, "vkey"));
        CHECK(key.has_value() == bool(one["ok"]));
        if (key) CHECK(format_verifier_key(*key) == text_of(one, "vkey"));
    }
}

bool accepts(simdjson::dom::element one, std::string_view key, std::string_view sig,
             const std::string& signed_text) {
    return verify_signature(from_hex(text_of(one, key)).value(), signed_text,
                            from_hex(text_of(one, sig)).value());
}

TEST_CASE("Wycheproof's Ed25519 signatures have the expected result") {
    const vectors file("ed25519/wycheproof-ed25519_test.json");
    if (!file) return;
    int seen = 0;
    for (const auto group : simdjson::dom::array(file.root()["testGroups"])) {
        const std::string key = from_hex(text_of(group["publicKey"], "pk")).value();
        for (const auto one : simdjson::dom::array(group["tests"])) {
            CAPTURE(std::int64_t(one["tcId"]));
            const auto signature = from_hex(text_of(one, "sig"));
            const bool good =
                signature &&
                verify_signature(key, from_hex(text_of(one, "msg")).value(), *signature);
            CHECK(good == (text_of(one, "result") == "valid"));
            ++seen;
        }
    }
    CHECK(seen == 151);
}

TEST_CASE("weak and non-canonical points are rejected, in keys and in signatures") {
    const vectors file("ed25519/cctv-ed25519vectors.json");
    if (!file) return;
    int accepted = 0;
    for (const auto one : simdjson::dom::array(file.root())) {
        std::set<std::string_view> flags;
        if (!one["flags"].is_null())
            for (const auto flag : simdjson::dom::array(one["flags"]))
                flags.insert(std::string_view(flag));
        const bool weak = flags.contains("low_order_A") || flags.contains("low_order_R") ||
                          flags.contains("non_canonical_A") || flags.contains("non_canonical_R");
        // Without a cofactor: a residue of low order counts.
        const bool expected = !weak && !flags.contains("low_order_residue");
        CAPTURE(std::int64_t(one["number"]));
        CHECK(accepts(one, "key", "sig", text_of(one, "msg")) == expected);
        accepted += expected ? 1 : 0;
        // What could be enrolled is never of low or mixed order, nor oddly encoded.
        if (is_acceptable_public_key(from_hex(text_of(one, "key")).value()))
            CHECK_FALSE((flags.contains("low_order_A") || flags.contains("non_canonical_A") ||
                         flags.contains("low_order_component_A")));
    }
    CHECK(accepted == 43);
}

TEST_CASE("the cases on which libraries differ fall as libsodium decides") {
    const vectors file("ed25519/speccheck-cases.json");
    if (!file) return;
    std::string decided;
    for (const auto one : simdjson::dom::array(file.root()))
        decided += accepts(one, "pub_key", "signature", from_hex(text_of(one, "message")).value())
                       ? 'V'
                       : 'X';
    CHECK(decided == "XXXVXXXXXXXX");
}

TEST_CASE("keys come in one spelling") {
    const key_pair key = key_from_seed(std::string(32, 'a'));
    const std::string good = format_verifier_key({"veche.example/journal", key.public_key});
    CHECK(parse_verifier_key(good).value().public_key == key.public_key);
    CHECK_FALSE(parse_verifier_key(good + "="));
    CHECK_FALSE(parse_verifier_key("x" + good));
    CHECK_FALSE(parse_verifier_key("a+b"));
    CHECK_FALSE(parse_verifier_key(format_verifier_key({"log", std::string(32, '\0')})));
    CHECK_FALSE(is_acceptable_public_key("short"));
}

}  // namespace
}  // namespace veche::journal
