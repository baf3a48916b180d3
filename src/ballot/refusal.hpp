#pragma once
// Why the room of secret ballots says no.

#include "kernel/result.hpp"

namespace veche::ballot::refusals {

inline constexpr refusal_kind definition_unsound{"ballot.definition_unsound", 400,
                                                 "A secret ballot cannot be held like this: {0}."};
inline constexpr refusal_kind roll_unsound{"ballot.roll_unsound", 400,
                                           "The roll of voters is not sound: {0}."};
inline constexpr refusal_kind trustee_unknown{"ballot.trustee_unknown", 404,
                                              "There is no trustee number {0}."};
inline constexpr refusal_kind not_an_element{
    "ballot.not_an_element", 400,
    "The value is not an element of the group, or it is the neutral one."};
inline constexpr refusal_kind ceremony_unsound{"ballot.ceremony_unsound", 409,
                                               "The trustees' key cannot be made: {0}."};
inline constexpr refusal_kind choice_unfit{"ballot.choice_unfit", 400,
                                           "The choice does not fit the question: {0}."};
inline constexpr refusal_kind other_election{"ballot.other_election", 409,
                                             "This belongs to another election."};
inline constexpr refusal_kind other_board{
    "ballot.other_board", 409, "This decrypts something else than all ballots of the board."};
inline constexpr refusal_kind ballot_malformed{"ballot.ballot_malformed", 400,
                                               "The ballot is not well formed: {0}."};
inline constexpr refusal_kind credential_unknown{"ballot.credential_unknown", 403,
                                                 "The credential is not on the roll."};
inline constexpr refusal_kind ballot_repeated{"ballot.ballot_repeated", 409,
                                              "This ballot is on the board already."};
inline constexpr refusal_kind signature_wrong{"ballot.signature_wrong", 403,
                                              "The signature does not hold."};
inline constexpr refusal_kind proof_wrong{"ballot.proof_wrong", 400,
                                          "The proof that {0} does not hold."};
inline constexpr refusal_kind too_few_ballots{
    "ballot.too_few_ballots", 409,
    "{0} voters took part and {1} are needed: totals of so few could reveal a choice, so nothing "
    "is decrypted."};
inline constexpr refusal_kind weight_too_rare{
    "ballot.weight_too_rare", 409,
    "{0} voters of weight {1} took part and {2} are needed: the totals could reveal a choice, so "
    "nothing is decrypted."};
inline constexpr refusal_kind partials_missing{
    "ballot.partials_missing", 409, "{0} valid partial decryptions are here and {1} are needed."};
inline constexpr refusal_kind total_not_found{
    "ballot.total_not_found", 409, "A total lies outside what the weights of the ballots allow."};
inline constexpr refusal_kind result_differs{"ballot.result_differs", 409,
                                             "The stated result is not the result of the ballots."};
inline constexpr refusal_kind record_damaged{"ballot.record_damaged", 400,
                                             "Line {0} of the record does not hold: {1}."};
inline constexpr refusal_kind out_of_order{"ballot.out_of_order", 409,
                                           "This cannot come at this place of the record: {0}."};

inline constexpr const refusal_kind* all[] = {
    &definition_unsound, &roll_unsound,    &trustee_unknown, &not_an_element,   &ceremony_unsound,
    &choice_unfit,       &other_election,  &other_board,     &ballot_malformed, &credential_unknown,
    &ballot_repeated,    &signature_wrong, &proof_wrong,     &too_few_ballots,  &weight_too_rare,
    &partials_missing,   &total_not_found, &result_differs,  &record_damaged,   &out_of_order};

}  // namespace veche::ballot::refusals
