#pragma once
// Calls for teams and for panels in CSV files (docs/format/teams.md).

#include <string_view>

#include "teams/panel.hpp"

namespace veche::teams {

/// `people` has the columns person, skills (optional), one for each site with the utility there,
/// and one for each category; `sites` has site, what, value, min, max, one window a row. Every
/// refusal names the line and what to do.
result<call> read_call(std::string_view people, std::string_view sites);

/// `categories` has category, feature, min, max; `respondents` one column for each category, and
/// person (optional: the number of the row stands for it).
result<panel_call> read_panel_call(std::string_view categories, std::string_view respondents);

/// The result as CSV: person, site.
std::string placings_csv(const outcome&);

}  // namespace veche::teams
