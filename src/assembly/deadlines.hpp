#pragma once
// Votes that close by themselves, decisions whose day comes. The office derives what fell due
// before it judges a command, so a replay needs no clock.

#include <optional>

#include "assembly/assembly.hpp"

namespace veche::assembly {

/// The next consequence of a deadline passed at or before `at`: a vote_decided, the earliest
/// closing time first, then by id; after all of these a decision_in_force, by the same order. To be
/// applied before asking again; nothing once all is done.
std::optional<event> next_due(const state&, const charter::state&, instant at);

/// When the next deadline of the room falls.
std::optional<instant> earliest_due(const state&);

}  // namespace veche::assembly
