#pragma once
// Why people's room says no, in the order in which it is checked.

#include "kernel/result.hpp"

namespace veche::people::refusals {

inline constexpr refusal_kind not_yours{
    "people.not_yours", 403, "Only {0}, or an office with the power \"accounts\", may do this."};
inline constexpr refusal_kind key_name_malformed{
    "people.key_name_malformed", 400,
    "A key's id is 1 to 32 lower-case letters, digits and dashes."};
inline constexpr refusal_kind name_too_long{"people.name_too_long", 400,
                                            "The name is longer than {0} bytes."};
inline constexpr refusal_kind key_malformed{"people.key_malformed", 400,
                                            "A public key is 32 bytes in base64."};
inline constexpr refusal_kind passkey_malformed{
    "people.passkey_malformed", 400,
    "A passkey's public key is SubjectPublicKeyInfo, DER in base64, of at most 1100 bytes."};
inline constexpr refusal_kind site_malformed{
    "people.site_malformed", 400,
    "A passkey's site is https:// and a domain in lower case, with its port if it has one."};
inline constexpr refusal_kind key_taken{"people.key_taken", 409,
                                        "A key called {0} was enrolled before. Choose another id."};
inline constexpr refusal_kind key_enrolled_elsewhere{"people.key_enrolled_elsewhere", 409,
                                                     "This public key is enrolled already."};
inline constexpr refusal_kind until_past{
    "people.until_past", 400, "The key would cease to be in force before it is enrolled."};
inline constexpr refusal_kind too_many_keys{"people.too_many_keys", 409,
                                            "At most {0} keys may be in force. Revoke one first."};
inline constexpr refusal_kind key_unknown{"people.key_unknown", 404, "There is no key {0} of {1}."};
inline constexpr refusal_kind key_revoked{"people.key_revoked", 409, "The key {0} is revoked."};

inline constexpr const refusal_kind* all[] = {
    &not_yours,         &key_name_malformed, &name_too_long, &key_malformed,
    &passkey_malformed, &site_malformed,     &key_taken,     &key_enrolled_elsewhere,
    &until_past,        &too_many_keys,      &key_unknown,   &key_revoked};

}  // namespace veche::people::refusals
