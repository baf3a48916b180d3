#pragma once
// What pictures of lines over time share: the frame, its axes, how lines look.

#include <string_view>
#include <vector>

#include "render/drawing.hpp"

namespace veche::render {

/// Lines differ by dashes and marks, not by colour alone.
struct line_look {
    std::string_view colour;
    std::string_view dashes;
};
inline constexpr line_look looks[] = {
    {"#14425f", ""},    {"#a3262c", "7 3"}, {"#1c6440", "2 3"},  {"#7a4b00", "9 3 2 3"},
    {"#5a3d8a", "4 2"}, {"#505c69", "1 2"}, {"#0b5286", "12 4"}, {"#8a2f6b", "6 2 2 2 2 2"}};

/// Where times and values stand.
class line_frame {
  public:
    /// `shift`: how much lower it stands, for words above it. `wide`: no labels at the ends of
    /// lines.
    line_frame(const std::vector<chart_tick>& times, const std::vector<chart_tick>& ticks,
               double shift = 0, bool wide = false)
        : first_(times.empty() ? 0 : times.front().at),
          span_(times.size() < 2 ? 1 : times.back().at - first_),
          most_(ticks.empty() || ticks.back().at <= 0 ? 1 : ticks.back().at),
          shift_(shift),
          right_(wide ? chart_width - 6 : right),
          alone_(times.size() < 2) {}
    [[nodiscard]] double x(double at) const {
        return left + (alone_ ? 0.5 : (at - first_) / span_) * (right_ - left);
    }
    [[nodiscard]] double y(double value) const {
        return bottom + shift_ - value / most_ * (bottom - top);
    }

    void draw_axes(drawing& on, const std::vector<chart_tick>& times,
                   const std::vector<chart_tick>& ticks) const;

    static constexpr double left = 46;
    static constexpr double right = 286;
    static constexpr double top = 10;
    static constexpr double bottom = 206;
    static constexpr double height = 230;

  private:
    double first_, span_, most_, shift_, right_;
    bool alone_;
};

}  // namespace veche::render
