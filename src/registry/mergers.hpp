#pragma once
// Two records of one organisation, and the way back where they were of two. Inside the room only.

#include "registry/state.hpp"

namespace veche::registry {

/// The record and all that stand behind it: those merged into it, and into them.
std::vector<organisation_id> records_behind(const state&, const organisation_id&);

}  // namespace veche::registry
