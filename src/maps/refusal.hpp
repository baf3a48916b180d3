#pragma once
// Why outlines cannot be used.

#include "kernel/result.hpp"

namespace veche::maps::refusals {

inline constexpr refusal_kind no_topology{
    "maps.no_topology", 422,
    "These are no outlines: TopoJSON with transform, arcs and objects.units is wanted."};
inline constexpr refusal_kind arc_unsound{
    "maps.arc_unsound", 422, "Arc {0} of the outlines is no row of two points or more."};
inline constexpr refusal_kind unit_unsound{
    "maps.unit_unsound", 422,
    "The unit {0} of the outlines is no polygon out of arcs that are there."};
inline constexpr refusal_kind projection_unknown{
    "maps.projection_unknown", 422,
    "The projection {0} of the outlines is unknown; it is conic (with centre, south and north in "
    "whole degrees) or equal_earth (with centre)."};

inline constexpr const refusal_kind* all[] = {&no_topology, &arc_unsound, &unit_unsound,
                                              &projection_unknown};

}  // namespace veche::maps::refusals
