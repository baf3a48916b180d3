#pragma once
// The answer of the UN Comtrade API in JSON, as the text with a separator that its download gives.

#include <string>
#include <string_view>

#include "kernel/result.hpp"

namespace veche::trade {

/// The rows of "data" as CSV: columns in the order of their names, null as an empty cell, texts in
/// quotes. Refuses what is no such answer; an error that the API reports is said in its words.
result<std::string> comtrade_csv(std::string_view json);

}  // namespace veche::trade
