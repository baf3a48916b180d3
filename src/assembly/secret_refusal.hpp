#pragma once
// Why the assembly says no about secret votes. The order is as in refusal.hpp: what is named
// exists, the actor may, the contents are sound, the moment is right. What ballots, proofs and
// messages of trustees lack is said in the words of the room ballot.

#include "kernel/result.hpp"

namespace veche::assembly::refusals {

// What is named exists.
inline constexpr refusal_kind trustee_keyless{"assembly.trustee_keyless", 404,
                                              "{0} has not registered the keys of a trustee."};
inline constexpr refusal_kind trustee_vacant{"assembly.trustee_vacant", 404,
                                             "Nobody holds the trustee's office {0} today."};

// The actor may.
inline constexpr refusal_kind credential_not_yours{
    "assembly.credential_not_yours", 403, "This credential is not that of a seat you hold."};
inline constexpr refusal_kind not_a_trustee{"assembly.not_a_trustee", 403,
                                            "You are not trustee number {0} of this vote."};
inline constexpr refusal_kind without_mandate{
    "assembly.without_mandate", 403, "Only a person with a seat or an office can be a trustee."};

// The contents are sound.
inline constexpr refusal_kind credential_taken{
    "assembly.credential_taken", 409,
    "This credential is registered already. Make one for each seat."};
inline constexpr refusal_kind no_secret_votes{
    "assembly.no_secret_votes", 400,
    "The charter knows no secret votes in {0}: votes are named there."};
inline constexpr refusal_kind option_repeated{"assembly.option_repeated", 400,
                                              "Each option needs a short name of its own."};
inline constexpr refusal_kind rule_needs_names{
    "assembly.rule_needs_names", 400,
    "Under the rule {0} it matters who voted how, so the vote cannot be secret."};
inline constexpr refusal_kind floor_too_low{
    "assembly.floor_too_low", 400, "The charter wants {0} voters at least in a secret vote."};
inline constexpr refusal_kind trustees_given{"assembly.trustees_given", 400,
                                             "The charter names the trustees, so leave them out."};
inline constexpr refusal_kind trustee_repeated{"assembly.trustee_repeated", 400,
                                               "{0} is named twice as a trustee."};
inline constexpr refusal_kind threshold_unfit{
    "assembly.threshold_unfit", 400,
    "Between {0} trustees and all of the {1} must decrypt together."};
inline constexpr refusal_kind one_message{"assembly.one_message", 400,
                                          "Send exactly one message of the ceremony."};

// The moment is right.
inline constexpr refusal_kind too_few_voters{
    "assembly.too_few_voters", 409,
    "{0} holders of seats present have a credential and {1} are needed: totals of so few could "
    "reveal a vote."};
inline constexpr refusal_kind secret_stage{"assembly.secret_stage", 409,
                                           "The secret vote {0} is not at that point: {1}."};
inline constexpr refusal_kind trustee_spoke{
    "assembly.trustee_spoke", 409,
    "Trustee number {0} has done this already; wait for the others."};

namespace of_secret_votes {
inline constexpr const refusal_kind* all[] = {
    &trustee_keyless,  &trustee_vacant,   &credential_not_yours, &not_a_trustee,
    &without_mandate,  &credential_taken, &no_secret_votes,      &option_repeated,
    &rule_needs_names, &floor_too_low,    &trustees_given,       &trustee_repeated,
    &threshold_unfit,  &one_message,      &too_few_voters,       &secret_stage,
    &trustee_spoke};
}  // namespace of_secret_votes

}  // namespace veche::assembly::refusals
