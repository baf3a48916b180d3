#pragma once
// Outlines laid into the plane, with what each of their points is worth, and the part of them that
// a picture shows.

#include <map>
#include <optional>

#include "maps/outlines.hpp"

namespace veche::maps {

/// A rectangle of the plane.
struct extent {
    double west = 0, south = 0, east = 0, north = 0;
    [[nodiscard]] double width() const { return east - west; }
    [[nodiscard]] double height() const { return north - south; }
    void widen_to(const point&);
    /// One that holds nothing yet.
    static extent nothing();
};

/// Which part of the plane a picture shows, and how large. Places in the picture count from its
/// upper left corner.
struct window {
    point middle;     ///< of the plane
    double unit = 1;  ///< of the picture, for one of the plane
    double width = 0;
    double height = 0;
    double cosine = 1, sine = 0;  ///< of the turn of the plane around the middle
    [[nodiscard]] point place(const point& at) const {
        const double x = at.x - middle.x;
        const double y = at.y - middle.y;
        return {width / 2 + (cosine * x - sine * y) * unit,
                height / 2 - (sine * x + cosine * y) * unit};
    }
    /// The point of the plane at a place of the picture.
    [[nodiscard]] point back(const point& placed) const {
        const double x = (placed.x - width / 2) / unit;
        const double y = (height / 2 - placed.y) / unit;
        return {middle.x + cosine * x + sine * y, middle.y - sine * x + cosine * y};
    }
};

/// The whole of `all` in a picture of that width, no higher than `most_height`.
window whole_window(const extent& all, double width, double least_height, double most_height);
/// The same `zoom` times as large around a point of the plane, turned by so many radians. The
/// middle stays where the picture would lie within the whole, were it not turned.
window zoomed(const window& whole, double zoom, const point& middle, double turn = 0);

/// Where a name of a unit has most room: a point of the plane, and how wide the unit is there.
struct label_place {
    point at;
    double width = 0;
};

class sheet {
  public:
    explicit sheet(outlines);

    [[nodiscard]] const outlines& source() const { return source_; }
    [[nodiscard]] const extent& whole() const { return whole_; }
    [[nodiscard]] point place(const position& at) const { return source_.onto.place(at); }
    [[nodiscard]] position back(const point& at) const { return source_.onto.back(at); }
    /// Number of the unit with that id, or with that second code.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view id) const;
    /// Number of the unit around a place.
    [[nodiscard]] std::optional<std::size_t> around(const position&) const;
    [[nodiscard]] const label_place& label_of(std::size_t unit) const { return labels_[unit]; }
    /// The unit as an SVG path in tenths of the picture's unit, with as many points as can be told
    /// apart there; "" where nothing of it is seen.
    [[nodiscard]] std::string path_of(std::size_t unit, const window&) const;

  private:
    struct weighed_point {
        point at;
        double worth = 0;  ///< area of the triangle that it makes, by Visvalingam; ends: infinite
    };
    [[nodiscard]] std::vector<point> points_of(const arc_ring&, double least) const;

    outlines source_;
    std::vector<std::vector<weighed_point>> arcs_;
    std::vector<extent> bounds_;  ///< of units
    std::map<std::string, std::size_t, std::less<>> codes_;
    std::vector<label_place> labels_;
    extent whole_;
};

}  // namespace veche::maps
