#pragma once
// Keys of actors. Only public keys touch the journal; accounts and passwords never do.

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "kernel/message.hpp"

namespace veche::people {

/// What makes a key a passkey (WebAuthn): where its answers may come from. It stands in the entry,
/// so that anyone can check a signature years later, under whatever domain the union is served
/// then.
struct passkey_terms {
    std::string credential;
    std::string relying_party;
    std::vector<std::string> origins;
    bool synced = false;
};
VECHE_FIELDS(passkey_terms,
             (credential, "Credential id, 16 to 1023 bytes in base64; asks the right device."),
             (relying_party, "Relying party id: the domain that the passkey was made for."),
             (origins, "Where it may be used: https addresses of that domain, or below it."),
             (synced, "Whether it may be copied to other devices of its owner (flag BE)."))

/// By the person for themself. The key is in force from the next entry on, until `until` or until
/// it is revoked.
struct enroll_key {
    static constexpr wire_info wire{"people.enroll_key", 1, "Enrol a signing key of your own."};
    std::string key;
    std::string public_key;
    std::string name;
    std::optional<instant> until;
    std::optional<passkey_terms> passkey;
};
VECHE_FIELDS(enroll_key, (key, "Id of the key, new among your keys."),
             (public_key,
              "Ed25519 public key, 32 bytes in base64; of a passkey its SubjectPublicKeyInfo."),
             (name, "What you call it, as in laptop."),
             (until, "When it ceases to be in force by itself."),
             (passkey, "Only of a passkey: where its answers may come from."))

/// By the person for themself, or by an office with power "accounts".
struct revoke_key {
    static constexpr wire_info wire{"people.revoke_key", 1, "Revoke a signing key."};
    person_id person;
    std::string key;
};
VECHE_FIELDS(revoke_key, (person, "Whose key."), (key, "Id of the key."))

using commands = std::tuple<enroll_key, revoke_key>;

}  // namespace veche::people
