#pragma once
// Lists of command types in a charter: "fund.appropriate", "fund.*", "*".

#include <span>
#include <string>
#include <string_view>

namespace veche::charter {

inline constexpr std::string_view amend_type = "charter.amend";

bool is_command_pattern(std::string_view pattern);
/// Whether one of the patterns names the command.
bool names_command(std::span<const std::string> patterns, std::string_view type);

}  // namespace veche::charter
