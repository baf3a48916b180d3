#pragma once
// What a floor of fairness costs: the plan solved again for each step of it, each with whole doses
// and a bound that were checked exactly.

#include <span>

#include "doseplan/solver.hpp"

namespace veche::doseplan {

struct floor_step {
    ratio floor;
    std::string averted;  ///< deaths, an exact fraction
    std::string bound;    ///< no plan with this floor averts more
};

/// Rising floors from nothing to twice the one decided, in quarters of it; in steps of five
/// hundredths where none was decided.
std::vector<ratio> usual_floors(const ratio& decided);

/// For each floor that can be kept, in the order given; ends before the first that cannot.
std::vector<floor_step> floor_steps(shares::death_problem, std::span<const ratio> floors);

}  // namespace veche::doseplan
