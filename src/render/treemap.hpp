#pragma once
// Rectangles whose areas are to each other as the sizes, filling a frame: squarified treemap
// (Bruls, Huizing, van Wijk 2000). Pure geometry; nothing here binds anyone.

#include <cstddef>
#include <vector>

namespace veche::render {

struct tile {
    double x = 0, y = 0, width = 0, height = 0;
};

/// One tile for each size, in the order given; sizes from the largest to the smallest give the
/// squarest tiles. A size that is not above zero has a tile without area. The tiles fill the frame
/// and do not overlap.
std::vector<tile> squarified(const std::vector<double>& sizes, double width, double height);

}  // namespace veche::render
