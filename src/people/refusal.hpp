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

inline constexpr refusal_kind not_with_accounts{
    "people.not_with_accounts", 403,
    "Only an office with the power \"accounts\" may do this. Say under which office you act."};
inline constexpr refusal_kind not_for_yourself{
    "people.not_for_yourself", 403, "Nobody lets themself in again: ask two others who may."};
inline constexpr refusal_kind same_person{
    "people.same_person", 403, "You proposed this yourself. Another person must confirm it."};
inline constexpr refusal_kind recovery_open{"people.recovery_open", 409,
                                            "A recovery for {0} is proposed already."};
inline constexpr refusal_kind recovery_unknown{"people.recovery_unknown", 404,
                                               "Nobody proposed to let {0} in again."};
inline constexpr refusal_kind recovery_confirmed{
    "people.recovery_confirmed", 409, "The recovery was confirmed already. Propose another one."};
inline constexpr refusal_kind code_hash_malformed{
    "people.code_hash_malformed", 400, "The hash of a code is 64 hex digits in lower case."};
inline constexpr refusal_kind code_wrong{
    "people.code_wrong", 403,
    "This code lets nobody in: it is another one, it was used, or its day is over."};
inline constexpr refusal_kind vkey_malformed{
    "people.vkey_malformed", 400,
    "A verifier key is its name, 8 hex digits and the key in base64, with plus signs between."};
inline constexpr refusal_kind vkey_taken{"people.vkey_taken", 409,
                                         "This key was announced before, or is in use."};
inline constexpr refusal_kind log_key_open{
    "people.log_key_open", 409,
    "Another key is announced and not in use yet. Withdraw it, or take it into use."};
inline constexpr refusal_kind log_key_unknown{"people.log_key_unknown", 404,
                                              "Nobody announced this key."};
inline constexpr refusal_kind log_key_confirmed{"people.log_key_confirmed", 409,
                                                "The key was confirmed already."};
inline constexpr refusal_kind log_key_unconfirmed{
    "people.log_key_unconfirmed", 409, "The key must be confirmed by another person first."};
inline constexpr refusal_kind log_key_in_use{"people.log_key_in_use", 409,
                                             "The key is in use already."};

inline constexpr const refusal_kind* all[] = {
    &not_yours,          &key_name_malformed,  &name_too_long,  &key_malformed,
    &passkey_malformed,  &site_malformed,      &key_taken,      &key_enrolled_elsewhere,
    &until_past,         &too_many_keys,       &key_unknown,    &key_revoked,
    &not_with_accounts,  &not_for_yourself,    &recovery_open,  &recovery_unknown,
    &recovery_confirmed, &vkey_malformed,      &vkey_taken,     &log_key_open,
    &log_key_unknown,    &log_key_confirmed,   &log_key_in_use, &log_key_unconfirmed,
    &same_person,        &code_hash_malformed, &code_wrong};

}  // namespace veche::people::refusals
