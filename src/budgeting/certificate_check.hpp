#pragma once
// Judges a result by the ballots and its certificate alone, in exact numbers. It shares no code
// with the engines that made them.

#include <string>
#include <vector>

#include "budgeting/certificate.hpp"
#include "budgeting/election.hpp"

namespace veche::budgeting {

/// What does not hold, in sentences; empty where all does.
///
/// Equal shares: nobody pays for what they did not name or more than they hold; each purchase is
/// paid exactly; supporters of what was not bought hold less than its cost. Where `order` is asked,
/// also that at each purchase no other project gave more utility for the money, which takes longer.
/// Bounded overspending: each pays as much as its price says, the share follows from what they
/// hold, what is bought fits, and no project that fits, at any share, gives a unit of utility for
/// less. Equal parts: all who can pay a part pay it and no one else anything, together just the
/// cost; at each purchase no project had more payers for its utility. Sequential Phragmen: each
/// purchase falls at the moment stated, and none could come before it. Greedy: nothing with more
/// votes was passed over that would have fitted.
std::vector<std::string> check_certificate(const election&, const certificate&, bool order = true);

}  // namespace veche::budgeting
