#pragma once
// Judges matchings of one side from the input, the result and its prices alone.

#include "matching/certificate_check.hpp"

namespace veche::matching {

/// Best by its aim, as the prices prove.
verdict check_prices(const market&, aim, const priced_outcome&);

/// Nobody could be better off without somebody being worse off: no seat that somebody would rather
/// have is free, and no ring of applicants would rather have one another's seats.
verdict check_efficient(const market&, const assignment&);

}  // namespace veche::matching
