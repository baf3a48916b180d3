#pragma once
// A picture of the room render as a file of its own.

#include <string>

namespace veche::cli {

/// Inside a page an SVG needs no namespace; by itself it is none without.
inline std::string picture_file(std::string svg) {
    constexpr std::size_t name = 4;  // "<svg"
    return svg.insert(name, " xmlns=\"http://www.w3.org/2000/svg\"");
}

}  // namespace veche::cli
