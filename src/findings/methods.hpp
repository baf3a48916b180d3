#pragma once
// The functions behind the rows of the list of methods; each in a file of its own.

#include "findings/findings.hpp"

namespace veche::findings {

extern const method_info mirror, partner_share, supply_dependence;

}  // namespace veche::findings
