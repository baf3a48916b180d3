#include "gravity/estimate.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "gravity/component_separation.hpp"
#include "gravity/parameter_count.hpp"
#include "gravity/refusal.hpp"
#include "gravity/separation.hpp"
#include "numerics/elementary.hpp"
#include "numerics/large_memory.hpp"

namespace veche::gravity {
namespace {

constexpr double dependence = 1e-9;  // of a regressor's squares left, over those it had

/// Everything one estimation works with.
struct workshop {
    workshop(const model& m_in, const settings& how_in, panel& p_in, numerics::workers& crew_in)
        : m(m_in),
          how(how_in),
          p(p_in),
          crew(crew_in),
          system(p_in, crew),
          solver(system, how_in) {}

    const model& m;
    const settings& how;
    panel& p;
    numerics::workers& crew;
    weighted_system system;
    conjugate solver;
    /// What was taken out of the regressors (and the outcome): by level and column.
    std::vector<double> taken_others, taken_first;
    std::vector<double> squares;  // of each column before that, about its mean
};

/// Weighted squares of the columns; about their means where there are effects, or if `centre` says
/// so.
std::vector<double> squares_of(workshop& shop, const std::vector<double>& columns, std::size_t k,
                               bool centre = false) {
    std::vector<double> sums(2 * k + 1);
    const panel& p = shop.p;
    shop.system.pass(2 * k + 1, sums.data(), [&](std::size_t b, double* own) {
        for (std::size_t i = p.begin[p.block[b]]; i < p.begin[p.block[b + 1]]; ++i) {
            const double w = shop.system.w[i];
            own[2 * k] += w;
            for (std::size_t j = 0; j < k; ++j) own[j] += w * columns[i * k + j];
        }
    });
    std::vector<double> mean(k);
    for (std::size_t j = 0; j < k && (p.centred || centre); ++j) mean[j] = sums[j] / sums[2 * k];
    shop.system.pass(2 * k + 1, sums.data(), [&](std::size_t b, double* own) {
        for (std::size_t i = p.begin[p.block[b]]; i < p.begin[p.block[b + 1]]; ++i)
            for (std::size_t j = 0; j < k; ++j) {
                const double d = columns[i * k + j] - mean[j];
                own[j] += shop.system.w[i] * d * d;
            }
    });
    sums.resize(k);
    return sums;
}

/// X' W X of the regressors, which are centred already.
std::vector<double> cross(workshop& shop) {
    const panel& p = shop.p;
    const std::size_t k = p.k;
    std::vector<double> out(k * k);
    shop.system.pass(k * k, out.data(), [&](std::size_t b, double* own) {
        std::vector<double> sums(k * k);
        for (std::size_t i = p.begin[p.block[b]]; i < p.begin[p.block[b + 1]]; ++i) {
            const double* x = p.x.data() + i * k;
            for (std::size_t j = 0; j < k; ++j) {
                const double u = shop.system.w[i] * x[j];
                for (std::size_t l = 0; l <= j; ++l) sums[j * k + l] += u * x[l];
            }
        }
        std::copy(sums.begin(), sums.end(), own);
    });
    for (std::size_t j = 0; j < k; ++j)
        for (std::size_t l = j + 1; l < k; ++l) out[j * k + l] = out[l * k + j];
    return out;
}

/// Which regressors follow from the effects and those before them: less than that part of their
/// squares is left.
std::vector<std::size_t> dependent_regressors(workshop& shop, double part = dependence) {
    const std::size_t k = shop.p.k;
    return numerics::cholesky(k, cross(shop), part, shop.squares).dependent;
}

/// Drops columns from what was taken out.
void keep_columns(std::vector<double>& of, std::size_t k, const std::vector<std::size_t>& out) {
    if (k == 0) return;
    std::size_t at = 0;
    for (std::size_t i = 0; i < of.size(); ++i)
        if (std::find(out.begin(), out.end(), i % k) == out.end()) of[at++] = of[i];
    of.resize(at);
}

bool take_out(workshop& shop, double tolerance) {
    return shop.solver.partial_out(shop.p.k, shop.p.x, tolerance, &shop.taken_others,
                                   &shop.taken_first);
}

/// Takes the effects out of the regressors under the present weights, and removes those of which
/// nothing of their own is left.
bool settle_regressors(workshop& shop, double tolerance, estimation& out) {
    panel& p = shop.p;
    shop.squares = squares_of(shop, p.x, p.k);
    shop.taken_others.assign(p.levels() * p.k, 0.0);
    shop.taken_first.assign(p.groups() * p.k, 0.0);
    shop.solver.be_rough(true);
    bool converged = take_out(shop, tolerance);
    shop.solver.be_rough(false);
    // Where little is left, of one or of what others leave of it, it must be known well whether it
    // is something.
    if (tolerance > 1e-9 && !dependent_regressors(shop, 1e-4).empty())
        converged = take_out(shop, 1e-7);
    const std::vector<std::size_t> gone = dependent_regressors(shop);
    for (const std::size_t j : gone) out.removed.push_back(p.names[j]);
    keep_columns(shop.taken_others, p.k, gone);
    keep_columns(shop.taken_first, p.k, gone);
    keep_columns(shop.squares, p.k, gone);
    remove_regressors(p, gone);
    return converged;
}

/// Effects in terms of the regressors as they were given: what was taken out of them goes back.
void restore_effects(const workshop& shop, const std::vector<double>& others,
                     const std::vector<double>& first, estimation& out) {
    const panel& p = shop.p;
    if (!p.centred) return;
    const auto restored = [&](double a, const std::vector<double>& taken, std::size_t level) {
        for (std::size_t j = 0; j < p.k; ++j) a -= out.b[j] * taken[level * p.k + j];
        return a;
    };
    out.effects.resize(p.others + 1);
    for (std::size_t g = 0; g < p.groups(); ++g)
        out.effects[0].push_back(restored(first[g], shop.taken_first, g));
    for (std::size_t o = 0; o < p.others; ++o)
        for (std::size_t l = p.first_place[o]; l < p.first_place[o + 1]; ++l)
            out.effects[o + 1].push_back(restored(others[l], shop.taken_others, l));
}

tl::unexpected<refusal> not_converged(const workshop& shop, const poisson_fit& fit) {
    const std::string steps = std::to_string(fit.steps.size());
    if (fit.uneven)
        return refuse(refusals::not_converged, "", steps,
                      "the greatest relative gap between fitted and given sums of a level",
                      fmt::format("{:.2e}", fit.gap()),
                      fmt::format("{:.0e}", shop.how.level_tolerance),
                      "Look for levels whose outcomes lie many orders below the others'.");
    const double n = static_cast<double>(shop.p.n);
    const std::string advice =
        fit.steps.size() < 5
            ? "A system of equations could not be solved; look at regressors of "
              "very unlike size."
            : "Look at the scale of regressors, and at rows whose outcome is zero.";
    return refuse(refusals::not_converged, "", steps,
                  "the Newton decrement over the deviance of a row",
                  fmt::format("{:.2e}", fit.decrement * n / fit.deviance()),
                  fmt::format("{:.0e}", shop.how.tolerance), advice);
}

/// After convergence: regressors with the effects taken out under the last weights, the Hessian,
/// and one more exact step of the regressors' coefficients alone.
result<void> finish(workshop& shop, estimation& out) {
    panel& p = shop.p;
    if (!take_out(shop, 1e-9))
        return refuse(refusals::not_converged, "", std::to_string(shop.how.inner_limit),
                      "the residual of the regressors on the effects", "too large", "1e-09",
                      "Allow more iterations.");
    out.hessian = cross(shop);
    const numerics::cholesky_factor factor = numerics::cholesky(p.k, out.hessian);
    if (!factor.dependent.empty())
        return refuse(refusals::no_variation, p.names[factor.dependent[0]],
                      p.names[factor.dependent[0]]);
    out.inverse = factor.inverse();
    std::vector<double> move(p.k);
    shop.system.pass(p.k, move.data(), [&](std::size_t b, double* own) {
        for (std::size_t i = p.begin[p.block[b]]; i < p.begin[p.block[b + 1]]; ++i)
            for (std::size_t j = 0; j < p.k; ++j) own[j] += out.error[i] * p.x[i * p.k + j];
    });
    factor.solve(move.data());
    const double scale = std::max(out.deviance, 0.0) / static_cast<double>(p.n);
    for (std::size_t j = 0; j < p.k; ++j) {
        out.b[j] += move[j];
        const double variance = out.inverse[j * p.k + j] * scale;
        if (variance > 0)
            out.last_move = std::max(out.last_move, std::abs(move[j]) / std::sqrt(variance));
    }
    return {};
}

void note_parameters(estimation& out) {
    out.parameters = static_cast<std::int64_t>(out.rows.k);
    for (const std::int32_t levels : out.used.levels) out.parameters += levels;
    if (!out.used.levels.empty())
        out.parameters -= static_cast<std::int64_t>(out.used.levels.size()) - 1;
}

/// The direction in which zero rows flee, if it is one of separation: 0 on positive rows, clearly
/// positive or 0 on others.
std::optional<separation_stage> fleeing_stage(const workshop& shop, const poisson_fit& fit) {
    const panel& p = shop.p;
    if (fit.moved.size() != p.width()) return std::nullopt;
    std::vector<double> z(p.n);
    for (std::size_t g = 0; g < p.groups(); ++g)
        for (std::size_t i = p.begin[g]; i < p.begin[g + 1]; ++i)
            z[i] = -p.linear(i, fit.moved.data()) - (p.centred ? fit.first_moved[g] : 0);
    separation_stage out;
    out.why = fate::separated;
    for (std::size_t i = 0; i < p.n; ++i) {
        const bool open = p.y[i] == 0;
        if (open && z[i] > 0.1)
            out.rows.push_back(p.row[i]);
        else if (std::abs(z[i]) > 1e-7)
            return std::nullopt;
    }
    if (out.rows.empty()) return std::nullopt;
    std::sort(out.rows.begin(), out.rows.end());
    out.g.assign(shop.m.regressors.size() + 1, 0.0);
    for (std::size_t j = 0; j < p.k; ++j) out.g[p.source[j]] = -fit.moved[j];
    if (p.centred || !shop.m.constant) out.g.pop_back();
    out.a.resize(shop.m.effects.size());
    const auto put = [&](std::size_t e, std::size_t level, double value,
                         const std::vector<double>& taken, std::size_t at) {
        for (std::size_t j = 0; j < p.k; ++j) value -= fit.moved[j] * taken[at * p.k + j];
        std::vector<double>& a = out.a[p.effect[e]];
        a.resize(static_cast<std::size_t>(shop.m.effects[p.effect[e]].levels));
        a[static_cast<std::size_t>(p.code[e][level])] = -value;
    };
    for (std::size_t g = 0; p.centred && g < p.groups(); ++g)
        put(0, g, fit.first_moved[g], shop.taken_first, g);
    for (std::size_t o = 0; o < p.others; ++o)
        for (std::size_t l = p.first_place[o]; l < p.first_place[o + 1]; ++l)
            put(o + 1, l - p.first_place[o], fit.moved[p.k + l], shop.taken_others, l);
    return out;
}

/// See docs/gravity.md: were a direction left along which zero rows fall for ever, then with its
/// greatest entry at 1 the decrement would be at least the fitted value of that row.
bool all_exist(const poisson_fit& fit) {
    return fit.least_zero > 4 * fit.decrement;
}

/// Steps until it converges; a stage where separation shows itself on the way.
std::optional<separation_stage> run_watchfully(workshop& shop, poisson_fit& fit, bool exact,
                                               bool& converged) {
    const bool watch = shop.how.find_separated && !exact;
    do {
        converged = fit.run(shop.solver, watch);
        if (watch && (fit.fleeing || (converged && !all_exist(fit))))
            if (auto stage = fleeing_stage(shop, fit)) return stage;
    } while (fit.fleeing && static_cast<int>(fit.steps.size()) < shop.how.newton_limit);
    return std::nullopt;
}

/// Fits; or gives the rows that have to be dropped before.
result<std::optional<separation_stage>> fit_poisson(workshop& shop, bool exact, estimation& out) {
    panel& p = shop.p;
    shop.solver.try_exact(shop.how.memory_limit - memory_needed(shop.m));
    if (shop.solver.exact() != nullptr)
        out.memory = memory_needed(shop.m) + shop.solver.exact()->bytes();
    if (shop.solver.exact() != nullptr && shop.how.find_separated && !exact && !out.by_components) {
        out.by_components = true;
        if (auto stage = separated_in_components(shop.m, p, *shop.solver.exact(), shop.crew))
            return stage;
    }
    poisson_fit fit(p, shop.system, shop.how);
    fit.start(shop.solver.exact() != nullptr);
    if (p.k > 0) settle_regressors(shop, p.centred ? 1e-3 : 1e-9, out);
    fit.regressors_changed();
    bool converged = false;
    auto stage = run_watchfully(shop, fit, exact, converged);
    if (stage) return stage;
    out.steps = fit.steps;
    if (!converged) return not_converged(shop, fit);
    out.decrement = fit.decrement;
    out.deviance = fit.deviance();
    out.log_likelihood = fit.log_likelihood();
    out.null_likelihood = fit.null_likelihood();
    out.gap = fit.gap();
    out.least_zero = fit.least_zero;
    out.exists = exact || all_exist(fit) ? existence::certain : existence::likely;
    numerics::resize_large(out.error, p.n);
    for (std::size_t i = 0; i < p.n; ++i) out.error[i] = p.weight_of(i) * p.y[i] - shop.system.w[i];
    out.b.assign(fit.theta.begin(), fit.theta.begin() + static_cast<std::ptrdiff_t>(p.k));
    const std::vector<double> others(fit.theta.begin() + static_cast<std::ptrdiff_t>(p.k),
                                     fit.theta.end());
    restore_effects(shop, others, fit.first, out);
    shop.solver.be_rough(false);  // which tells it of the last weights, too
    VECHE_CHECK(finish(shop, out));
    return std::optional<separation_stage>();
}

/// The outcome beside the regressors, so that all have the effects taken out in the same passes.
std::vector<double> with_outcome(const panel& p) {
    const std::size_t k = p.k + 1;
    std::vector<double> all(p.n * k);
    for (std::size_t i = 0; i < p.n; ++i) {
        std::copy(p.x.begin() + static_cast<std::ptrdiff_t>(i * p.k),
                  p.x.begin() + static_cast<std::ptrdiff_t>((i + 1) * p.k),
                  all.begin() + static_cast<std::ptrdiff_t>(i * k));
        all[i * k + p.k] = p.y[i] - p.offset_of(i);
    }
    return all;
}

result<void> fit_linear(workshop& shop, estimation& out) {
    panel& p = shop.p;
    const std::size_t k = p.k + 1;
    std::vector<double> all = with_outcome(p);
    const std::vector<double> squares = squares_of(shop, all, k);
    out.total_squares = squares_of(shop, all, k, shop.m.constant).back();
    std::vector<double> others(p.levels() * k), first(p.groups() * k);
    if (!shop.solver.partial_out(k, all, std::max(1e-12, shop.how.tolerance), &others, &first))
        return refuse(refusals::not_converged, "", std::to_string(shop.how.inner_limit),
                      "the residual of the effects", "too large",
                      fmt::format("{:.0e}", shop.how.tolerance), "Allow more iterations.");
    std::vector<double> left(p.n), outcome_others, outcome_first;
    for (std::size_t i = 0; i < p.n; ++i) {
        for (std::size_t j = 0; j < p.k; ++j) p.x[i * p.k + j] = all[i * k + j];
        left[i] = all[i * k + p.k];
    }
    for (std::size_t l = 0; l < p.levels(); ++l) outcome_others.push_back(others[l * k + p.k]);
    for (std::size_t g = 0; g < p.groups(); ++g) outcome_first.push_back(first[g * k + p.k]);
    keep_columns(others, k, {p.k});
    keep_columns(first, k, {p.k});
    shop.taken_others = std::move(others);
    shop.taken_first = std::move(first);
    shop.squares.assign(squares.begin(), squares.end() - 1);
    const std::vector<std::size_t> gone = dependent_regressors(shop);
    for (const std::size_t j : gone) out.removed.push_back(p.names[j]);
    keep_columns(shop.taken_others, p.k, gone);
    keep_columns(shop.taken_first, p.k, gone);
    remove_regressors(p, gone);
    out.hessian = cross(shop);
    const numerics::cholesky_factor factor = numerics::cholesky(p.k, out.hessian);
    out.inverse = factor.inverse();
    out.b.assign(p.k, 0.0);
    out.error = left;
    // Solved again for what the first solution left: two rounds take out rounding.
    for (int round = 0; round < 3; ++round) {
        std::vector<double> move(p.k);
        shop.system.pass(p.k, move.data(), [&](std::size_t b, double* own) {
            for (std::size_t i = p.begin[p.block[b]]; i < p.begin[p.block[b + 1]]; ++i)
                for (std::size_t j = 0; j < p.k; ++j)
                    own[j] += shop.system.w[i] * out.error[i] * p.x[i * p.k + j];
        });
        factor.solve(move.data());
        for (std::size_t j = 0; j < p.k; ++j) out.b[j] += move[j];
        for (std::size_t i = 0; i < p.n; ++i)
            for (std::size_t j = 0; j < p.k; ++j) out.error[i] -= p.x[i * p.k + j] * move[j];
    }
    restore_effects(shop, outcome_others, outcome_first, out);
    out.within_squares = squares_of(shop, left, 1)[0];
    out.deviance = squares_of(shop, out.error, 1)[0];
    for (std::size_t i = 0; i < p.n; ++i) out.error[i] *= shop.system.w[i];
    const double n = static_cast<double>(p.n);
    const auto normal = [n](double squares_left) {
        return -n / 2 * (numerics::logarithm(2 * 3.14159265358979323846 * squares_left / n) + 1);
    };
    out.log_likelihood = normal(out.deviance);
    out.null_likelihood = normal(out.total_squares);
    return {};
}

/// Rows separated in any way, where the model is small enough to tell; whether it is.
bool drop_separated(const model& m, const settings& how, sample& s, numerics::workers& crew) {
    // Up to two effects without regressors were decided by pairs of effects.
    if (m.regressors.empty() && !m.effects.empty() && m.effects.size() <= 2) return true;
    if (!exactly_separable(m, s)) return false;
    while (s.used() > 0) {
        auto stage = find_separated(m, s);
        if (!stage) return true;
        drop(m, how, *std::move(stage), s, crew);
    }
    return true;
}

tl::unexpected<refusal> no_rows_left(const model& m, const sample& s) {
    return refuse(refusals::no_rows, m.outcome_name, std::to_string(s.of_row.size()),
                  std::to_string(s.of_row.size()), "all are separated");
}

}  // namespace

result<estimation> estimate(const model& m, const settings& how) {
    estimation out;
    out.of = m.of;
    out.memory = memory_needed(m);
    if (out.memory > how.memory_limit)
        return refuse(refusals::too_large, "", std::to_string(out.memory >> 20),
                      std::to_string(how.memory_limit >> 20));
    numerics::workers crew(how.threads);
    out.used = VECHE_TRY(prepare(m, how, crew));
    const bool poisson = m.of == family::poisson;
    const bool exact = poisson && how.find_separated && drop_separated(m, how, out.used, crew);
    for (bool again = true; again;) {
        if (out.used.used() == 0) return no_rows_left(m, out.used);
        again = false;
        out.removed.clear();
        out.rows = lay_out(m, out.used, crew);
        workshop shop(m, how, out.rows, crew);
        if (poisson) {
            if (auto stage = VECHE_TRY(fit_poisson(shop, exact, out))) {
                drop(m, how, *std::move(stage), out.used, crew);
                again = true;
            }
        } else {
            VECHE_CHECK(fit_linear(shop, out));
        }
        out.inner_iterations += shop.solver.total_iterations();
        out.factors_made += shop.solver.factors_made();
        out.weight = std::move(shop.system.w);
    }
    note_parameters(out);
    if (out.rows.k == 0 && !m.regressors.empty())
        return refuse(refusals::no_variation, m.regressors[0].name, m.regressors[0].name);
    const auto n = static_cast<std::int64_t>(out.rows.n);
    // Levels that others make superfluous are no parameters: counted where it matters.
    if (n <= out.parameters)
        out.parameters = static_cast<std::int64_t>(out.rows.k) + rank_of_effects(out.rows);
    if (n <= out.parameters && !poisson)
        return refuse(refusals::too_few_rows, "", std::to_string(n),
                      std::to_string(out.parameters));
    return out;
}

std::vector<double> linear_predictors(const model& m, const estimation& e) {
    const panel& p = e.rows;
    std::vector<double> out(p.n);
    for (std::size_t g = 0; g < p.groups(); ++g)
        for (std::size_t i = p.begin[g]; i < p.begin[g + 1]; ++i) {
            double sum = p.centred ? e.effects[0][g] : 0;
            for (std::size_t j = 0; j < p.k; ++j)
                sum += e.b[j] * (p.source[j] < m.regressors.size()
                                     ? m.regressors[p.source[j]].values[p.row[i]]
                                     : 1);
            for (std::size_t o = 0; o < p.others; ++o)
                sum += e.effects[o + 1][p.place[i * p.others + o] - p.first_place[o]];
            out[i] = sum;
        }
    return out;
}

}  // namespace veche::gravity
