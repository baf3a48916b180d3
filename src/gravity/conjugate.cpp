#include "gravity/conjugate.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace veche::gravity {
namespace {

constexpr int slow = 100;                  // iterations after which factors are worth their making
constexpr std::size_t part_length = 8192;  // numbers that one thread adds up

// Of a level's sum of weights. Less curvature than the first cannot be told from rounding; the
// second keeps Newton steps finite where effects are not determined, and is too small to move them
// where they are.
constexpr double least_curvature = 1e-10;
constexpr double ridge = 1e-12;

constexpr int rough_iterations = 30;
constexpr double finer = 1e-3;  // than the tolerance, where levels are judged one by one

using four_sums = std::array<double, 4>;

/// One part of a dot product, for each of r vectors that lie side by side.
four_sums dots(std::size_t r, const double* a, const double* b, std::size_t from, std::size_t to) {
    four_sums out{};
    for (std::size_t i = from; i < to; ++i)
        for (std::size_t c = 0; c < r; ++c) out[c] += a[i * r + c] * b[i * r + c];
    return out;
}

four_sums negative(four_sums of) {
    for (double& one : of) one = -one;
    return of;
}

/// of += times x by, one part.
void advance(std::size_t r, std::size_t from, std::size_t to, const four_sums& times,
             const double* by, double* of) {
    for (std::size_t i = from; i < to; ++i)
        for (std::size_t c = 0; c < r; ++c) of[i * r + c] += times[c] * by[i * r + c];
}

four_sums added(const std::vector<four_sums>& parts) {
    four_sums out{};
    for (const four_sums& one : parts)
        for (std::size_t c = 0; c < out.size(); ++c) out[c] += one[c];
    return out;
}

}  // namespace

conjugate::conjugate(weighted_system& system, const settings& how) : system_(system), how_(how) {}

void conjugate::weights_changed() {
    stale_ = factors_stale_ = block_stale_ = true;
}

/// The preconditioner of the effects, with that of the regressors where these are solved for too.
void conjugate::refresh(bool regressors) {
    const panel& p = system_.rows();
    const bool block = regressors && block_stale_;
    if (block) system_.cross_products();  // and the curvature, in one pass
    if (stale_) {
        const std::vector<double>& both = system_.curvature();
        inverse_diagonal_.resize(p.levels());
        ridge_.resize(p.levels());
        for (std::size_t l = 0; l < p.levels(); ++l) {
            const double sum = both[2 * l + 1];
            const double d = std::max(both[2 * l], least_curvature * sum);
            inverse_diagonal_[l] = d > 0 ? 1 / d : 0;
            ridge_[l] = ridge * sum;
        }
        if (exactly()) untied_ += exact_->make(system_.w);
        stale_ = false;
    }
    if (!block) return;
    block_stale_ = false;
    if (!exactly())
        regressors_ = numerics::cholesky(p.k, system_.cross_products(), 1e-14);
    else if (untied_ * 4 > exact_->count() || tied_.size() != p.k * p.levels())
        tie_regressors();
}

void conjugate::try_exact(std::uint64_t memory) {
    if (how_.with != solver::automatic) return;
    exact_ = component_factors::of(system_.rows(), system_.crew(), memory);
    weights_changed();
}

void conjugate::be_rough(bool rough) {
    rough_ = rough && exact_;
    weights_changed();
}

