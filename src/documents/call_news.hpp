#pragma once
// What happens to calls, for whoever follows them: news, and days for a calendar.

#include "calls/views.hpp"
#include "documents/atom.hpp"
#include "documents/calendar.hpp"

namespace veche::documents {

/// That it was decided on, opened, closed, voted on, allocated or shared out, and concluded.
std::vector<feed_entry> news_of(const setting&, const calls::call_history&);
/// Its opening, its closing, from when until when citizens vote, and the last moment to answer the
/// offers of each round.
std::vector<calendar_event> events_of(const setting&, const calls::call_history&);

}  // namespace veche::documents
