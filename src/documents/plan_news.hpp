#pragma once
// Items of the plans of links as entries of feeds and days of a calendar.

#include "documents/atom.hpp"
#include "documents/calendar.hpp"
#include "registry/plan_views.hpp"

namespace veche::documents {

/// That an item is late. Another last day makes another entry.
feed_entry lateness_of(const setting&, const registry::item_row&);
/// What was last recorded of it, or said.
feed_entry news_of(const setting&, const registry::item_row&);
/// Its last day. One that was dropped, or whose link does not stand, is cancelled.
calendar_event event_of(const setting&, const registry::item_row&);

}  // namespace veche::documents