/// With A = [B C'; C D]: the levels' part D^-1 C of each regressor, and the factor of what is left
/// of the regressors, B - C' D^-1 C.
void conjugate::tie_regressors() {
    const panel& p = system_.rows();
    const std::vector<double>& ties = system_.ties();
    std::vector<double> left = system_.cross_products();
    untied_ = 0;
    tied_.assign(p.levels() * p.k, 0.0);
    for (std::size_t from = 0; from < p.k; from += 4) {
        const std::size_t r = std::min<std::size_t>(4, p.k - from);
        const std::size_t wide = r == 3 ? 4 : r;
        std::vector<double> right(p.levels() * wide), solution(p.levels() * wide);
        for (std::size_t l = 0; l < p.levels(); ++l)
            for (std::size_t c = 0; c < r; ++c) right[l * wide + c] = ties[l * p.k + from + c];
        exact_->solve(wide, right.data(), solution.data());
        for (std::size_t l = 0; l < p.levels(); ++l)
            for (std::size_t c = 0; c < r; ++c) tied_[l * p.k + from + c] = solution[l * wide + c];
    }
    for (std::size_t l = 0; l < p.levels(); ++l)
        for (std::size_t j = 0; j < p.k; ++j)
            for (std::size_t i = 0; i < p.k; ++i)
                left[j * p.k + i] -= ties[l * p.k + j] * tied_[l * p.k + i];
    for (std::size_t j = 0; j < p.k; ++j)
        for (std::size_t i = 0; i < j; ++i)
            left[j * p.k + i] = left[i * p.k + j] = (left[j * p.k + i] + left[i * p.k + j]) / 2;
    regressors_ = numerics::cholesky(p.k, left, 1e-14);
}

/// Regressors beside effects; or, with exact factors, both together.
void conjugate::precondition(const double* in, double* out) {
    const panel& p = system_.rows();
    std::copy(in, in + p.k, out);
    precondition_effects(1, in + p.k, out + p.k);
    for (std::size_t l = 0; exactly() && l < p.levels(); ++l)
        for (std::size_t j = 0; j < p.k; ++j) out[j] -= tied_[l * p.k + j] * in[p.k + l];
    regressors_.solve(out);
    for (std::size_t l = 0; exactly() && l < p.levels(); ++l)
        for (std::size_t j = 0; j < p.k; ++j) out[p.k + l] -= tied_[l * p.k + j] * out[j];
}

void conjugate::in_parts(std::size_t length,
                         const std::function<void(std::size_t, std::size_t)>& piece) {
    const std::size_t parts = (length + part_length - 1) / part_length;
    system_.crew().run(parts, [&](std::size_t c) {
        piece(c * part_length, std::min(length, (c + 1) * part_length));
    });
}

/// b without what no x can reach: the sum over the levels of each effect is 0 but for rounding, and
/// must be 0 where the system is singular in that direction.
std::vector<double> conjugate::consistent(const task& t, const double* b) const {
    const panel& p = system_.rows();
    std::vector<double> out(b, b + t.length * t.r);
    const std::size_t before = t.length - p.levels();
    for (std::size_t o = 0; o < p.others; ++o)
        for (std::size_t c = 0; c < t.r; ++c) {
            double sum = 0;
            double size = 0;
            for (std::size_t l = p.first_place[o]; l < p.first_place[o + 1]; ++l) {
                if (!(inverse_diagonal_[l] > 0)) continue;
                sum += out[(before + l) * t.r + c];
                size += 1 / inverse_diagonal_[l];
            }
            for (std::size_t l = p.first_place[o]; l < p.first_place[o + 1]; ++l)
                if (inverse_diagonal_[l] > 0)
                    out[(before + l) * t.r + c] -= sum / size / inverse_diagonal_[l];
        }
    return out;
}

/// The residual of each level is below that part of the right side's, both by the level's own
/// curvature. Exact factors that lose weak directions to rounding make more of these than there is.
bool conjugate::small_in_own_units(const task& t, const double* b, const double* residual,
                                   double part) const {
    const std::size_t k = t.length - inverse_diagonal_.size();  // regressors before the levels
    for (std::size_t c = 0; c < t.r; ++c) {
        double left = 0;
        double whole = 0;
        for (std::size_t l = 0; l < t.length; ++l) {
            const double per =
                l < k ? 1 / system_.cross_products()[l * k + l] : inverse_diagonal_[l - k];
            left += residual[l * t.r + c] * residual[l * t.r + c] * per;
            whole += b[l * t.r + c] * b[l * t.r + c] * per;
        }
        if (left > part * part * whole) return false;
    }
    return true;
}

