#pragma once
// Separation by regressors and by more than two effects.

#include <optional>

#include "gravity/sample.hpp"

namespace veche::gravity {

/// Parameters up to which `find_separated` is exact elimination.
inline constexpr std::size_t exact_parameters = 600;

/// Whether a model is small enough for it.
bool exactly_separable(const model&, const sample&);

/// The rows in use that are separated, with the values that show it; nothing where there are none.
/// Only for models that are `exactly_separable`.
///
/// First all z = x g + D a that are 0 on positive rows, by elimination. Among those the iterative
/// rectifier (Correia, Guimaraes, Zylkin 2019, section 3.2): u = 1 on zero rows; least squares of u
/// on what is left; u := max(fitted, 0), until nothing fitted is negative. Then once more with
/// z = 0 on the rows that came out at 0, so that zeros are zeros.
std::optional<separation_stage> find_separated(const model&, const sample&);

}  // namespace veche::gravity
