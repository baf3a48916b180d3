#pragma once
// Who holds an organisation, directly and through others. A share through others is the product of
// the shares along the way, summed over all ways (the indirect share of EurOMo's method), states
// and regions like everybody else. Shares are whole numbers of ten-thousandths of a per cent, and
// what is computed of them is exact, up to six steps away; what is known from and to gives a range,
// and what is not known is nothing to everything that the other holders leave.

#include "registry/views.hpp"

namespace veche::registry {

/// Steps from a holder to the organisation that are followed.
inline constexpr int most_steps = 6;
/// From this share on, in per cent, a holder is named.
inline constexpr int least_share_percent = 5;

/// Holders as they are recorded: of an enterprise of several sides, else of an organisation.
const std::vector<holder>* holders_of(const organisation&);

/// Of an organisation that was not merged into another; the largest first.
owners_view owners_of(const state&, const organisation&, bool all);

}  // namespace veche::registry
