#pragma once
// An epidemic in regions whose people visit each other: susceptible, exposed, infectious, removed,
// as ordinary differential equations.
//
// Presence C: row i says where the residents of i are, and adds up to 1. With effective populations
// Ne_j = sum of C_ij N_i, one infectious person of region k weighs on region i with
//   K_ik = beta (local [i = k] / N_i + travel sum_j C_ij C_kj / Ne_j),
// symmetric and made once; the force of infection is K I.

#include <cstddef>
#include <vector>

#include "epidemic/equations.hpp"
#include "kernel/result.hpp"
#include "numerics/dense.hpp"

namespace veche::epidemic {

struct metapopulation {
    std::vector<double> people;  ///< residents of each region, above 0
    numerics::dense presence;    ///< regions by regions; rows add up to 1
    double beta = 0;             ///< infections a day by one infectious person
    double local = 0.5;          ///< share of contacts at home
    double travel = 0.5;         ///< share of contacts where people are
    double latent_days = 3;
    double infectious_days = 5;
};

/// People by region, in each state.
struct compartments {
    std::vector<double> susceptible, exposed, infectious, removed;
};

/// Refuses what `transmission` refuses.
result<void> check(const metapopulation&);

/// What one infectious person of a region (column) adds to the force of infection in another (row).
/// Refuses rows of presence that do not add up to 1 within 1e-6, and unsound numbers.
result<numerics::dense> transmission(const metapopulation&);

/// A border of the union closed: what residents of `a` regions spent in `b` regions, and the other
/// way round, times `open` (0 to 1); the rest is spent at home.
numerics::dense with_border(numerics::dense presence, const std::vector<bool>& side, double open);

struct trajectory {
    std::vector<compartments> at;  ///< at each of the times asked for
    std::size_t steps = 0, rejected = 0;
};

/// From the state at time 0 through all times, which rise, in days. Method of Dormand and Prince of
/// orders 5 and 4; plain operations in a fixed order.
result<trajectory> integrate(const metapopulation&, const compartments& start,
                             const std::vector<double>& times, const integration& = {});

/// A group of people as the final size wants it.
struct final_group {
    double share = 1;  ///< of all people; all add up to 1
    double susceptibility = 1;
    double infectiousness = 1;
};
/// The share of each group that is infected in the end: a_i = 1 - exp(-R0 u_i sum s_j q_j a_j), the
/// root above 0 where there is one. Refuses unsound numbers.
result<std::vector<double>> final_size(double reproduction, const std::vector<final_group>&);

}  // namespace veche::epidemic
