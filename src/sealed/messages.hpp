#pragma once
// All messages of the room, for the office's list of routes.

#include <tuple>

#include "sealed/commands.hpp"
#include "sealed/events.hpp"

namespace veche::sealed {

using commands = std::tuple<propose_disclosure, confirm_disclosure, propose_shredding,
                            confirm_shredding, withdraw_proposal>;
using derived = std::tuple<text_kept, disclosed, shredded>;

}  // namespace veche::sealed
