#pragma once
// Why papers cannot be counted.

#include "kernel/result.hpp"

namespace veche::elections::refusals {

inline constexpr refusal_kind file_malformed{"elections.file_malformed", 400,
                                             "The file is no election: {0}."};
inline constexpr refusal_kind posts_out_of_range{"elections.posts_out_of_range", 400,
                                                 "An election fills 1 to {0} posts."};
inline constexpr refusal_kind candidates_missing{"elections.candidates_missing", 400,
                                                 "There is no candidate."};
inline constexpr refusal_kind candidate_repeated{"elections.candidate_repeated", 400,
                                                 "The candidate {0} is named twice."};
inline constexpr refusal_kind one_post_only{"elections.one_post_only", 400,
                                            "By this method one post is filled at a time."};
inline constexpr refusal_kind candidate_unknown{"elections.candidate_unknown", 400,
                                                "There is no candidate {0}."};
inline constexpr refusal_kind mark_repeated{"elections.mark_repeated", 400,
                                            "A paper marks {0} twice."};
inline constexpr refusal_kind one_mark_only{"elections.one_mark_only", 400,
                                            "By this method a paper marks one candidate."};
inline constexpr refusal_kind against_not_asked{"elections.against_not_asked", 400,
                                                "By this method a paper speaks against nobody."};
inline constexpr refusal_kind too_many_papers{"elections.too_many_papers", 413,
                                              "There may be 1 to {0} papers of a kind and in all."};
inline constexpr refusal_kind lot_needed{"elections.lot_needed", 409,
                                         "Only a lot can part {0}, and no seed for lots is given."};

inline constexpr const refusal_kind* all[] = {
    &file_malformed,    &posts_out_of_range, &candidates_missing, &candidate_repeated,
    &one_post_only,     &candidate_unknown,  &mark_repeated,      &one_mark_only,
    &against_not_asked, &too_many_papers,    &lot_needed};

}  // namespace veche::elections::refusals
