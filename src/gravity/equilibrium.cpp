#include "gravity/equilibrium.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>

#include <fmt/format.h>

#include "gravity/extrapolation.hpp"
#include "gravity/refusal.hpp"
#include "numerics/elementary.hpp"
#include "numerics/random_stream.hpp"
#include "numerics/symmetric.hpp"
#include "numerics/workers.hpp"

namespace veche::gravity {
namespace {

using numerics::exponential;
using numerics::logarithm;

constexpr int iteration_limit = 100'000;
constexpr double rounding_residual = 1e-12;

double power(double x, double by) {
    return exponential(by * logarithm(x));
}

/// Prices, terms A and multilateral terms P that belong together.
struct state {
    std::vector<double> a;             // A_i, of the baseline
    std::vector<double> p;             // factory-gate prices, 1 in the baseline
    std::vector<double> multilateral;  // P_j
    std::vector<double> output, expenditure;
    int iterations = 0;
    double residual = 0;
};

class economy {
  public:
    explicit economy(const world& w)
        : w_(w), n_(w.names.size()), y0_(w.output), e0_(w.expenditure) {
        if (w.close == closure::balanced) e0_ = y0_;
        // Output and expenditure of the world are one number.
        double y = 0;
        double e = 0;
        for (std::size_t i = 0; i < n_; ++i) {
            y += y0_[i];
            e += e0_[i];
        }
        for (double& one : e0_) one *= y / e;
        for (std::size_t i = 0; i < n_; ++i) {
            phi_.push_back(e0_[i] / y0_[i]);
            deficit_.push_back((e0_[i] - y0_[i]) / y);
        }
    }

    /// A with the same output and expenditure, by proportional fitting; P of the reference is 1.
    state conditional(const std::vector<double>& t) const {
        state s{std::vector<double>(n_), std::vector<double>(n_, 1.0), {}, y0_, e0_, 0, 0};
        const auto demands_at = [&](const std::vector<double>& log_a) {
            for (std::size_t i = 0; i < n_; ++i) s.a[i] = exponential(log_a[i]);
            return demands(t, s);
        };
        // Where nothing is traded, balance can lie beyond all bounds: extrapolation would get there
        // and give a world in which more flows are nothing.
        const bool bounded =
            w_.close != closure::balanced || std::find(t.begin(), t.end(), 0.0) == t.end();
        demands_at(approach(s, -1, demands_at, bounded));
        const double scale = 1 / s.multilateral[w_.reference];
        for (double& one : s.a) one *= scale;
        for (double& one : s.multilateral) one *= scale;
        return s;
    }

    /// The same endowments and tastes A at other costs: prices move until markets clear.
    state full(const std::vector<double>& t, const std::vector<double>& tastes) const {
        state s{tastes, std::vector<double>(n_), {}, {}, {}, 0, 0};
        const auto demands_at = [&](const std::vector<double>& log_p) {
            for (std::size_t i = 0; i < n_; ++i) {
                s.p[i] = exponential(log_p[i]);
                s.a[i] = tastes[i] * exponential((1 - w_.sigma) * log_p[i]);
            }
            set_incomes(s);
            return demands(t, s);
        };
        std::vector<double> log_p = approach(s, 1 / w_.sigma, demands_at, true);
        demands_at(log_p);
        // Prices are relative: those are taken at which the reference's P is 1.
        const double shift = logarithm(s.multilateral[w_.reference]) / (w_.sigma - 1);
        for (double& one : log_p) one += shift;
        demands_at(log_p);
        return s;
    }

    std::vector<double> flows(const std::vector<double>& t, const state& s) const {
        const std::vector<double> weight = weights(s);
        std::vector<double> out(n_ * n_);
        for (std::size_t i = 0; i < n_; ++i)
            for (std::size_t j = 0; j < n_; ++j)
                out[i * n_ + j] = s.a[i] * t[i * n_ + j] * weight[j];
        return out;
    }

