#pragma once
// Whether bars of boarding houses hold, and whether none could be higher: from the market and the
// certificate alone, by code that shares nothing with what lowered them.
//
// That one bar cannot be raised alone proves nothing: two raised together may hold, since what one
// takes relieves the other. The certificate's steps prove it instead. Lowering other bars never
// takes from a house anybody who stands before its own bar; so where more than its beds stand at or
// before a number under bars that are all at or beyond those sought, the bar sought is at or before
// that number.

#include <string>

#include "matching/boarding_bars.hpp"

namespace veche::matching {

/// What is wrong, in words; empty where the bars hold and none could be higher.
std::string boarding_fault(const boarding_market&, const boarding_certificate&);

}  // namespace veche::matching
