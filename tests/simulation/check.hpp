#pragma once
// Compares what clients, listeners and readers were told with the journal as it is in the end.

#include "world.hpp"

namespace veche::simulation {

/// Adds to `world::wrong` whatever does not hold. Runs when nothing is broken any more.
void check(world&);

}  // namespace veche::simulation