  private:
    /// The logs of the unknowns at which markets clear, from 0 on: `demands_at` says demand, and
    /// they move by `gain` times the log of demand over output, extrapolated. The least residual
    /// counts: near the end rounding moves it up and down. Steps that gain less than a thousandth
    /// are the end, after a few of them where the residual is that of rounding.
    template <class Demands>
    std::vector<double> approach(state& s, double gain, Demands demands_at,
                                 bool extrapolated) const {
        std::vector<double> x(n_), f(n_), best(n_);
        extrapolation ahead;
        double mark = INFINITY;
        int idle = 0;
        s.residual = INFINITY;
        for (s.iterations = 1; s.iterations < iteration_limit; ++s.iterations) {
            const std::vector<double> demand = demands_at(x);
            double residual = 0;
            for (std::size_t i = 0; i < n_; ++i) {
                const double ratio = demand[i] / s.output[i];
                const bool sound = ratio > 0 && std::isfinite(ratio);
                f[i] = sound ? gain * logarithm(ratio) : 0;
                residual = std::max(residual, sound ? std::abs(ratio - 1) : INFINITY);
            }
            // A move of all by as much changes nothing, and is not made.
            double mean = 0;
            for (const double one : f) mean += one / static_cast<double>(n_);
            for (double& one : f) one -= mean;
            const bool astray = extrapolated && !(residual <= 10 * s.residual);
            if (residual < s.residual) {
                s.residual = residual;
                best = x;
            }
            idle = residual < 0.999 * mark ? 0 : idle + 1;
            mark = idle == 0 ? residual : mark;
            if (s.residual < equilibrium_tolerance) break;
            if (idle > (s.residual < rounding_residual ? 8 : 50)) break;
            if (astray || !extrapolated) ahead.forget();
            x = astray ? best : ahead.next(x, f);
        }
        // Rarely extrapolation leads away; plain steps are slow, but go further.
        if (extrapolated && !(s.residual < rounding_residual))
            return approach(s, gain, demands_at, false);
        return best;
    }
    void set_multilateral(const std::vector<double>& t, state& s) const {
        s.multilateral.assign(n_, 0.0);
        for (std::size_t i = 0; i < n_; ++i) {
            const double* row = t.data() + i * n_;
            const double a = s.a[i];
            for (std::size_t j = 0; j < n_; ++j) s.multilateral[j] += a * row[j];
        }
    }
    /// Expenditure over the multilateral term.
    [[nodiscard]] std::vector<double> weights(const state& s) const {
        std::vector<double> out(n_);
        for (std::size_t j = 0; j < n_; ++j) out[j] = s.expenditure[j] / s.multilateral[j];
        return out;
    }
    /// Demand for each country's goods at the terms A; sets the multilateral terms.
    std::vector<double> demands(const std::vector<double>& t, state& s) const {
        set_multilateral(t, s);
        const std::vector<double> weight = weights(s);
        std::vector<double> out(n_);
        for (std::size_t i = 0; i < n_; ++i) {
            const double* row = t.data() + i * n_;
            // Four sums side by side: one alone would wait for each of its additions.
            double sums[4] = {};
            std::size_t j = 0;
            for (; j + 4 <= n_; j += 4)
                for (std::size_t lane = 0; lane < 4; ++lane)
                    sums[lane] += row[j + lane] * weight[j + lane];
            for (; j < n_; ++j) sums[0] += row[j] * weight[j];
            out[i] = s.a[i] * ((sums[0] + sums[1]) + (sums[2] + sums[3]));
        }
        return out;
    }
    void set_incomes(state& s) const {
        s.output.resize(n_);
        s.expenditure.resize(n_);
        double y = 0;
        double phi_y = 0;
        for (std::size_t i = 0; i < n_; ++i) {
            s.output[i] = s.p[i] * y0_[i];
            y += s.output[i];
            phi_y += phi_[i] * s.output[i];
        }
        for (std::size_t i = 0; i < n_; ++i)
            s.expenditure[i] = w_.close == closure::deficit ? s.output[i] + deficit_[i] * y
                                                            : phi_[i] * s.output[i] * y / phi_y;
    }

