#include "render/drawing.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "render/escape.hpp"

namespace veche::render {

double letters_of(std::string_view text) {
    return static_cast<double>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
}

double width_of(std::string_view text) {
    return letters_of(text) * letter_width * small_text;
}

bool fits(std::string_view text, double width) {
    return !text.empty() && width_of(text) + 6 <= width;
}

drawing::drawing(const std::string& title, const std::string& description, double height,
                 picture_role role) {
    out_ = fmt::format(
        "<svg class=\"plot\" role=\"{}\" width=\"100%\" viewBox=\"0 0 {:.0f} {:.0f}\" "
        "aria-label=\"{}\"><desc>{}</desc><rect width=\"{:.0f}\" height=\"{:.0f}\" "
        "fill=\"{}\"/>",
        role == picture_role::image ? "img" : "group", chart_width, height, escaped(title),
        escaped(description), chart_width, height, paper_colour);
}

void drawing::begin(std::string_view name) {
    out_ += fmt::format("<g><title>{}</title>", escaped(name));
}

void drawing::words(double x, double y, std::string_view anchor, std::string_view text,
                    std::string_view colour) {
    out_ += fmt::format(
        "<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{:.0f}\" text-anchor=\"{}\" "
        "class=\"{}\" fill=\"{}\">{}</text>",
        x, y, small_text, anchor, colour == ink_colour ? "on-light" : "on-dark", colour,
        escaped(text));
}

void drawing::line(double x1, double y1, double x2, double y2, std::string_view colour,
                   double width) {
    out_ += fmt::format(
        "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" "
        "stroke-width=\"{:g}\"/>",
        x1, y1, x2, y2, colour, width);
}

}  // namespace veche::render
