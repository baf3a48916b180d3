#pragma once
// Whether a matching with couples is what its certificate says, seen from the market and the
// certificate alone. Shares no code with what made it. That none exists is a claim of an exhausted
// search and is not proved here.

#include <string>

#include "matching/couples.hpp"

namespace veche::matching {

/// What is wrong, in words: a place nobody asked for, a programme over its capacity, a single or a
/// couple that blocks, capacities that are not as claimed. Empty where all holds.
std::string couples_fault(const couples_market&, const couples_certificate&);

}  // namespace veche::matching
