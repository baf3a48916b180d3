#pragma once
// Keys of actors. Only public keys touch the journal; accounts and passwords never do.

#include <optional>
#include <string>
#include <tuple>

#include "kernel/message.hpp"

namespace veche::people {

/// By the person for themself. The key is in force from the next entry on, until `until` or until
/// it is revoked.
struct enroll_key {
    static constexpr wire_info wire{"people.enroll_key", 1, "Enrol a signing key of your own."};
    std::string key;
    std::string public_key;
    std::string name;
    std::optional<instant> until;
};
VECHE_FIELDS(enroll_key, (key, "Id of the key, new among your keys."),
             (public_key, "Ed25519 public key, 32 bytes in base64."),
             (name, "What you call it, as in laptop."),
             (until, "When it ceases to be in force by itself."))

/// By the person for themself: a key that signs in a browser, at one site only. The site stands on
/// the journal because every later check of a signature asks for it.
struct enroll_passkey {
    static constexpr wire_info wire{"people.enroll_passkey", 1, "Enrol a passkey of your own."};
    std::string key;
    std::string public_key;
    std::string site;
    std::string name;
    std::optional<instant> until;
};
VECHE_FIELDS(enroll_passkey,
             (key,
              "Id of the key, new among your keys; for logging in, passkey- and the first 20 "
              "hex digits of SHA-256 of the credential's id."),
             (public_key, "Public key as SubjectPublicKeyInfo, DER in base64."),
             (site, "Address of the site whose passkey it is, as in https://veche.example."),
             (name, "What you call it, as in phone."),
             (until, "When it ceases to be in force by itself."))

/// By the person for themself, or by an office with power "accounts".
struct revoke_key {
    static constexpr wire_info wire{"people.revoke_key", 1, "Revoke a signing key."};
    person_id person;
    std::string key;
};
VECHE_FIELDS(revoke_key, (person, "Whose key."), (key, "Id of the key."))

using commands = std::tuple<enroll_key, enroll_passkey, revoke_key>;

}  // namespace veche::people
