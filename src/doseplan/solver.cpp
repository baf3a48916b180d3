#include "doseplan/solver.hpp"

#include <algorithm>
#include <ctime>
#include <limits>

#include <coin/ClpSimplex.hpp>
#include <coin/ClpSolve.hpp>

#include "kernel/check.hpp"

namespace veche::doseplan {
namespace {

using shares::death_problem;

constexpr double no_bound = std::numeric_limits<double>::max();
/// Costs are deaths times 10^9: the smallest that occur stand well above it.
constexpr double tolerance = 1e-7;

/// What this thread has had of a processor: others on the machine do not count.
double own_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double value_of(const ratio& r) {
    return static_cast<double>(r.num) / static_cast<double>(r.den);
}

/// Makes columns one after another.
class column_writer {
  public:
    explicit column_writer(linear_program& to) : to_(to) {}
    void add(std::size_t row, double value) {
        to_.rows.push_back(static_cast<int>(row));
        to_.values.push_back(value);
    }
    void end(double cost) {
        to_.cost.push_back(cost);
        to_.starts.push_back(static_cast<int>(to_.rows.size()));
    }

  private:
    linear_program& to_;
};

void add_bounds(const death_problem& in, linear_program& out) {
    const auto weeks = static_cast<std::size_t>(in.weeks);
    double people = 0;
    const auto row = [&](double lower, double upper) {
        out.lower.push_back(lower);
        out.upper.push_back(upper);
    };
    for (const auto& region : in.regions) {
        people += static_cast<double>(region.people);
        for (std::size_t g = 0; g < in.groups.size(); ++g) {
            const double before =
                g < region.before.size() ? static_cast<double>(region.before[g]) : 0;
            row(-no_bound,
                std::max(0.0, value_of(in.groups[g].uptake) * value_of(in.groups[g].share) *
                                      static_cast<double>(region.people) -
                                  before));
        }
    }
    out.first_supply = out.lower.size();
    const double week = value_of(in.supply) * people;
    for (std::size_t t = 0; t < weeks; ++t) row(week, week);
    out.first_capacity = out.lower.size();
    for (const auto& region : in.regions)
        for (std::size_t t = 0; t < weeks; ++t)
            row(-no_bound, value_of(in.capacity) * static_cast<double>(region.people));
    out.first_floor = out.lower.size();
    for (const auto& region : in.regions) {
        double owed = value_of(in.floor) * static_cast<double>(region.people);
        for (const std::int64_t one : region.before) owed -= static_cast<double>(one);
        row(std::max(0.0, owed), no_bound);
    }
}

}  // namespace

linear_program program_of(const death_problem& in) {
    linear_program out;
    add_bounds(in, out);
    const auto weeks = static_cast<std::size_t>(in.weeks);
    const auto interval = static_cast<std::size_t>(in.interval);
    const auto open = static_cast<std::size_t>(shares::open_weeks(in));
    out.starts.push_back(0);
    column_writer column(out);
    for (std::size_t r = 0; r < in.regions.size(); ++r)
        for (std::size_t g = 0; g < in.groups.size(); ++g)
            for (std::size_t t = 0; t < weeks; ++t) {
                if (t >= open) {
                    column.end(0);
                    continue;
                }
                column.add(r * in.groups.size() + g, 1);
                column.add(out.first_supply + t, 1);
                column.add(out.first_supply + t + interval, 1);
                column.add(out.first_capacity + r * weeks + t, 1);
                column.add(out.first_capacity + r * weeks + t + interval, 1);
                column.add(out.first_floor + r, 1);
                column.end(shares::cost_of(in, r, g, t));
            }
    for (std::size_t t = 0; t < weeks; ++t) {
        column.add(out.first_supply + t, 1);
        if (t + 1 < weeks) column.add(out.first_supply + t + 1, -1);
        column.end(0);
    }
    return out;
}

solved solve_and_tell(const death_problem& in) {
    const linear_program lp = program_of(in);
    const auto columns = static_cast<int>(lp.cost.size());
    const auto rows = static_cast<int>(lp.lower.size());
    const std::vector<double> least(lp.cost.size(), 0.0);
    std::vector<double> most(lp.cost.size(), no_bound);
    for (std::size_t j = 0; j < lp.cost.size(); ++j)
        if (lp.starts[j] == lp.starts[j + 1]) most[j] = 0;
    std::vector<double> cost(lp.cost.size());
    for (std::size_t j = 0; j < cost.size(); ++j) cost[j] = -lp.cost[j];
    const double start = own_seconds();
    ClpSimplex model;
    model.setLogLevel(0);
    model.loadProblem(columns, rows, lp.starts.data(), lp.rows.data(), lp.values.data(),
                      least.data(), most.data(), cost.data(), lp.lower.data(), lp.upper.data());
    model.setDualTolerance(tolerance);
    model.setPrimalTolerance(tolerance);
    // Without presolve the slack basis is neither primal nor dual feasible, and after the dual CLP
    // goes over to the primal for twice as many steps: seven times as long.
    ClpSolve how;
    how.setSolveType(ClpSolve::useDual);
    constexpr int handling_of_interrupts = 2, not_taken_over = 1;
    how.setSpecialOption(handling_of_interrupts, not_taken_over);
    model.initialSolve(how);
    solved out;
    out.seconds = own_seconds() - start;
    if (!model.isProvenOptimal()) return out;
    out.proposal.feasible = true;
    out.value = -model.objectiveValue() / 1e9;
    const double* x = model.primalColumnSolution();
    const double* y = model.dualRowSolution();
    const auto doses = static_cast<std::ptrdiff_t>(lp.cost.size()) - in.weeks;
    out.proposal.doses.assign(x, x + doses);
    const auto prices = [&](std::size_t from, std::size_t to, double sign) {
        std::vector<double> list;
        for (std::size_t i = from; i < to; ++i) list.push_back(sign * y[i]);
        return list;
    };
    out.proposal.supply_price = prices(lp.first_supply, lp.first_capacity, -1);
    out.proposal.capacity_price = prices(lp.first_capacity, lp.first_floor, -1);
    out.proposal.floor_price = prices(lp.first_floor, lp.lower.size(), 1);
    return out;
}

shares::death_proposal solve(const death_problem& in) {
    return solve_and_tell(in).proposal;
}

result<shares::death_plan> plan(const death_problem& in) {
    VECHE_CHECK(shares::check_problem(in));
    shares::death_plan out = VECHE_TRY(shares::whole_plan(in, solve(in)));
    VECHE_ENSURE(shares::fault_in(in, out).empty(), "a plan of doses stands up to its check");
    return out;
}

}  // namespace veche::doseplan
