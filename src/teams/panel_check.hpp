#pragma once
// Checks a lottery of panels from the call and the result alone; shares nothing with the search.
//
// A level is right where, with the weights w of each kind and its people s:
//   every panel weighs at most `limit`: in each part of all panels the sum of what each kind can
//   add
//     at these prices, and of what quotas and seats give back, is no more;
//   w >= 0 for all who are not settled before; w > 0 for those who are settled now;
//   (limit - sum over those settled before of w * s * their probability)
//     <= probability * (sum over the others of w * s).
// For then nobody of the others can have more while those settled before keep what they have.

#include <string>

#include "teams/panel.hpp"

namespace veche::teams {

/// What does not hold, in words; empty where all does.
std::string panel_fault(const panel_call&, const panel_outcome&);

}  // namespace veche::teams
