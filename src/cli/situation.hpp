#pragma once
// `veche situation import`: counts of an epidemic out of a table.

#include "cli/terminal.hpp"
#include "cli/verbs.hpp"

namespace veche::cli {

struct situation_import_options {
    union_options where;
    std::filesystem::path file;
    std::string batch;   ///< short name, where it is too much for one act
    bool daily = false;  ///< counts are of one day each, not sums of all days so far
    std::string source, address, reason;
    std::string wide;                  ///< the series of a table with a column for each day
    std::string region;                ///< of a table of one region
    bool month_first = false;          ///< days are written as 3/25/21
    std::vector<std::string> columns;  ///< as "cases=cum_cases"; "-=note" leaves a column out
    std::vector<std::string> names;    ///< regions as "Belarus=BY": in the table, in the register
    std::vector<std::string> only;     ///< regions of the register
    bool dry_run = false;
};
/// Reports a table of counts as a whole, or lists what is wrong in it; `refused` where something
/// is.
int situation_import(const situation_import_options&, const terminal&);

}  // namespace veche::cli
