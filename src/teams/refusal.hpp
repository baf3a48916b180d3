#pragma once
// Why a call for teams or a panel cannot be computed.

#include "kernel/result.hpp"

namespace veche::teams::refusals {

inline constexpr refusal_kind file_malformed{"teams.file_malformed", 400, "{0}: {1}."};
inline constexpr refusal_kind too_large{"teams.too_large", 413, "There may be {0} at most: {1}."};
inline constexpr refusal_kind id_missing{"teams.id_missing", 400, "A person or site has no id."};
inline constexpr refusal_kind id_repeated{"teams.id_repeated", 400,
                                          "{0} is named twice; keep one of them."};
inline constexpr refusal_kind site_unknown{"teams.site_unknown", 400,
                                           "There is no site {0}; add it or take the wish out."};
inline constexpr refusal_kind wish_repeated{"teams.wish_repeated", 400,
                                            "{0} names the site {1} twice; keep one wish."};
inline constexpr refusal_kind window_repeated{"teams.window_repeated", 400,
                                              "{0} has two windows on {1}; put them into one."};
inline constexpr refusal_kind window_empty{
    "teams.window_empty", 400,
    "{0}: the window on {1} asks for at least {2} and at most {3}; no number is both."};
inline constexpr refusal_kind seed_malformed{"teams.seed_malformed", 400,
                                             "A seed or draw is 64 hex digits in lower case."};
inline constexpr refusal_kind lot_needed{
    "teams.lot_needed", 409,
    "Several assignments are equally good, and no seed for lots is given; give one."};
inline constexpr refusal_kind size_out_of_range{"teams.size_out_of_range", 400,
                                                "A panel has 1 to {0} people here."};
inline constexpr refusal_kind feature_unknown{
    "teams.feature_unknown", 400,
    "{0} has {1} in the category {2}, which has no such feature; correct it or add the feature."};
inline constexpr refusal_kind person_unknown{"teams.person_unknown", 404,
                                             "There is no person {0}."};

inline constexpr const refusal_kind* all[] = {
    &file_malformed,    &too_large,       &id_missing,    &id_repeated,    &site_unknown,
    &wish_repeated,     &window_repeated, &window_empty,  &seed_malformed, &lot_needed,
    &size_out_of_range, &feature_unknown, &person_unknown};

}  // namespace veche::teams::refusals
