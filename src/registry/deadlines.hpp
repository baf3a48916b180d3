#pragma once
// What falls due in the register: links that have been silent for too long.

#include <optional>

#include "registry/registry.hpp"

namespace veche::registry {

/// The next link that has fallen silent at or before `at`, the earliest first. To be applied before
/// asking again.
std::optional<event> next_due(const state&, const charter::state&, instant at);
std::optional<instant> earliest_due(const state&);

}  // namespace veche::registry
