#include "api/pages/call_map.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "render/escape.hpp"

namespace veche::api::pages {
namespace {

constexpr double map_degree = 1e6;
constexpr double map_width = 340;  // of the whole, in units that are pixels on a phone
constexpr double map_margin = 42;  // for the figures of the net
constexpr double least_height = 150;
constexpr double most_height = 300;
constexpr double km_of_degree = 111.195;  // of latitude, the Earth being a ball of 6371 km

struct span_of {
    double from = 0;
    double to = 0;
    [[nodiscard]] double size() const { return to - from; }
    [[nodiscard]] double middle() const { return (from + to) / 2; }
    void widen_to(double least) {
        if (size() >= least) return;
        const double at = middle();
        from = at - least / 2;
        to = at + least / 2;
    }
};

/// 1, 2 or 5 times a power of ten: the largest that is not above the value.
double round_figure(double value) {
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double factor : {5.0, 2.0})
        if (factor * power <= value) return factor * power;
    return power;
}

class map_drawing {
  public:
    map_drawing(const std::string& title, const std::vector<map_mark>& marks) : marks_(marks) {
        fit();
        out_ = fmt::format(
            "<svg class=\"place-map\" role=\"img\" viewBox=\"0 0 {:.0f} {:.0f}\" "
            "aria-label=\"{}\">",
            map_width, height_ + map_margin, render::escaped(title));
    }

    render::markup draw() {
        net(true);
        net(false);
        bar();
        for (const map_mark& one : marks_) mark(one);
        return {out_ + "</svg>"};
    }

  private:
    void fit() {
        across_ = {180, -180};
        up_ = {90, -90};
        for (const map_mark& one : marks_) {
            across_ = {std::min(across_.from, one.at.longitude / map_degree),
                       std::max(across_.to, one.at.longitude / map_degree)};
            up_ = {std::min(up_.from, one.at.latitude / map_degree),
                   std::max(up_.to, one.at.latitude / map_degree)};
        }
        constexpr double least = 0.5;
        across_.widen_to(least);
        up_.widen_to(least);
        across_.widen_to(across_.size() * 1.15);
        up_.widen_to(up_.size() * 1.2);
        const double middle = std::min(std::abs(up_.middle()), 85.0);
        shrink_ = std::cos(middle * std::numbers::pi / 180);
        // One scale for both directions: whichever needs more room decides.
        unit_ = std::min((map_width - map_margin) / (across_.size() * shrink_),
                         most_height / up_.size());
        height_ = std::clamp(up_.size() * unit_, least_height, most_height);
        across_.widen_to((map_width - map_margin) / (unit_ * shrink_));
        up_.widen_to(height_ / unit_);
    }

    [[nodiscard]] double x_of(double longitude) const {
        return map_margin + (longitude - across_.from) * unit_ * shrink_;
    }
    [[nodiscard]] double y_of(double latitude) const { return (up_.to - latitude) * unit_; }

    void net(bool meridians) {
        const span_of& along = meridians ? across_ : up_;
        double step = round_figure(along.size() / 3);
        // Figures beside each other need room, and degrees past ten stand in steps that divide 90.
        if (step > 10) step = step > 30 ? 45 : 15;
        const int places = step < 0.1 ? 2 : step < 1 ? 1 : 0;
        const double first = std::ceil(along.from / step) * step;
        for (double at = first; at <= along.to; at += step) {
            const double x1 = meridians ? x_of(at) : map_margin;
            const double x2 = meridians ? x1 : map_width;
            const double y1 = meridians ? 0 : y_of(at);
            const double y2 = meridians ? height_ : y1;
            out_ += fmt::format(
                "<line class=\"net\" x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"/>", x1,
                y1, x2, y2);
            const double figure = std::abs(at) < step / 10 ? 0 : at;
            // A figure that would stand half outside is left out; its line says enough.
            constexpr double half = 16;
            if (meridians ? x1 > map_width - half : y1 < half / 2) continue;
            if (meridians)
                words(x1, height_ + 13, "middle", fmt::format("{:.{}f}°", figure, places));
            else
                words(map_margin - 4, y1 + 4, "end", fmt::format("{:.{}f}°", figure, places));
        }
    }

    void bar() {
        const double km = round_figure(110 / unit_ * km_of_degree);
        const double length = km / km_of_degree * unit_;
        const double y = height_ + 24;
        out_ += fmt::format("<path class=\"bar\" d=\"M{:.1f} {:.1f}v6h{:.1f}v-6\"/>", map_margin,
                            y - 3, length);
        words(map_margin + length + 6, y + 4, "start", fmt::format("{:g} km", km));
    }

    void mark(const map_mark& one) {
        const double x = x_of(one.at.longitude / map_degree);
        const double y = y_of(one.at.latitude / map_degree);
        out_ += fmt::format(
            "<g class=\"{}\"><title>{}. {}</title><circle cx=\"{:.1f}\" "
            "cy=\"{:.1f}\" r=\"9\"/>",
            one.funded ? "mark funded" : "mark", one.number, render::escaped(one.name), x, y);
        words(x, y + 4, "middle", std::to_string(one.number));
        out_ += "</g>";
    }

    void words(double x, double y, const char* anchor, const std::string& text) {
        out_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>", x, y,
                            anchor, render::escaped(text));
    }

    const std::vector<map_mark>& marks_;
    span_of across_;
    span_of up_;
    double shrink_ = 1;  // a degree of longitude over one of latitude
    double unit_ = 1;    // drawn for one degree of latitude
    double height_ = 0;
    std::string out_;
};

}  // namespace

render::markup place_map(const std::string& title, const std::vector<map_mark>& marks) {
    if (marks.empty()) return {};
    return map_drawing(title, marks).draw();
}

}  // namespace veche::api::pages
