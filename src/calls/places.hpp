#pragma once
// Places of programmes by deferred acceptance, under each policy for equal scores, with their
// cutoffs.

#include "calls/run.hpp"
#include "matching/market.hpp"

namespace veche::calls {

/// The market of a round in which lots have parted all who have one score.
matching::market strict_market(const run_input&);
/// Checked by the room of the engine, and once more from the cutoffs alone.
run_result allocate_places(const run_input&);

}  // namespace veche::calls
