#include "render/band_chart.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "render/line_frame.hpp"

namespace veche::render {
namespace {

constexpr double above = 20, legend_row = small_text + 5;

/// A stretch of times without a gap: from, and one behind the last.
struct known_stretch {
    std::size_t from;
    std::size_t end;
};

template <class Known>
std::vector<known_stretch> stretches_of(std::size_t count, Known&& known) {
    std::vector<known_stretch> out;
    for (std::size_t i = 0; i < count; ++i) {
        if (!known(i)) continue;
        if (out.empty() || out.back().end != i) out.push_back({i, i});
        out.back().end = i + 1;
    }
    return out;
}

std::string points_of(const line_frame& in, const std::vector<chart_tick>& times,
                      const band_values& values, const known_stretch& of, bool backwards) {
    std::string out;
    for (std::size_t k = of.from; k < of.end; ++k) {
        const std::size_t i = backwards ? of.from + of.end - 1 - k : k;
        out += fmt::format("{:.1f} {:.1f} ", in.x(times[i].at), in.y(*values[i]));
    }
    return out;
}

void draw_band(drawing& on, const line_frame& in, const std::vector<chart_tick>& times,
               const band_line& line, std::string_view colour) {
    const std::size_t count = std::min({times.size(), line.low.size(), line.high.size()});
    for (const known_stretch& of :
         stretches_of(count, [&](std::size_t i) { return line.low[i] && line.high[i]; })) {
        // A single day has no width: it is a stroke from end to end.
        if (of.end == of.from + 1)
            on.add(
                fmt::format("<path stroke=\"{}\" stroke-opacity=\"0.3\" stroke-width=\"2\" "
                            "d=\"M{:.1f} {:.1f}V{:.1f}\"/>",
                            colour, in.x(times[of.from].at), in.y(*line.low[of.from]),
                            in.y(*line.high[of.from])));
        else
            on.add(fmt::format("<polygon fill=\"{}\" fill-opacity=\"0.16\" points=\"{}{}\"/>",
                               colour, points_of(in, times, line.low, of, false),
                               points_of(in, times, line.high, of, true)));
    }
}

/// Whether anything of the middle was drawn.
bool draw_middle(drawing& on, const line_frame& in, const std::vector<chart_tick>& times,
                 const band_line& line, const std::string& stroke, std::string_view colour) {
    const std::size_t count = std::min(times.size(), line.middle.size());
    const auto known =
        stretches_of(count, [&](std::size_t i) { return static_cast<bool>(line.middle[i]); });
    for (const known_stretch& of : known) {
        if (of.end == of.from + 1)
            on.add(fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2\" fill=\"{}\"/>",
                               in.x(times[of.from].at), in.y(*line.middle[of.from]), colour));
        else
            on.add(fmt::format("<polyline {} points=\"{}\"/>", stroke,
                               points_of(in, times, line.middle, of, false)));
    }
    return !known.empty();
}

}  // namespace

markup bands(const std::string& title, const std::string& description,
             const std::vector<chart_tick>& times, const std::vector<chart_tick>& ticks,
             const std::vector<band_line>& all, std::optional<double> level) {
    const double foot = line_frame::height + above + 4;
    drawing on(title, description, foot + legend_row * static_cast<double>(all.size()) + 4);
    on.words(6, small_text + 3, "start", title);
    const line_frame in(times, ticks, above, true);
    in.draw_axes(on, times, ticks);
    if (level)
        on.line(line_frame::left, in.y(*level), chart_width - 6, in.y(*level), ink_colour, 1);
    for (std::size_t i = 0; i < all.size(); ++i)
        draw_band(on, in, times, all[i], looks[i % std::size(looks)].colour);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const line_look& look = looks[i % std::size(looks)];
        const std::string stroke =
            fmt::format("fill=\"none\" stroke=\"{}\" stroke-width=\"2\" stroke-dasharray=\"{}\"",
                        look.colour, look.dashes.empty() ? "none" : look.dashes);
        on.begin(all[i].name);
        const bool lined = draw_middle(on, in, times, all[i], stroke, look.colour);
        const double y = foot + legend_row * (static_cast<double>(i) + 0.5);
        if (!all[i].low.empty())
            on.add(
                fmt::format("<rect x=\"6\" y=\"{:.1f}\" width=\"32\" height=\"10\" fill=\"{}\" "
                            "fill-opacity=\"0.16\"/>",
                            y - 5, look.colour));
        if (lined) on.add(fmt::format("<path {} d=\"M6 {:.1f}H38\"/>", stroke, y));
        on.words(44, y + 4, "start", all[i].name);
        on.end();
    }
    return on.take();
}

}  // namespace veche::render
