#pragma once
// Vectors of budgets and committees, run against the engines of this room.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "budgeting/abc_file.hpp"

namespace veche::budgeting {

/// Runs one case of a file of vectors. `folder` is where the files it names lie. Nothing: the kind
/// is of another room. "": as expected. Else what differs.
std::optional<std::string> run_vector(std::string_view kind, std::string_view whole_case,
                                      const std::filesystem::path& folder);

/// Computes a file's committees anew: the first rule of those known here whose committee is none of
/// those that the file says; "" where there is none.
std::string first_miss(const abc_file&);

}  // namespace veche::budgeting
