#pragma once
// Why the room says no, in the order in which it is checked. Missing authority is answered by the
// charter.

#include "kernel/result.hpp"

namespace veche::sealed::refusals {

inline constexpr refusal_kind text_unknown{"sealed.text_unknown", 404,
                                           "There is no sealed text {0}."};
inline constexpr refusal_kind may_not_read{
    "sealed.may_not_read", 403,
    "This text is sealed. Only those whom the charter names may read it: {0}."};
inline constexpr refusal_kind not_yours{
    "sealed.not_yours", 403,
    "Only whoever proposed it, or an office with the power \"unseal\", may withdraw it."};
inline constexpr refusal_kind same_person{
    "sealed.same_person", 403,
    "Two persons are needed: you proposed this, so another person must confirm it."};
inline constexpr refusal_kind seal_taken{"sealed.seal_taken", 409,
                                         "A text with this seal is on the journal already."};
inline constexpr refusal_kind subject_taken{
    "sealed.subject_taken", 409, "Another sealed text stands under this pseudonym already."};
inline constexpr refusal_kind seal_unsound{"sealed.seal_unsound", 400,
                                           "The seal is not well-formed: {0}."};
inline constexpr refusal_kind ground_missing{"sealed.ground_missing", 400,
                                             "Say why, in at least one language."};
inline constexpr refusal_kind ground_too_long{"sealed.ground_too_long", 413,
                                              "The reason is longer than {0} bytes."};
inline constexpr refusal_kind personal_stays{
    "sealed.personal_stays", 409, "Personal data is never published; it can only be destroyed."};
inline constexpr refusal_kind over{"sealed.over", 409,
                                   "This text was published or destroyed already."};
inline constexpr refusal_kind proposal_open{"sealed.proposal_open", 409,
                                            "A proposal about this text is open already."};
inline constexpr refusal_kind nothing_proposed{"sealed.nothing_proposed", 409,
                                               "Nobody has proposed this, or it was withdrawn."};
inline constexpr refusal_kind disclosure_wrong{
    "sealed.disclosure_wrong", 400,
    "Salt and text do not fit the commitment on the journal: this is not what was sealed."};

inline constexpr const refusal_kind* all[] = {
    &text_unknown,  &may_not_read,  &not_yours,        &same_person,     &seal_taken,
    &subject_taken, &seal_unsound,  &ground_missing,   &ground_too_long, &personal_stays,
    &over,          &proposal_open, &nothing_proposed, &disclosure_wrong};

}  // namespace veche::sealed::refusals
