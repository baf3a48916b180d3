#include "gravity/poisson.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "gravity/shapes.hpp"
#include "numerics/elementary.hpp"

namespace veche::gravity {
namespace {

using numerics::exponential;
using numerics::exponentials;
using numerics::logarithm;

constexpr int first_rounds = 4;  // of proportional fitting
constexpr int sparse_rounds = 20;
constexpr double first_forcing = 0.1;
constexpr double least_forcing = 1e-7;
constexpr int most_halvings = 40;
constexpr int most_even_rounds = 60;  // of components by themselves
constexpr int most_proportional_rounds = 200;
constexpr int most_uneven_times = 3;  // that levels are evened out, Newton's steps between

}  // namespace

poisson_fit::poisson_fit(const panel& p, weighted_system& system, const settings& how)
    : p_(p), system_(system), how_(how), sums_(p.groups()), least_(p.blocks()) {
    theta.resize(p.width());
    first.resize(p.centred ? p.groups() : 0);
    system_.pass(1, &saturated_, [&](std::size_t b, double* own) {
        for (std::size_t g = p_.block[b]; g < p_.block[b + 1]; ++g) {
            double sum = 0;
            for (std::size_t i = p_.begin[g]; i < p_.begin[g + 1]; ++i) {
                sum += p_.weight_of(i) * p_.y[i];
                if (p_.y[i] > 0) *own += p_.weight_of(i) * p_.y[i] * (logarithm(p_.y[i]) - 1);
            }
            sums_[g] = sum;
        }
    });
    wanted_.resize(p.levels());
    system_.pass(p.levels(), wanted_.data(), [&](std::size_t b, double* own) {
        for (std::size_t i = p_.begin[p_.block[b]]; i < p_.begin[p_.block[b + 1]]; ++i)
            for (std::size_t o = 0; o < p_.others; ++o)
                own[p_.place[i * p_.others + o]] += p_.weight_of(i) * p_.y[i];
    });
}

void poisson_fit::start(bool sparse) {
    if (p_.centred) {
        fit_proportionally(sparse ? sparse_rounds : first_rounds);
    } else if (!p_.source.empty() && p_.names.back() == "(constant)") {
        double outcome = 0;
        double exposure = 0;
        for (const double sum : sums_) outcome += sum;
        for (std::size_t i = 0; i < p_.n; ++i)
            exposure += p_.weight_of(i) * exponential(p_.offset_of(i));
        theta[p_.k - 1] = logarithm(outcome / exposure);
    }
    evaluate();
}

/// Levels of one effect after the other are scaled to their sums (Deming and Stephan 1940).
void poisson_fit::fit_proportionally(int rounds) {
    std::vector<double> factor(p_.levels(), 1.0), fitted(p_.levels());
    const auto scatter = [&](double* out, auto value) {
        system_.pass(p_.levels(), out, [&](std::size_t b, double* own) {
            for (std::size_t g = p_.block[b]; g < p_.block[b + 1]; ++g) value(b, g, own);
        });
    };
    for (int round = 0; round < rounds; ++round)
        for (std::size_t o = 0; o < p_.others; ++o) {
            scatter(fitted.data(), [&](std::size_t b, std::size_t g, double* own) {
                double* m = system_.scratch(b, 1);
                double sum = 0;
                const std::size_t begin = p_.begin[g];
                for (std::size_t i = begin; i < p_.begin[g + 1]; ++i) {
                    double c = p_.weight_of(i);
                    if (!p_.offset.empty()) c *= exponential(p_.offset[i]);
                    for (std::size_t e = 0; e < p_.others; ++e)
                        c *= factor[p_.place[i * p_.others + e]];
                    m[i - begin] = c;
                    sum += c;
                }
                const double scale = sums_[g] / sum;
                for (std::size_t i = begin; i < p_.begin[g + 1]; ++i)
                    own[p_.place[i * p_.others + o]] += m[i - begin] * scale;
            });
            for (std::size_t l = p_.first_place[o]; l < p_.first_place[o + 1]; ++l)
                factor[l] *= wanted_[l] / fitted[l];
        }
    for (std::size_t l = 0; l < p_.levels(); ++l) theta[p_.k + l] = logarithm(factor[l]);
}

void poisson_fit::regressors_changed() {
    std::vector<double> placed(p_.width());
    std::copy(theta.end() - static_cast<std::ptrdiff_t>(p_.levels()), theta.end(),
              placed.begin() + static_cast<std::ptrdiff_t>(p_.k));
    if (!p_.centred && p_.k > 0) placed[p_.k - 1] = theta[theta.size() - p_.levels() - 1];
    theta = std::move(placed);
    evaluate();
}

/// One block of `evaluate`, for O other effects and K regressors; below 0: as many as there are.
template <int O, int K>
void poisson_fit::evaluate_block(std::size_t b, double* own) {
    const std::size_t k = K >= 0 ? K : p_.k;
    const std::size_t others = O >= 0 ? O : p_.others;
    const double* levels = theta.data() + k;
    double* eta = system_.scratch(b, 2);
    double* mean = eta + p_.largest_group;
    double* to = own + k;
    double gradient[K > 0 ? K : 1] = {};
    double least = std::numeric_limits<double>::infinity();
    double objective = 0;
    for (std::size_t g = p_.block[b]; g < p_.block[b + 1]; ++g) {
        const std::size_t begin = p_.begin[g];
        const std::size_t count = p_.begin[g + 1] - begin;
        const double* x = p_.x.data() + begin * k;
        const std::int32_t* place = p_.place.data() + begin * others;
        double* w = system_.w.data() + begin;
        double most = p_.centred ? -std::numeric_limits<double>::infinity() : 0;
        for (std::size_t i = 0; i < count; ++i) {
            double sum = p_.offset_of(begin + i);
            for (std::size_t j = 0; j < k; ++j) sum += x[i * k + j] * theta[j];
            for (std::size_t o = 0; o < others; ++o) sum += levels[place[i * others + o]];
            eta[i] = sum;
            if (p_.centred) most = std::max(most, sum);
        }
        for (std::size_t i = 0; i < count; ++i) mean[i] = eta[i] - most;
        exponentials(mean, count);
        double sum = 0;
        for (std::size_t i = 0; i < count; ++i) {
            mean[i] *= p_.weight_of(begin + i);
            sum += mean[i];
        }
        double scale = 1;
        double shift = 0;
        if (p_.centred) {
            scale = sums_[g] / sum;
            shift = first[g] = logarithm(scale) - most;
            sum = sums_[g];
        }
        objective += sum;
        for (std::size_t i = 0; i < count; ++i) {
            w[i] = mean[i] * scale;
            const double outcome = p_.weight_of(begin + i) * p_.y[begin + i];
            const double e = outcome - w[i];
            const bool positive = outcome > 0;
            objective -= positive ? outcome * (eta[i] + shift) : 0.0;
            least = std::min(least, positive ? std::numeric_limits<double>::infinity() : w[i]);
            for (std::size_t j = 0; j < k; ++j) (K > 0 ? gradient[j] : own[j]) += x[i * k + j] * e;
            for (std::size_t o = 0; o < others; ++o) to[place[i * others + o]] += e;
        }
    }
    if (K > 0) std::copy(gradient, gradient + k, own);
    own[p_.width()] = objective;
    least_[b] = least;
}

void poisson_fit::evaluate() {
    gradient_.resize(p_.width() + 1);
    system_.pass(p_.width() + 1, gradient_.data(), [&](std::size_t b, double* own) {
        for_others(p_.others, [&](auto o) {
            if (p_.k < 1 || p_.k > 4) return evaluate_block<o(), -1>(b, own);
            for_columns(p_.k, [&](auto k) { evaluate_block<o(), int{k()}>(b, own); });
        });
    });
    objective_ = gradient_.back();
    least_zero = *std::min_element(least_.begin(), least_.end());
    system_.weights_changed(sums_);
}

double poisson_fit::deviance() const {
    return 2 * (saturated_ + objective_);
}

double poisson_fit::target() const {
    double outcome = 0;
    for (const double sum : sums_) outcome += sum;
    // The second term is what rounding leaves of a fit without any error.
    return how_.tolerance * std::max(deviance(), 0.0) / static_cast<double>(p_.n) +
           1e-24 * outcome * static_cast<double>(p_.n);
}

/// Where rows are separated the decrement falls by a factor e in each step, with their fitted
/// values.
bool poisson_fit::seems_fleeing() const {
    if (steps.size() < 9) return false;
    const double last = steps[steps.size() - 1].decrement;
    const double before = steps[steps.size() - 3].decrement;
    return last > 0.03 * before && least_zero < 1e-6 * deviance() / static_cast<double>(p_.n);
}

/// In a sparse panel fitted values may lie thirty orders apart. What rounding leaves of the great
/// ones then keeps the decrement above the tolerance: it no longer falls, far below what matters.
bool poisson_fit::at_rounding() const {
    if (steps.size() < 4) return false;
    const double before = steps[steps.size() - 2].decrement;
    return decrement > 0.25 * before &&
           std::max(decrement, before) < 1e-9 * deviance() / static_cast<double>(p_.n);
}

void poisson_fit::note_move(const std::vector<double>& from, const std::vector<double>& first_from,
                            double length) {
    moved.resize(theta.size());
    for (std::size_t j = 0; j < theta.size(); ++j) moved[j] = (theta[j] - from[j]) / length;
    first_moved.resize(first.size());
    for (std::size_t g = 0; g < first.size(); ++g)
        first_moved[g] = (first[g] - first_from[g]) / length;
}

/// Newton's steps are too long where fitted values lie far below outcomes: exp grows faster than
/// its tangent. Steps of components that would raise a row more than e^4-fold are shortened, each
/// by itself, so that one does not hold back the others.
void poisson_fit::shorten_by_component(const component_factors& parts, double* step) const {
    constexpr double most = 4;
    std::vector<double> rise(parts.count());
    for (std::size_t g = 0; g < p_.groups(); ++g) {
        double& own = rise[parts.component_of(g)];
        double mean = 0;  // what the first effect takes back
        double weight = 0;
        for (std::size_t i = p_.begin[g]; i < p_.begin[g + 1]; ++i) {
            mean += system_.w[i] * p_.linear(i, step);
            weight += system_.w[i];
        }
        mean /= weight;
        for (std::size_t i = p_.begin[g]; i < p_.begin[g + 1]; ++i)
            own = std::max(own, p_.linear(i, step) - mean);
    }
    for (std::size_t l = 0; l < p_.levels(); ++l)
        if (const double own = rise[parts.component_of_level(l)]; own > most)
            step[p_.k + l] *= most / own;
}

/// What the decrement does not see: a level whose sums lie many orders below the others', fitted by
/// a system that was solved well enough for these. Whatever this changes raises the likelihood, so
/// that the decrement stays as small as it was.
bool poisson_fit::even_out(conjugate& solver) {
    uneven = gap() > how_.level_tolerance;
    if (uneven)
        uneven = !(solver.exact() != nullptr ? even_components(*solver.exact()) : false) &&
                 !even_by_proportion();
    return !uneven;
}

/// Newton's steps of components by themselves, regressors as they are, with factors of the very
/// weights: exact for each level in its own unit, which conjugate gradients over all are not.
bool poisson_fit::even_components(component_factors& parts) {
    std::vector<double> step(p_.width());
    for (int round = 0; round < most_even_rounds; ++round) {
        std::vector<double> worst(parts.count());
        for (std::size_t l = 0; l < p_.levels(); ++l) {
            double& own = worst[parts.component_of_level(l)];
            own = std::max(own, std::abs(gradient_[p_.k + l]) / wanted_[l]);
        }
        std::vector<std::size_t> open;
        for (std::size_t c = 0; c < worst.size(); ++c)
            if (worst[c] > how_.level_tolerance) open.push_back(c);
        if (open.empty()) return true;
        std::fill(step.begin(), step.end(), 0.0);
        parts.solve_exactly(open, system_.w, gradient_.data() + p_.k, step.data() + p_.k);
        shorten_by_component(parts, step.data());
        for (std::size_t l = 0; l < p_.levels(); ++l) theta[p_.k + l] += step[p_.k + l];
        evaluate();
    }
    return gap() <= how_.level_tolerance;
}

/// Levels scaled to their sums, one effect after the other, as long as that helps.
bool poisson_fit::even_by_proportion() {
    double before = gap();
    for (int round = 1; round <= most_proportional_rounds; ++round) {
        for (std::size_t o = 0; o < p_.others; ++o) {
            for (std::size_t l = p_.first_place[o]; l < p_.first_place[o + 1]; ++l)
                theta[p_.k + l] -= logarithm(1 - gradient_[p_.k + l] / wanted_[l]);
            evaluate();
        }
        const double now = gap();
        if (now <= how_.level_tolerance) return true;
        if (round % 20 != 0) continue;
        if (!(now < 0.9 * before)) return false;
        before = now;
    }
    return false;
}

/// The decrement got there: with a system solved well enough, and a full step after it.
bool poisson_fit::settled(const conjugate& solver, double forcing, double length) const {
    if (length != 1 || forcing > 1e-3) return false;
    return decrement <= target() || (solver.exact() != nullptr && at_rounding());
}

bool poisson_fit::run(conjugate& solver, bool watchful) {
    double forcing = first_forcing;
    std::vector<double> step(p_.width());
    fleeing = uneven = false;
    int uneven_times = 0;
    // What rounding leaves of the objective: its terms may cancel, their sum of outcomes does not.
    const double rounding = 1e-13 * std::accumulate(sums_.begin(), sums_.end(), 0.0);
    bool rough = true;  // as long as the decrement falls quickly
    while (static_cast<int>(steps.size()) < how_.newton_limit) {
        if (rough && steps.size() > 1)
            rough = steps.back().decrement < 0.7 * steps[steps.size() - 2].decrement &&
                    steps.back().decrement > target();
        solver.be_rough(rough);
        std::fill(step.begin(), step.end(), 0.0);
        const solved s = solver.solve(gradient_.data(), step.data(), forcing);
        decrement = s.gain;
        steps.push_back({deviance(), decrement, forcing, s.iterations, 0});
        tell(how_.progress, work_stage::estimating, steps.size(), 0);
        if (!(decrement >= 0)) return false;
        const std::vector<double> from = theta;
        const std::vector<double> first_from = first;
        const double before = objective_;
        if (solver.exact() != nullptr) shorten_by_component(*solver.exact(), step.data());
        // What the step gains for a start; twice what it gains where it is Newton's own.
        const double slope = std::inner_product(step.begin(), step.end(), gradient_.begin(), 0.0);
        double length = 1;
        for (int halving = 0; halving <= most_halvings; ++halving, length /= 2) {
            for (std::size_t j = 0; j < theta.size(); ++j) theta[j] = from[j] + length * step[j];
            evaluate();
            if (objective_ <= before - 0.1 * length * slope + 1e-13 * std::abs(before) + rounding)
                break;
            steps.back().halvings = halving + 1;
        }
        if (!std::isfinite(objective_)) return false;
        note_move(from, first_from, length);
        if (settled(solver, forcing, length)) {
            if (!s.converged && solver.exact() == nullptr) return false;
            if (even_out(solver) || ++uneven_times == most_uneven_times) return !uneven;
        }
        fleeing = watchful && solver.exact() == nullptr && seems_fleeing();
        if (fleeing) return false;
        const double first_step = std::max(steps.front().decrement, decrement);
        const double ratio = first_step > 0 ? std::sqrt(decrement / first_step) : 0;
        // With exact factors a system is solved in an iteration or two anyway.
        forcing = solver.exact() != nullptr ? (rough ? 0.1 : 1e-3)
                                            : std::max(least_forcing, std::min(forcing / 2, ratio));
    }
    return false;
}

double poisson_fit::log_likelihood() const {
    return -objective_ - log_factorials();
}

double poisson_fit::null_likelihood() const {
    double sums[2] = {};
    system_.pass(2, sums, [&](std::size_t b, double* own) {
        for (std::size_t i = p_.begin[p_.block[b]]; i < p_.begin[p_.block[b + 1]]; ++i) {
            own[0] += p_.weight_of(i) * (p_.offset.empty() ? 1 : exponential(p_.offset[i]));
            own[1] += p_.weight_of(i) * p_.y[i] * p_.offset_of(i);
        }
    });
    double outcome = 0;
    for (const double sum : sums_) outcome += sum;
    return outcome * logarithm(outcome / sums[0]) + sums[1] - outcome - log_factorials();
}

double poisson_fit::log_factorials() const {
    if (!log_factorials_) {
        double sum = 0;
        system_.pass(1, &sum, [&](std::size_t b, double* own) {
            for (std::size_t i = p_.begin[p_.block[b]]; i < p_.begin[p_.block[b + 1]]; ++i)
                *own += p_.weight_of(i) * numerics::log_gamma(p_.y[i] + 1);
        });
        log_factorials_ = sum;
    }
    return *log_factorials_;
}

double poisson_fit::gap() const {
    double out = 0;
    for (std::size_t l = 0; l < p_.levels(); ++l)
        out = std::max(out, std::abs(gradient_[p_.k + l]) / wanted_[l]);
    return out;
}

}  // namespace veche::gravity
