#pragma once
// All messages of the room, for the office's list of routes.

#include <tuple>

#include "charter/commands.hpp"

namespace veche::charter {

using commands = std::tuple<found, amend, grant_mandate, end_mandate>;
using derived = std::tuple<>;

}  // namespace veche::charter
