#pragma once
// Which accounts an operation touches. Receivable of a member: what was assessed and has not come;
// negative, it is a prepayment, never income.

#include "fund/state.hpp"

namespace veche::fund {

std::vector<leg> legs_of_assessment(const std::vector<share>&);
std::vector<leg> legs_of_receipt(const member_id&, const amount&);
std::vector<leg> reversed(std::vector<leg>);

}  // namespace veche::fund
