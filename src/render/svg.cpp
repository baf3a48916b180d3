#include "render/svg.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

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

std::string svg_attribute(std::string_view name, std::string_view value) {
    return " " + std::string(name) + "=\"" + escaped(value) + "\"";
}

std::string rectangle(const std::string& x, int y, const std::string& width, int height,
                      const std::string& kind) {
    return "<rect" + svg_attribute("x", x) + svg_attribute("y", std::to_string(y)) +
           svg_attribute("width", width) + svg_attribute("height", std::to_string(height)) +
           svg_attribute("class", "s-" + kind) + "/>";
}

std::string words(const std::string& x, int y, const std::string& anchor, const std::string& text) {
    return "<text" + svg_attribute("x", x) + svg_attribute("y", std::to_string(y)) +
           svg_attribute("text-anchor", anchor) + ">" + escaped(text) + "</text>";
}

const std::string& shown(const plot_part& part, std::string& spare) {
    if (!part.shown.empty()) return part.shown;
    spare = std::to_string(part.value);
    return spare;
}

std::string opening(const std::string& title, int height) {
    return "<svg class=\"plot\" role=\"img\" width=\"100%\"" +
           svg_attribute("height", std::to_string(height)) + svg_attribute("aria-label", title) +
           ">";
}

std::string mark_line(const plot_mark& mark, std::int64_t whole) {
    const std::string at = percent(mark.value, whole);
    const bool right = static_cast<int128>(mark.value) * 2 > whole;
    return "<line class=\"mark\"" + svg_attribute("x1", at) + svg_attribute("x2", at) +
           " y1=\"20\" y2=\"52\"/>" + words(at, 14, right ? "end" : "start", mark.label);
}

/// Label, value and drawing below each other: they fit the narrowest phone.
constexpr int plot_row = 62;

/// Places of values between the least and the most, in per cent of the width.
class plot_scale {
  public:
    plot_scale(double least, double most) : least_(least), span_(most > least ? most - least : 1) {}
    plot_scale(std::int64_t least, std::int64_t most)
        : plot_scale(static_cast<double>(least), static_cast<double>(most)) {}
    [[nodiscard]] std::string place(double value) const {
        return fmt::format("{:.2f}%", (value - least_) / span_ * 100);
    }
    [[nodiscard]] std::string length(double value) const {
        return fmt::format("{:.2f}%", std::abs(value) / span_ * 100);
    }

  private:
    double least_, span_;
};

std::string zero_line(const plot_scale& across, int y, int height) {
    return "<line class=\"axis\"" + svg_attribute("x1", across.place(0)) +
           svg_attribute("x2", across.place(0)) + svg_attribute("y1", std::to_string(y)) +
           svg_attribute("y2", std::to_string(y + height)) + "/>";
}

