#pragma once
// What falls due in the register: steps whose last day passed, checks months after a removal, the
// time for comments on drafts.

#include <optional>

#include "barriers/barriers.hpp"

namespace veche::barriers {

/// The first thing that has fallen due at or before `at`. To be applied before asking again.
std::optional<event> next_due(const state&, const charter::state&, instant at);
std::optional<instant> earliest_due(const state&);

}  // namespace veche::barriers
