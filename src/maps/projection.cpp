#include "maps/projection.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace veche::maps {
namespace {

constexpr double radian = std::numbers::pi / 180;

/// A longitude within half a turn of the middle.
double turned(double longitude, double centre) {
    double from = longitude - centre;
    while (from > 180) from -= 360;
    while (from < -180) from += 360;
    return from * radian;
}

constexpr double a1 = 1.340264, a2 = -0.081106, a3 = 0.000893, a4 = 0.003796;
const double root = std::sqrt(3.0) / 2;

double height_of(double t) {
    const double t2 = t * t;
    const double t6 = t2 * t2 * t2;
    return t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2));
}

double slope_of(double t) {
    const double t2 = t * t;
    const double t6 = t2 * t2 * t2;
    return a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2);
}

}  // namespace

conic::conic(double centre, double south, double north) : centre_(centre) {
    const double first = std::sin(south * radian);
    n_ = (first + std::sin(north * radian)) / 2;
    const double cosine = std::cos(south * radian);
    c_ = cosine * cosine + 2 * n_ * first;
    radius_ = radius((south + north) / 2);
}

double conic::radius(double latitude) const {
    return std::sqrt(std::max(0.0, c_ - 2 * n_ * std::sin(latitude * radian))) / n_;
}

point conic::place(const position& at) const {
    const double from_pole = radius(at.latitude);
    const double angle = n_ * turned(at.longitude, centre_);
    return {from_pole * std::sin(angle), radius_ - from_pole * std::cos(angle)};
}

double conic::turn_at(double longitude) const {
    return -n_ * turned(longitude, centre_);
}

position conic::back(const point& at) const {
    const double side = n_ < 0 ? -1 : 1;
    const double down = radius_ - at.y;
    const double from_pole = std::hypot(at.x, down);
    const double angle = std::atan2(side * at.x, side * down);
    const double sine = (c_ - from_pole * from_pole * n_ * n_) / (2 * n_);
    return {centre_ + angle / n_ / radian, std::asin(std::clamp(sine, -1.0, 1.0)) / radian};
}

point equal_earth::place(const position& at) const {
    const double t = std::asin(root * std::sin(at.latitude * radian));
    return {turned(at.longitude, centre_) * std::cos(t) / (root * slope_of(t)), height_of(t)};
}

position equal_earth::back(const point& at) const {
    // Newton's steps; the slope is never below 0.4, so that twelve are more than enough.
    constexpr double pole = std::numbers::pi / 3;
    double t = std::clamp(at.y / a1, -pole, pole);
    for (int step = 0; step < 12; ++step)
        t = std::clamp(t - (height_of(t) - at.y) / slope_of(t), -pole, pole);
    const double turn = at.x * root * slope_of(t) / std::cos(t);
    return {centre_ + turn / radian, std::asin(std::clamp(std::sin(t) / root, -1.0, 1.0)) / radian};
}

}  // namespace veche::maps
