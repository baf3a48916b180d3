#pragma once
// Cases of a file of health vectors that are of this room (docs/planning.md): serial intervals,
// reproduction numbers, growth, final sizes, models, Reed and Frost, Philox, dispersion.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace veche::epidemic {

/// Begins what run_vector says of a case that it knows and cannot run, with the reason behind it.
inline constexpr std::string_view not_run = "not run: ";

/// Nothing where the kind is none of this room; "" where all comes out as expected; else what
/// differs, or `not_run` and why. `folder` is where files that a case names lie.
std::optional<std::string> run_vector(std::string_view kind, std::string_view whole_case_json,
                                      const std::filesystem::path& folder);

}  // namespace veche::epidemic
