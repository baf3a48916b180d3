#pragma once
// Why a data set cannot be explored.

#include "kernel/result.hpp"

namespace veche::explore::refusals {

inline constexpr refusal_kind set_too_large{
    "explore.set_too_large", 413,
    "This data set is too large to be explored here ({0} {1}, at most {2}). Take the file and work "
    "on it with veche trade."};
inline constexpr refusal_kind columns_unknown{
    "explore.columns_unknown", 422,
    "The columns of this table ({0}) are not those of flows: exporter, importer, value, or "
    "reporter, partner, flow, value, with year or period and maybe product."};
inline constexpr refusal_kind set_unreadable{"explore.set_unreadable", 422,
                                             "This data set cannot be explored: {0}"};
inline constexpr refusal_kind labels_unsound{"explore.labels_unsound", 422,
                                             "The list of names cannot be used: line {0}: {1}."};
inline constexpr refusal_kind name_unknown{"explore.name_unknown", 404,
                                           "The data hold no {0} called {1}."};
inline constexpr refusal_kind space_unfit{"explore.space_unfit", 422,
                                          "There is no product space of these data: {0}"};

inline constexpr refusal_kind not_at_hand{
    "explore.not_at_hand", 422,
    "The bytes of {0} do not lie here; fetch them where they were published, or ask its office to "
    "keep them beside the journal."};

inline constexpr const refusal_kind* all[] = {&set_too_large,  &columns_unknown, &set_unreadable,
                                              &labels_unsound, &name_unknown,    &space_unfit,
                                              &not_at_hand};

}  // namespace veche::explore::refusals
