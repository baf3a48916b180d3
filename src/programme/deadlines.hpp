#pragma once
// What falls due in the programme. The office derives it before it judges a command, so a replay
// needs no clock.

#include <optional>

#include "programme/programme.hpp"

namespace veche::programme {

/// The next consequence of a date passed at or before `at`: the earliest first, then by measure. To
/// be applied before asking again.
std::optional<event> next_due(const state&, const charter::state&, instant at);
/// When the next deadline of the room falls.
std::optional<instant> earliest_due(const state&);

}  // namespace veche::programme
