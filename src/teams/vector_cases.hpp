#pragma once
// Cases of vector files that this room runs: kinds "panel" and "teams" (docs/format/teams.md).

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace veche::teams {

/// Nothing where the kind is none of this room; "" where all comes out as the case expects; else
/// what differs. Files that a case names lie in `folder`.
std::optional<std::string> run_vector(std::string_view kind, std::string_view whole_case_json,
                                      const std::filesystem::path& folder);

}  // namespace veche::teams
