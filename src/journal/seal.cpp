#include "journal/seal.hpp"

#include <bit>

#include <sodium.h>

#include "journal/octets.hpp"
#include "journal/refusal.hpp"
#include "kernel/check.hpp"
#include "kernel/id.hpp"

namespace veche::journal {
namespace {

constexpr std::string_view context("veche/sealed/v1\0", 16);
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t smallest_bucket = 256;
static_assert(sealing_key_bytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

std::string random_bytes(std::size_t count) {
    static const int started = sodium_init();
    VECHE_ENSURE(started >= 0, "libsodium starts");
    std::string out(count, '\0');
    randombytes_buf(out.data(), out.size());
    return out;
}

/// The commitment is the associated data: a ciphertext cannot be moved to another seal.
std::string encrypt(std::string_view text, const hash256& commit, std::string_view nonce,
                    std::string_view key) {
    std::string out(text.size() + tag_bytes, '\0');
    crypto_aead_xchacha20poly1305_ietf_encrypt(octets(out), nullptr, octets(text), text.size(),
                                               commit.data(), commit.size(), nullptr, octets(nonce),
                                               octets(key));
    return out;
}

std::optional<std::string> decrypt(std::string_view ciphertext, const hash256& commit,
                                   std::string_view nonce, std::string_view key) {
    if (ciphertext.size() < tag_bytes || nonce.size() != nonce_bytes ||
        key.size() != sealing_key_bytes)
        return std::nullopt;
    std::string out(ciphertext.size() - tag_bytes, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            octets(out), nullptr, nullptr, octets(ciphertext), ciphertext.size(), commit.data(),
            commit.size(), octets(nonce), octets(key)) != 0)
        return std::nullopt;
    return out;
}

/// ISO/IEC 7816-4: one byte 0x80, then zeros up to the bucket.
std::string pad(std::string_view text) {
    std::string padded(text);
    padded += '\x80';
    padded.resize(std::max(smallest_bucket, std::bit_ceil(padded.size())), '\0');
    return padded;
}

bool unpad(std::string& padded) {
    const std::size_t mark = padded.find_last_not_of('\0');
    if (mark == std::string::npos || padded[mark] != '\x80') return false;
    padded.resize(mark);
    return true;
}

tl::unexpected<refusal> malformed_seal(std::string why) {
    return refuse(refusals::seal_malformed, "sealed", std::move(why));
}

}  // namespace

std::string seal_json(const seal& s) {
    json::writer out;
    out.begin_object();
    out.key("sealed");
    out.begin_object();
    out.key("alg");
    out.string("sha256-salt");
    out.key("bucket");
    out.integer(s.bucket);
    out.key("class");
    out.string(s.kind == seal_class::closed ? "closed" : "personal");
    out.key("commit");
    out.string(to_hex(s.commit));
    out.key("subject");
    out.string(s.subject);
    out.end_object();
    out.end_object();
    return out.take();
}

result<seal> read_seal(json::node from) {
    const auto text = [&](std::string_view name) -> std::string_view {
        const json::node member = from.find(name);
        return member.valid() && member.is(json::kind::string) ? member.as_string()
                                                               : std::string_view{};
    };
    constexpr std::size_t members = 5;
    if (!from.valid() || !from.is(json::kind::object) || from.size() != members)
        return malformed_seal("it has alg, bucket, class, commit and subject, nothing else");
    if (text("alg") != "sha256-salt") return malformed_seal("its alg is not sha256-salt");
    seal s;
    const std::string_view kind = text("class");
    if (kind != "closed" && kind != "personal")
        return malformed_seal("its class is neither closed nor personal");
    s.kind = kind == "closed" ? seal_class::closed : seal_class::personal;
    const auto commit = hash_from_hex(text("commit"));
    if (!commit) return malformed_seal("its commit is not 32 bytes in hex");
    s.commit = *commit;
    s.subject = text("subject");
    if (!is_identifier(s.subject)) return malformed_seal("its subject is not an identifier");
    const json::node bucket = from.find("bucket");
    if (!bucket.valid() || !bucket.is(json::kind::integer) || bucket.as_integer() < 1 ||
        bucket.as_integer() > static_cast<std::int64_t>(2 * max_sealed_bytes))
        return malformed_seal("its bucket is not a size");
    s.bucket = static_cast<std::uint32_t>(bucket.as_integer());
    return s;
}

hash256 seal_commit(std::string_view salt, std::string_view text) {
    return sha256({context, salt, text});
}

std::string generate_sealing_key() {
    return random_bytes(sealing_key_bytes);
}

std::pair<seal, sealed_text> make_seal(std::string_view text, seal_class kind, std::string subject,
                                       std::string_view subject_key) {
    VECHE_ENSURE(subject_key.size() == sealing_key_bytes && is_identifier(subject) &&
                     text.size() < max_sealed_bytes,
                 "a text, a subject and its key");
    sealed_text beside;
    beside.salt = random_bytes(salt_bytes);
    beside.nonce = random_bytes(nonce_bytes);
    const hash256 commit = seal_commit(beside.salt, text);
    const std::string key = random_bytes(sealing_key_bytes);
    const std::string padded = pad(text);
    beside.ciphertext = encrypt(padded, commit, beside.nonce, key);
    const std::string key_nonce = random_bytes(nonce_bytes);
    beside.wrapped_key = key_nonce + encrypt(key, commit, key_nonce, subject_key);
    return {seal{commit, kind, std::move(subject), static_cast<std::uint32_t>(padded.size())},
            std::move(beside)};
}

result<std::string> open_seal(const hash256& commit, const sealed_text& beside,
                              std::string_view subject_key) {
    const std::string_view wrapped = beside.wrapped_key;
    if (wrapped.size() < nonce_bytes) return refuse(refusals::seal_wrong);
    const auto key =
        decrypt(wrapped.substr(nonce_bytes), commit, wrapped.substr(0, nonce_bytes), subject_key);
    if (!key) return refuse(refusals::seal_wrong);
    auto text = decrypt(beside.ciphertext, commit, beside.nonce, *key);
    if (!text || !unpad(*text)) return refuse(refusals::seal_wrong);
    VECHE_CHECK(check_disclosure(commit, beside.salt, *text));
    return *std::move(text);
}

result<void> check_disclosure(const hash256& commit, std::string_view salt, std::string_view text) {
    // Salts have one size, so that salt and text cannot be cut at another place.
    if (salt.size() != salt_bytes || seal_commit(salt, text) != commit)
        return refuse(refusals::seal_wrong);
    return {};
}

}  // namespace veche::journal
