#pragma once
// How many days a window should have: by how well windows of each length foretold the next day.
//
// What comes after a window is negative binomial in closed form (size: its shape, mean: R times
// infectivity), so that each length has a likelihood of the whole series without any fit.

#include <vector>

#include "epidemic/reproduction.hpp"

namespace veche::epidemic {

struct window_weight {
    std::size_t window = 0;     ///< days
    double log_likelihood = 0;  ///< natural, over the days that windows of all lengths foretell
    double weight = 0;          ///< over all lengths they add up to 1
};

struct window_choice {
    std::vector<window_weight> weights;  ///< by length, from 1
    std::size_t days = 0;                ///< that were foretold; 0: nothing to choose by
    /// The length with the greatest weight, the shortest of several; that of the settings where
    /// there is nothing to choose by.
    std::size_t chosen = 0;
};
/// Lengths from 1 to `most`, as far as the series allows. `how.window` is not used but as above.
result<window_choice> choose_window(const incidence&, const serial_interval&,
                                    const estimate_settings& how, std::size_t most = 30);

}  // namespace veche::epidemic
