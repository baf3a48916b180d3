#pragma once
// `veche equilibrium`: what follows from a change of the costs of trade.

#include <filesystem>
#include <string>
#include <vector>

#include "cli/gravity.hpp"
#include "gravity/experiment.hpp"

namespace veche::cli {

struct equilibrium_options {
    std::filesystem::path data;
    gravity::flow_columns columns;
    std::string section;  ///< rows that are the world; "" those of the model's filter
    /// Experiments by kind, as gravity/experiment_text.hpp reads them; carried out in this order.
    std::vector<std::string> border, member, set;
    std::filesystem::path values;  ///< new values by pair
    std::vector<std::string> tariff, barrier;
    gravity_options model;  ///< of the estimate, if it has a formula
    std::vector<std::string> coefficients;
    std::string baseline = "fitted";
    double sigma = 7;
    std::string closure = "W";
    std::string reference;
    int draws = 0;
    double level = 0.95;
    std::filesystem::path flows;  ///< a new file for trade before and after
    std::string table = "text";   ///< or csv
};
/// Carries experiments out, and says how; `refused` where they cannot be, or did not converge.
int equilibrium_effects(const equilibrium_options&, const terminal&);

}  // namespace veche::cli
