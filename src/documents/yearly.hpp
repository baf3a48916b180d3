#pragma once
// The report of a year: every measure with its target and what became of it, what was late, what
// was decided and carried out, and the money of each measure. Made from public views alone.

#include "assembly/vote_views.hpp"
#include "documents/setting.hpp"
#include "programme/views.hpp"

namespace veche::documents {

/// `decisions`: those taken in the year, in any order.
document yearly_of(const setting&, const programme::year_view&,
                   const std::vector<assembly::decision_row>& decisions);

}  // namespace veche::documents
