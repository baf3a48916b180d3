#pragma once
// How much a producer moves others, backward and forward.

#include <string>
#include <vector>

#include "inputoutput/system.hpp"

namespace veche::inputoutput {

struct linkage {
    std::string label;
    double output = 0;
    double backward = 0;        ///< output of all producers per unit of its final use: column of L
    double backward_home = 0;   ///< of producers of its own region
    double backward_index = 0;  ///< over the mean of all producers (Rasmussen 1956)
    double forward = 0;         ///< its output if final use of every producer rises by 1: row of L
    double forward_index = 0;
    double ghosh = 0;  ///< output of all per unit of its primary inputs: row of Ghosh's inverse
    double ghosh_index = 0;  ///< over the mean (Jones 1976)
};

/// For every producer, in the table's order; producers without output have 1 throughout and do not
/// count in the means. Solves one right side for each region and two more.
std::vector<linkage> linkages(const leontief_system& of);

/// Output in region t per unit of final use of a producer, at (producer, t).
numerics::dense output_multipliers(const leontief_system& of);

}  // namespace veche::inputoutput
