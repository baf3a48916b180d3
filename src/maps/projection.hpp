#pragma once
// From degrees to a plane and back, on a ball of radius one. Both projections keep areas, so that
// no region looks larger than it is.

#include <variant>

namespace veche::maps {

/// Degrees; longitudes may go on past 180 where a map has its middle far from zero.
struct position {
    double longitude = 0;
    double latitude = 0;
};

/// A point of the plane: x to the east, y to the north.
struct point {
    double x = 0;
    double y = 0;
};

/// Albers' conic with two parallels that keep their length. J. P. Snyder, Map Projections: A
/// Working Manual (1987), formulas 14-1 to 14-11.
class conic {
  public:
    /// Degrees; the parallels lie on one side of the equator.
    conic(double centre, double south, double north);
    [[nodiscard]] point place(const position&) const;
    [[nodiscard]] position back(const point&) const;
    /// Turning the plane by so much (radians) puts north up at that longitude: what
    /// comes of it is the same projection with its middle there.
    [[nodiscard]] double turn_at(double longitude) const;

  private:
    [[nodiscard]] double radius(double latitude) const;
    double centre_, n_, c_, radius_;
};

/// Equal Earth. B. Šavrič, T. Patterson, B. Jenny, The Equal Earth map projection (2018).
class equal_earth {
  public:
    explicit equal_earth(double centre) : centre_(centre) {}
    [[nodiscard]] point place(const position&) const;
    [[nodiscard]] position back(const point&) const;
    /// North is up, or nearly so, without any turning.
    [[nodiscard]] double turn_at(double /*longitude*/) const { return 0; }

  private:
    double centre_;
};

class projection {
  public:
    projection(conic of) : of_(of) {}        // NOLINT(google-explicit-constructor)
    projection(equal_earth of) : of_(of) {}  // NOLINT(google-explicit-constructor)
    [[nodiscard]] point place(const position& at) const {
        return std::visit([&](const auto& one) { return one.place(at); }, of_);
    }
    [[nodiscard]] position back(const point& at) const {
        return std::visit([&](const auto& one) { return one.back(at); }, of_);
    }
    [[nodiscard]] double turn_at(double longitude) const {
        return std::visit([&](const auto& one) { return one.turn_at(longitude); }, of_);
    }

  private:
    std::variant<conic, equal_earth> of_;
};

}  // namespace veche::maps
