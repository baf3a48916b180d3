#pragma once
// Separation by any number of effects in sparse panels, component by component (see
// component_factors). Regressors are left out of it, which is sound.

#include <optional>

#include "gravity/component_factors.hpp"
#include "gravity/sample.hpp"

namespace veche::gravity {

/// The rows of the panel that are separated by effects alone, with the values that show it.
///
/// All directions that are 0 on positive rows come from an exact factor of these rows: one for each
/// level that follows from others there. What is left of zero rows in these few directions is a
/// small model without effects, which `find_separated` decides.
std::optional<separation_stage> separated_in_components(const model&, const panel&,
                                                        const component_factors&,
                                                        numerics::workers&);

}  // namespace veche::gravity
