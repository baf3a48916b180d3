#pragma once
// A dense matrix of doubles, column by column, as LAPACK takes it.

#include <cstddef>
#include <span>
#include <vector>

namespace veche::numerics {

struct dense {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<double> cells;  ///< cell (i, j) at i + j * rows

    dense() = default;
    /// All zero.
    dense(std::size_t rows_in, std::size_t columns_in)
        : rows(rows_in), columns(columns_in), cells(rows_in * columns_in) {}

    double& operator()(std::size_t i, std::size_t j) { return cells[i + j * rows]; }
    double operator()(std::size_t i, std::size_t j) const { return cells[i + j * rows]; }
    [[nodiscard]] std::span<double> column(std::size_t j) {
        return {cells.data() + j * rows, rows};
    }
    [[nodiscard]] std::span<const double> column(std::size_t j) const {
        return {cells.data() + j * rows, rows};
    }
};

/// a times b, or a transposed times b. The shapes must fit; no shape may exceed 2^31 - 1.
dense product(const dense& a, const dense& b, bool transposed = false);

}  // namespace veche::numerics