/// Hestenes and Stiefel (1952), r systems in step: one pass over the rows serves all.
solved conjugate::run(const task& t, const double* given, double* x, double tolerance) {
    const std::size_t r = t.r, rows = t.length;
    std::vector<double> residual(rows * r), z(rows * r), p(rows * r), q(rows * r);
    const std::vector<double> right = consistent(t, given);
    const double* b = right.data();
    std::vector<four_sums> parts((rows + part_length - 1) / part_length);
    const auto dot = [&](const double* a, const double* c) {
        in_parts(rows, [&](std::size_t from, std::size_t to) {
            parts[from / part_length] = dots(r, a, c, from, to);
        });
        return added(parts);
    };
    t.precondition(b, z.data());
    const four_sums whole = dot(b, z.data());
    if (std::all_of(x, x + rows * r, [](double one) { return one == 0; })) {
        residual = right;
    } else {
        t.apply(x, q.data());
        for (std::size_t i = 0; i < rows * r; ++i) residual[i] = b[i] - q[i];
        t.precondition(residual.data(), z.data());
    }
    four_sums rz = dot(residual.data(), z.data());
    p = z;
    solved out;
    const auto small = [&] {
        for (std::size_t c = 0; c < r; ++c)
            if (rz[c] > std::max(tolerance * tolerance * whole[c], t.rounding[c])) return false;
        return true;
    };
    // Checked before the factors are used once more, which costs as much as they did for the step.
    const auto small_by_level = [&] {
        return exactly() && small_in_own_units(t, b, residual.data(), finer * tolerance);
    };
    const int most = rough_ ? std::min(rough_iterations, how_.inner_limit) : how_.inner_limit;
    while (!(out.converged = small()) && out.iterations < most) {
        if (out.iterations == slow && factors_stale_ && how_.with == solver::automatic &&
            system_.rows().others > 0 && !exact_)
            break;
        ++out.iterations;
        t.apply(p.data(), q.data());
        const four_sums pq = dot(p.data(), q.data());
        four_sums alpha{};
        for (std::size_t c = 0; c < r; ++c) alpha[c] = pq[c] > 0 && rz[c] > 0 ? rz[c] / pq[c] : 0;
        in_parts(rows, [&](std::size_t from, std::size_t to) {
            advance(r, from, to, alpha, p.data(), x);
            advance(r, from, to, negative(alpha), q.data(), residual.data());
        });
        if ((out.converged = small_by_level())) break;
        t.precondition(residual.data(), z.data());
        const four_sums before = rz;
        rz = dot(residual.data(), z.data());
        four_sums beta{};
        bool moves = false;
        for (std::size_t c = 0; c < r; ++c) {
            beta[c] = before[c] > 0 ? rz[c] / before[c] : 0;
            moves = moves || alpha[c] > 0;
        }
        if (!moves) break;
        in_parts(rows, [&](std::size_t from, std::size_t to) {
            for (std::size_t i = from; i < to; ++i)
                for (std::size_t c = 0; c < r; ++c)
                    p[i * r + c] = z[i * r + c] + beta[c] * p[i * r + c];
        });
    }
    out.gain = dot(b, x)[0];
    total_ += out.iterations;
    return out;
}

solved conjugate::with_factors_if_slow(const task& t, const double* b, double* x,
                                       double tolerance) {
    refresh(t.length > system_.rows().levels());
    if (how_.with == solver::schwarz && factors_.empty()) make_factors();
    solved out = run(t, b, x, tolerance);
    if (out.converged || out.iterations < slow || !factors_stale_ ||
        how_.with != solver::automatic || system_.rows().others == 0 || exact_)
        return out;
    make_factors();
    solved more = run(t, b, x, tolerance);
    more.iterations += out.iterations;
    return more;
}

