#pragma once
// Places of programmes by deferred acceptance, under each policy for equal scores, with their
// cutoffs.

#include "calls/run.hpp"

namespace veche::calls {

/// Checked by the room of the engine, and once more from the cutoffs alone.
run_result allocate_places(const run_input&);

}  // namespace veche::calls
