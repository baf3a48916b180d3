#pragma once
// Whether a matching under regional caps is stable in the sense of Kamada and Kojima, seen from the
// market and the certificate alone, by code that shares nothing with what made it.

#include <string>

#include "matching/regional_caps.hpp"

namespace veche::matching {

/// What is wrong, in words: a place not asked for, a programme or a region over, somebody of better
/// rank passed over, a place denied though no cap stands in the way or the move would bring the
/// programmes nearer to their targets; and of the limits, that somebody is not at the first
/// programme of their list that does not refuse them, or one refuses though its places and those of
/// the region it names are not taken. Empty where all holds.
std::string caps_fault(const capped_market&, const capped_certificate&);

}  // namespace veche::matching
