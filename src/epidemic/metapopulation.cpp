#include "epidemic/metapopulation.hpp"

#include <cmath>

#include "epidemic/refusal.hpp"
#include "numerics/digits.hpp"
#include "numerics/elementary.hpp"

namespace veche::epidemic {
namespace {

constexpr double row_slack = 1e-6;

bool above_zero(double x) {
    return x > 0 && std::isfinite(x);
}

std::vector<double> joined(const compartments& of) {
    std::vector<double> out = of.susceptible;
    for (const auto* part : {&of.exposed, &of.infectious, &of.removed})
        out.insert(out.end(), part->begin(), part->end());
    return out;
}

compartments parted(const std::vector<double>& y) {
    const auto n = static_cast<std::ptrdiff_t>(y.size() / 4);
    const auto part = [&](std::ptrdiff_t k) {
        return std::vector<double>(y.begin() + k * n, y.begin() + (k + 1) * n);
    };
    return {part(0), part(1), part(2), part(3)};
}

}  // namespace

result<void> check(const metapopulation& of) {
    const std::size_t n = of.people.size();
    const auto unsound = [](const char* what, double value) {
        return refuse(refusals::model_unsound, what, what, numerics::digits(value));
    };
    if (n == 0 || of.presence.rows != n || of.presence.columns != n)
        return refuse(refusals::presence_unsound, "presence", std::to_string(of.presence.rows),
                      std::to_string(n));
    for (const double one : of.people)
        if (!above_zero(one)) return unsound("people", one);
    if (!(of.beta >= 0 && std::isfinite(of.beta))) return unsound("beta", of.beta);
    if (!(of.local >= 0 && std::isfinite(of.local))) return unsound("local", of.local);
    if (!(of.travel >= 0 && std::isfinite(of.travel))) return unsound("travel", of.travel);
    if (!above_zero(of.latent_days)) return unsound("latent_days", of.latent_days);
    if (!above_zero(of.infectious_days)) return unsound("infectious_days", of.infectious_days);
    for (std::size_t i = 0; i < n; ++i) {
        double sum = 0;
        for (std::size_t j = 0; j < n; ++j) {
            if (!(of.presence(i, j) >= 0)) return unsound("presence", of.presence(i, j));
            sum += of.presence(i, j);
        }
        if (!(std::abs(sum - 1) <= row_slack))
            return refuse(refusals::row_unsound, "presence", std::to_string(i + 1),
                          numerics::digits(sum));
    }
    return {};
}

result<numerics::dense> transmission(const metapopulation& of) {
    VECHE_CHECK(check(of));
    const std::size_t n = of.people.size();
    // C with each column over the square root of the people who are there: its product with itself
    // is symmetric to the last bit.
    numerics::dense scaled(n, n);
    for (std::size_t j = 0; j < n; ++j) {
        double there = 0;
        for (std::size_t i = 0; i < n; ++i) there += of.presence(i, j) * of.people[i];
        for (std::size_t i = 0; i < n && there > 0; ++i)
            scaled(i, j) = of.presence(i, j) / std::sqrt(there);
    }
    numerics::dense out(n, n);
    for (std::size_t j = 0; j < n; ++j)
        for (std::size_t k = 0; k < n; ++k) {
            const double by = scaled(k, j);
            if (by == 0) continue;
            for (std::size_t i = 0; i < n; ++i) out(i, k) += scaled(i, j) * by;
        }
    for (double& one : out.cells) one *= of.beta * of.travel;
    for (std::size_t i = 0; i < n; ++i) out(i, i) += of.beta * of.local / of.people[i];
    return out;
}

numerics::dense with_border(numerics::dense presence, const std::vector<bool>& side, double open) {
    for (std::size_t i = 0; i < presence.rows; ++i)
        for (std::size_t j = 0; j < presence.columns; ++j) {
            if (side[i] == side[j]) continue;
            const double away = presence(i, j);
            presence(i, j) = away * open;
            presence(i, i) += away - away * open;
        }
    return presence;
}

result<trajectory> integrate(const metapopulation& of, const compartments& start,
                             const std::vector<double>& times, const integration& how) {
    const numerics::dense k = VECHE_TRY(transmission(of));
    const std::size_t n = of.people.size();
    for (const auto* part :
         {&start.susceptible, &start.exposed, &start.infectious, &start.removed}) {
        if (part->size() != n)
            return refuse(refusals::presence_unsound, "start", std::to_string(part->size()),
                          std::to_string(n));
        for (const double one : *part)
            if (!(one >= 0 && std::isfinite(one)))
                return refuse(refusals::model_unsound, "start", "start", numerics::digits(one));
    }
    if (!above_zero(how.tolerance))
        return refuse(refusals::model_unsound, "tolerance", "tolerance",
                      numerics::digits(how.tolerance));
    equations by(n, {{}}, {1 / of.latent_days, 1 / of.infectious_days, 0, 0});
    by.use(k);
    integrator run(by, joined(start), how);
    trajectory out;
    double last = 0;
    for (const double time : times) {
        if (!(time >= last) || !run.go_to(time))
            return refuse(refusals::model_unsound, "times", "times", numerics::digits(time));
        last = time;
        out.at.push_back(parted(run.state()));
    }
    out.steps = run.steps();
    out.rejected = run.rejected();
    return out;
}

result<std::vector<double>> final_size(double reproduction,
                                       const std::vector<final_group>& groups) {
    double shares = 0;
    for (const final_group& one : groups) {
        shares += one.share;
        for (const double x : {one.share, one.susceptibility, one.infectiousness})
            if (!(x >= 0 && std::isfinite(x)))
                return refuse(refusals::model_unsound, "groups", "groups", numerics::digits(x));
    }
    const bool sound =
        reproduction >= 0 && std::isfinite(reproduction) && std::abs(shares - 1) < 1e-9;
    if (!sound) return refuse(refusals::model_unsound, "R0", "R0", numerics::digits(reproduction));
    // All follow from one number, the sum of s q a = x: x = g(x), g concave, so the largest root is
    // found from above by halving what lies between.
    const auto attack = [&](double x, const final_group& of) {
        return 1 - numerics::exponential(-reproduction * of.susceptibility * x);
    };
    const auto g = [&](double x) {
        double sum = 0;
        for (const final_group& one : groups)
            sum += one.share * one.infectiousness * attack(x, one);
        return sum;
    };
    double high = 0;
    for (const final_group& one : groups) high += one.share * one.infectiousness;
    double slope = 0;
    for (const final_group& one : groups)
        slope += one.share * one.infectiousness * one.susceptibility;
    double low = reproduction * slope > 1 ? 1e-300 : 0;
    if (low == 0) high = 0;
    for (int step = 0; step < 2000 && high > low; ++step) {
        const double middle = low + (high - low) / 2;
        if (middle == low || middle == high) break;
        (g(middle) > middle ? low : high) = middle;
    }
    std::vector<double> out;
    for (const final_group& one : groups) out.push_back(attack(high, one));
    return out;
}

}  // namespace veche::epidemic
