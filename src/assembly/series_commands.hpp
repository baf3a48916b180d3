#pragma once
// Series of sessions on a fixed rhythm. A series makes sessions like any others: each may be moved
// or cancelled by itself and stays linked to its series and to the day on which it was due.

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "assembly/rhythm.hpp"
#include "assembly/session_terms.hpp"
#include "kernel/message.hpp"

namespace veche::assembly {

using series_id = id<struct series_tag>;

/// Power "convene" in every body that sits. Convenes a session for each day of the rhythm, named
/// after the series and its number in it: "council-1", "council-2".
struct plan_series {
    static constexpr wire_info wire{"assembly.plan_series", 1, "Plan sessions on a fixed rhythm."};
    series_id series;
    body_id body;
    std::vector<body_id> joint_with;
    localized title;
    session_rhythm rhythm;
    std::string time;
    std::string zone;
    std::vector<zone_offset> offsets;
    date from;
    date until;
    std::optional<std::int32_t> minutes;
    localized venue;
    std::optional<session_mode> mode;
};
VECHE_FIELDS(plan_series, (series, "Id of the series."), (body, "The body that sits, or leads."),
             (joint_with, "Further bodies that sit jointly with it."),
             (title, "Title by language; each session has its number behind it."),
             (rhythm, "How often, and on which day."), (time, "Time of day there, as in 10:00."),
             (zone, "Time zone of the place, as in Europe/Minsk."),
             (offsets, "What that zone's clocks show in these days, the earliest first."),
             (from, "First day on which a session may fall."), (until, "Last such day."),
             (minutes, "Planned length of a session in minutes."),
             (venue, "Where they sit, by language."),
             (mode, "In which form they are held; in person where nothing is said."))

/// Power "convene". Convenes the sessions of the days that follow.
struct extend_series {
    static constexpr wire_info wire{"assembly.extend_series", 1,
                                    "Go on with a series of sessions."};
    series_id series;
    date until;
    std::vector<zone_offset> offsets;
};
VECHE_FIELDS(extend_series, (series, "The series."), (until, "The last day now."),
             (offsets, "What the zone's clocks show in these days, where that changes."))

/// Power "convene". Cancels its sessions that have not begun and are still to come.
struct end_series {
    static constexpr wire_info wire{"assembly.end_series", 1, "End a series of sessions."};
    series_id series;
    localized reason;
};
VECHE_FIELDS(end_series, (series, "The series."), (reason, "Why, by language."))

using series_commands = std::tuple<plan_series, extend_series, end_series>;

/// The rhythm called for a session: it is convened.
struct session_planned {
    static constexpr wire_info wire{"assembly.session_planned", 1,
                                    "A session was convened by the rhythm of its series."};
    session_id session;
    series_id series;
    std::int32_t number = 0;
    date due;
    instant starts;
    std::optional<instant> ends;
};
VECHE_FIELDS(session_planned, (session, "Id of the session."), (series, "The series."),
             (number, "Its number in the series, from 1."), (due, "The day of the rhythm."),
             (starts, "When it is to begin."), (ends, "When it is to end."))

}  // namespace veche::assembly
