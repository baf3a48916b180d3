#pragma once
// Trustees: they make a key together that no `threshold - 1` of them know, and decrypt the totals.
// Pedersen's key generation with Feldman's commitments (Gennaro, Jarecki, Krawczyk, Rabin 2007),
// with the coefficients bound by a hash before any is seen, so that nobody can steer the key by
// speaking last.
//
//   1 key_commitment    hash of the coefficient commitments               each trustee
//   2 key_coefficients  the commitments g^a_k, once all hashes are here   each trustee
//   3 key_shares        shares f(j), encrypted to each trustee j          each trustee
//   4 key_confirmation  "my shares agree with the commitments", over everything before;
//     or key_complaint  a share that does not: anyone can check it; the ceremony is void
//
// Everything a trustee says follows from its seed and the definition, so that a trustee keeps
// nothing but the seed. Trustees are numbered from 1.

#include <vector>

#include "ballot/election.hpp"
#include "ballot/proofs.hpp"

namespace veche::ballot {

struct key_commitment {
    digest definition;
    std::int32_t trustee = 0;
    digest commitment;
    proof signature;
};
VECHE_FIELDS(key_commitment, (definition, "Hash of the definition."),
             (trustee, "Number of the trustee."), (commitment, "Hash of its coefficients."),
             (signature, "By its signing key."))

struct key_coefficients {
    digest definition;
    std::int32_t trustee = 0;
    std::vector<element> coefficients;
    proof knowledge;
    proof signature;
};
VECHE_FIELDS(key_coefficients, (definition, "Hash of the definition."),
             (trustee, "Number of the trustee."),
             (coefficients, "g to each coefficient of its polynomial, the constant first."),
             (knowledge, "That it knows the constant."), (signature, "By its signing key."))

struct key_shares {
    digest definition;
    std::int32_t trustee = 0;
    element ephemeral;
    std::vector<scalar> shares;
    proof signature;
};
VECHE_FIELDS(key_shares, (definition, "Hash of the definition."),
             (trustee, "Number of the trustee."), (ephemeral, "g^e."),
             (shares, "f(j) plus a mask from encryption key j to the power e, for each trustee j."),
             (signature, "By its signing key."))

struct key_confirmation {
    digest definition;
    std::int32_t trustee = 0;
    digest transcript;
    proof signature;
};
VECHE_FIELDS(key_confirmation, (definition, "Hash of the definition."),
             (trustee, "Number of the trustee."),
             (transcript, "Hash of all coefficients and shares."),
             (signature, "By its signing key."))

struct key_complaint {
    digest definition;
    std::int32_t trustee = 0;
    std::int32_t about = 0;
    element secret;
    proof proof_of_secret;
};
VECHE_FIELDS(key_complaint, (definition, "Hash of the definition."),
             (trustee, "Number of the trustee who complains."),
             (about, "Number of the trustee whose share is wrong."),
             (secret, "The ephemeral key to the power of the complainer's decryption key."),
             (proof_of_secret, "That it is."))

/// Messages of a ceremony, each list in order of the trustees once complete.
struct ceremony {
    std::vector<key_commitment> commitments;
    std::vector<key_coefficients> coefficients;
    std::vector<key_shares> shares;
    std::vector<key_confirmation> confirmations;
};

/// What a finished ceremony gives.
struct joint_key {
    element key;                     ///< under which ballots are encrypted
    std::vector<element> verifying;  ///< g to the share of each trustee, in order
    digest ceremony;                 ///< hash of all coefficients and shares
};

/// g^f(x) from the commitments to f's coefficients.
element committed(const std::vector<element>& coefficients, std::int32_t x);
/// Lagrange's coefficient at 0 of trustee `me` among `all`: the product of j / (j - me).
scalar lagrange(std::int32_t me, const std::vector<std::int32_t>& all);

/// The public keys of a seed.
trustee make_trustee(std::string name, const seed&);

key_commitment make_commitment(const definition&, std::int32_t me, const seed&);
key_coefficients make_coefficients(const definition&, std::int32_t me, const seed&);
key_shares make_shares(const definition&, std::int32_t me, const seed&);
/// Opens all shares for trustee `me`; needs the complete first three lists. One complaint for each
/// share that does not agree with its coefficients.
std::vector<key_complaint> complaints(std::int32_t me, const seed&, const ceremony&);
/// Refuses where there is something to complain about.
result<key_confirmation> make_confirmation(const definition&, std::int32_t me, const seed&,
                                           const ceremony&);

/// Each message by itself, as it comes in: its trustee, its form, its signature and proofs.
result<void> verify_commitment(const definition&, const key_commitment&);
/// Also that they are what was committed to. All trustees' commitments must be in before any
/// trustee's coefficients are accepted: that is the order `finish_ceremony` assumes.
result<void> verify_coefficients(const definition&, const key_commitment&, const key_coefficients&);
result<void> verify_shares(const definition&, const key_shares&);
result<void> verify_confirmation(const definition&, const ceremony&, const key_confirmation&);
/// Holds where the complaint is right: the share the accused sent is not on its polynomial.
result<void> verify_complaint(const definition&, const ceremony&, const key_complaint&);

/// Hash of all coefficients and shares of complete lists.
digest transcript_of(const definition&, const ceremony&);
/// Checks every message of a complete ceremony again and computes the keys.
result<joint_key> finish_ceremony(const definition&, const ceremony&);

/// The trustee's share of the joint secret, from a finished ceremony.
result<scalar> secret_share(const definition&, std::int32_t me, const seed&, const ceremony&);

}  // namespace veche::ballot
