#pragma once
// Units that come in deliveries (doses, kits), among regions by weight, so that what rounding gave
// one region too much is made up in the next delivery.

#include "kernel/result.hpp"
#include "shares/shares.hpp"

namespace veche::shares {

/// Each region is owed units x weight / all weights and its residue; each unit goes to whoever is
/// owed most. Without residues that is the method of largest remainders, so that in the long run a
/// region has its exact share but for less than a unit as long as weights stay. Residues are cut to
/// billionths by largest remainder too (equal ones by the order of the list), and sum to zero.
/// A region without weight gets nothing, whatever it is owed.
result<delivered> deliver(const delivery&);

}  // namespace veche::shares
