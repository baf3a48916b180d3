#include "numerics/elimination_factor.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "numerics/lanes.hpp"

namespace veche::numerics {
namespace {

constexpr double dependence = 1e-9;      // of a pivot with all weights 1, over the diagonal
constexpr double least_pivot = 1e-15;    // over the diagonal: less cannot be told from rounding
constexpr std::size_t panel_width = 32;  // pivots that are taken out of the rest in one go
constexpr std::size_t tile = 4;

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

// Inner loops are compiled twice: for any machine of the kind, and for those that add and multiply
// four numbers at a time. Each number comes of the same sums in the same order, so its bits are the
// same too (the wider target has no fused multiplication).
#if defined(__x86_64__)
#define VECHE_WIDE __attribute__((target("avx2")))
bool wide_machine() {
    static const bool wide = __builtin_cpu_supports("avx2") != 0;
    return wide;
}
#else
#define VECHE_WIDE
bool wide_machine() {
    return false;
}
#endif

using four = double __attribute__((vector_size(32)));

/// sum := a b' for `depth` columns of T tiles of 4 numbers in a, one in b; in vectors V.
template <class V, std::size_t T>
[[gnu::always_inline]] inline void tiles_product(const double* const* a, const double* b,
                                                 std::size_t depth, double* sum) {
    constexpr std::size_t lanes = sizeof(V) / sizeof(double);
    constexpr std::size_t parts = tile / lanes;
    V s[tile][T * parts] = {};
    for (std::size_t k = 0; k < depth; ++k) {
        V column[T * parts];
        VECHE_UNROLL
        for (std::size_t i = 0; i < T * parts; ++i)
            std::memcpy(&column[i], a[i / parts] + k * tile + i % parts * lanes, sizeof(V));
        VECHE_UNROLL
        for (std::size_t j = 0; j < tile; ++j) {
            VECHE_UNROLL
            for (std::size_t i = 0; i < T * parts; ++i) s[j][i] += column[i] * b[k * tile + j];
        }
    }
    for (std::size_t j = 0; j < tile; ++j)
        for (std::size_t i = 0; i < T * parts; ++i)
            std::memcpy(sum + (i / parts * tile + j) * tile + i % parts * lanes, &s[j][i],
                        sizeof(V));
}

VECHE_WIDE void wide_product(const double* const* a, const double* b, std::size_t depth,
                             double* sum) {
    tiles_product<four, 2>(a, b, depth, sum);
}

/// sum := a b' for two tiles in a: 4 x 4 numbers each, by column.
void tile_products(const double* const* a, const double* b, std::size_t depth, double* sum) {
    if (wide_machine()) return wide_product(a, b, depth, sum);
    tiles_product<two, 1>(a, b, depth, sum);
    tiles_product<two, 1>(a + 1, b, depth, sum + tile * tile);
}

/// to -= by x from.
template <class V>
[[gnu::always_inline]] inline void subtract_vectors(double* to, const double* from, double by,
                                                    std::size_t n) {
    constexpr std::size_t lanes = sizeof(V) / sizeof(double);
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes) {
        V t, f;
        std::memcpy(&t, to + i, sizeof(V));
        std::memcpy(&f, from + i, sizeof(V));
        t -= by * f;
        std::memcpy(to + i, &t, sizeof(V));
    }
    for (; i < n; ++i) to[i] -= by * from[i];
}

VECHE_WIDE void wide_subtract(double* to, const double* from, double by, std::size_t n) {
    subtract_vectors<four>(to, from, by, n);
}

void subtract(double* to, const double* from, double by, std::size_t n) {
    if (wide_machine()) return wide_subtract(to, from, by, n);
    subtract_vectors<two>(to, from, by, n);
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
    double sum[2 * tile * tile];
    for (std::size_t tj = 0; tj < tiles; ++tj) {
        const std::size_t left = from + tj * tile;
        const std::size_t wide = std::min(tile, t.size - left);
        for (std::size_t ti = tj; ti < tiles; ti += 2) {
            const double* const a[] = {packed.data() + ti * depth * tile,
                                       packed.data() + std::min(ti + 1, tiles - 1) * depth * tile};
            tile_products(a, packed.data() + tj * depth * tile, depth, sum);
            for (std::size_t one = 0; one < 2 && ti + one < tiles; ++one) {
                const std::size_t top = from + (ti + one) * tile;
                const std::size_t high = std::min(tile, t.size - top);
                for (std::size_t j = 0; j < wide; ++j) {
                    double* column = t.column(left + j) + top;
                    const double* off = sum + (one * tile + j) * tile;
                    for (std::size_t i = ti + one == tj ? j : 0; i < high; ++i) column[i] -= off[i];
                }
            }
        }
    }
}

/// R numbers of an unknown, one for each vector.
template <std::size_t R>
struct side_by_side {
    double v[R];
};

/// a'b for `n` numbers a.
template <std::size_t R>
side_by_side<R> dot(const double* a, const double* b, std::size_t n) {
    side_by_side<R> out;
    if constexpr (R == 1) {
        two s[2] = {};
        std::size_t i = 0;
        for (; i + 4 <= n; i += 4) {
            s[0] += load_two(a + i) * load_two(b + i);
            s[1] += load_two(a + i + 2) * load_two(b + i + 2);
        }
        for (; i < n; ++i) s[0][0] += a[i] * b[i];
        out.v[0] = (s[0][0] + s[0][1]) + (s[1][0] + s[1][1]);
    } else {
        two s[R / 2] = {};
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t c = 0; c < R / 2; ++c) s[c] += a[i] * load_two(b + i * R + 2 * c);
        for (std::size_t c = 0; c < R; ++c) out.v[c] = s[c / 2][c % 2];
    }
    return out;
}

