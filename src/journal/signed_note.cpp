#include "journal/signed_note.hpp"

#include <algorithm>

#include <sodium.h>

#include "journal/octets.hpp"
#include "journal/refusal.hpp"
#include "kernel/check.hpp"
#include "kernel/hash.hpp"
#include "kernel/text.hpp"

namespace veche::journal {
namespace {

constexpr std::string_view dash = "\xE2\x80\x94 ";
constexpr std::size_t max_signatures = 100;

void ready() {
    static const int started = sodium_init();
    VECHE_ENSURE(started >= 0, "libsodium starts");
}

/// One character of base64; '=' is not one.
bool is_base64_character(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/';
}

/// The Unicode spaces beyond ASCII (White_Space of the character database) and C1 controls.
bool is_space_or_control(std::string_view character) {
    constexpr std::string_view spaces[] = {"\xE1\x9A\x80", "\xE2\x80\xA8", "\xE2\x80\xA9",
                                           "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};
    if (character.size() == 2)
        return character[0] == '\xC2' && static_cast<unsigned char>(character[1]) <= 0xA0;
    if (character.starts_with("\xE2\x80") && static_cast<unsigned char>(character[2]) <= 0x8A)
        return true;
    return std::find(std::begin(spaces), std::end(spaces), character) != std::end(spaces);
}

/// Name and base64 of a signature line; nothing if it is not one.
std::optional<std::pair<std::string_view, std::string_view>> halves(std::string_view line) {
    if (!line.starts_with(dash)) return std::nullopt;
    line.remove_prefix(dash.size());
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || !is_key_name(line.substr(0, space))) return std::nullopt;
    return std::pair(line.substr(0, space), line.substr(space + 1));
}

tl::unexpected<refusal> malformed_note(std::string why) {
    return refuse(refusals::note_malformed, {}, std::move(why));
}

}  // namespace

key_pair generate_key() {
    ready();
    key_pair k{std::string(public_key_bytes, '\0'), std::string(secret_key_bytes, '\0')};
    crypto_sign_keypair(octets(k.public_key), octets(k.secret_key));
    return k;
}

key_pair key_from_seed(std::string_view seed) {
    ready();
    VECHE_ENSURE(seed.size() == seed_bytes, "a seed has 32 bytes");
    key_pair k{std::string(public_key_bytes, '\0'), std::string(secret_key_bytes, '\0')};
    crypto_sign_seed_keypair(octets(k.public_key), octets(k.secret_key), octets(seed));
    return k;
}

bool is_acceptable_public_key(std::string_view public_key) {
    ready();
    // Checks the encoding, the curve, the order and that it lies in the main subgroup.
    return public_key.size() == public_key_bytes &&
           crypto_core_ed25519_is_valid_point(octets(public_key)) == 1;
}

bool is_key_name(std::string_view name) {
    for (std::size_t i = 0; i < name.size();) {
        const auto b = static_cast<unsigned char>(name[i]);
        if (b <= 0x20 || b == 0x7F || b == '+') return false;
        const std::size_t width = b < 0x80 ? 1 : text::utf8_width_at(name, i);
        if (width == 0 || (width > 1 && is_space_or_control(name.substr(i, width)))) return false;
        i += width;
    }
    return !name.empty();
}

std::string key_id(std::string_view name, std::string_view public_key, std::string_view type) {
    const hash256 h = sha256({name, "\n", type, public_key});
    return std::string(as_bytes(h).substr(0, 4));
}

bool is_signature_line(std::string_view line) {
    const auto found = halves(line);
    if (!found) return false;
    std::string_view base64 = found->second;
    // 5 bytes are 8 characters; the bits that padding leaves unused must be zero.
    if (base64.size() < 8 || base64.size() % 4 != 0) return false;
    const std::string_view last_group = base64.substr(base64.size() - 4);
    const std::size_t pad = last_group.ends_with("==") ? 2 : last_group.ends_with('=') ? 1 : 0;
    base64.remove_suffix(pad);
    return std::all_of(base64.begin(), base64.end(), is_base64_character) &&
           (pad == 0 || from_base64(last_group)) && (base64.size() > 6);
}

std::optional<signature_parts> split_signature_line(std::string_view line) {
    const auto found = halves(line);
    if (!found) return std::nullopt;
    const auto decoded = from_base64(found->second);
    if (!decoded || decoded->size() < 5) return std::nullopt;
    return signature_parts{found->first, decoded->substr(0, 4), decoded->substr(4)};
}

std::string join_signature_line(std::string_view name, std::string_view id,
                                std::string_view signature) {
    VECHE_ENSURE(is_key_name(name) && id.size() == 4 && !signature.empty(), "a signature line");
    std::string line(dash);
    line += name;
    line += ' ';
    line += to_base64(std::string(id) + std::string(signature));
    return line;
}

std::string format_verifier_key(const verifier_key& k, std::string_view type) {
    return k.name + "+" + to_hex(key_id(k.name, k.public_key, type)) + "+" +
           to_base64(std::string(type) + k.public_key);
}

result<verifier_key> parse_verifier_key(std::string_view whole, std::string_view type) {
    const auto wrong = [](std::string why) {
        return refuse(refusals::key_malformed, {}, std::move(why));
    };
    const std::size_t first = whole.find('+');
    const std::size_t second = first == std::string_view::npos ? first : whole.find('+', first + 1);
    if (second == std::string_view::npos) return wrong("it is not name+id+key");
    const auto id = from_hex(whole.substr(first + 1, second - first - 1));
    const auto key = from_base64(whole.substr(second + 1));
    verifier_key k{std::string(whole.substr(0, first)), {}};
    if (!is_key_name(k.name) || !id || id->size() != 4 || !key || key->empty())
        return wrong("its name, id or key is not well-formed");
    if (!key->starts_with(type)) return wrong("it is a key of another kind");
    k.public_key = key->substr(type.size());
    if (k.public_key.size() != public_key_bytes) return wrong("the key does not have 32 bytes");
    if (!is_acceptable_public_key(k.public_key)) return wrong("the key is weak or no key at all");
    if (key_id(k.name, k.public_key, type) != *id)
        return wrong("the id does not belong to the key");
    return k;
}

bool verify_signature(std::string_view public_key, std::string_view message,
                      std::string_view signature) {
    ready();
    return public_key.size() == public_key_bytes && signature.size() == crypto_sign_BYTES &&
           crypto_sign_verify_detached(octets(signature), octets(message), message.size(),
                                       octets(public_key)) == 0;
}

std::string sign_bytes(const key_pair& key, std::string_view message) {
    ready();
    VECHE_ENSURE(key.secret_key.size() == secret_key_bytes, "a key that can sign");
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(octets(signature), nullptr, octets(message), message.size(),
                         octets(std::string_view(key.secret_key)));
    return signature;
}

std::string signature_line(std::string_view name, const key_pair& key, std::string_view message) {
    return join_signature_line(name, key_id(name, key.public_key), sign_bytes(key, message));
}

bool verify_line(std::string_view line, std::string_view name, std::string_view public_key,
                 std::string_view message) {
    const auto p = split_signature_line(line);
    return p && p->name == name && p->key_id == key_id(name, public_key) &&
           verify_signature(public_key, message, p->signature);
}

result<note> split_note(std::string_view whole) {
    if (whole.size() > 1'000'000) return malformed_note("it is longer than a megabyte");
    if (!text::is_utf8(whole)) return malformed_note("it is not UTF-8");
    if (std::any_of(whole.begin(), whole.end(),
                    [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; }))
        return malformed_note("it has a control character");
    const std::size_t split = whole.rfind("\n\n");
    if (split == std::string_view::npos)
        return malformed_note("there is no empty line before signatures");
    note n{whole.substr(0, split + 1), {}};
    const std::string_view block = whole.substr(split + 2);
    if (block.empty() || block.back() != '\n') return malformed_note("there is no signature line");
    for (std::size_t begin = 0; begin < block.size();) {
        const std::size_t end = block.find('\n', begin);
        const std::string_view line = block.substr(begin, end - begin);
        if (!is_signature_line(line)) return malformed_note("a signature line is not one");
        n.signatures.push_back(line);
        begin = end + 1;
    }
    if (n.signatures.size() > max_signatures)
        return malformed_note("it has more than 100 signatures");
    return n;
}

result<note> open_note(std::string_view whole, const std::vector<verifier_key>& known) {
    note n = VECHE_TRY(split_note(whole));
    bool somebody = false;
    for (const std::string_view line : n.signatures) {
        const auto p = split_signature_line(line);
        for (const verifier_key& k : known) {
            if (p->name != k.name || p->key_id != key_id(k.name, k.public_key)) continue;
            if (!verify_signature(k.public_key, n.text, p->signature))
                return refuse(refusals::signature_wrong, {}, k.name);
            somebody = true;
        }
    }
    if (!somebody)
        return refuse(refusals::signature_missing, {},
                      known.empty() ? "a known key" : known.front().name);
    return n;
}

std::string sign_note(std::string_view message, std::string_view name, const key_pair& key) {
    return std::string(message) + "\n" + signature_line(name, key, message) + "\n";
}

}  // namespace veche::journal
