#include "numerics/elimination_factor.hpp"

#include <algorithm>
#include <cmath>

namespace veche::numerics {
namespace {

constexpr double dependence = 1e-9;      // of a pivot with all weights 1, over the diagonal
constexpr double least_pivot = 1e-15;    // over the diagonal: less cannot be told from rounding
constexpr std::size_t panel_width = 32;  // pivots that are taken out of the rest in one go
constexpr std::size_t tile = 4;

/// Two numbers that are added and multiplied side by side.
using two = double __attribute__((vector_size(16)));

/// The lower triangle of a front: its first columns are kept, the others go into the next front.
struct triangle {
    std::size_t size, pivots;
    double* kept;  // size x pivots
    double* rest;  // (size - pivots) squared
    /// Column j; element i, which is at least j, stands at place i.
    [[nodiscard]] double* column(std::size_t j) const {
        return j < pivots ? kept + j * size : rest + (j - pivots) * (size - pivots) - pivots;
    }
};

/// sum := a b' for `depth` columns of 4 numbers each.
void tile_product(const double* a, const double* b, std::size_t depth, double* sum) {
    two s[tile][2] = {};
    for (std::size_t k = 0; k < depth; ++k) {
        const two upper = {a[0], a[1]};
        const two lower = {a[2], a[3]};
        for (std::size_t j = 0; j < tile; ++j) {
            s[j][0] += upper * b[j];
            s[j][1] += lower * b[j];
        }
        a += tile;
        b += tile;
    }
    for (std::size_t j = 0; j < tile; ++j)
        for (std::size_t i = 0; i < tile; ++i) sum[j * tile + i] = s[j][i / 2][i % 2];
}

/// The triangle from row and column `from` on, less P P', where P are the columns `first` to
/// `from` - 1.
void take_out(const triangle& t, std::size_t first, std::size_t from, std::vector<double>& packed) {
    const std::size_t depth = from - first;
    const std::size_t tiles = (t.size - from + tile - 1) / tile;
    packed.resize(tiles * tile * depth);
    for (std::size_t at = 0; at < tiles; ++at)
        for (std::size_t k = 0; k < depth; ++k)
            for (std::size_t i = 0; i < tile; ++i) {
                const std::size_t row = from + at * tile + i;
                packed[(at * depth + k) * tile + i] = row < t.size ? t.column(first + k)[row] : 0;
            }
    double sum[tile * tile];
    for (std::size_t tj = 0; tj < tiles; ++tj) {
        const std::size_t left = from + tj * tile;
        const std::size_t wide = std::min(tile, t.size - left);
        for (std::size_t ti = tj; ti < tiles; ++ti) {
            tile_product(packed.data() + ti * depth * tile, packed.data() + tj * depth * tile,
                         depth, sum);
            const std::size_t top = from + ti * tile;
            const std::size_t high = std::min(tile, t.size - top);
            for (std::size_t j = 0; j < wide; ++j) {
                double* column = t.column(left + j);
                for (std::size_t i = ti == tj ? j : 0; i < high; ++i)
                    column[top + i] -= sum[j * tile + i];
            }
        }
    }
}

/// a'b for `n` numbers, in four sums side by side.
double dot(const double* a, const double* b, std::size_t n) {
    double s[4] = {};
    std::size_t i = 0;
    for (; i + 4 <= n; i += 4)
        for (std::size_t k = 0; k < 4; ++k) s[k] += a[i + k] * b[i + k];
    for (; i < n; ++i) s[0] += a[i] * b[i];
    return (s[0] + s[1]) + (s[2] + s[3]);
}

}  // namespace

elimination_factor::elimination_factor(const elimination_plan& plan,
                                       std::span<const std::int32_t> member,
                                       std::span<const double> weight)
    : plan_(plan), diagonal_(plan.unknowns), fixed_(plan.unknowns) {
    const std::size_t count = plan.fronts.size();
    row_places_.resize(count);
    child_places_.resize(count);
    columns_.resize(count);
    remainder_.resize(count);
    std::vector<std::int32_t> place(plan.unknowns);
    for (std::size_t f = 0; f < count; ++f) {
        const front& one = plan.fronts[f];
        for (std::size_t i = 0; i < one.unknown.size(); ++i)
            place[one.unknown[i]] = static_cast<std::int32_t>(i);
        for (const std::int32_t row : one.rows)
            for (std::size_t m = 0; m < plan.members; ++m)
                row_places_[f].push_back(member[row * plan.members + m] < 0
                                             ? -1
                                             : place[member[row * plan.members + m]]);
        for (const std::int32_t child : one.children) {
            const front& c = plan.fronts[child];
            for (std::size_t i = c.pivots; i < c.unknown.size(); ++i)
                child_places_[child].push_back(place[c.unknown[i]]);
        }
    }
    make_fronts(weight, true);
}

void elimination_factor::make(std::span<const double> weight) {
    make_fronts(weight, false);
}

/// Rows of D and what is left of children, added up in a triangle that was 0.
void elimination_factor::assemble(std::size_t f, std::span<const double> weight,
                                  std::vector<double>& rest) {
    const front& one = plan_.fronts[f];
    const triangle to{one.unknown.size(), static_cast<std::size_t>(one.pivots), columns_[f].data(),
                      rest.data()};
    const std::int32_t* at = row_places_[f].data();
    for (const std::int32_t row : one.rows) {
        for (std::size_t a = 0; a < plan_.members; ++a)
            for (std::size_t b = 0; b < plan_.members; ++b)
                if (at[b] >= 0 && at[a] >= at[b]) to.column(at[b])[at[a]] += weight[row];
        at += plan_.members;
    }
    for (const std::int32_t child : one.children) {
        const std::vector<std::int32_t>& place = child_places_[child];
        const std::size_t n = place.size();
        for (std::size_t j = 0; j < n; ++j) {
            const double* from = remainder_[child].data() + j * n;
            double* column = to.column(place[j]);
            for (std::size_t i = j; i < n; ++i)
                if (place[i] >= place[j])
                    column[place[i]] += from[i];
                else
                    to.column(place[i])[place[j]] += from[i];
        }
        spare_.push_back(std::move(remainder_[child]));
    }
}

void elimination_factor::make_diagonal(std::span<const double> weight) {
    std::fill(diagonal_.begin(), diagonal_.end(), 0.0);
    for (std::size_t f = 0; f < plan_.fronts.size(); ++f) {
        const std::int32_t* at = row_places_[f].data();
        for (const std::int32_t row : plan_.fronts[f].rows)
            for (std::size_t m = 0; m < plan_.members; ++m, ++at)
                if (*at >= 0) diagonal_[plan_.fronts[f].unknown[*at]] += weight[row];
    }
}

void elimination_factor::make_fronts(std::span<const double> weight, bool find_dependent) {
    make_diagonal(weight);
    std::vector<double> packed;
    for (std::size_t f = 0; f < plan_.fronts.size(); ++f) {
        const front& one = plan_.fronts[f];
        const std::size_t size = one.unknown.size();
        const auto pivots = static_cast<std::size_t>(one.pivots);
        std::vector<double>& rest = remainder_[f];
        if (!spare_.empty()) {
            rest = std::move(spare_.back());
            spare_.pop_back();
        }
        rest.assign((size - pivots) * (size - pivots), 0.0);
        columns_[f].assign(size * pivots, 0.0);
        assemble(f, weight, rest);
        const triangle t{size, pivots, columns_[f].data(), rest.data()};
        for (std::size_t first = 0; first < pivots; first += panel_width) {
            const std::size_t end = std::min(first + panel_width, pivots);
            for (std::size_t p = first; p < end; ++p) {
                double* column = t.column(p);
                const std::int32_t u = one.unknown[p];
                if (find_dependent && !(column[p] > dependence * diagonal_[u])) {
                    fixed_[u] = true;
                    dependent_.push_back(u);
                }
                if (fixed_[u] || !(diagonal_[u] > 0)) {
                    std::fill(column + p, column + size, 0.0);
                    continue;
                }
                column[p] = std::sqrt(std::max(column[p], least_pivot * diagonal_[u]));
                const double inverse = 1 / column[p];
                for (std::size_t i = p + 1; i < size; ++i) column[i] *= inverse;
                for (std::size_t q = p + 1; q < end; ++q) {
                    double* other = t.column(q);
                    const double by = column[q];
                    for (std::size_t i = q; i < size; ++i) other[i] -= by * column[i];
                }
            }
            if (end < size) take_out(t, first, end, packed);
        }
    }
    spare_.clear();
}

void elimination_factor::solve(double* v) const {
    std::vector<double> x;
    for (std::size_t f = 0; f < plan_.fronts.size(); ++f) {
        const front& one = plan_.fronts[f];
        const std::size_t size = one.unknown.size();
        x.assign(size, 0.0);
        for (std::size_t p = 0; p < static_cast<std::size_t>(one.pivots); ++p) {
            const double* column = columns_[f].data() + p * size;
            const double own = column[p] > 0 ? (v[one.unknown[p]] + x[p]) / column[p] : 0;
            v[one.unknown[p]] = own;
            for (std::size_t i = p + 1; i < size; ++i) x[i] -= column[i] * own;
        }
        for (std::size_t i = one.pivots; i < size; ++i) v[one.unknown[i]] += x[i];
    }
    for (std::size_t f = plan_.fronts.size(); f-- > 0;) {
        const front& one = plan_.fronts[f];
        const std::size_t size = one.unknown.size();
        x.resize(size);
        for (std::size_t i = 0; i < size; ++i) x[i] = v[one.unknown[i]];
        for (std::size_t p = static_cast<std::size_t>(one.pivots); p-- > 0;) {
            const double* column = columns_[f].data() + p * size;
            const double sum = dot(column + p + 1, x.data() + p + 1, size - p - 1);
            x[p] = v[one.unknown[p]] = column[p] > 0 ? (x[p] - sum) / column[p] : 0;
        }
    }
}

}  // namespace veche::numerics
