#pragma once
// Solves the plan of first doses that averts most deaths as a linear program, in doubles. What
// comes out only proposes: shares/fewest_deaths.hpp makes whole doses of it and a certificate that
// is checked exactly.

#include <span>

#include "shares/fewest_deaths.hpp"

namespace veche::doseplan {

/// The program in rows and columns, as solvers take it: maximise cost x within lower <= A x <=
/// upper, x >= 0; A by columns.
struct linear_program {
    std::vector<double> cost;
    std::vector<double> lower;
    std::vector<double> upper;
    std::vector<int> starts;
    std::vector<int> rows;
    std::vector<double> values;
    std::size_t first_supply = 0;  ///< rows: uptake, supply, capacity, floor
    std::size_t first_capacity = 0;
    std::size_t first_floor = 0;
};

/// Columns: doses by region, group and week, then the stock at the end of every week. Weeks too
/// late for a second dose have columns of their own that are kept at zero by their bounds.
linear_program program_of(const shares::death_problem&);

/// Solved by CLP: presolve, then its dual simplex. `feasible` is false where CLP finds no plan.
shares::death_proposal solve(const shares::death_problem&);
/// The value in deaths that the solver reports, as far as its digits go; for comparison alone.
struct solved {
    shares::death_proposal proposal;
    double value = 0;
    double seconds = 0;  ///< of the processor, the solver alone
};
solved solve_and_tell(const shares::death_problem&);

/// Solved, rounded, certified and checked; refuses as `shares::whole_plan` does.
result<shares::death_plan> plan(const shares::death_problem&);

}  // namespace veche::doseplan
