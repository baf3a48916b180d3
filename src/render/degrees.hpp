#pragma once
// Coordinates as people write them, and as the journal keeps them: in millionths of a degree.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace veche::render {

enum class axis : std::uint8_t {
    latitude,  ///< up to 90 degrees, north above zero
    longitude  ///< up to 180 degrees, east above zero
};

/// "53.9", "-27,5618", "53,9° N", "27.56 в. д." as millionths of a degree, the nearest where more
/// places are given. The side may be said by a sign or by a letter, in English, Russian or
/// Belarusian, and not by both. Nothing where it is no such angle: minutes and seconds, another
/// axis's letter, a place beyond the pole or the half circle.
std::optional<std::int32_t> millionths_of_degree(std::string_view text, axis);

/// Degrees as a form shows them: "53.9", "-27.561824".
std::string degrees_as_entered(std::int32_t millionths);

}  // namespace veche::render
