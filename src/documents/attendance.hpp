#pragma once
// Who came to a session, from when to when, and who did not: a list for itself, and as part of the
// minutes.

#include "assembly/session_views.hpp"
#include "documents/setting.hpp"

namespace veche::documents {

/// The list of a session, with guests.
document attendance_of(const setting&, const assembly::session_view&);
/// Its blocks alone: seats, then guests where there are any.
std::vector<block> attendance_blocks(const setting&, const assembly::session_view&);
/// The time of day; with its date where that is not the day on which the session began.
std::string time_within(const setting&, const assembly::session_view&,
                        const std::optional<instant>&);
/// Journal entries behind the list.
std::vector<std::int64_t> attendance_entries(const assembly::session_view&);
/// When and where it is or was held, and in which form.
block session_facts(const setting&, const assembly::session_view&);

}  // namespace veche::documents
