#pragma once
// What falls due in calls. The office derives it before it judges a command, so a replay needs no
// clock.

#include <optional>

#include "calls/calls.hpp"

namespace veche::calls {

/// The next consequence of a moment passed at or before `at`: the earliest first, then by call. To
/// be applied before asking again.
std::optional<event> next_due(const state&, const charter::state&, instant at);
/// When the next deadline of the room falls.
std::optional<instant> earliest_due(const state&);

}  // namespace veche::calls
