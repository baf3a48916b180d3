#pragma once
// Tables made coarser, always in flows: never in coefficients or in an inverse, which do not add
// up (Miller and Blair, Input-Output Analysis, 4.9).

#include <map>
#include <string>
#include <vector>

#include "inputoutput/table.hpp"
#include "kernel/result.hpp"

namespace veche::inputoutput {

/// From each name to that of its group. An empty map leaves all as they are.
struct grouping {
    std::map<std::string, std::string> regions;
    std::map<std::string, std::string> sectors;
};

/// The table by groups: flows, final use (by region and category), extensions, value added and
/// output added up. Parts of a split region become one. Refuses a region or sector without a group.
result<table> aggregate(const table& of, const grouping& by);

/// Several regions as one, their producers kept apart: a union as one exporter. What flows between
/// them is then no export. Flows and coefficients stay as they are.
result<void> join_regions(table& in, const std::string& name,
                          const std::vector<std::string>& members);

/// Index of the region; refuses one that the table has not.
result<std::uint32_t> region_in(const table& of, const std::string& name);
result<std::uint32_t> sector_in(const table& of, const std::string& name);

}  // namespace veche::inputoutput
