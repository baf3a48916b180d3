#include "gravity/weighted_system.hpp"

#include <algorithm>

namespace veche::gravity {
namespace {

struct rows_view {
    const panel& p;
    const double* w;
    const double* share;
    std::size_t from, to;  // groups
};

/// One block of A theta for O other effects and K regressors; below 0: as many as there are.
template <int O, int K>
void apply_rows(const rows_view& v, const double* in, double* out, double* fitted) {
    const std::size_t others = O >= 0 ? O : v.p.others;
    const std::size_t k = K >= 0 ? K : v.p.k;
    const double* levels = in + k;
    double* to = out + k;
    for (std::size_t g = v.from; g < v.to; ++g) {
        const std::size_t first = v.p.begin[g];
        const std::size_t count = v.p.begin[g + 1] - first;
        const double* x = v.p.x.data() + first * k;
        const std::int32_t* place = v.p.place.data() + first * others;
        const double* w = v.w + first;
        double sum = 0;
        for (std::size_t i = 0; i < count; ++i) {
            double f = 0;
            for (std::size_t j = 0; j < k; ++j) f += x[i * k + j] * in[j];
            for (std::size_t o = 0; o < others; ++o) f += levels[place[i * others + o]];
            fitted[i] = f;
            sum += w[i] * f;
        }
        const double mean = sum * v.share[g];
        for (std::size_t i = 0; i < count; ++i) {
            const double u = w[i] * (fitted[i] - mean);
            for (std::size_t j = 0; j < k; ++j) out[j] += x[i * k + j] * u;
            for (std::size_t o = 0; o < others; ++o) to[place[i * others + o]] += u;
        }
    }
}

using rows_call = void (*)(const rows_view&, const double*, double*, double*);

template <int O>
rows_call apply_for(std::size_t k) {
    switch (k) {
        case 0:
            return apply_rows<O, 0>;
        case 1:
            return apply_rows<O, 1>;
        case 2:
            return apply_rows<O, 2>;
        case 3:
            return apply_rows<O, 3>;
        case 4:
            return apply_rows<O, 4>;
        default:
            return apply_rows<O, -1>;
    }
}

rows_call apply_for(std::size_t others, std::size_t k) {
    switch (others) {
        case 0:
            return apply_for<0>(k);
        case 1:
            return apply_for<1>(k);
        case 2:
            return apply_for<2>(k);
        default:
            return apply_for<-1>(k);
    }
}

/// Several vectors at once. `Given`: the rows' values stand in `columns`, instead of D in.
template <int O, std::size_t R, bool Given>
void apply_columns(const rows_view& v, const double* in, double* out, double* fitted) {
    const std::size_t others = O >= 0 ? O : v.p.others;
    for (std::size_t g = v.from; g < v.to; ++g) {
        const std::size_t first = v.p.begin[g];
        const std::size_t count = v.p.begin[g + 1] - first;
        const std::int32_t* place = v.p.place.data() + first * others;
        const double* w = v.w + first;
        double mean[R] = {};
        for (std::size_t i = 0; i < count; ++i)
            for (std::size_t r = 0; r < R; ++r) {
                double f = 0;
                if constexpr (Given)
                    f = in[(first + i) * R + r];
                else
                    for (std::size_t o = 0; o < others; ++o) f += in[place[i * others + o] * R + r];
                fitted[i * R + r] = f;
                mean[r] += w[i] * f;
            }
        for (double& m : mean) m *= v.share[g];
        for (std::size_t i = 0; i < count; ++i)
            for (std::size_t r = 0; r < R; ++r) {
                const double u = w[i] * (fitted[i * R + r] - mean[r]);
                for (std::size_t o = 0; o < others; ++o) out[place[i * others + o] * R + r] += u;
            }
    }
}

template <int O, bool Given>
rows_call columns_for(std::size_t r) {
    switch (r) {
        case 1:
            return apply_columns<O, 1, Given>;
        case 2:
            return apply_columns<O, 2, Given>;
        case 3:
            return apply_columns<O, 3, Given>;
        default:
            return apply_columns<O, 4, Given>;
    }
}

template <bool Given>
rows_call columns_for(std::size_t others, std::size_t r) {
    switch (others) {
        case 0:
            return columns_for<0, Given>(r);
        case 1:
            return columns_for<1, Given>(r);
        case 2:
            return columns_for<2, Given>(r);
        default:
            return columns_for<-1, Given>(r);
    }
}

}  // namespace

weighted_system::weighted_system(const panel& p, numerics::workers& crew)
    : p_(p), crew_(crew), own_(p.blocks()), scratch_(p.blocks()) {
    w.assign(p.n, 1.0);
    if (!p.weight.empty()) w = p.weight;
    weights_changed();
}

void weighted_system::weights_changed() {
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
    constexpr std::size_t part = 4096;
    crew_.run((length + part - 1) / part, [&](std::size_t c) {
        const std::size_t end = std::min(length, (c + 1) * part);
        std::copy(own_[0].begin() + static_cast<std::ptrdiff_t>(c * part),
                  own_[0].begin() + static_cast<std::ptrdiff_t>(end), out + c * part);
        for (std::size_t b = 1; b < p_.blocks(); ++b)
            for (std::size_t j = c * part; j < end; ++j) out[j] += own_[b][j];
    });
}

void weighted_system::apply(const double* in, double* out) {
    const rows_call call = apply_for(p_.others, p_.k);
    pass(p_.width(), out, [&](std::size_t b, double* own) {
        call({p_, w.data(), share_.data(), p_.block[b], p_.block[b + 1]}, in, own, scratch(b, 1));
    });
}

void weighted_system::apply_effects(std::size_t r, const double* in, double* out) {
    const rows_call call = columns_for<false>(p_.others, r);
    pass(p_.levels() * r, out, [&](std::size_t b, double* own) {
        call({p_, w.data(), share_.data(), p_.block[b], p_.block[b + 1]}, in, own, scratch(b, r));
    });
}

void weighted_system::right_sides(std::size_t r, const double* columns, double* out) {
    const rows_call call = columns_for<true>(p_.others, r);
    pass(p_.levels() * r, out, [&](std::size_t b, double* own) {
        call({p_, w.data(), share_.data(), p_.block[b], p_.block[b + 1]}, columns, own,
             scratch(b, r));
    });
}

void weighted_system::subtract(std::size_t r, const double* a, double* columns, double* means) {
    crew_.run(p_.blocks(), [&](std::size_t b) {
        std::vector<double> mean(r);
        for (std::size_t g = p_.block[b]; g < p_.block[b + 1]; ++g) {
            std::fill(mean.begin(), mean.end(), 0.0);
            for (std::size_t i = p_.begin[g]; i < p_.begin[g + 1]; ++i)
                for (std::size_t c = 0; c < r; ++c) {
                    double f = columns[i * r + c];
                    for (std::size_t o = 0; o < p_.others; ++o)
                        f -= a[p_.place[i * p_.others + o] * r + c];
                    columns[i * r + c] = f;
                    mean[c] += w[i] * f * share_[g];
                }
            for (std::size_t i = p_.begin[g]; i < p_.begin[g + 1]; ++i)
                for (std::size_t c = 0; c < r; ++c) columns[i * r + c] -= mean[c];
            if (means != nullptr) std::copy(mean.begin(), mean.end(), means + g * r);
        }
    });
}

void weighted_system::diagonal(double* out) {
    const std::size_t levels = p_.levels();
    pass(2 * levels, out, [&](std::size_t b, double* own) {
        for (std::size_t g = p_.block[b]; g < p_.block[b + 1]; ++g)
            for (std::size_t i = p_.begin[g]; i < p_.begin[g + 1]; ++i) {
                const double d = w[i] * (1 - w[i] * share_[g]);
                for (std::size_t o = 0; o < p_.others; ++o) {
                    const auto place = static_cast<std::size_t>(p_.place[i * p_.others + o]);
                    own[place] += d;
                    own[levels + place] += w[i];
                }
            }
    });
}

std::vector<double> weighted_system::cross_products() {
    const std::size_t k = p_.k;
    std::vector<double> out(k * k);
    pass(k * k, out.data(), [&](std::size_t b, double* own) {
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
    for (std::size_t j = 0; j < k; ++j)
        for (std::size_t l = j + 1; l < k; ++l) out[j * k + l] = out[l * k + j];
    return out;
}

}  // namespace veche::gravity
