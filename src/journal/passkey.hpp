#pragma once
// Passkeys (WebAuthn) as signatures on the journal: a signature line of type 0xff
// "veche/webauthn/v1". The authenticator signs a challenge that is the hash of the event line, so
// the signature stands for that line and no other. Stock note verifiers ignore the line.
//
// The authenticator does not show the text it signs; the page that asks for it must say so.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/result.hpp"

namespace veche::journal {

/// An enrolled passkey. `spki` is the public key as SubjectPublicKeyInfo, DER: P-256 (ES256),
/// Ed25519 (EdDSA) or RSA of at least 2048 bits (RS256).
struct passkey {
    std::string name;  ///< key name in signature lines
    std::string spki;
};

/// Where assertions may come from. The id is a domain, the origins are whole:
/// "https://host[:port]".
struct relying_party {
    std::string id;
    std::vector<std::string> origins;
};

/// What the browser hands over.
struct assertion {
    std::string authenticator_data;
    std::string client_data_json;
    std::string signature;
};

/// What the authenticator said of itself (WebAuthn section 6.1, flags).
struct assurance {
    bool backup_eligible = false;  ///< a synced passkey
    bool backed_up = false;
    std::uint32_t uses = 0;  ///< signature counter; a synced passkey stays at 0
};

/// SHA-256("veche/event/v1" 00 event line without newline): the challenge to ask a passkey for.
std::string passkey_challenge(std::string_view event_line);

/// SHA-256("veche/login/v1" 00 nonce): the challenge of a login. No event line has it, so neither
/// signature stands for the other.
std::string login_challenge(std::string_view nonce);

/// The site "https://host[:port]" as a relying party: its id is the host.
relying_party party_of(std::string_view site);

/// Whether such a key may be enrolled: of the three kinds, on its curve, not weak, in the one form
/// that the key has.
bool is_acceptable_passkey(std::string_view spki);

/// "— name base64(key id || len16 authData || len16 clientDataJSON || len16 sig)".
std::string passkey_line(const passkey&, const assertion&);

/// Checks everything: key, type, challenge, origin, no cross-origin frame, relying party, user
/// present and verified, signature. Refuses with journal.passkey_wrong and the first that fails.
result<assurance> verify_passkey_line(std::string_view line, const passkey&,
                                      std::string_view event_line, const relying_party&);

/// Checks everything but the key's name, for a challenge of whatever kind.
result<assurance> verify_assertion(const assertion&, std::string_view spki,
                                   std::string_view challenge, const relying_party&);

/// The bare check of a signature under an SPKI key: ES256 (DER), EdDSA, RS256.
bool verify_spki_signature(std::string_view spki, std::string_view message,
                           std::string_view signature);

}  // namespace veche::journal
