#pragma once
// Lots among applicants whom a programme ranks alike; whether any were needed; and what can be
// mended afterwards of the harm that lots do.

#include <functional>
#include <string>

#include "matching/outcome.hpp"

namespace veche::matching {

/// The lot of an applicant at a programme: lower bytes come first, no two of a programme are equal.
using lots = std::function<std::string(std::uint32_t programme, std::uint32_t applicant)>;

/// The same market with strict ranks that count from 0: by rank, then by lot. A lot is drawn only
/// where ranks are equal.
market drawn(const market&, const lots&);

/// Where lots decided: programmes, ascending. It is empty exactly when every way of parting the
/// equals at each programme leads to the same outcome of match_by_applicants; `placed` is one.
///
/// There are two ways to two outcomes. Somebody is refused with the rank of somebody admitted: then
/// the other lot would not have left this outcome stable. Or all who are refused have a worse rank,
/// so that this outcome is stable whatever the lots; then another outcome is better for all whom it
/// moves, and the move runs along a ring of programmes each of which gets one of its best-ranked
/// wishers (Erdil and Ergin 2008). The ring found is what is named then.
std::vector<std::uint32_t> decided_by_lot(const market&, const assignment& placed);

/// Moves applicants along such rings until there is none (stable improvement cycles): nobody is
/// worse off, and no rank is passed over. Which ring is taken goes by `order`, the applicants by
/// their lots.
assignment improve(const market&, assignment placed, const std::vector<std::uint32_t>& order);

}  // namespace veche::matching
