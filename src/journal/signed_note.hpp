#pragma once
// C2SP signed notes (c2sp.org/signed-note): a text, an empty line, signature lines
// "— <key name> <base64 of 4-byte key id and signature>". Ed25519 is signature type 0x01.
// Signatures by unknown keys are ignored, as the specification says.
//
// The law of acceptance is libsodium's strict predicate: points of low order and non-canonical
// encodings are rejected, in keys and in signatures.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/result.hpp"

namespace veche::journal {

constexpr std::size_t public_key_bytes = 32;
constexpr std::size_t secret_key_bytes = 64;
constexpr std::size_t seed_bytes = 32;

struct key_pair {
    std::string public_key;  ///< 32 bytes
    std::string secret_key;  ///< 64 bytes, libsodium's form
};

/// A verifier key: "name+hex key id+base64(0x01 || public key)".
struct verifier_key {
    std::string name;
    std::string public_key;
};

key_pair generate_key();
/// Deterministic from 32 bytes.
key_pair key_from_seed(std::string_view seed);

/// 32 bytes, canonical, not of low order: what may be enrolled.
bool is_acceptable_public_key(std::string_view public_key);
/// Non-empty UTF-8 without Unicode spaces, plus signs and control characters.
bool is_key_name(std::string_view name);

/// First 4 bytes of SHA-256(name || "\n" || type || public key). The type is 0x01 for Ed25519;
/// types without a byte of their own are 0xff and a longer name.
std::string key_id(std::string_view name, std::string_view public_key,
                   std::string_view type = "\x01");
/// Verifier keys of a type (default Ed25519) as text. Only keys that could be enrolled are read;
/// others are refused with journal.key_malformed.
std::string format_verifier_key(const verifier_key&, std::string_view type = "\x01");
result<verifier_key> parse_verifier_key(std::string_view text, std::string_view type = "\x01");

/// 64 bytes over any message.
std::string sign_bytes(const key_pair&, std::string_view message);

/// One signature line without its newline. `message` is the note's text with its final newline.
std::string signature_line(std::string_view name, const key_pair&, std::string_view message);
/// Whether the line is a good signature over the message by that key under that name.
bool verify_line(std::string_view line, std::string_view name, std::string_view public_key,
                 std::string_view message);
bool verify_signature(std::string_view public_key, std::string_view message,
                      std::string_view signature);

/// A signature line taken apart.
struct signature_parts {
    std::string_view name;
    std::string key_id;     ///< 4 bytes
    std::string signature;  ///< at least one byte
};
std::optional<signature_parts> split_signature_line(std::string_view line);
/// Whether split_signature_line() would succeed; without allocating.
bool is_signature_line(std::string_view line);
/// "— name base64(key id || signature)", without its newline.
std::string join_signature_line(std::string_view name, std::string_view key_id,
                                std::string_view signature);

/// A note split into its text (final newline included) and its signature lines.
struct note {
    std::string_view text;
    std::vector<std::string_view> signatures;
};
result<note> split_note(std::string_view whole);

/// Splits a note and checks it: at least one known key signed, and no known key's signature is bad.
result<note> open_note(std::string_view whole, const std::vector<verifier_key>& known);
/// text + empty line + signature line.
std::string sign_note(std::string_view text, std::string_view name, const key_pair&);

}  // namespace veche::journal
