#pragma once
// What views tell that is worth following: entries of Atom feeds and events of calendars. The texts
// are in the language of the setting, the ids are not.

#include "assembly/session_views.hpp"
#include "documents/atom.hpp"
#include "documents/calendar.hpp"
#include "programme/views.hpp"

namespace veche::documents {

feed_entry news_of(const setting&, const assembly::decision_row&);
feed_entry news_of(const setting&, const assembly::session_row&);
/// That a measure is late. Another due date makes another entry.
feed_entry lateness_of(const setting&, const programme::measure_row&);
/// What happened in a session: votes opened and decided, papers attached.
std::vector<feed_entry> news_of(const setting&, const assembly::session_view&);
/// What happened to a measure: that it came, changes, reports, milestones reached, reminders, that
/// it is late.
std::vector<feed_entry> news_of(const setting&, const programme::measure_view&);
/// That the owner was reminded of a promise.
feed_entry news_of(const setting&, const programme::reminder_row&);
/// What happened in an approval: every turn that began or ended.
std::vector<feed_entry> news_of(const setting&, const programme::approval_view&);
/// That a party has let its days pass.
feed_entry lateness_of(const setting&, const programme::step_row&);

calendar_event event_of(const setting&, const assembly::session_row&);
/// The closing of a vote; nothing where only the chair closes it.
std::optional<calendar_event> event_of(const setting&, const assembly::vote_view&);
/// The last day of a measure. A dropped one is cancelled.
calendar_event event_of(const setting&, const programme::measure_view&);
/// The same, and the days of its milestones.
std::vector<calendar_event> events_of(const setting&, const programme::measure_view&);
/// The last of the days that a party has to agree.
calendar_event event_of(const setting&, const programme::step_row&);

}  // namespace veche::documents
