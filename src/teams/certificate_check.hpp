#pragma once
// Checks a result for teams from the call and the result alone. Shares nothing with the search: it
// counts windows, adds the number of the aim up anew (score.hpp has the formula), and bounds every
// part by its prices:
//
//   sum over people of the most they gain (at a site: what they add to the number there, less the
//   prices of all windows that count them there; nowhere: 0)
//   + sum over windows of price * maximum where the price is above zero, price * minimum where
//   below.
//
// Nobody reaches more within the part, whatever the prices are.

#include <string>

#include "teams/outcome.hpp"

namespace veche::teams {

/// What does not hold, in words; empty where all does.
std::string certificate_fault(const call&, const outcome&);

}  // namespace veche::teams
