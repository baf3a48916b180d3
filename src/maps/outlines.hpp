#pragma once
// Outlines of units (regions, countries) as a deployment cut them: TopoJSON, in which a border of
// two units stands once. They decide nothing; what is not in the file has no outline.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/result.hpp"
#include "maps/projection.hpp"

namespace veche::maps {

/// Numbers of arcs, one after another; ~n is arc n backwards.
using arc_ring = std::vector<std::int32_t>;

struct unit {
    std::string id;                               ///< ISO 3166-2 or 3166-1
    std::string other;                            ///< a second code, as "BLR" of BY; may be ""
    std::vector<std::vector<arc_ring>> polygons;  ///< the first ring of each is its outside
};

struct outlines {
    std::vector<std::vector<position>> arcs;
    std::vector<unit> units;  ///< by id
    projection onto = equal_earth(0);
    std::string source;                 ///< whose outlines they are
    std::vector<std::string> left_out;  ///< codes of units that have none, as unsettled
    std::vector<std::string> shown;     ///< unsettled ones that the deployment shows
};

/// What unions/outlines/cut.mjs writes. Refuses what is no such file, with the arc or unit at
/// fault.
result<outlines> read_outlines(std::string_view topojson);

}  // namespace veche::maps
