#pragma once
// What falls due in the book of doses: lots to be warned of, lots whose last day is over.

#include <optional>

#include "doses/doses.hpp"

namespace veche::doses {

/// The first thing that has fallen due at or before `at`. To be applied before asking again.
std::optional<event> next_due(const state&, const charter::state&, instant at);
std::optional<instant> earliest_due(const state&);

}  // namespace veche::doses
