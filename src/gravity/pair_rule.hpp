#pragma once
// Separation by two effects, exactly and in linear time.

#include <optional>

#include "gravity/level_counts.hpp"

namespace veche::gravity {

/// One of the model's effects, with its levels counted over the rows in use.
struct counted_effect {
    std::size_t number;
    const level_counts& levels;
};

/// The rows in use that two effects separate, with the values that show it; nothing where there are
/// none.
///
/// With z = a[i] + b[j] and z = 0 on positive rows, each connected component of the positive rows
/// (as edges between levels) has one free constant c: a = c, b = -c. A zero row from component s to
/// component t demands c[s] >= c[t]. It can be strict iff s and t lie in different strongly
/// connected components of those demands; numbering these in topological order does it for all.
std::optional<separation_stage> separated_by_pair(const model&, const sample&,
                                                  const counted_effect& first,
                                                  const counted_effect& second);

}  // namespace veche::gravity