/// What rounding leaves of a residual in the preconditioner's norm: each level's sum of w v is
/// known to a few units in its last place; over the sum of w, and with Cauchy's inequality, that
/// comes to the sum of w v^2 over all rows for each effect.
double conjugate::rounding_of(double squares) const {
    constexpr double unit = 4 * 2.2e-16;
    return unit * unit * squares *
           static_cast<double>(system_.rows().others + system_.rows().k + 1);
}

solved conjugate::solve(const double* b, double* x, double tolerance) {
    const panel& p = system_.rows();
    double weights = 0;
    system_.pass(1, &weights, [&](std::size_t block, double* own) {
        double sum = 0;
        for (std::size_t i = p.begin[p.block[block]]; i < p.begin[p.block[block + 1]]; ++i)
            sum += system_.w[i];
        *own = sum;
    });
    const task t{p.width(),
                 1,
                 {rounding_of(weights)},
                 [&](const double* in, double* out) {
                     system_.apply(in, out);
                     for (std::size_t l = 0; l < p.levels() && !exactly(); ++l)
                         out[p.k + l] += ridge_[l] * in[p.k + l];
                 },
                 [&](const double* in, double* out) { precondition(in, out); }};
    return with_factors_if_slow(t, b, x, tolerance);
}

solved conjugate::solve_effects(std::size_t r, const double* b, double* x, double tolerance,
                                const std::array<double, 4>& squares) {
    std::array<double, 4> rounding{};
    for (std::size_t c = 0; c < r; ++c) rounding[c] = rounding_of(squares[c]);
    const task t{system_.rows().levels(), r, rounding,
                 [&, r](const double* in, double* out) { system_.apply_effects(r, in, out); },
                 [&, r](const double* in, double* out) { precondition_effects(r, in, out); }};
    return with_factors_if_slow(t, b, x, tolerance);
}

/// sum of w v^2 of r columns.
std::array<double, 4> conjugate::squares_of(std::size_t r, const double* columns,
                                            std::size_t stride) {
    const panel& p = system_.rows();
    std::array<double, 4> out{};
    system_.pass(r, out.data(), [&](std::size_t b, double* own) {
        std::array<double, 4> sums{};
        for (std::size_t i = p.begin[p.block[b]]; i < p.begin[p.block[b + 1]]; ++i)
            for (std::size_t c = 0; c < r; ++c)
                sums[c] += system_.w[i] * columns[i * stride + c] * columns[i * stride + c];
        std::copy(sums.begin(), sums.begin() + static_cast<std::ptrdiff_t>(r), own);
    });
    return out;
}

bool conjugate::partial_out(std::size_t columns, std::vector<double>& values, double tolerance,
                            std::vector<double>* others, std::vector<double>* first) {
    const panel& p = system_.rows();
    if (!p.centred) return true;
    bool converged = true;
    for (std::size_t from = 0; from < columns; from += 4) {
        const std::size_t r = std::min<std::size_t>(4, columns - from);
        const std::size_t wide = r == 3 ? 4 : r;  // three vectors go as fast as four
        double* const v = values.data() + from;
        std::vector<double> b(p.levels() * wide), a(p.levels() * wide), means(p.groups() * r);
        if (p.others > 0) {
            system_.right_sides(r, v, columns, b.data(), wide);
            converged =
                solve_effects(wide, b.data(), a.data(), tolerance, squares_of(r, v, columns))
                    .converged &&
                converged;
        }
        system_.subtract(r, a.data(), wide, v, columns, means.data());
        for (std::size_t c = 0; c < r; ++c) {
            for (std::size_t l = 0; others != nullptr && l < p.levels(); ++l)
                (*others)[l * columns + from + c] += a[l * wide + c];
            for (std::size_t g = 0; first != nullptr && g < p.groups(); ++g)
                (*first)[g * columns + from + c] += means[g * r + c];
        }
    }
    return converged;
}