/// Where the nodes of a flow stand and how far their bands reach. Heights are in tenths of a pixel,
/// so that thin bands keep their place; across, the whole is 1000.
class flow_layout {
  public:
    flow_layout(const std::vector<flow_node>& nodes, const std::vector<flow_band>& bands)
        : nodes_(nodes), in_(nodes.size()), out_(nodes.size()), top_(nodes.size()) {
        for (const flow_band& band : bands) {
            out_[band.from] += band.value;
            in_[band.to] += band.value;
        }
        for (const flow_node& node : nodes) columns_ = std::max(columns_, node.column + 1);
        std::vector<int128> sums(columns_);
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            sizes_.push_back(std::max(in_[i], out_[i]));
            sums[nodes[i].column] += sizes_[i];
        }
        for (const int128 sum : sums) whole_ = std::max(whole_, sum);
        std::vector<std::int64_t> next(columns_);
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            std::int64_t& y = next[nodes[i].column];
            top_[i] = y;
            height_ = std::max(height_, y + node_height(i));
            y += std::max(node_height(i), least_node) + gap;
        }
        // From here on they count the bands that are drawn.
        in_.assign(nodes.size(), 0);
        out_.assign(nodes.size(), 0);
    }

    [[nodiscard]] std::int64_t height() const { return height_ + margin * 2; }

    std::string rectangle_of(std::size_t i) const {
        return "<rect" + svg_attribute("x", std::to_string(left(i))) +
               svg_attribute("y", std::to_string(top_[i] + margin)) +
               svg_attribute("width", std::to_string(width)) +
               svg_attribute("height", std::to_string(std::max(node_height(i), least_node))) +
               svg_attribute("class", "s-" + nodes_[i].kind) + "><title>" +
               escaped(nodes_[i].name) + "</title></rect>";
    }

    /// Beside the node: to its right, in the last column to its left.
    std::string mark_of(std::size_t i) const {
        const bool last = nodes_[i].column + 1 == columns_ && columns_ > 1;
        const std::int64_t y = (top_[i] + margin + node_height(i) / 2) / 10 + 5;
        return "<text" + svg_attribute("x", percent(last ? left(i) : left(i) + width, across)) +
               svg_attribute("dx", last ? "-5" : "5") + svg_attribute("y", std::to_string(y)) +
               svg_attribute("text-anchor", last ? "end" : "start") + ">" +
               escaped(nodes_[i].mark) + "</text>";
    }

    /// The next band; in their order.
    std::string band(const flow_band& one) {
        const auto [from, from_end] = reach(out_, one.from, one.value);
        const auto [to, to_end] = reach(in_, one.to, one.value);
        const std::string x = std::to_string(left(one.from) + width);
        const std::string end = std::to_string(left(one.to));
        const std::string middle = std::to_string((left(one.from) + width + left(one.to)) / 2);
        return "<path class=\"s-flow\" d=\"M" + x + " " + from + "C" + middle + " " + from + " " +
               middle + " " + to + " " + end + " " + to + "L" + end + " " + to_end + "C" + middle +
               " " + to_end + " " + middle + " " + from_end + " " + x + " " + from_end + "Z\"/>";
    }

    static constexpr std::int64_t across = 1000;

  private:
    static constexpr std::int64_t body = 3200;  // of the column that holds most
    static constexpr std::int64_t gap = 180;    // a line of text
    static constexpr std::int64_t margin = 60;
    static constexpr std::int64_t width = 16;
    static constexpr std::int64_t least_node = 10;

    [[nodiscard]] std::int64_t scaled(int128 value) const {
        return whole_ == 0 ? 0 : static_cast<std::int64_t>(value * body / whole_);
    }
    [[nodiscard]] std::int64_t node_height(std::size_t i) const { return scaled(sizes_[i]); }
    [[nodiscard]] std::int64_t left(std::size_t i) const {
        const auto gaps = static_cast<std::int64_t>(std::max<std::size_t>(columns_, 2) - 1);
        return static_cast<std::int64_t>(nodes_[i].column) * (across - width) / gaps;
    }
    /// From where to where the band reaches on this side of the node.
    std::pair<std::string, std::string> reach(std::vector<int128>& done, std::size_t node,
                                              std::int64_t value) {
        const std::int64_t begin = top_[node] + margin + scaled(done[node]);
        done[node] += value;
        return {std::to_string(begin), std::to_string(top_[node] + margin + scaled(done[node]))};
    }

    const std::vector<flow_node>& nodes_;
    std::vector<int128> in_;
    std::vector<int128> out_;
    std::vector<int128> sizes_;
    std::vector<std::int64_t> top_;
    std::size_t columns_ = 1;
    int128 whole_ = 0;
    std::int64_t height_ = 0;
};

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
    std::int64_t least = 0, most = 0;
    for (const plot_part& part : parts) {
        least = std::min(least, part.value);
        most = std::max(most, part.value);
    }
    const bool below = least < 0;
    const plot_scale across(least, most);
    std::string out = opening(title, static_cast<int>(parts.size()) * plot_row);
    std::string spare;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto value = static_cast<double>(parts[i].value);
        const int y = static_cast<int>(i) * plot_row;
        out += words("0", y + 14, "start", parts[i].label);
        out += words("0", y + 30, "start", shown(parts[i], spare));
        out += rectangle("0", y + 36, "100%", 14, "none");
        out += rectangle(across.place(std::min(value, 0.0)), y + 36, across.length(value), 14,
                         parts[i].kind);
        if (below) out += zero_line(across, y + 33, 20);
    }
    return {out + "</svg>"};
}

markup intervals(const std::string& title, const std::vector<plot_interval>& parts) {
    double least = 0, most = 0;
    for (const plot_interval& part : parts) {
        least = std::min(least, part.low);
        most = std::max(most, part.high);
    }
    // Room for half a dot at both ends.
    const double room = (most - least) / 40;
    const plot_scale across(least - room, most + room);
    std::string out = opening(title, static_cast<int>(parts.size()) * plot_row + 20);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const plot_interval& part = parts[i];
        const int y = static_cast<int>(i) * plot_row;
        out += words("0", y + 14, "start", part.label);
        out += words("0", y + 30, "start", part.shown);
        const std::string middle = std::to_string(y + 44);
        out += "<line class=\"rule\" x1=\"0\" x2=\"100%\"" + svg_attribute("y1", middle) +
               svg_attribute("y2", middle) + "/>";
        out += zero_line(across, y + 34, 20);
        out +=
            rectangle(across.place(part.low), y + 42, across.length(part.high - part.low), 4, "b");
        out += "<circle class=\"s-a\" r=\"6\"" + svg_attribute("cx", across.place(part.at)) +
               svg_attribute("cy", middle) + "/>";
    }
    if (!parts.empty())
        out +=
            words(across.place(0), static_cast<int>(parts.size()) * plot_row + 10, "middle", "0");
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

markup flow(const std::string& title, const std::string& description,
            const std::vector<flow_node>& nodes, const std::vector<flow_band>& bands) {
    std::vector<flow_band> drawn;
    for (const flow_band& band : bands)
        if (band.from < nodes.size() && band.to < nodes.size() && band.value > 0)
            drawn.push_back(band);
    flow_layout layout(nodes, drawn);
    std::string out = opening(title, static_cast<int>(layout.height() / 10));
    out += "<desc>" + escaped(description) + "</desc><svg width=\"100%\" height=\"100%\"" +
           svg_attribute("viewBox", "0 0 " + std::to_string(flow_layout::across) + " " +
                                        std::to_string(layout.height())) +
           " preserveAspectRatio=\"none\">";
    for (const flow_band& band : drawn) out += layout.band(band);
    for (std::size_t i = 0; i < nodes.size(); ++i) out += layout.rectangle_of(i);
    out += "</svg>";
    for (std::size_t i = 0; i < nodes.size(); ++i) out += layout.mark_of(i);
    return {out + "</svg>"};
}

}  // namespace veche::render
