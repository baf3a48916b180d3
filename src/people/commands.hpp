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

// --- An orphaned account: password and keys are lost. Two persons with the power "accounts" let
// its owner in again, and the owner shows with a code that they were handed that it is they who
// came.

/// Power "accounts". Not for oneself.
struct propose_recovery {
    static constexpr wire_info wire{"people.propose_recovery", 1,
                                    "Propose to let somebody in again who lost password and keys."};
    person_id person;
};
VECHE_FIELDS(propose_recovery, (person, "Who cannot get in."))

/// Power "accounts", by another person than the one who proposed. All keys of the person are
/// revoked. The code itself goes to the person by hand; here is only what it hashes to.
struct confirm_recovery {
    static constexpr wire_info wire{
        "people.confirm_recovery", 1,
        "Let somebody in again, as another person proposed; revokes all their keys."};
    person_id person;
    std::string code_hash;
};
VECHE_FIELDS(confirm_recovery, (person, "Who cannot get in."),
             (code_hash, "SHA-256 of the code that you hand them, 64 hex digits."))

/// By whoever proposed, or with power "accounts".
struct withdraw_recovery {
    static constexpr wire_info wire{"people.withdraw_recovery", 1,
                                    "Withdraw the proposal to let somebody in again."};
    person_id person;
};
VECHE_FIELDS(withdraw_recovery, (person, "Who cannot get in."))

/// By the person, within a day of the confirmation, once. With it the code is spent.
struct complete_recovery {
    static constexpr wire_info wire{"people.complete_recovery", 1,
                                    "Come in again with the code that was handed to you."};
    std::string code;
};
VECHE_FIELDS(complete_recovery, (code, "The code, 32 hex digits."))

// --- The key that signs the journal's checkpoints: who announced the next one, and why.

enum class log_key_cause : std::uint8_t { planned, lost, exposed };
VECHE_CHOICES(log_key_cause, planned, lost, exposed)

/// Power "accounts".
struct propose_log_key {
    static constexpr wire_info wire{"people.propose_log_key", 1,
                                    "Announce another key for the journal's checkpoints."};
    std::string vkey;
    log_key_cause cause{};
};
VECHE_FIELDS(propose_log_key, (vkey, "Verifier key of the new key."),
             (cause, "Why the key is changed."))

/// Power "accounts", by another person than the one who proposed.
struct confirm_log_key {
    static constexpr wire_info wire{
        "people.confirm_log_key", 1,
        "Confirm the key for checkpoints that another person announced."};
    std::string vkey;
};
VECHE_FIELDS(confirm_log_key, (vkey, "Verifier key of the new key."))

/// By whoever proposed, or with power "accounts".
struct withdraw_log_key {
    static constexpr wire_info wire{"people.withdraw_log_key", 1,
                                    "Withdraw an announced key for checkpoints."};
    std::string vkey;
};
VECHE_FIELDS(withdraw_log_key, (vkey, "Verifier key of the new key."))

/// Power "accounts", once the key is confirmed. Checkpoints after this entry are signed with it.
struct take_log_key {
    static constexpr wire_info wire{"people.take_log_key", 1,
                                    "Sign checkpoints with the confirmed key from here on."};
    std::string vkey;
};
VECHE_FIELDS(take_log_key, (vkey, "Verifier key of the new key."))

using commands = std::tuple<enroll_key, enroll_passkey, revoke_key, propose_recovery,
                            confirm_recovery, withdraw_recovery, complete_recovery, propose_log_key,
                            confirm_log_key, withdraw_log_key, take_log_key>;

}  // namespace veche::people
