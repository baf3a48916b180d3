#include "journal/passkey.hpp"

#include <algorithm>
#include <memory>

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "journal/octets.hpp"
#include "journal/refusal.hpp"
#include "journal/signed_note.hpp"
#include "kernel/check.hpp"
#include "kernel/hash.hpp"
#include "kernel/json.hpp"

namespace veche::journal {
namespace {

constexpr std::string_view note_type = "\xFFveche/webauthn/v1";
constexpr std::string_view challenge_context("veche/event/v1\0", 15);
// SubjectPublicKeyInfo of an Ed25519 key: these 12 bytes and the 32 of the key (RFC 8410).
constexpr std::string_view ed25519_spki("\x30\x2A\x30\x05\x06\x03\x2B\x65\x70\x03\x21\x00", 12);
constexpr std::string_view login_context("veche/login/v1\0", 15);
// SubjectPublicKeyInfo of a P-256 key: these 27 bytes and the coordinates (RFC 5480, uncompressed).
constexpr std::string_view p256_spki(
    "\x30\x59\x30\x13\x06\x07\x2A\x86\x48\xCE\x3D\x02\x01\x06\x08\x2A\x86\x48\xCE\x3D\x03\x01"
    "\x07\x03\x42\x00\x04",
    27);
constexpr int smallest_rsa_bits = 2048;
constexpr unsigned char user_present = 0x01;
constexpr unsigned char user_verified = 0x04;
constexpr unsigned char flag_backup_eligible = 0x08;
constexpr unsigned char flag_backed_up = 0x10;
constexpr std::size_t shortest_authenticator_data = 37;  // hash, flags, counter

struct free_key {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct free_context {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using key_handle = std::unique_ptr<EVP_PKEY, free_key>;

std::optional<std::string_view> ed25519_key(std::string_view spki) {
    if (spki.size() != ed25519_spki.size() + public_key_bytes || !spki.starts_with(ed25519_spki))
        return std::nullopt;
    return spki.substr(ed25519_spki.size());
}

bool is_p256(const EVP_PKEY* key) {
    char group[32] = {};
    return EVP_PKEY_get_base_id(key) == EVP_PKEY_EC &&
           EVP_PKEY_get_group_name(key, group, sizeof group, nullptr) == 1 &&
           std::string_view(group) == "prime256v1";
}

/// A P-256 or RSA key, exactly these bytes; nothing for any other.
key_handle read_key(std::string_view spki) {
    const unsigned char* at = octets(spki);
    key_handle key(d2i_PUBKEY(nullptr, &at, static_cast<long>(spki.size())));
    if (!key || at != octets(spki) + spki.size()) return nullptr;
    const bool rsa = EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_RSA &&
                     EVP_PKEY_get_bits(key.get()) >= smallest_rsa_bits;
    return rsa || is_p256(key.get()) ? std::move(key) : nullptr;
}

tl::unexpected<refusal> wrong(std::string why) {
    return refuse(refusals::passkey_wrong, {}, std::move(why));
}

void append_long(std::string& out, std::string_view part) {
    VECHE_ENSURE(part.size() <= 0xFFFF, "a part of an assertion fits 16 bits");
    out += static_cast<char>(part.size() >> 8);
    out += static_cast<char>(part.size() & 0xFF);
    out += part;
}

/// Takes one length-prefixed part off the front.
bool take(std::string_view& from, std::string& into) {
    if (from.size() < 2) return false;
    const std::size_t size = static_cast<std::size_t>(octets(from)[0]) << 8 | octets(from)[1];
    if (from.size() - 2 < size) return false;
    into = from.substr(2, size);
    from.remove_prefix(2 + size);
    return true;
}

/// base64url without padding, as clientDataJSON writes the challenge.
std::string to_base64url(std::string_view raw) {
    std::string text = to_base64(raw);
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    return text.substr(0, text.find('='));
}

/// Browsers add members of their own; those that matter are checked, none may stand twice.
result<void> check_client_data(std::string_view client_data, std::string_view challenge,
                               const relying_party& party) {
    const auto members = json::read_foreign_object(client_data);
    if (!members) return wrong("clientDataJSON is not a JSON object");
    const auto is = [&](std::string_view name, std::string_view value) {
        const auto found = members->find(name);
        return found != members->end() && found->second == json::quoted(value);
    };
    if (!is("type", "webauthn.get")) return wrong("its type is not webauthn.get");
    if (!is("challenge", to_base64url(challenge))) return wrong("it was made for another text");
    if (std::none_of(party.origins.begin(), party.origins.end(),
                     [&](const std::string& origin) { return is("origin", origin); }))
        return wrong("it comes from another origin");
    const auto cross = members->find("crossOrigin");
    if (cross != members->end() && cross->second != "false")
        return wrong("it was made inside another site's page");
    return {};
}

result<assurance> check_authenticator_data(std::string_view data, const relying_party& party) {
    if (data.size() < shortest_authenticator_data) return wrong("authenticatorData is too short");
    if (data.substr(0, 32) != as_bytes(sha256(party.id)))
        return wrong("it was made for another relying party");
    const unsigned char flags = octets(data)[32];
    if ((flags & user_present) == 0) return wrong("nobody was present");
    if ((flags & user_verified) == 0) return wrong("the user was not verified");
    std::uint32_t uses = 0;
    for (std::size_t i = 33; i < shortest_authenticator_data; ++i)
        uses = uses << 8 | octets(data)[i];
    return assurance{(flags & flag_backup_eligible) != 0, (flags & flag_backed_up) != 0, uses};
}

}  // namespace

std::string passkey_challenge(std::string_view event_line) {
    return std::string(as_bytes(sha256({challenge_context, event_line})));
}

std::string login_challenge(std::string_view nonce) {
    return std::string(as_bytes(sha256({login_context, nonce})));
}

relying_party party_of(std::string_view site) {
    const std::size_t scheme = site.find("://");
    std::string_view host = scheme == std::string_view::npos ? site : site.substr(scheme + 3);
    host = host.substr(0, host.find_first_of(":/"));
    return {std::string(host), {std::string(site)}};
}

bool is_acceptable_passkey(std::string_view spki) {
    if (const auto key = ed25519_key(spki)) return is_acceptable_public_key(*key);
    const key_handle key = read_key(spki);
    if (!key) return false;
    if (is_p256(key.get())) return spki.starts_with(p256_spki);
    unsigned char* bytes = nullptr;
    const int size = i2d_PUBKEY(key.get(), &bytes);
    const bool same = size > 0 && spki == std::string_view(reinterpret_cast<const char*>(bytes),
                                                           static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return same;
}

std::string passkey_line(const passkey& key, const assertion& a) {
    std::string parts;
    append_long(parts, a.authenticator_data);
    append_long(parts, a.client_data_json);
    append_long(parts, a.signature);
    return join_signature_line(key.name, key_id(key.name, key.spki, note_type), parts);
}

bool verify_spki_signature(std::string_view spki, std::string_view message,
                           std::string_view signature) {
    // One law for Ed25519 everywhere: libsodium's.
    if (const auto key = ed25519_key(spki)) return verify_signature(*key, message, signature);
    const key_handle key = read_key(spki);
    if (!key) return false;
    const std::unique_ptr<EVP_MD_CTX, free_context> context(EVP_MD_CTX_new());
    return context &&
           EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(message),
                            message.size()) == 1;
}

result<assurance> verify_passkey_line(std::string_view line, const passkey& key,
                                      std::string_view event_line, const relying_party& party) {
    const auto parts = split_signature_line(line);
    if (!parts || parts->name != key.name || parts->key_id != key_id(key.name, key.spki, note_type))
        return wrong("the line is not by this key");
    std::string_view rest = parts->signature;
    assertion a;
    if (!take(rest, a.authenticator_data) || !take(rest, a.client_data_json) ||
        !take(rest, a.signature) || !rest.empty())
        return wrong("its three parts are not well-formed");
    return verify_assertion(a, key.spki, passkey_challenge(event_line), party);
}

result<assurance> verify_assertion(const assertion& a, std::string_view spki,
                                   std::string_view challenge, const relying_party& party) {
    VECHE_CHECK(check_client_data(a.client_data_json, challenge, party));
    const assurance level = VECHE_TRY(check_authenticator_data(a.authenticator_data, party));
    const std::string signed_bytes =
        a.authenticator_data + std::string(as_bytes(sha256(a.client_data_json)));
    if (!verify_spki_signature(spki, signed_bytes, a.signature))
        return wrong("the signature does not match");
    return level;
}

}  // namespace veche::journal
