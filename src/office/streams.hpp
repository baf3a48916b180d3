#pragma once
// Streams: the history of one thing, for optimistic conditions. An entry touches the stream
// "measure/m7" if its body names that thing in a field called by the thing's noun, or in `id` of a
// command whose last word is the noun (add_measure). Version = how many entries touched it.

#include <map>
#include <string>
#include <vector>

#include "office/routes.hpp"

namespace veche::office {

/// Streams that a message touches, ascending, without repeats.
std::vector<std::string> streams_of(const route&, json::node body);

}  // namespace veche::office
