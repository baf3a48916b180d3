#pragma once
// The functions behind the rows of the list of methods; each in a file of its own.

#include "findings/findings.hpp"

namespace veche::findings {

extern const method_info barrier_cost, equilibrium, gravity_model, indicators, joint_enterprises,
    mirror_1, mirror_2, partner_share_1, partner_share_2, product_space_of, supply_dependence_1,
    supply_dependence_2, tariff_change;

}  // namespace veche::findings
