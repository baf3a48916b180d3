#pragma once
// Why the assembly says no about amendments and the course of a motion. The order is as in
// refusal.hpp: what is named exists, the actor may, the contents are sound, the moment is right.

#include "kernel/result.hpp"

namespace veche::assembly::refusals {

// What is named exists.
inline constexpr refusal_kind amendment_unknown{"assembly.amendment_unknown", 404,
                                                "The motion has no amendment called {0}."};

// The actor may.
inline constexpr refusal_kind may_not_withdraw_amendment{
    "assembly.may_not_withdraw_amendment", 403,
    "Only whoever tabled the amendment, or an office that presides, may withdraw it."};

// The contents are sound.
inline constexpr refusal_kind amendment_too_deep{
    "assembly.amendment_too_deep", 400,
    "{0} amends an amendment itself, so it cannot be amended any further."};
inline constexpr refusal_kind amendment_wordless{
    "assembly.amendment_wordless", 400, "The amendment {0} brings no words that could be amended."};
inline constexpr refusal_kind place_unknown{"assembly.place_unknown", 400,
                                            "There is no number {0} here: choose from {1} to {2}."};
inline constexpr refusal_kind record_language_missing{
    "assembly.record_language_missing", 400, "Enter the words in the language of record too: {0}."};
inline constexpr refusal_kind leave_out{
    "assembly.leave_out", 400,
    "Leave this empty: it does not belong to an amendment of this kind."};
inline constexpr refusal_kind order_missing{"assembly.order_missing", 400,
                                            "Enter the command that is to be ordered instead."};
inline constexpr refusal_kind amendment_repeated{"assembly.amendment_repeated", 400,
                                                 "The amendment {0} is named twice."};

// The moment is right.
inline constexpr refusal_kind amendments_closed{"assembly.amendments_closed", 409,
                                                "The time for amendments ended at {0}."};
inline constexpr refusal_kind amendment_not_tabled{
    "assembly.amendment_not_tabled", 409,
    "The amendment {0} is not waiting to be voted on: it is {1}."};
inline constexpr refusal_kind place_settled{
    "assembly.place_settled", 409,
    "An adopted amendment has changed this place already: number {0}."};
inline constexpr refusal_kind amendments_pending{
    "assembly.amendments_pending", 409, "Vote on the amendments first; the next one is {0}."};
inline constexpr refusal_kind not_next{
    "assembly.not_next", 409,
    "By the order of voting {0} comes first. An office that presides may set another order."};

namespace of_motions {
inline constexpr const refusal_kind* all[] = {&amendment_unknown,
                                              &may_not_withdraw_amendment,
                                              &amendment_too_deep,
                                              &amendment_wordless,
                                              &place_unknown,
                                              &record_language_missing,
                                              &leave_out,
                                              &order_missing,
                                              &amendment_repeated,
                                              &amendments_closed,
                                              &amendment_not_tabled,
                                              &place_settled,
                                              &amendments_pending,
                                              &not_next};

}  // namespace of_motions

}  // namespace veche::assembly::refusals
