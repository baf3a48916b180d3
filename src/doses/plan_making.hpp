#pragma once
// How views show a plan. Inside the room only.

#include "doses/doses.hpp"
#include "doses/plan_views.hpp"

namespace veche::doses {

/// Nothing where the allocation has no plan. A plan that does not hold is told with its fault
/// alone: of numbers that were never checked nothing is computed.
std::optional<plan_view> plan_view_of(const world&, const allocate&);

}  // namespace veche::doses
