#pragma once
// The constraints of the plan of first doses in whole doses, and its sums in exact fractions. Says
// what the problem is; solves nothing, so that the check may use it too.

#include <gmpxx.h>

#include "shares/fewest_deaths.hpp"

namespace veche::shares {

/// What every constraint leaves. `supply`: of all doses that have come by the end of a week.
struct bounds_left {
    std::vector<std::int64_t> uptake;    ///< by region and group
    std::vector<std::int64_t> supply;    ///< by week
    std::vector<std::int64_t> capacity;  ///< by region and week
    std::vector<std::int64_t> floor;     ///< by region: how many are still missing
};

class whole_bounds {
  public:
    explicit whole_bounds(const death_problem& in) : in_(in) {}
    [[nodiscard]] bounds_left left_at_start() const;

  private:
    const death_problem& in_;
};

struct exact_sums {
    mpq_class averted;
    mpq_class bound;
};
/// Of a plan of the right size.
exact_sums sums_of(const death_problem&, const death_plan&);

}  // namespace veche::shares
