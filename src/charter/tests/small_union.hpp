#pragma once
// A union of two members for the tests, as its file, its document and its state.

#include <string>

#include "charter/commands.hpp"
#include "charter/toml.hpp"

namespace veche::charter::testing {

extern const std::string small_union_file;

charter_document small_union();
state small_state();
date day(std::string_view text);
context at(std::string_view day, std::string person, std::string auth);
context by_decision(std::string_view day, std::string body, std::string rule);

}  // namespace veche::charter::testing
