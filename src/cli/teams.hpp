#pragma once
// `veche teams` and `veche panel`: teams for sites, and panels drawn by lot, from files.

#include <filesystem>
#include <string>

#include "cli/terminal.hpp"

namespace veche::cli {

struct teams_options {
    std::filesystem::path people, sites;
    std::string call = "teams";         ///< id of the call, part of every lot
    std::string seed;                   ///< of lots, 64 hex digits; "" has none
    bool placed_first = false;          ///< as many people as can be, and then utility
    std::int64_t nodes = 2'000;         ///< limit of the search
    std::filesystem::path certificate;  ///< a new file; "" writes none
    std::filesystem::path check;        ///< a result to check instead of computing one
    std::filesystem::path csv;          ///< a new file for the placings
    std::string explain;                ///< a person
};
/// Finds the best teams, or says why there are none; `refused` where there are none, or where what
/// is checked does not hold.
int find_teams(const teams_options&, const terminal&);

struct panel_options {
    std::filesystem::path categories, respondents;
    std::string call = "panel";
    std::int64_t size = 0;
    bool leximin = false;
    std::string draw;  ///< 64 hex digits; "" draws nothing
    std::int64_t nodes = 2'000;
    std::filesystem::path certificate, check;
};
/// Says whether a panel exists; with `leximin` the fairest lottery; with `draw` who is on the
/// panel.
int panel(const panel_options&, const terminal&);

}  // namespace veche::cli
