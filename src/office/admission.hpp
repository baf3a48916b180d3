#pragma once
// What must hold of an act's envelope before its room is asked: the right journal, a known actor, a
// signature where one is due. The live writer and the replay use the same rules; only who provides
// "the signature is good" differs.

#include "journal/envelope.hpp"
#include "office/routes.hpp"

namespace veche::office {

/// A key that may sign for the actor now.
struct signing_key {
    std::string name;        ///< key name of the signed note
    std::string public_key;  ///< 32 bytes; of a passkey SubjectPublicKeyInfo
    std::string site;        ///< of a passkey: where it signs; otherwise ""
};

/// Name of an enrolled key in signature lines: "<origin host>/<person>/<key id>".
std::string note_key_name(std::string_view origin, const person_id&, std::string_view key);

/// Keys of the person in force at `at`, in the order of their enrolment.
std::vector<signing_key> keys_in_force(const state&, std::string_view origin, const person_id&,
                                       instant at);

/// Whether an act of this type by this actor must be signed: always if the actor has a key in force
/// (except to enrol a further key while signed in), else unless the charter accepts the type
/// unsigned. `signed_well`: one of keys_in_force made a good signature.
result<void> check_signing(const state&, const journal::envelope&, bool has_keys, bool signed_well);

/// The first of the keys that made one of the signature lines of an entry, and made it well.
const signing_key* signer_of(std::string_view event_line, const std::vector<std::string>& lines,
                             const std::vector<signing_key>& keys);
/// Verifies the signature lines of an entry against the keys: true if one of them is good.
bool any_signature_good(std::string_view event_line, const std::vector<std::string>& lines,
                        const std::vector<signing_key>& keys);

}  // namespace veche::office