    const world& w_;
    std::size_t n_;
    std::vector<double> y0_, e0_, phi_, deficit_;
};

double percent(double after, double before) {
    return 100 * (after / before - 1);
}

double exports_of(const std::vector<double>& flows, std::size_t n, std::size_t i) {
    double out = 0;
    for (std::size_t j = 0; j < n; ++j)
        if (j != i) out += flows[i * n + j];
    return out;
}

bool is_cost(double one) {
    return one >= 0 && std::isfinite(one);
}

result<void> check_costs(const world& w, const std::vector<double>& t, const char* name) {
    const std::size_t n = w.names.size();
    if (t.size() != n * n)
        return refuse(refusals::length_differs, name, name, std::to_string(t.size()),
                      std::to_string(n * n));
    for (std::size_t i = 0; i < n; ++i) {
        double out = 0;
        double in = 0;
        for (std::size_t j = 0; j < n; ++j) {
            const double one = t[i * n + j];
            if (!is_cost(one))
                return refuse(refusals::not_positive, name, name, w.names[i] + " to " + w.names[j],
                              fmt::format("{}", one));
            out += one;
            in += t[j * n + i];
        }
        if (!(out > 0 && in > 0))
            return refuse(refusals::not_positive, name, name, w.names[i], "0 with all others");
    }
    return {};
}

result<void> check(const world& w) {
    const std::size_t n = w.names.size();
    if (n < 2 || w.reference >= n) return refuse(refusals::world_too_small, "names");
    if (!(w.sigma > 1)) return refuse(refusals::sigma_too_low, "sigma", fmt::format("{}", w.sigma));
    const auto positive = [&](const std::vector<double>& of, const char* name) -> result<void> {
        if (of.size() != n)
            return refuse(refusals::length_differs, name, name, std::to_string(of.size()),
                          std::to_string(n));
        for (std::size_t i = 0; i < n; ++i)
            if (!(of[i] > 0) || !std::isfinite(of[i]))
                return refuse(refusals::not_positive, name, name, w.names[i],
                              fmt::format("{}", of[i]));
        return {};
    };
    VECHE_CHECK(positive(w.output, "output"));
    VECHE_CHECK(positive(w.expenditure, "expenditure"));
    VECHE_CHECK(check_costs(w, w.before, "costs before"));
    return check_costs(w, w.after, "costs after");
}

struct solutions {
    state before, conditional, full;
    std::vector<double> flows_before, flows_conditional, flows_full;
    double residual = 0;
};

result<solutions> solutions_of(const world& w) {
    const economy e(w);
    solutions out;
    out.before = e.conditional(w.before);
    out.flows_before = e.flows(w.before, out.before);
    out.full = e.full(w.after, out.before.a);
    out.flows_full = e.flows(w.after, out.full);
    out.conditional = e.conditional(w.after);
    out.flows_conditional = e.flows(w.after, out.conditional);
    for (const state* one : {&out.before, &out.conditional, &out.full}) {
        if (!(one->residual < rounding_residual))
            return refuse(refusals::not_converged, "", std::to_string(one->iterations),
                          "the residual of markets", fmt::format("{:.1e}", one->residual),
                          fmt::format("{:.0e}", equilibrium_tolerance),
                          "Look at the size of the change of costs.");
        out.residual = std::max(out.residual, one->residual);
    }
    // A surplus that stays while prices fall can leave nothing to spend.
    for (std::size_t i = 0; i < w.names.size(); ++i)
        if (!(out.full.expenditure[i] > 0))
            return refuse(refusals::not_positive, "expenditure", "expenditure after the change",
                          w.names[i], fmt::format("{:.6g}", out.full.expenditure[i]));
    return out;
}

country_effect effect_of(const world& w, const solutions& s, std::size_t i) {
    const std::size_t n = w.names.size();
    const double root = 1 / (1 - w.sigma);
    country_effect out;
    out.name = w.names[i];
    const double index = power(s.full.multilateral[i] / s.before.multilateral[i], root);
    out.price = percent(s.full.p[i], 1);
    out.price_index = percent(index, 1);
    out.real_gdp = percent(s.full.p[i] / index, 1);
    out.exports = percent(exports_of(s.flows_full, n, i), exports_of(s.flows_before, n, i));
    const double conditional =
        power(s.conditional.multilateral[i] / s.before.multilateral[i], root);
    out.conditional_welfare = percent(1 / conditional, 1);
    out.conditional_exports =
        percent(exports_of(s.flows_conditional, n, i), exports_of(s.flows_before, n, i));
    return out;
}

/// The value that a part `q` of all lie below, by the nearest ranks on both sides.
double quantile_of(std::vector<double>& values, double q) {
    // Exports of who exports nothing have no change in percent.
    if (std::any_of(values.begin(), values.end(), [](double one) { return std::isnan(one); }))
        return NAN;
    std::sort(values.begin(), values.end());
    const double at = q * static_cast<double>(values.size() - 1);
    const auto low = static_cast<std::size_t>(at);
    const std::size_t high = std::min(low + 1, values.size() - 1);
    return values[low] + (at - static_cast<double>(low)) * (values[high] - values[low]);
}

/// Coefficients of each draw: all are drawn before any is solved, in one stream.
std::vector<std::vector<double>> coefficients_drawn(const uncertain_costs& u) {
    const std::size_t k = u.b.size();
    const numerics::cholesky_factor root = numerics::cholesky(k, u.v);
    numerics::random_stream random(u.seed);
    std::vector<std::vector<double>> out;
    for (int draw = 0; draw < u.draws; ++draw) {
        std::vector<double> b = u.b;
        std::vector<double> normal(k);
        for (double& one : normal) one = random.normal();
        for (const std::size_t d : root.dependent) normal[d] = 0;
        for (std::size_t i = 0; i < k; ++i)
            for (std::size_t j = 0; j <= i; ++j) b[i] += root.l[i * k + j] * normal[j];
        out.push_back(std::move(b));
    }
    return out;
}

result<std::vector<country_effect>> effects_at(const world& w, const uncertain_costs& u,
                                               const std::vector<double>& b) {
    world drawn = w;
    drawn.before = costs_of(u.before, b, u.known_before);
    drawn.after = costs_of(u.after, b, u.known_after);
    VECHE_CHECK(check(drawn));
    const solutions s = VECHE_TRY(solutions_of(drawn));
    std::vector<country_effect> out;
    for (std::size_t i = 0; i < w.names.size(); ++i) out.push_back(effect_of(drawn, s, i));
    return out;
}

}  // namespace

std::vector<double> costs_of(const std::vector<double>& x, const std::vector<double>& b,
                             const std::vector<double>& known) {
    std::vector<double> out = known;
    if (known.empty()) out.assign(x.size() / b.size(), 1.0);
    for (std::size_t i = 0; i < out.size(); ++i) {
        double sum = 0;
        for (std::size_t j = 0; j < b.size(); ++j) sum += x[i * b.size() + j] * b[j];
        out[i] *= exponential(sum);
    }
    return out;
}

std::string_view name_of(closure c) {
    return c == closure::world ? "W" : c == closure::deficit ? "D" : "B";
}

result<equilibrium> solve(const world& w) {
    VECHE_CHECK(check(w));
    const solutions s = VECHE_TRY(solutions_of(w));
    equilibrium out;
    out.closure_name = name_of(w.close);
    out.sigma = w.sigma;
    out.reference = w.names[w.reference];
    for (std::size_t i = 0; i < w.names.size(); ++i) out.countries.push_back(effect_of(w, s, i));
    out.flows_before = s.flows_before;
    out.flows_after = s.flows_full;
    out.iterations = s.full.iterations;
    out.conditional_iterations = s.conditional.iterations;
    out.residual = s.residual;
    return out;
}

result<std::vector<uncertain_effect>> intervals(const world& w, const uncertain_costs& u) {
    const std::vector<std::vector<double>> drawn = coefficients_drawn(u);
    std::vector<result<std::vector<country_effect>>> solved(drawn.size());
    numerics::workers crew(u.threads);
    std::mutex telling;
    std::uint64_t done = 0;
    crew.run(drawn.size(), [&](std::size_t d) {
        solved[d] = effects_at(w, u, drawn[d]);
        if (!u.progress) return;
        const std::lock_guard lock(telling);
        u.progress(work_stage::drawing, ++done, drawn.size());
    });
    for (const auto& one : solved)
        if (!one) return tl::unexpected(one.error());
    const double tail = (1 - u.level) / 2;
    const auto band = [&](std::size_t i, double country_effect::* of) {
        std::vector<double> values;
        for (const auto& one : solved) values.push_back((*one)[i].*of);
        return interval{quantile_of(values, tail), quantile_of(values, 1 - tail)};
    };
    using effect = country_effect;
    std::vector<uncertain_effect> out;
    for (std::size_t i = 0; i < w.names.size(); ++i)
        out.push_back({w.names[i], band(i, &effect::price), band(i, &effect::real_gdp),
                       band(i, &effect::price_index), band(i, &effect::exports),
                       band(i, &effect::conditional_exports),
                       band(i, &effect::conditional_welfare)});
    return out;
}

}  // namespace veche::gravity
