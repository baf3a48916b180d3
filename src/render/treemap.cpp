#include "render/treemap.hpp"

#include <algorithm>

namespace veche::render {
namespace {

/// The worst ratio of sides in a row of tiles: of areas from `least` to `most`, `sum` together,
/// along a side of that length.
double worst_ratio(double least, double most, double sum, double side) {
    const double square = side * side;
    return std::max(square * most / (sum * sum), sum * sum / (square * least));
}

/// Fills what is left of the frame, row by row along its shorter side.
class squarifier {
  public:
    squarifier(const std::vector<double>& sizes, double width, double height)
        : left_{0, 0, width, height}, tiles_(sizes.size()) {
        double whole = 0;
        for (const double size : sizes) whole += std::max(size, 0.0);
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            if (!(sizes[i] > 0)) continue;
            places_.push_back(i);
            areas_.push_back(sizes[i] / whole * width * height);
        }
    }

    std::vector<tile> run() {
        for (std::size_t from = 0; from < areas_.size();) from = lay_row(from);
        return std::move(tiles_);
    }

  private:
    std::size_t lay_row(std::size_t from) {
        const double side = std::min(left_.width, left_.height);
        double least = areas_[from];
        double most = least;
        double sum = least;
        std::size_t end = from + 1;
        for (; end < areas_.size(); ++end) {
            const double low = std::min(least, areas_[end]);
            const double high = std::max(most, areas_[end]);
            if (worst_ratio(low, high, sum + areas_[end], side) >
                worst_ratio(least, most, sum, side))
                break;
            least = low;
            most = high;
            sum += areas_[end];
        }
        place(from, end, sum);
        return end;
    }

    /// The last tile of a row, and the last row, take what rounding left.
    void place(std::size_t from, std::size_t end, double sum) {
        const bool upright = left_.width >= left_.height;
        const double side = upright ? left_.height : left_.width;
        const double room = upright ? left_.width : left_.height;
        const double depth = end == areas_.size() ? room : std::min(sum / side, room);
        double at = 0;
        for (std::size_t i = from; i < end; ++i) {
            const double length = i + 1 == end ? side - at : areas_[i] / sum * side;
            tiles_[places_[i]] = upright ? tile{left_.x, left_.y + at, depth, length}
                                         : tile{left_.x + at, left_.y, length, depth};
            at += length;
        }
        (upright ? left_.x : left_.y) += depth;
        (upright ? left_.width : left_.height) -= depth;
    }

    tile left_;
    std::vector<tile> tiles_;
    std::vector<std::size_t> places_;
    std::vector<double> areas_;
};

}  // namespace

std::vector<tile> squarified(const std::vector<double>& sizes, double width, double height) {
    return squarifier(sizes, width, height).run();
}

}  // namespace veche::render
