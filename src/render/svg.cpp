#include "render/svg.hpp"

#include <algorithm>

#include "render/escape.hpp"

namespace veche::render {
namespace {

/// Parts per ten thousand of a whole, as a percentage with two places: "12.34%".
std::string percent(std::int64_t part, std::int64_t whole) {
    const std::int64_t share =
        whole == 0 ? 0 : static_cast<std::int64_t>(static_cast<int128>(part) * 10'000 / whole);
    const std::int64_t rest = share % 100;
    return std::to_string(share / 100) + (rest < 10 ? ".0" : ".") + std::to_string(rest) + "%";
}

std::string attribute(std::string_view name, std::string_view value) {
    return " " + std::string(name) + "=\"" + escaped(value) + "\"";
}

std::string rectangle(const std::string& x, int y, const std::string& width, int height,
                      const std::string& kind) {
    return "<rect" + attribute("x", x) + attribute("y", std::to_string(y)) +
           attribute("width", width) + attribute("height", std::to_string(height)) +
           attribute("class", "s-" + kind) + "/>";
}

std::string words(const std::string& x, int y, const std::string& anchor, const std::string& text) {
    return "<text" + attribute("x", x) + attribute("y", std::to_string(y)) +
           attribute("text-anchor", anchor) + ">" + escaped(text) + "</text>";
}

const std::string& shown(const plot_part& part, std::string& spare) {
    if (!part.shown.empty()) return part.shown;
    spare = std::to_string(part.value);
    return spare;
}

std::string opening(const std::string& title, int height) {
    return "<svg class=\"plot\" role=\"img\" width=\"100%\"" +
           attribute("height", std::to_string(height)) + attribute("aria-label", title) + ">";
}

std::string mark_line(const plot_mark& mark, std::int64_t whole) {
    const std::string at = percent(mark.value, whole);
    const bool right = static_cast<int128>(mark.value) * 2 > whole;
    return "<line class=\"mark\"" + attribute("x1", at) + attribute("x2", at) +
           " y1=\"20\" y2=\"52\"/>" + words(at, 14, right ? "end" : "start", mark.label);
}

}  // namespace

markup stacked_bar(const std::string& title, const std::vector<plot_part>& parts,
                   const std::vector<plot_mark>& marks) {
    std::int64_t whole = 0;
    for (const plot_part& part : parts) whole += part.value;
    for (const plot_mark& mark : marks) whole = std::max(whole, mark.value);
    const int top = marks.empty() ? 0 : 22;
    std::string out = opening(title, top + 28);
    std::int64_t done = 0;
    for (const plot_part& part : parts) {
        if (part.value == 0) continue;
        out += rectangle(percent(done, whole), top, percent(part.value, whole), 28, part.kind);
        done += part.value;
    }
    for (const plot_mark& mark : marks) out += mark_line(mark, whole);
    return {out + "</svg>"};
}

markup legend(const std::vector<plot_part>& parts) {
    std::string out = "<ul class=\"legend\">";
    std::string spare;
    for (const plot_part& part : parts)
        out += "<li><svg width=\"14\" height=\"14\" aria-hidden=\"true\" focusable=\"false\">" +
               rectangle("0", 0, "14", 14, part.kind) + "</svg>" + escaped(part.label) + ": " +
               escaped(shown(part, spare)) + "</li>";
    return {out + "</ul>"};
}

markup bars(const std::string& title, const std::vector<plot_part>& parts) {
    std::int64_t most = 0;
    for (const plot_part& part : parts) most = std::max(most, part.value);
    constexpr int row = 62;  // label, value and bar below each other: they fit the narrowest phone
    std::string out = opening(title, static_cast<int>(parts.size()) * row);
    std::string spare;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const int y = static_cast<int>(i) * row;
        out += words("0", y + 14, "start", parts[i].label);
        out += words("0", y + 30, "start", shown(parts[i], spare));
        out += rectangle("0", y + 36, "100%", 14, "none");
        out += rectangle("0", y + 36, percent(std::max<std::int64_t>(parts[i].value, 0), most), 14,
                         parts[i].kind);
    }
    return {out + "</svg>"};
}

markup line(const std::string& title, const std::vector<plot_part>& points) {
    constexpr std::int64_t width = 1000;
    constexpr std::int64_t height = 200;
    std::int64_t most = 1;
    for (const plot_part& point : points) most = std::max(most, point.value);
    const auto gaps = static_cast<std::int64_t>(std::max<std::size_t>(points.size(), 2) - 1);
    std::string way;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const std::int64_t x = static_cast<std::int64_t>(i) * width / gaps;
        const auto y = static_cast<std::int64_t>(height - static_cast<int128>(points[i].value) *
                                                              (height - 10) / most);
        way += (i == 0 ? "M" : "L") + std::to_string(x) + " " + std::to_string(y);
    }
    std::string out = opening(title, 240);
    out +=
        "<svg width=\"100%\" height=\"200\" viewBox=\"0 0 1000 200\" preserveAspectRatio=\"none\">"
        "<line class=\"axis\" x1=\"0\" y1=\"200\" x2=\"1000\" y2=\"200\"/>"
        "<path class=\"s-line\" vector-effect=\"non-scaling-stroke\" d=\"" +
        way + "\"/></svg>";
    if (!points.empty()) {
        out += words("0", 220, "start", points.front().label);
        out += words("100%", 220, "end", points.back().label);
    }
    return {out + "</svg>"};
}

}  // namespace veche::render
