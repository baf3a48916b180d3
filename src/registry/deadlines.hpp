#pragma once
// What falls due in the register: links that have been silent for too long, items of plans and
// profiles of the partner search whose last day is over.

#include <optional>

#include "registry/registry.hpp"

namespace veche::registry {

/// The next of these at or before `at`, the earliest first. To be applied before asking again.
std::optional<event> next_due(const state&, const charter::state&, instant at);
std::optional<instant> earliest_due(const state&);

}  // namespace veche::registry
