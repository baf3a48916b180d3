#pragma once
// One ballot: encrypted choices, proofs that they are well formed, and the signature of the
// credential. Pure functions; all randomness comes in as a seed.

#include <vector>

#include "ballot/election.hpp"
#include "ballot/proofs.hpp"

namespace veche::ballot {

/// One option: a ciphertext of 0 or 1, and the proof of that.
struct encrypted_choice {
    element alpha;
    element beta;
    std::vector<proof> proofs;
    bool operator==(const encrypted_choice&) const = default;
};
VECHE_FIELDS(encrypted_choice, (alpha, "g^r."), (beta, "y^r g^m, m = 1 where chosen, else 0."),
             (proofs, "Two: that m is 0, or that m is 1."))

/// A ballot as it goes on the board. What is counted for the limits is the number of options
/// chosen, the blank vote counting as `most`: so a blank vote leaves no room for options, without
/// a proof of its own.
struct secret_ballot {
    digest election;
    element credential;
    std::vector<encrypted_choice> choices;
    std::vector<proof> range;
    proof signature;
    bool operator==(const secret_ballot&) const = default;
};
VECHE_FIELDS(secret_ballot, (election, "Hash of the election."),
             (credential, "Public part of the voter's credential."),
             (choices, "One per option, then the blank vote where it is offered."),
             (range, "That as many options are chosen as may be: one proof per possible number."),
             (signature, "By the credential, over the tracker."))

/// What is needed to make the encrypted part of a ballot again; handed out only for a ballot that
/// is challenged and never cast.
struct opening {
    element credential;
    std::vector<std::int32_t> chosen;
    seed randomness;
};
VECHE_FIELDS(opening, (credential, "Public part of the credential the ballot was made for."),
             (chosen, "Numbers of the chosen options, from 0; the blank vote comes last."),
             (randomness, "Seed of all randomness of the ballot."))

/// Encrypts choices (numbers of options, ascending, from 0; the blank vote is the last) and proves
/// them well formed. Without the signature: `signature` is zero. The same opening gives the same
/// bytes. Refuses choices outside the limits.
result<secret_ballot> encrypt(const terms&, const opening&);
/// Signs with the secret part of the credential the ballot was made for.
void sign(secret_ballot&, const scalar& credential, const seed& randomness);
/// Both at once.
result<secret_ballot> make_ballot(const terms&, const seed& credential,
                                  const std::vector<std::int32_t>& chosen, const seed& randomness);

/// Hash of all but the signature: by it a voter finds the ballot on the board, and by it a repeat
/// is known.
digest tracker_of(const secret_ballot&);

/// Form, group membership, every proof and the signature; not whether the credential is on a roll.
result<void> verify_ballot(const terms&, const secret_ballot&);

/// Whether a challenged ballot was made from exactly this: the tracker shown before the challenge
/// is that of the ballot which the opening gives.
result<bool> audit(const terms&, const opening&, const digest& tracker);

}  // namespace veche::ballot
