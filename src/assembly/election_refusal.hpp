#pragma once
// Why the assembly says no about elections. The order is as in refusal.hpp: what is named exists,
// the actor may, the id is free, the contents are sound, the moment is right. What is wrong with a
// ballot by itself is said by elections/refusal.hpp.

#include "assembly/refusal.hpp"

namespace veche::assembly::refusals {

// What is named exists.
inline constexpr refusal_kind election_unknown{"assembly.election_unknown", 404,
                                               "There is no election {0}."};
inline constexpr refusal_kind post_unknown{"assembly.post_unknown", 404, "There is no seat {0}."};
inline constexpr refusal_kind mandate_unknown{"assembly.mandate_unknown", 404,
                                              "There is no mandate {0} of the post."};
inline constexpr refusal_kind not_nominated{"assembly.not_nominated", 404,
                                            "{0} is not nominated in this election."};

// The actor may.
inline constexpr refusal_kind may_not_nominate{
    "assembly.may_not_nominate", 403,
    "Only the holder of a seat of {0}, or an office with the power to table, may nominate."};
inline constexpr refusal_kind not_the_candidate{"assembly.not_the_candidate", 403,
                                                "Only {0} may say whether they stand."};

// The id is free.
inline constexpr refusal_kind already_nominated{"assembly.already_nominated", 409,
                                                "{0} is nominated already."};

// The contents are sound.
inline constexpr refusal_kind election_id_long{
    "assembly.election_id_long", 400,
    "The id of an election has at most {0} characters, because mandates are named after it."};
inline constexpr refusal_kind post_missing{
    "assembly.post_missing", 400,
    "Name either the office or the seats that are to be filled, not both."};
inline constexpr refusal_kind posts_out_of_range{"assembly.posts_out_of_range", 400,
                                                 "An election fills 1 to {0} posts."};
inline constexpr refusal_kind posts_not_seats{
    "assembly.posts_not_seats", 400, "There are {0} seats to be filled, so that many are elected."};
inline constexpr refusal_kind one_post_by_plurality{
    "assembly.one_post_by_plurality", 400,
    "By this method one post is filled at a time. Choose another, or one post."};
inline constexpr refusal_kind quota_decides{
    "assembly.quota_decides", 400,
    "By this method the quota says what is needed, so leave this out."};
inline constexpr refusal_kind term_reversed{"assembly.term_reversed", 400,
                                            "The last day comes before the first."};
inline constexpr refusal_kind commitment_malformed{"assembly.commitment_malformed", 400,
                                                   "A commitment is 64 hex digits in lower case."};
inline constexpr refusal_kind not_the_number{
    "assembly.not_the_number", 400,
    "This is not the secret number that was committed to when the ballots opened."};

// The moment is right.
inline constexpr refusal_kind blocs_do_not_elect{
    "assembly.blocs_do_not_elect", 409,
    "The seats of {0} vote as blocs, and a bloc has no ballot in an election."};
inline constexpr refusal_kind nominations_closed{
    "assembly.nominations_closed", 409,
    "The election {0} takes no nominations and no withdrawals now: it is {1}."};
inline constexpr refusal_kind candidacy_settled{"assembly.candidacy_settled", 409,
                                                "{0} is {1} already."};
inline constexpr refusal_kind nobody_stands{"assembly.nobody_stands", 409,
                                            "Nobody has agreed to stand."};
inline constexpr refusal_kind election_not_waiting{
    "assembly.election_not_waiting", 409,
    "The ballots of the election {0} cannot be opened: it is {1}."};
inline constexpr refusal_kind election_not_open{"assembly.election_not_open", 409,
                                                "The election {0} is not open: it is {1}."};
inline constexpr refusal_kind election_over{"assembly.election_over", 409,
                                            "The election {0} is over: it is {1}."};
inline constexpr refusal_kind elections_open{"assembly.elections_open", 409,
                                             "Close the election {0} before closing the session."};

namespace of_elections {
inline constexpr const refusal_kind* all[] = {
    &election_unknown,     &post_unknown,       &mandate_unknown,      &not_nominated,
    &may_not_nominate,     &not_the_candidate,  &already_nominated,    &election_id_long,
    &post_missing,         &posts_out_of_range, &posts_not_seats,      &one_post_by_plurality,
    &quota_decides,        &term_reversed,      &commitment_malformed, &not_the_number,
    &blocs_do_not_elect,   &nominations_closed, &candidacy_settled,    &nobody_stands,
    &election_not_waiting, &election_not_open,  &election_over,        &elections_open};
}  // namespace of_elections

}  // namespace veche::assembly::refusals
