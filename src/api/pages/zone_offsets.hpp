#pragma once
// What the clocks of a place show on the days of a series: found here, at the edge, in the tables
// of time zones, and sent along with the command, so that nobody needs those tables to check it.

#include "api/pages/visit.hpp"
#include "assembly/rhythm.hpp"
#include "render/form.hpp"

namespace veche::api::pages {

/// The offsets at that time of day from the first day to the last, each from the day on which it
/// begins to hold.
std::vector<assembly::zone_offset> offsets_between(const render::zone&, date from, date until,
                                                   std::int32_t minutes);

/// Fills in the offsets of a form that plans or extends a series, where its sender left them out.
void fill_offsets(visit& here, std::string_view type, render::form_pairs& values);

}  // namespace veche::api::pages
