#include "epidemic/equations.hpp"

#include <algorithm>
#include <cmath>

#include "numerics/elementary.hpp"

namespace veche::epidemic {
namespace {

/// Coefficients of Dormand and Prince 1980: where stages stand in a step, and the error. What is
/// zero is left out.
struct weighted {
    std::size_t count;
    std::size_t stage[6];
    double factor[6];
};
constexpr weighted stages[6] = {
    {1, {0}, {1.0 / 5}},
    {2, {0, 1}, {3.0 / 40, 9.0 / 40}},
    {3, {0, 1, 2}, {44.0 / 45, -56.0 / 15, 32.0 / 9}},
    {4, {0, 1, 2, 3}, {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729}},
    {5, {0, 1, 2, 3, 4}, {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656}},
    {5, {0, 2, 3, 4, 5}, {35.0 / 384, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84}}};
constexpr weighted error_of = {
    6,
    {0, 2, 3, 4, 5, 6},
    {71.0 / 57600, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40}};

}  // namespace

equations::equations(std::size_t regions, std::vector<stratum> strata, rates of)
    : n_(regions), strata_(std::move(strata)), rates_(of), infectious_(regions), force_(regions) {
    const bool hospitals = of.leave_ward > 0;
    const bool dies_there = hospitals && (of.ward_fatality > 0 || of.intensive_fatality > 0);
    layout_ = {n_, strata_.size(), of.fatality > 0 || dies_there, hospitals};
}

void equations::change(const double* y, double* dy) {
    const double* weighs = y + 2 * n_;
    if (strata_.size() > 1) {
        for (std::size_t r = 0; r < n_; ++r) {
            double sum = 0;
            for (std::size_t s = 0; s < strata_.size(); ++s)
                sum += strata_[s].infectiousness * y[(4 * s + 2) * n_ + r];
            infectious_[r] = sum;
        }
        weighs = infectious_.data();
    }
    lanes_.weigh_one(*k_, weighs, force_.data());
    for (std::size_t s = 0; s < strata_.size(); ++s)
        stratum_changes(s, y + 4 * s * n_, dy + 4 * s * n_);
    if (rates_.dose > 0)
        for (std::size_t r = 0; r < n_; ++r) {
            const double dosed = rates_.dose * y[r];
            dy[r] -= dosed;
            dy[4 * n_ + r] += dosed;
        }
    if (layout_.hospitals)
        courses_in_hospital(y, dy);
    else if (layout_.dies)
        deaths(y, dy);
}

void equations::deaths(const double* y, double* dy) const {
    for (std::size_t r = 0; r < n_; ++r) {
        double all = 0;
        for (std::size_t s = 0; s < strata_.size(); ++s) {
            const double died =
                rates_.fatality * strata_[s].fatality * rates_.recover * y[(4 * s + 2) * n_ + r];
            dy[(4 * s + 3) * n_ + r] -= died;
            all += died;
        }
        dy[layout_.dead() + r] = all;
    }
}

void equations::courses_in_hospital(const double* y, double* dy) const {
    for (std::size_t r = 0; r < n_; ++r) {
        double dead = 0;
        for (std::size_t s = 0; s < strata_.size(); ++s) {
            const std::size_t ward = layout_.ward(s) + r, intensive = layout_.intensive(s) + r;
            const double ceasing = rates_.recover * y[(4 * s + 2) * n_ + r],
                         admitted = rates_.admitted * strata_[s].severity * ceasing,
                         died = rates_.fatality * strata_[s].fatality * (ceasing - admitted);
            const double left = rates_.leave_ward * y[ward], worse = rates_.intensive * left,
                         died_there = rates_.ward_fatality * (left - worse);
            const double out = rates_.leave_intensive * y[intensive],
                         died_last = rates_.intensive_fatality * out;
            dy[(4 * s + 3) * n_ + r] +=
                (left - worse - died_there) + (out - died_last) - admitted - died;
            dy[ward] = admitted - left;
            dy[intensive] = worse - out;
            dead += died + died_there + died_last;
        }
        if (layout_.dies) dy[layout_.dead() + r] = dead;
    }
}

void equations::stratum_changes(std::size_t s, const double* y, double* dy) const {
    const double catches = strata_[s].susceptibility;
    for (std::size_t r = 0; r < n_; ++r) {
        const double infected = catches * force_[r] * y[r], left = rates_.leave * y[n_ + r],
                     recovered = rates_.recover * y[2 * n_ + r];
        dy[r] = -infected;
        dy[n_ + r] = infected - left;
        dy[2 * n_ + r] = left - recovered;
        dy[3 * n_ + r] = recovered;
    }
}

integrator::integrator(equations& of, std::vector<double> start, const integration& how)
    : of_(of), how_(how), y_(std::move(start)), next_(y_.size()) {
    for (auto& k : k_) k.resize(y_.size());
    restart();
}

void integrator::restart() {
    of_.change(y_.data(), k_[0].data());
}

bool integrator::go_to(double time) {
    while (at_ < time) {
        if (steps_ + rejected_ >= how_.most_steps) return false;
        const bool last = at_ + step_ >= time;
        const double h = last ? time - at_ : step_;
        const double error = try_step(h);
        const double grown =
            0.9 * h * numerics::exponential(-0.2 * numerics::logarithm(std::max(error, 1e-10)));
        if (!(error <= 1)) {
            ++rejected_;
            step_ = error > 1 ? std::max(grown, h / 5) : h / 5;
            if (!(step_ > 1e-12)) return false;
            continue;
        }
        ++steps_;
        at_ = last ? time : at_ + h;
        y_.swap(next_);
        k_[0].swap(k_[6]);
        // A step cut short to meet a time says nothing against the one that was planned.
        step_ = last ? std::max(step_, std::min(grown, 5 * h)) : std::min(grown, 5 * h);
    }
    return true;
}

double integrator::try_step(double h) {
    const double* terms[6];
    const auto choose = [&](const weighted& of) {
        for (std::size_t j = 0; j < of.count; ++j) terms[j] = k_[of.stage[j]].data();
    };
    for (std::size_t s = 0; s < 6; ++s) {
        choose(stages[s]);
        lanes_.combine(y_.data(), h, stages[s].factor, terms, stages[s].count, y_.size(),
                       next_.data());
        of_.change(next_.data(), k_[s + 1].data());
    }
    choose(error_of);
    return lanes_.worst(y_.data(), next_.data(), h, error_of.factor, terms, error_of.count,
                        y_.size()) /
           how_.tolerance;
}

}  // namespace veche::epidemic
