#pragma once
// Test vectors of stable matching (docs/format/matching.md), one case at a time.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace veche::matching {

/// Nothing where the kind is not one of this room; empty where all came out as expected; otherwise
/// what differs. `folder` is that of the vector file.
std::optional<std::string> run_vector(std::string_view kind, std::string_view whole_case_json,
                                      const std::filesystem::path& folder);

}  // namespace veche::matching
