#pragma once
// Whether a state of rolling offers follows from its log: from call, log and state alone, by code
// that shares nothing with what made it.

#include <string>

#include "matching/rolling.hpp"

namespace veche::matching {

/// What is wrong, in words: places over, an offer out of order, a free place while somebody waits,
/// an answer that was not given or not heeded. Empty where all holds.
std::string rolling_fault(const rolling_call&, std::span<const rolling_event> log,
                          const rolling_state&);

}  // namespace veche::matching