std::vector<edge> conjugate::edges_between(std::size_t q, std::size_t r) const {
    const panel& p = system_.rows();
    std::vector<edge> out;
    out.reserve(p.n);
    const auto count_first =
        static_cast<std::int32_t>(q == 0 ? p.groups() : p.first_place[q] - p.first_place[q - 1]);
    for (std::size_t g = 0; g < p.groups(); ++g)
        for (std::size_t i = p.begin[g]; i < p.begin[g + 1]; ++i) {
            const auto level = [&](std::size_t e) {
                return static_cast<std::int32_t>(p.place[i * p.others + e - 1] -
                                                 static_cast<std::int32_t>(p.first_place[e - 1]));
            };
            const std::int32_t from = q == 0 ? static_cast<std::int32_t>(g) : level(q);
            if (system_.w[i] > 0) out.push_back({from, count_first + level(r), system_.w[i]});
        }
    return out;
}

void conjugate::make_factors() {
    const panel& p = system_.rows();
    factors_stale_ = false;
    ++made_;
    factors_.clear();
    for (std::size_t q = 0; q < p.others; ++q)
        for (std::size_t r = q + 1; r <= p.others; ++r) factors_.push_back({q, r, {}});
    const auto count = [&](std::size_t e) {
        return e == 0 ? p.groups() : p.first_place[e] - p.first_place[e - 1];
    };
    system_.crew().run(factors_.size(), [&](std::size_t at) {
        pair_factor& f = factors_[at];
        f.factor =
            approximate_factor(count(f.q) + count(f.r), edges_between(f.q, f.r), how_.seed + at);
    });
}

/// One pair's part of M^-1. The Laplacian is that of the system after turning the sign of the
/// second effect.
void conjugate::apply_factor(std::size_t pair, std::size_t r, const double* in,
                             std::vector<double>& out) const {
    const panel& p = system_.rows();
    const pair_factor& f = factors_[pair];
    const std::size_t first = f.q == 0 ? p.groups() : p.first_place[f.q] - p.first_place[f.q - 1];
    const std::size_t second = p.first_place[f.r] - p.first_place[f.r - 1];
    std::vector<double> v(first + second);
    out.assign(p.levels() * r, 0.0);
    for (std::size_t c = 0; c < r; ++c) {
        for (std::size_t l = 0; l < first; ++l)
            v[l] = f.q == 0 ? 0 : in[(p.first_place[f.q - 1] + l) * r + c];
        for (std::size_t l = 0; l < second; ++l)
            v[first + l] = -in[(p.first_place[f.r - 1] + l) * r + c];
        f.factor.solve(v.data());
        for (std::size_t l = 0; f.q > 0 && l < first; ++l)
            out[(p.first_place[f.q - 1] + l) * r + c] = v[l];
        for (std::size_t l = 0; l < second; ++l)
            out[(p.first_place[f.r - 1] + l) * r + c] = -v[first + l];
    }
}

void conjugate::precondition_effects(std::size_t r, const double* in, double* out) {
    const std::size_t levels = system_.rows().levels();
    if (exactly()) {
        exact_->solve(r, in, out);
        return;
    }
    if (factors_.empty()) {
        for (std::size_t l = 0; l < levels; ++l)
            for (std::size_t c = 0; c < r; ++c)
                out[l * r + c] = in[l * r + c] * inverse_diagonal_[l];
        return;
    }
    std::vector<std::vector<double>> own(factors_.size());
    system_.crew().run(factors_.size(), [&](std::size_t at) { apply_factor(at, r, in, own[at]); });
    const auto pairs = static_cast<double>(system_.rows().others);
    for (std::size_t j = 0; j < levels * r; ++j) {
        double sum = 0;
        for (const auto& one : own) sum += one[j];
        out[j] = sum / pairs;
    }
}

}  // namespace veche::gravity
