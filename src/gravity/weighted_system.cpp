#include "gravity/weighted_system.hpp"

#include <algorithm>

#include "gravity/shapes.hpp"
#include "numerics/lanes.hpp"
#include "numerics/large_memory.hpp"

namespace veche::gravity {
namespace {

using numerics::load_two;
using numerics::store_two;
using numerics::two;

constexpr std::size_t part = 4096;  // levels that one thread works on at a time
constexpr std::size_t most_columns = 4;

struct rows_view {
    const panel& p;
    const double* w;
    const double* share;
    std::size_t from, to;  // groups
};

/// The rows of one group.
template <int O>
struct group_view {
    group_view(const rows_view& v, std::size_t g)
        : others(O >= 0 ? static_cast<std::size_t>(O) : v.p.others),
          first(v.p.begin[g]),
          count(v.p.begin[g + 1] - first),
          place(v.p.place.data() + first * others),
          w(v.w + first) {}
    std::size_t others, first, count;
    const std::int32_t* place;
    const double* w;
};

/// One block of the effects' part of A.
template <int O>
void apply_one(const rows_view& v, const double* in, double* out, double* fitted) {
    for (std::size_t g = v.from; g < v.to; ++g) {
        const group_view<O> rows(v, g);
        const std::size_t others = O >= 0 ? O : rows.others;
        two sums{};
        std::size_t i = 0;
        for (; i + 2 <= rows.count; i += 2) {
            const std::int32_t* at = rows.place + i * others;
            two f{};
            for (std::size_t o = 0; o < others; ++o) f += two{in[at[o]], in[at[others + o]]};
            store_two(fitted + i, f);
            sums += load_two(rows.w + i) * f;
        }
        double sum = sums[0] + sums[1];
        if (i < rows.count) {
            double f = 0;
            for (std::size_t o = 0; o < others; ++o) f += in[rows.place[i * others + o]];
            fitted[i] = f;
            sum += rows.w[i] * f;
        }
        const double mean = sum * v.share[g];
        for (i = 0; i + 2 <= rows.count; i += 2) {
            const std::int32_t* at = rows.place + i * others;
            const two u = load_two(rows.w + i) * (load_two(fitted + i) - mean);
            for (std::size_t o = 0; o < others; ++o) out[at[o]] += u[0];
            for (std::size_t o = 0; o < others; ++o) out[at[others + o]] += u[1];
        }
        if (i < rows.count) {
            const double u = rows.w[i] * (fitted[i] - mean);
            for (std::size_t o = 0; o < others; ++o) out[rows.place[i * others + o]] += u;
        }
    }
}

/// The same for 2 P vectors side by side.
template <int O, std::size_t P>
void apply_more(const rows_view& v, const double* in, double* out, double* fitted) {
    constexpr std::size_t r = 2 * P;
    for (std::size_t g = v.from; g < v.to; ++g) {
        const group_view<O> rows(v, g);
        const std::size_t others = O >= 0 ? O : rows.others;
        two mean[P] = {};
        for (std::size_t i = 0; i < rows.count; ++i) {
            two f[P] = {};
            for (std::size_t o = 0; o < others; ++o) {
                const double* from = in + rows.place[i * others + o] * r;
                for (std::size_t c = 0; c < P; ++c) f[c] += load_two(from + 2 * c);
            }
            for (std::size_t c = 0; c < P; ++c) {
                store_two(fitted + i * r + 2 * c, f[c]);
                mean[c] += rows.w[i] * f[c];
            }
        }
        for (two& one : mean) one *= v.share[g];
        for (std::size_t i = 0; i < rows.count; ++i) {
            two u[P];
            for (std::size_t c = 0; c < P; ++c)
                u[c] = rows.w[i] * (load_two(fitted + i * r + 2 * c) - mean[c]);
            for (std::size_t o = 0; o < others; ++o) {
                double* to = out + rows.place[i * others + o] * r;
                for (std::size_t c = 0; c < P; ++c)
                    store_two(to + 2 * c, load_two(to + 2 * c) + u[c]);
            }
        }
    }
}

/// D' W (I - P) of R given columns.
template <int O, std::size_t R>
void right_rows(const rows_view& v, const double* columns, std::size_t stride, double* out,
                std::size_t out_stride) {
    for (std::size_t g = v.from; g < v.to; ++g) {
        const group_view<O> rows(v, g);
        const std::size_t others = O >= 0 ? O : rows.others;
        const double* x = columns + rows.first * stride;
        double mean[R] = {};
        for (std::size_t i = 0; i < rows.count; ++i)
            for (std::size_t c = 0; c < R; ++c) mean[c] += rows.w[i] * x[i * stride + c];
        for (double& one : mean) one *= v.share[g];
        for (std::size_t i = 0; i < rows.count; ++i) {
            double u[R];
            for (std::size_t c = 0; c < R; ++c) u[c] = rows.w[i] * (x[i * stride + c] - mean[c]);
            for (std::size_t o = 0; o < others; ++o) {
                double* to = out + rows.place[i * others + o] * out_stride;
                for (std::size_t c = 0; c < R; ++c) to[c] += u[c];
            }
        }
    }
}

/// Numbers of a level that `measure_rows` writes, an even number.
constexpr std::size_t measured_width(std::size_t k) {
    return (k + 3) / 2 * 2;
}

/// Of each level the curvature, the sum of weights and the ties to K regressors, side by side; and
/// after all levels X' W (I - P) X, the lower half, if K is the number of regressors.
template <int O, std::size_t K>
void measure_rows(const rows_view& v, double* out) {
    constexpr std::size_t wide = measured_width(K);
    double cross[K * K + 1] = {};
    for (std::size_t g = v.from; g < v.to; ++g) {
        const group_view<O> rows(v, g);
        const std::size_t others = O >= 0 ? O : rows.others;
        const double* x = v.p.x.data() + rows.first * K;
        double mean[K + 1] = {};
        for (std::size_t i = 0; i < rows.count; ++i)
            for (std::size_t j = 0; j < K; ++j) mean[j] += rows.w[i] * x[i * K + j];
        for (double& one : mean) one *= v.share[g];
        for (std::size_t i = 0; i < rows.count; ++i) {
            double add[wide] = {};
            add[0] = rows.w[i] * (1 - rows.w[i] * v.share[g]);
            add[1] = rows.w[i];
            for (std::size_t j = 0; j < K; ++j) {
                add[2 + j] = rows.w[i] * (x[i * K + j] - mean[j]);
                for (std::size_t l = 0; l <= j; ++l)
                    cross[j * K + l] += add[2 + j] * (x[i * K + l] - mean[l]);
            }
            for (std::size_t o = 0; o < others; ++o) {
                double* to = out + rows.place[i * others + o] * wide;
                for (std::size_t c = 0; c < wide; c += 2)
                    store_two(to + c, load_two(to + c) + two{add[c], add[c + 1]});
            }
        }
    }
    std::copy(cross, cross + K * K, out + v.p.levels() * wide);
}

template <int O, std::size_t R>
void subtract_rows(const rows_view& v, const double* a, std::size_t a_stride, double* columns,
                   std::size_t stride, double* means) {
    for (std::size_t g = v.from; g < v.to; ++g) {
        const group_view<O> rows(v, g);
        const std::size_t others = O >= 0 ? O : rows.others;
        double* x = columns + rows.first * stride;
        double mean[R] = {};
        for (std::size_t i = 0; i < rows.count; ++i) {
            double f[R];
            for (std::size_t c = 0; c < R; ++c) f[c] = x[i * stride + c];
            for (std::size_t o = 0; o < others; ++o) {
                const double* from = a + rows.place[i * others + o] * a_stride;
                for (std::size_t c = 0; c < R; ++c) f[c] -= from[c];
            }
            for (std::size_t c = 0; c < R; ++c) {
                x[i * stride + c] = f[c];
                mean[c] += rows.w[i] * f[c];
            }
        }
        for (double& one : mean) one *= v.share[g];
        for (std::size_t i = 0; i < rows.count; ++i)
            for (std::size_t c = 0; c < R; ++c) x[i * stride + c] -= mean[c];
        if (means != nullptr) std::copy(mean, mean + R, means + g * R);
    }
}

/// The lower half becomes the upper one too.
void mirror(std::size_t k, std::vector<double>& a) {
    for (std::size_t j = 0; j < k; ++j)
        for (std::size_t l = j + 1; l < k; ++l) a[j * k + l] = a[l * k + j];
}

}  // namespace

weighted_system::weighted_system(const panel& p, numerics::workers& crew)
    : p_(p), crew_(crew), own_(p.blocks()), scratch_(p.blocks()) {
    numerics::resize_large(w, p.n);
    std::fill(w.begin(), w.end(), 1.0);
    if (!p.weight.empty()) w = p.weight;
    weights_changed();
}

void weighted_system::weights_changed() {
    known_ = known::nothing;
    share_.resize(p_.groups());
    if (!p_.centred) return;
    crew_.run(p_.blocks(), [&](std::size_t b) {
        for (std::size_t g = p_.block[b]; g < p_.block[b + 1]; ++g) {
            double sum = 0;
            for (std::size_t i = p_.begin[g]; i < p_.begin[g + 1]; ++i) sum += w[i];
            share_[g] = sum > 0 ? 1 / sum : 0;
        }
    });
}

void weighted_system::weights_changed(const std::vector<double>& sums) {
    known_ = known::nothing;
    if (!p_.centred) return;
    for (std::size_t g = 0; g < p_.groups(); ++g) share_[g] = sums[g] > 0 ? 1 / sums[g] : 0;
}

double* weighted_system::scratch(std::size_t block, std::size_t columns) {
    if (scratch_[block].size() < p_.largest_group * columns)
        scratch_[block].resize(p_.largest_group * columns);
    return scratch_[block].data();
}

void weighted_system::pass(std::size_t length, double* out,
                           const std::function<void(std::size_t, double*)>& piece) {
    if (p_.blocks() == 1) {
        std::fill(out, out + length, 0.0);
        piece(0, out);
        return;
    }
    crew_.run(p_.blocks(), [&](std::size_t b) {
        own_[b].assign(length, 0.0);
        piece(b, own_[b].data());
    });
    crew_.run((length + part - 1) / part, [&](std::size_t c) {
        const std::size_t end = std::min(length, (c + 1) * part);
        std::copy(own_[0].begin() + static_cast<std::ptrdiff_t>(c * part),
                  own_[0].begin() + static_cast<std::ptrdiff_t>(end), out + c * part);
        for (std::size_t b = 1; b < p_.blocks(); ++b) {
            const double* from = own_[b].data();
            for (std::size_t j = c * part; j < end; ++j) out[j] += from[j];
        }
    });
}

void weighted_system::apply(const double* in, double* out) {
    measure(true);
    apply_effects(1, in + p_.k, out + p_.k);
    add_regressors(in, out);
}

/// What regressors and effects have to do with each other, and regressors among themselves.
void weighted_system::add_regressors(const double* in, double* out) {
    const std::size_t k = p_.k;
    std::fill(out, out + k, 0.0);
    if (k == 0) return;
    const std::size_t parts = (p_.levels() + part - 1) / part;
    std::vector<double> sums(parts * k);
    crew_.run(parts, [&](std::size_t c) {
        double* own = sums.data() + c * k;
        const std::size_t end = std::min(p_.levels(), (c + 1) * part);
        for (std::size_t l = c * part; l < end; ++l) {
            const double* tie = ties_.data() + l * k;
            double add = 0;
            for (std::size_t j = 0; j < k; ++j) {
                add += tie[j] * in[j];
                own[j] += tie[j] * in[k + l];
            }
            out[k + l] += add;
        }
    });
    for (std::size_t j = 0; j < k; ++j) {
        for (std::size_t i = 0; i < k; ++i) out[j] += cross_[j * k + i] * in[i];
        for (std::size_t c = 0; c < parts; ++c) out[j] += sums[c * k + j];
    }
}

void weighted_system::apply_effects(std::size_t r, const double* in, double* out) {
    pass(p_.levels() * r, out, [&](std::size_t b, double* own) {
        const rows_view v{p_, w.data(), share_.data(), p_.block[b], p_.block[b + 1]};
        double* fitted = scratch(b, r);
        for_others(p_.others, [&](auto o) {
            if (r == 1)
                apply_one<o()>(v, in, own, fitted);
            else if (r == 2)
                apply_more<o(), 1>(v, in, own, fitted);
            else
                apply_more<o(), 2>(v, in, own, fitted);
        });
    });
}

void weighted_system::right_sides(std::size_t r, const double* columns, std::size_t stride,
                                  double* out, std::size_t out_stride) {
    pass(p_.levels() * out_stride, out, [&](std::size_t b, double* own) {
        const rows_view v{p_, w.data(), share_.data(), p_.block[b], p_.block[b + 1]};
        for_others(p_.others, [&](auto o) {
            for_columns(r,
                        [&](auto c) { right_rows<o(), c()>(v, columns, stride, own, out_stride); });
        });
    });
}

void weighted_system::subtract(std::size_t r, const double* a, std::size_t a_stride,
                               double* columns, std::size_t stride, double* means) {
    crew_.run(p_.blocks(), [&](std::size_t b) {
        const rows_view v{p_, w.data(), share_.data(), p_.block[b], p_.block[b + 1]};
        for_others(p_.others, [&](auto o) {
            for_columns(r, [&](auto c) {
                subtract_rows<o(), c()>(v, a, a_stride, columns, stride, means);
            });
        });
    });
}

const std::vector<double>& weighted_system::curvature() {
    measure(false);
    return curvature_;
}

const std::vector<double>& weighted_system::cross_products() {
    measure(true);
    return cross_;
}

const std::vector<double>& weighted_system::ties() {
    measure(true);
    return ties_;
}

/// One pass for all, if there are few regressors; else some more.
void weighted_system::measure(bool regressors) {
    if (known_ == known::all || (known_ == known::effects && !regressors)) return;
    const std::size_t fused = regressors && p_.k <= most_columns ? p_.k : 0;
    const std::size_t wide = measured_width(fused);
    const std::size_t levels = p_.levels();
    std::vector<double> sums(levels * wide + fused * fused);
    pass(sums.size(), sums.data(), [&](std::size_t b, double* own) {
        const rows_view v{p_, w.data(), share_.data(), p_.block[b], p_.block[b + 1]};
        for_others(p_.others, [&](auto o) {
            if (fused == 0) return measure_rows<o(), 0>(v, own);
            for_columns(fused, [&](auto k) { measure_rows<o(), k()>(v, own); });
        });
    });
    curvature_.resize(2 * levels);
    ties_.resize(levels * p_.k);
    for (std::size_t l = 0; l < levels; ++l) {
        std::copy(sums.data() + l * wide, sums.data() + l * wide + 2, curvature_.data() + 2 * l);
        std::copy(sums.data() + l * wide + 2, sums.data() + l * wide + 2 + fused,
                  ties_.data() + l * p_.k);
    }
    if (fused > 0) {
        cross_.assign(sums.end() - static_cast<std::ptrdiff_t>(fused * fused), sums.end());
        mirror(p_.k, cross_);
    } else if (regressors) {
        tie_regressors();
    }
    known_ = regressors ? known::all : known::effects;
}

/// Ties and cross products of many regressors, a few at a time.
void weighted_system::tie_regressors() {
    const std::size_t k = p_.k;
    const std::size_t levels = p_.levels();
    std::vector<double> some(levels * most_columns);
    for (std::size_t from = 0; from < k; from += most_columns) {
        const std::size_t r = std::min(most_columns, k - from);
        right_sides(r, p_.x.data() + from, k, some.data(), r);
        for (std::size_t l = 0; l < levels; ++l)
            std::copy(some.data() + l * r, some.data() + (l + 1) * r, ties_.data() + l * k + from);
    }
    cross_.resize(k * k);
    pass(k * k, cross_.data(), [&](std::size_t b, double* own) {
        std::vector<double> mean(k);
        for (std::size_t g = p_.block[b]; g < p_.block[b + 1]; ++g) {
            std::fill(mean.begin(), mean.end(), 0.0);
            for (std::size_t i = p_.begin[g]; i < p_.begin[g + 1]; ++i)
                for (std::size_t j = 0; j < k; ++j) mean[j] += w[i] * p_.x[i * k + j];
            for (double& m : mean) m *= share_[g];
            for (std::size_t i = p_.begin[g]; i < p_.begin[g + 1]; ++i)
                for (std::size_t j = 0; j < k; ++j) {
                    const double u = w[i] * (p_.x[i * k + j] - mean[j]);
                    for (std::size_t l = 0; l <= j; ++l)
                        own[j * k + l] += u * (p_.x[i * k + l] - mean[l]);
                }
        }
    });
    mirror(k, cross_);
}

}  // namespace veche::gravity
