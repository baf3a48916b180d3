#pragma once
// Published cases with couples, regional caps and calls under two rates, as files of vectors state
// them.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace veche::matching {

/// Nothing where the kind is none of these: "HRC", "HR+regional cap", "call order". Else what
/// differs from what the case expects, empty where nothing does.
std::optional<std::string> run_more_vector(std::string_view kind, std::string_view whole_case_json,
                                           const std::filesystem::path& folder);

}  // namespace veche::matching
