#pragma once
// Grants by score under a budget, each project in full or not at all.

#include "calls/run.hpp"

namespace veche::calls {

/// Down the order of scores; equals by lot, or as a whole class. What does not fit is passed over
/// or stops the list, as the call says.
run_result allocate_grants(const run_input&);

}  // namespace veche::calls
