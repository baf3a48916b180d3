#pragma once
// The proofs of secret ballots: knowledge of a logarithm (Schnorr), equality of two logarithms
// (Chaum and Pedersen), and that a ciphertext holds one of a list of numbers (Cramer, Damgard,
// Schoenmakers). All are made non-interactive by hashing the statement AND the commitments after a
// tag of their use (strong Fiat-Shamir: Bernhard, Pereira, Warinschi 2012).
//
// A proof keeps the challenge c and the response z; the verifier computes the commitments back
// from them, hashes, and compares.

#include <span>
#include <vector>

#include "ballot/group.hpp"

namespace veche::ballot {

struct proof {
    scalar c;
    scalar z;
    bool operator==(const proof&) const = default;
};
VECHE_FIELDS(proof, (c, "Challenge."), (z, "Response."))

/// Exponential ElGamal: alpha = g^r, beta = y^r g^m.
struct ciphertext {
    element alpha;
    element beta;
    bool operator==(const ciphertext&) const = default;
};
VECHE_FIELDS(ciphertext, (alpha, "g^r."), (beta, "y^r g^m."))

/// Secret scalars for one proof or ballot, each derived from the seed, all that is proved, and its
/// number: no random source fails, and the same seed never serves two statements.
class nonces {
  public:
    nonces(const seed& from, std::string_view statement) : from_(from), statement_(statement) {}
    ~nonces() { wipe(from_); }
    nonces(const nonces&) = delete;
    nonces& operator=(const nonces&) = delete;
    scalar next();

  private:
    seed from_;
    std::string statement_;
    std::uint64_t count_ = 0;
};

/// Proves knowledge of `secret` with public = g^secret. As a signature, `statement` holds the
/// message. c = H(statement, public, g^w), z = w + c secret.
proof prove_knowledge(const transcript& statement, const scalar& secret, const seed& from);
bool holds(const transcript& statement, const element& public_key, const proof&);

/// Proves that the logarithm of `image` to `base` is that of `public_key` to g.
/// c = H(statement, public, base, image, g^w, base^w), z = w + c secret.
proof prove_equal_logs(const transcript& statement, const scalar& secret, const element& base,
                       const seed& from);
bool equal_logs_hold(const transcript& statement, const element& public_key, const element& base,
                     const element& image, const proof&);

/// Proves that `what`, made with randomness r under the key y, holds least + index, one of
/// least..least + count - 1. One proof per number; the challenges sum to
/// c = H(statement, y, alpha, beta, least, A_0, B_0, A_1, B_1, ...).
std::vector<proof> prove_one_of(const transcript& statement, const element& key,
                                const ciphertext& what, const scalar& r, std::int32_t least,
                                std::size_t count, std::size_t index, nonces& from);
bool one_of_holds(const transcript& statement, const element& key, const ciphertext& what,
                  std::int32_t least, std::span<const proof> proofs);

}  // namespace veche::ballot
