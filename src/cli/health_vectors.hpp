#pragma once
// Cases of a file of health vectors that need more than one room: indices and clashes of preventive
// measures, doses shared out, a book of stock, the plan of fewest deaths.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace veche::cli {

/// As `epidemic::run_vector`.
std::optional<std::string> run_health_vector(std::string_view kind, std::string_view whole_case,
                                             const std::filesystem::path& folder);

}  // namespace veche::cli
