#pragma once
// What each point of a line is worth (M. Visvalingam, J. D. Whyatt, Line generalisation by repeated
// elimination of points, 1993): the area of the triangle with its neighbours at the time when it
// would be taken out, never less than that of those taken out before. Borders stand once in an
// outline, so that units which share one stay together however few points it keeps.

#include <vector>

#include "maps/projection.hpp"

namespace veche::maps {

/// Infinite for both ends.
std::vector<double> worth_of_points(const std::vector<point>& line);

/// A ring cut to a rectangle (Sutherland and Hodgman); edges may run along the rectangle's sides.
std::vector<point> cut_to(const std::vector<point>& ring, double left, double top, double right,
                          double bottom);

/// Twice the area within a ring, with its sign.
double twice_area(const std::vector<point>& ring);

}  // namespace veche::maps
