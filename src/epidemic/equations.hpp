#pragma once
// The differential equations of an epidemic in regions and strata, and their solution.

#include <array>
#include <cstddef>
#include <vector>

#include "numerics/dense.hpp"
#include "numerics/eights.hpp"

namespace veche::epidemic {

/// People alike by what doses did to them: leaky, that is, everybody is protected a little.
struct stratum {
    double susceptibility = 1;  ///< 1 less the vaccine's effect on being infected
    double infectiousness = 1;  ///< 1 less its effect on infecting others
    double fatality = 1;        ///< times the chance to die outside hospitals
    double severity = 1;        ///< times the chance to be admitted to one
};

struct integration {
    /// Steps are as long as their estimated error allows: at most `tolerance` times 1 plus the
    /// people in a state, each.
    double tolerance = 1e-6;
    std::size_t most_steps = 1'000'000;
};

/// Where states stand among the numbers that `equations` change, each by region: susceptible,
/// exposed, infectious, removed of each stratum; the dead where anyone dies; in a ward and in
/// intensive care of each stratum where there are hospitals.
struct state_layout {
    std::size_t regions = 0, strata = 1;
    bool dies = false, hospitals = false;
    [[nodiscard]] std::size_t dead() const { return 4 * strata * regions; }
    [[nodiscard]] std::size_t ward(std::size_t s) const {
        return dead() + (dies ? regions : 0) + 2 * s * regions;
    }
    [[nodiscard]] std::size_t intensive(std::size_t s) const { return ward(s) + regions; }
    [[nodiscard]] std::size_t size() const { return ward(hospitals ? strata : 0); }
};

class equations {
  public:
    struct rates {
        double leave = 0, recover = 0;  ///< a day, exposed and infectious
        double fatality = 0;            ///< of those who cease to be infectious, without a dose
        double dose = 0;                ///< first doses a day, of each susceptible without
        // Hospitals, where people leave wards at a rate above 0. Shares of those who cease to be
        // infectious (without a dose), of those who leave a ward, of those who stay in it to the
        // end, of those who leave intensive care.
        double admitted = 0, leave_ward = 0, intensive = 0, leave_intensive = 0;
        double ward_fatality = 0, intensive_fatality = 0;
    };
    equations(std::size_t regions, std::vector<stratum> strata, rates of);

    void use(const numerics::dense& k) { k_ = &k; }
    void change(const double* y, double* dy);
    [[nodiscard]] const state_layout& layout() const { return layout_; }
    [[nodiscard]] std::size_t size() const { return layout_.size(); }

  private:
    void stratum_changes(std::size_t s, const double* y, double* dy) const;
    void deaths(const double* y, double* dy) const;
    void courses_in_hospital(const double* y, double* dy) const;

    const numerics::dense* k_ = nullptr;
    std::size_t n_;
    std::vector<stratum> strata_;
    rates rates_;
    state_layout layout_;
    const numerics::eights& lanes_ = numerics::widest_eights();
    std::vector<double> infectious_, force_;
};

/// Steps of Dormand and Prince of orders 5 and 4. Plain operations in a fixed order.
class integrator {
  public:
    integrator(equations& of, std::vector<double> start, const integration& how);

    /// False where the steps do not suffice.
    bool go_to(double time);
    [[nodiscard]] const std::vector<double>& state() const { return y_; }
    /// Whoever changes the state or the equations says so with `restart`.
    std::vector<double>& state() { return y_; }
    void restart();
    [[nodiscard]] std::size_t steps() const { return steps_; }
    [[nodiscard]] std::size_t rejected() const { return rejected_; }

  private:
    /// Leaves the state after the step in `next_`; its error over what is allowed.
    double try_step(double h);

    equations& of_;
    integration how_;
    std::vector<double> y_, next_;
    std::array<std::vector<double>, 7> k_;
    const numerics::eights& lanes_ = numerics::widest_eights();
    double at_ = 0, step_ = 0.1;
    std::size_t steps_ = 0, rejected_ = 0;
};

}  // namespace veche::epidemic
