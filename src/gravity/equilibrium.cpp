#include "gravity/equilibrium.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "gravity/refusal.hpp"
#include "numerics/elementary.hpp"
#include "numerics/random_stream.hpp"
#include "numerics/symmetric.hpp"

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
        state s{std::vector<double>(n_, 1.0), std::vector<double>(n_, 1.0), {}, y0_, e0_, 0, 0};
        for (s.iterations = 1; s.iterations < iteration_limit; ++s.iterations) {
            set_multilateral(t, s);
            const std::vector<double> demand = demands(t, s);
            s.residual = 0;
            for (std::size_t i = 0; i < n_; ++i) {
                s.residual = std::max(s.residual, std::abs(demand[i] / y0_[i] - 1));
                s.a[i] *= y0_[i] / demand[i];
            }
            if (s.residual < equilibrium_tolerance) break;
        }
        set_multilateral(t, s);
        const double scale = 1 / s.multilateral[w_.reference];
        for (double& one : s.a) one *= scale;
        for (double& one : s.multilateral) one *= scale;
        return s;
    }

    /// The same endowments and tastes A at other costs: prices move until markets clear.
    state full(const std::vector<double>& t, const std::vector<double>& tastes) const {
        state s{tastes, std::vector<double>(n_, 1.0), {}, {}, {}, 0, 0};
        std::vector<double> best;
        double least = INFINITY;
        int idle = 0;
        for (s.iterations = 1; s.iterations < iteration_limit && idle < 50; ++s.iterations) {
            set_incomes(s);
            for (std::size_t i = 0; i < n_; ++i) s.a[i] = tastes[i] * power(s.p[i], 1 - w_.sigma);
            set_multilateral(t, s);
            const std::vector<double> demand = demands(t, s);
            s.residual = 0;
            for (std::size_t i = 0; i < n_; ++i)
                s.residual = std::max(s.residual, std::abs(demand[i] / s.output[i] - 1));
            // Near the end rounding moves the residual up and down: the least one counts.
            ++idle;
            if (s.residual < least) {
                if (s.residual < 0.999 * least) idle = 0;
                least = s.residual;
                best = s.p;
            }
            if (s.residual < equilibrium_tolerance) break;
            for (std::size_t i = 0; i < n_; ++i)
                s.p[i] *= power(demand[i] / s.output[i], 1 / w_.sigma);
        }
        s.p = best;
        s.residual = least;
        normalise(t, tastes, s);
        return s;
    }

    std::vector<double> flows(const std::vector<double>& t, const state& s) const {
        std::vector<double> out(n_ * n_);
        for (std::size_t i = 0; i < n_; ++i)
            for (std::size_t j = 0; j < n_; ++j)
                out[i * n_ + j] = s.a[i] * t[i * n_ + j] * s.expenditure[j] / s.multilateral[j];
        return out;
    }

  private:
    void set_multilateral(const std::vector<double>& t, state& s) const {
        s.multilateral.assign(n_, 0.0);
        for (std::size_t i = 0; i < n_; ++i)
            for (std::size_t j = 0; j < n_; ++j) s.multilateral[j] += s.a[i] * t[i * n_ + j];
    }
    std::vector<double> demands(const std::vector<double>& t, const state& s) const {
        std::vector<double> out(n_);
        for (std::size_t i = 0; i < n_; ++i) {
            double sum = 0;
            for (std::size_t j = 0; j < n_; ++j)
                sum += t[i * n_ + j] * s.expenditure[j] / s.multilateral[j];
            out[i] = s.a[i] * sum;
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
    /// Prices are relative: those are taken at which the reference's P is 1.
    void normalise(const std::vector<double>& t, const std::vector<double>& tastes,
                   state& s) const {
        const auto settle = [&] {
            for (std::size_t i = 0; i < n_; ++i) s.a[i] = tastes[i] * power(s.p[i], 1 - w_.sigma);
            set_multilateral(t, s);
        };
        settle();
        const double scale = power(s.multilateral[w_.reference], -1 / (1 - w_.sigma));
        for (double& one : s.p) one *= scale;
        set_incomes(s);
        settle();
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

result<void> check(const world& w) {
    const std::size_t n = w.names.size();
    const auto shape = [&](const std::vector<double>& of, std::size_t size,
                           const char* name) -> result<void> {
        if (of.size() != size)
            return refuse(refusals::length_differs, name, name, std::to_string(of.size()),
                          std::to_string(size));
        for (std::size_t i = 0; i < of.size(); ++i)
            if (!(of[i] > 0) || !std::isfinite(of[i]))
                return refuse(refusals::not_positive, name, name, w.names[i / (size / n)],
                              fmt::format("{}", of[i]));
        return {};
    };
    if (n < 2 || w.reference >= n) return refuse(refusals::world_too_small, "names");
    if (!(w.sigma > 1)) return refuse(refusals::sigma_too_low, "sigma", fmt::format("{}", w.sigma));
    VECHE_CHECK(shape(w.output, n, "output"));
    VECHE_CHECK(shape(w.expenditure, n, "expenditure"));
    VECHE_CHECK(shape(w.before, n * n, "costs before"));
    VECHE_CHECK(shape(w.after, n * n, "costs after"));
    return {};
}

struct solutions {
    state before, conditional, full;
    std::vector<double> flows_before, flows_conditional, flows_full;
};

result<solutions> solutions_of(const world& w, bool with_conditional) {
    const economy e(w);
    solutions out;
    out.before = e.conditional(w.before);
    out.flows_before = e.flows(w.before, out.before);
    out.full = e.full(w.after, out.before.a);
    out.flows_full = e.flows(w.after, out.full);
    if (with_conditional) {
        out.conditional = e.conditional(w.after);
        out.flows_conditional = e.flows(w.after, out.conditional);
    }
    const double residual = std::max(out.before.residual, out.full.residual);
    if (!(residual < rounding_residual))
        return refuse(refusals::not_converged, "", std::to_string(out.full.iterations),
                      "the residual of markets", fmt::format("{:.1e}", residual),
                      fmt::format("{:.0e}", equilibrium_tolerance),
                      "Look at the size of the change of costs.");
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
    if (!s.flows_conditional.empty()) {
        const double conditional =
            power(s.conditional.multilateral[i] / s.before.multilateral[i], root);
        out.conditional_welfare = percent(1 / conditional, 1);
        out.conditional_exports =
            percent(exports_of(s.flows_conditional, n, i), exports_of(s.flows_before, n, i));
    }
    return out;
}

/// The value that a part `q` of all lie below, by the nearest ranks on both sides.
double quantile_of(std::vector<double>& values, double q) {
    std::sort(values.begin(), values.end());
    const double at = q * static_cast<double>(values.size() - 1);
    const auto low = static_cast<std::size_t>(at);
    const std::size_t high = std::min(low + 1, values.size() - 1);
    return values[low] + (at - static_cast<double>(low)) * (values[high] - values[low]);
}

/// Costs of a draw: exp(x b).
std::vector<double> costs_of(const std::vector<double>& x, const std::vector<double>& b) {
    std::vector<double> out(x.size() / b.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        double sum = 0;
        for (std::size_t j = 0; j < b.size(); ++j) sum += x[i * b.size() + j] * b[j];
        out[i] = exponential(sum);
    }
    return out;
}

}  // namespace

std::string_view name_of(closure c) {
    return c == closure::world ? "W" : c == closure::deficit ? "D" : "B";
}

result<equilibrium> solve(const world& w) {
    VECHE_CHECK(check(w));
    const solutions s = VECHE_TRY(solutions_of(w, true));
    equilibrium out;
    out.closure_name = name_of(w.close);
    out.sigma = w.sigma;
    out.reference = w.names[w.reference];
    for (std::size_t i = 0; i < w.names.size(); ++i) out.countries.push_back(effect_of(w, s, i));
    out.flows_before = s.flows_before;
    out.flows_after = s.flows_full;
    out.iterations = s.full.iterations;
    out.residual = s.full.residual;
    return out;
}

result<std::vector<uncertain_effect>> intervals(world w, const uncertain_costs& u) {
    const std::size_t n = w.names.size();
    const std::size_t k = u.b.size();
    const numerics::cholesky_factor root = numerics::cholesky(k, u.v);
    numerics::random_stream random(u.seed);
    std::vector<std::vector<double>> price(n), real_gdp(n), index(n), exports(n);
    for (int draw = 0; draw < u.draws; ++draw) {
        std::vector<double> b = u.b;
        std::vector<double> normal(k);
        for (double& one : normal) one = random.normal();
        for (const std::size_t d : root.dependent) normal[d] = 0;
        for (std::size_t i = 0; i < k; ++i)
            for (std::size_t j = 0; j <= i; ++j) b[i] += root.l[i * k + j] * normal[j];
        w.before = costs_of(u.before, b);
        w.after = costs_of(u.after, b);
        VECHE_CHECK(check(w));
        const solutions s = VECHE_TRY(solutions_of(w, false));
        for (std::size_t i = 0; i < n; ++i) {
            const country_effect one = effect_of(w, s, i);
            price[i].push_back(one.price);
            real_gdp[i].push_back(one.real_gdp);
            index[i].push_back(one.price_index);
            exports[i].push_back(one.exports);
        }
    }
    std::vector<uncertain_effect> out;
    const double tail = (1 - u.level) / 2;
    const auto band = [tail](std::vector<double>& values) {
        return interval{quantile_of(values, tail), quantile_of(values, 1 - tail)};
    };
    for (std::size_t i = 0; i < n; ++i)
        out.push_back(
            {w.names[i], band(price[i]), band(real_gdp[i]), band(index[i]), band(exports[i])});
    return out;
}

}  // namespace veche::gravity
