#include "render/line_frame.hpp"

#include <algorithm>

namespace veche::render {

void line_frame::draw_axes(drawing& on, const std::vector<chart_tick>& times,
                           const std::vector<chart_tick>& ticks) const {
    for (const chart_tick& tick : ticks) {
        on.line(left, y(tick.at), right_, y(tick.at), "#d8d5cb", 1);
        on.words(left - 4, y(tick.at) + 4, "end", tick.label);
    }
    double next = -chart_width;
    for (const chart_tick& time : times) {
        if (time.label.empty()) continue;
        const double half = width_of(time.label) / 2;
        // At the edge of the picture it moves in.
        const double middle = std::min(x(time.at), chart_width - half - 1);
        if (middle - half < next) continue;
        on.words(middle, bottom + shift_ + 16, "middle", time.label);
        next = middle + half + 4;
    }
}

}  // namespace veche::render
