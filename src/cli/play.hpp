#pragma once
// Playing a scenario: every command through the office, with the clock at its moment.

#include <functional>

#include "charter/charter.hpp"
#include "cli/scenario.hpp"
#include "cli/verbs.hpp"

namespace veche::cli {

struct played {
    std::int64_t accepted = 0;  ///< acts, repeats included
    std::int64_t entries = 0;   ///< on the journal afterwards
    std::int64_t refused = 0;   ///< as the scenario expects
};
VECHE_FIELDS(played, (accepted, "Commands accepted."), (entries, "Entries on the journal now."),
             (refused, "Commands refused, as the scenario expects."))

/// Plays a scenario file into a union's folder as on the given day. A union that is not founded yet
/// is founded, by the charter given, an hour before the first command. Stops at the first line that
/// does not go as it says; the refusal's field names the line.
result<played> play_scenario(const std::filesystem::path& folder, const std::filesystem::path& file,
                             date day, const charter::charter_document* founding,
                             const std::function<void(std::size_t, std::size_t)>& progress);

}  // namespace veche::cli
