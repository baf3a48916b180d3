#include "render/band_chart.hpp"

#include <iterator>

#include <fmt/format.h>

#include "render/line_frame.hpp"

namespace veche::render {
namespace {

constexpr double above = 20, legend_row = small_text + 5;

std::string points_of(const line_frame& in, const std::vector<chart_tick>& times,
                      const std::vector<double>& values, bool backwards) {
    std::string out;
    for (std::size_t k = 0; k < values.size() && k < times.size(); ++k) {
        const std::size_t i = backwards ? values.size() - 1 - k : k;
        out += fmt::format("{:.1f} {:.1f} ", in.x(times[i].at), in.y(values[i]));
    }
    return out;
}

}  // namespace

markup bands(const std::string& title, const std::string& description,
             const std::vector<chart_tick>& times, const std::vector<chart_tick>& ticks,
             const std::vector<band_line>& all) {
    const double foot = line_frame::height + above + 4;
    drawing on(title, description, foot + legend_row * static_cast<double>(all.size()) + 4);
    on.words(6, small_text + 3, "start", title);
    const line_frame in(times, ticks, above, true);
    in.draw_axes(on, times, ticks);
    for (std::size_t i = 0; i < all.size(); ++i)
        if (!all[i].low.empty())
            on.add(fmt::format("<polygon fill=\"{}\" fill-opacity=\"0.16\" points=\"{}{}\"/>",
                               looks[i % std::size(looks)].colour,
                               points_of(in, times, all[i].low, false),
                               points_of(in, times, all[i].high, true)));
    for (std::size_t i = 0; i < all.size(); ++i) {
        const line_look& look = looks[i % std::size(looks)];
        const std::string stroke =
            fmt::format("fill=\"none\" stroke=\"{}\" stroke-width=\"2\" stroke-dasharray=\"{}\"",
                        look.colour, look.dashes.empty() ? "none" : look.dashes);
        on.begin(all[i].name);
        on.add(fmt::format("<polyline {} points=\"{}\"/>", stroke,
                           points_of(in, times, all[i].middle, false)));
        const double y = foot + legend_row * (static_cast<double>(i) + 0.5);
        on.add(fmt::format("<path {} d=\"M6 {:.1f}H38\"/>", stroke, y));
        on.words(44, y + 4, "start", all[i].name);
        on.end();
    }
    return on.take();
}

}  // namespace veche::render
