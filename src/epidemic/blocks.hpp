#pragma once
// Counts of several days each, as of weeks, spread over their days.
//
// Begun evenly; then, ten times: R of each block, the growth that goes with it (Wallinga and
// Lipsitch 2007, on a grid of 0.001), and the block's count along e^(growth day) with its sum kept.
// As estimate_R_agg of EpiEstim 3.0.0 does it (Nash, Cori, Nouvellet 2023), `recon_opt` "naive".

#include <cstddef>
#include <vector>

#include "epidemic/reproduction.hpp"

namespace veche::epidemic {

/// A count of the `days` days that end with it.
struct block {
    double cases = 0;
    std::size_t days = 7;
};

struct spread_blocks {
    std::vector<double> daily;
    /// The first day that was shaped by growth; those before have their block's count evenly.
    std::size_t first = 0;
    double last_change = 0;  ///< of a day in the last round
};
/// Refuses fewer than three blocks and those that are not of 1 to 31 days.
result<spread_blocks> spread_over_days(const std::vector<block>&, const serial_interval&,
                                       const estimate_settings& = {}, int rounds = 10);

/// Windows of `estimate` over the days, from `first` on.
result<std::vector<window_estimate>> estimate_blocks(const spread_blocks&, const serial_interval&,
                                                     const estimate_settings& = {});

}  // namespace veche::epidemic
