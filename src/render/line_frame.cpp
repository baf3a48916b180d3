#include "render/line_frame.hpp"

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
        if (x(time.at) - half < next) continue;
        on.words(x(time.at), bottom + shift_ + 16, "middle", time.label);
        next = x(time.at) + half + 4;
    }
}

}  // namespace veche::render
