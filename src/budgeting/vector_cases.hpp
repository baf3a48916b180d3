#pragma once
// Vectors of budgets and committees, run against the engines of this room.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace veche::budgeting {

/// Runs one case of a file of vectors. `folder` is where the files it names lie. Nothing: the kind
/// is of another room. "": as expected. Else what differs.
std::optional<std::string> run_vector(std::string_view kind, std::string_view whole_case,
                                      const std::filesystem::path& folder);

}  // namespace veche::budgeting
