#pragma once
// Scenarios out of plain tables: regions, where their people are, measures and doses by day. Every
// fault is listed with its row and what to do; where there is one, nothing is taken.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "epidemic/planning.hpp"
#include "kernel/instant.hpp"
#include "tables/table.hpp"

namespace veche::epidemic {

struct planning_columns {
    std::string region = "region", people = "people", infectious = "infectious";
    std::string exposed = "exposed", removed = "removed";  ///< zero where there is no such column
    /// With hospitals: people there at the start, and beds, where an empty cell says nothing.
    std::string ward = "ward", intensive = "intensive";
    std::string beds = "beds", intensive_beds = "intensive_beds";
};

struct planning_tables {
    const tables::table* regions = nullptr;
    planning_columns columns;
    /// A row for each region, in the order of regions or with their names in front and above.
    std::string_view presence;
    /// scenario, kind (border, contacts), from, to, regions (one side of the border), value.
    /// Without a scenario a row is of all of them.
    const tables::table* measures = nullptr;
    /// scenario, day, region, dose, count; likewise.
    const tables::table* doses = nullptr;
    /// What is day 1, where days are dates.
    std::optional<date> first_day;
};

struct planning_fault {
    std::string table;  ///< regions, presence, measures or doses
    refusal why;
};
struct planning_read {
    std::vector<std::string> regions;
    /// The first is called "baseline": what holds for all. Empty where there is a fault.
    std::vector<planning_scenario> scenarios;
    std::vector<planning_fault> faults;
};

/// `common` has what stands in no table: rates, strata, fatality. Refuses tables without the
/// columns that are needed; what is wrong in rows is listed.
result<planning_read> read_planning(const planning_tables&, const planning_scenario& common);

}  // namespace veche::epidemic
