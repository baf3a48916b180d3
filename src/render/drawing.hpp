#pragma once
// An SVG that is being drawn, and the measures that all pictures of this room share.

#include <string>
#include <string_view>

#include "render/charts.hpp"

namespace veche::render {

inline constexpr double letter_width = 0.64;  ///< of the size of its text, on the safe side
inline constexpr double small_text = 11;      ///< the least size of text
inline constexpr std::string_view paper_colour = "#ffffff";
inline constexpr std::string_view ink_colour = "#1a2430";

/// Characters of a text in UTF-8.
double letters_of(std::string_view text);
/// How wide a text is at the least size.
double width_of(std::string_view text);
/// Whether it fits there, with a little room around it.
bool fits(std::string_view text, double width);

/// What a picture is to those who hear it: an image, or a group of links.
enum class picture_role : std::uint8_t { image, links };

class drawing {
  public:
    drawing(const std::string& title, const std::string& description, double height,
            picture_role role = picture_role::image);
    void add(std::string_view piece) { out_ += piece; }
    /// A thing with its name, for a pointer that rests on it.
    void begin(std::string_view name);
    void end() { out_ += "</g>"; }
    void words(double x, double y, std::string_view anchor, std::string_view text,
               std::string_view colour = ink_colour);
    void line(double x1, double y1, double x2, double y2, std::string_view colour, double width);
    markup take() { return {std::move(out_) + "</svg>"}; }

  private:
    std::string out_;
};

}  // namespace veche::render
