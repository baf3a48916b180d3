#pragma once
// What is used or emitted along chains: extensions of a table by who makes and by who uses.

#include <string>
#include <vector>

#include "inputoutput/system.hpp"
#include "kernel/result.hpp"

namespace veche::inputoutput {

/// Accounts of one stressor by region, in the stressor's unit. Consumption = production - exports +
/// imports; consumption of all regions adds up to their production.
struct footprint {
    std::string method;  ///< "S L Y + F_Y"
    std::string extension, stressor, unit;
    std::vector<double> production;  ///< D_pba: by producers of the region, and F_Y
    std::vector<double>
        consumption;              ///< D_cba: for final use of the region, wherever made, and F_Y
    std::vector<double> imports;  ///< of consumption, what is made elsewhere
    std::vector<double> exports;  ///< of production, what is made for use elsewhere
    std::vector<double> direct;   ///< F_Y: by final use itself; 0 where the table has none
    numerics::dense flows;        ///< made in t for use in r, at (t, r)
};

/// For every stressor of the extension. Refuses an extension that the table has not.
result<std::vector<footprint>> footprints(const leontief_system& of, const std::string& extension);

/// The stressor per unit of final use of each producer: S L, a row of M. `row` is of the
/// extension.
std::vector<double> stressor_multipliers(const leontief_system& of, const extension& in,
                                         std::size_t row);

/// The extension of that name.
result<const extension*> extension_in(const table& of, const std::string& name);

}  // namespace veche::inputoutput
