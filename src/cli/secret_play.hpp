#pragma once
// Secret votes in scenarios: what voters and trustees would make on their own machines, from seeds
// that anyone can make, so that a scenario always plays the same way. Such a vote hides nothing.

#include <map>
#include <string>

#include "cli/scenario.hpp"
#include "office/state.hpp"

namespace veche::cli {

/// What the places of a line about a secret vote stand for, as JSON: "@credential", "@signing",
/// "@encryption"; the trustee's next message as "@commitment", "@coefficients", "@shares" or
/// "@confirmation"; "@ballot"; "@part". Only those that can be made now.
std::map<std::string, std::string> secret_places(const office::state&, const scenario_line&);

}  // namespace veche::cli
