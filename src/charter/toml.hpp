#pragma once
// A union as one commented file: unions/*.toml. Keys are the fields of charter_document; rules
// stand in the text form of the rule language; a mandate with `count = n` stands for n mandates,
// numbered like a row of seats (docs/charter.md).

#include <string_view>

#include "charter/charter.hpp"

namespace veche::charter {

/// Reads the file and checks it as the founding of a union would. Refusals name line and column.
result<charter_document> read_toml(std::string_view text);

}  // namespace veche::charter