/// to -= a x by, for n numbers a.
template <std::size_t R>
void subtract_outer(double* to, const double* a, const side_by_side<R>& by, std::size_t n) {
    if constexpr (R == 1) {
        subtract(to, a, by.v[0], n);
    } else {
        two factor[R / 2];
        for (std::size_t c = 0; c < R / 2; ++c) factor[c] = load_two(by.v + 2 * c);
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t c = 0; c < R / 2; ++c)
                store_two(to + i * R + 2 * c, load_two(to + i * R + 2 * c) - a[i] * factor[c]);
    }
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

/// Rows of D and what is left of children, added up in a triangle that was 0. The places of a
/// child's columns rise.
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
            for (std::size_t i = j; i < n; ++i) column[place[i]] += from[i];
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
        const std::size_t left = size - pivots;
        if (rest.size() < left * left) rest.resize(left * left);
        for (std::size_t j = 0; j < left; ++j)
            std::fill(rest.data() + j * left + j, rest.data() + (j + 1) * left, 0.0);
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
                    subtract(other + q, column + q, by, size - q);
                }
            }
            if (end < size) take_out(t, first, end, packed);
        }
    }
    spare_.clear();
}

void elimination_factor::solve(std::size_t r, double* v) const {
    switch (r) {
        case 1:
            return solve_all<1>(v);
        case 2:
            return solve_all<2>(v);
        default:
            return solve_all<4>(v);
    }
}

template <std::size_t R>
void elimination_factor::solve_all(double* v) const {
    std::vector<double> x;
    for (std::size_t f = 0; f < plan_.fronts.size(); ++f) {
        const front& one = plan_.fronts[f];
        const std::size_t size = one.unknown.size();
        const auto pivots = static_cast<std::size_t>(one.pivots);
        x.assign(size * R, 0.0);
        for (std::size_t p = 0; p < pivots; ++p) {
            const double* column = columns_[f].data() + p * size;
            double* own = v + static_cast<std::size_t>(one.unknown[p]) * R;
            side_by_side<R> value;
            for (std::size_t c = 0; c < R; ++c)
                own[c] = value.v[c] = column[p] > 0 ? (own[c] + x[p * R + c]) / column[p] : 0;
            subtract_outer<R>(x.data() + (p + 1) * R, column + p + 1, value, size - p - 1);
        }
        for (std::size_t i = pivots; i < size; ++i)
            for (std::size_t c = 0; c < R; ++c)
                v[static_cast<std::size_t>(one.unknown[i]) * R + c] += x[i * R + c];
    }
    for (std::size_t f = plan_.fronts.size(); f-- > 0;) {
        const front& one = plan_.fronts[f];
        const std::size_t size = one.unknown.size();
        x.resize(size * R);
        for (std::size_t i = 0; i < size; ++i)
            for (std::size_t c = 0; c < R; ++c)
                x[i * R + c] = v[static_cast<std::size_t>(one.unknown[i]) * R + c];
        for (std::size_t p = static_cast<std::size_t>(one.pivots); p-- > 0;) {
            const double* column = columns_[f].data() + p * size;
            const side_by_side<R> sum =
                dot<R>(column + p + 1, x.data() + (p + 1) * R, size - p - 1);
            for (std::size_t c = 0; c < R; ++c)
                x[p * R + c] = v[static_cast<std::size_t>(one.unknown[p]) * R + c] =
                    column[p] > 0 ? (x[p * R + c] - sum.v[c]) / column[p] : 0;
        }
    }
}

}  // namespace veche::numerics
