#pragma once
// What a secret ballot is about, who may vote with which weight, and under which key.
//
//   definition  the question, the limits and the trustees; the organiser's
//   roll        the credentials and their weights
//   election    both, bound to the key the trustees made; its hash stands in every proof
//
// Secret ballots are for persons. Totals over few voters reveal votes, so a definition states
// floors below which nothing is decrypted.

#include <cstdint>
#include <vector>

#include "ballot/group.hpp"
#include "kernel/fields.hpp"

namespace veche::ballot {

inline constexpr std::int32_t max_options = 64;
inline constexpr std::int32_t max_trustees = 32;
/// Fewer than three counted ballots tell every voter the vote of the other.
inline constexpr std::int32_t lowest_floor = 3;
/// The search for a total takes steps of the square root of this: some ten seconds.
inline constexpr std::int64_t max_weight = 100'000'000'000;
inline constexpr std::size_t max_voters = 1'000'000;

struct option {
    std::string id;
    localized title;
};
VECHE_FIELDS(option, (id, "Short name of the option, unique in the question."),
             (title, "The option in words, by language."))

/// A trustee and its two public keys; `trustee.hpp` derives both from one seed.
struct trustee {
    std::string name;
    element signing;
    element encryption;
};
VECHE_FIELDS(trustee, (name, "Who it is."), (signing, "Key that its messages are signed with."),
             (encryption, "Key that shares for it are encrypted to."))

struct definition {
    std::string id;
    localized question;
    std::vector<option> options;
    bool blank = true;
    std::int32_t least = 1;
    std::int32_t most = 1;
    std::int32_t floor = lowest_floor;
    std::int32_t weight_floor = lowest_floor;
    std::int32_t threshold = 1;
    std::vector<trustee> trustees;
};
VECHE_FIELDS(definition, (id, "Name of the election, unique where it is held."),
             (question, "The question in words, by language."), (options, "What can be chosen."),
             (blank, "Whether a blank vote is offered, beside the options and instead of them."),
             (least, "Options to choose at least."), (most, "Options to choose at most."),
             (floor, "Voters who must have taken part before anything is decrypted; 3 at least."),
             (weight_floor,
              "Voters of each weight in use who must have taken part; 1 switches this guard off."),
             (threshold, "Trustees who must work together to decrypt."),
             (trustees, "The trustees, in order; the first has number 1."))

struct voter {
    element credential;
    std::int64_t weight = 1;
};
VECHE_FIELDS(voter, (credential, "Public part of the voter's credential."),
             (weight, "Weight of the voter's ballot."))

/// Ascending by credential, none twice.
struct roll {
    std::vector<voter> voters;
};
VECHE_FIELDS(roll, (voters, "All who may vote, in ascending order of their credentials."))

/// What voters encrypt under. Its hash is the name of the election in every proof.
struct election {
    digest definition;
    digest roll;
    digest ceremony;
    element key;
    std::int64_t voters = 0;
    std::int64_t weight = 0;
    bool operator==(const election&) const = default;
};
VECHE_FIELDS(election, (definition, "Hash of the definition."), (roll, "Hash of the roll."),
             (ceremony, "Hash of the trustees' ceremony."),
             (key, "The trustees' joint public key."), (voters, "Voters on the roll."),
             (weight, "Sum of their weights."))

/// Hashes over canonical JSON (definition, election) or fixed-size fields (roll); the tags are in
/// docs/format/ballot.md.
digest hash_of(const definition&);
digest hash_of(const roll&);
digest hash_of(const election&);

/// Whether a ballot can be held like this.
result<void> check_definition(const definition&);
/// Credentials ascending and valid, weights positive, the whole within max_weight.
result<void> check_roll(const roll&);
/// The roll sorted, for who has collected voters in another order.
roll sorted(roll);
/// The voter's weight; nothing where the credential is not on the (checked) roll.
std::optional<std::int64_t> weight_of(const roll&, const element& credential);
/// The election over a checked definition and roll, under the key of the ceremony with that hash.
/// Refuses a roll on which the floors cannot be reached.
result<election> open_election(const definition&, const roll&, const digest& ceremony,
                               const element& key);

/// What making and checking a ballot needs of an election, and no more.
struct terms {
    digest election;           ///< its hash
    element key;               ///< the joint key y
    std::int32_t choices = 0;  ///< ciphertexts of a ballot: the options, then the blank
    bool blank = false;        ///< whether the last of them is the blank vote
    std::int32_t least = 1;
    std::int32_t most = 1;
};
terms terms_of(const definition&, const election&);

/// A voter's credential from its seed. The public part goes on the roll.
scalar credential_secret(const seed&);
element credential_of(const seed&);

}  // namespace veche::ballot
