#pragma once
// What one may see of series of sessions: what the rhythm called for, and what became of it.

#include "assembly/view_parts.hpp"

namespace veche::assembly {

/// A session that the rhythm called for is held once it was opened. One that was neither opened nor
/// cancelled is late from its due moment on, wherever it was moved to.
enum class due_session : std::uint8_t { to_come, late, held, held_late, cancelled };
VECHE_CHOICES(due_session, to_come, late, held, held_late, cancelled)

struct series_list_query {
    static constexpr wire_info wire{"assembly.series_list", 1, "Series of sessions."};
    std::optional<body_id> body;
};
VECHE_FIELDS(series_list_query, (body, "Only series in which this body sits."))

struct series_row {
    series_id id;
    localized title;
    named_body body;
    session_rhythm rhythm;
    std::string time;
    std::string zone;
    date from;
    date until;
    std::optional<instant> ended;
    std::int32_t sessions = 0;
    std::int32_t due = 0;
    std::int32_t held = 0;
    std::int32_t held_late = 0;
    std::int32_t late = 0;
    std::int32_t cancelled = 0;
    std::optional<instant> next;
    std::int64_t seq = 0;
};
VECHE_FIELDS(series_row, (id, "Id of the series."), (title, "Title by language."),
             (body, "The body that sits, or leads."), (rhythm, "How often, and on which day."),
             (time, "Time of day."), (zone, "Time zone of the place."), (from, "First day."),
             (until, "Last day."), (ended, "When it was ended."),
             (sessions, "Sessions that the rhythm calls for."),
             (due, "Of these, how many were due by now."), (held, "How many were held in time."),
             (held_late, "How many were held after their day."),
             (late, "How many are late: due, not held and not cancelled."),
             (cancelled, "How many were cancelled."), (next, "When the next begins."),
             (seq, "Journal entry."))

struct series_list_view {
    std::vector<series_row> series;
};
VECHE_FIELDS(series_list_view, (series, "Series of sessions, by id."))

struct series_query {
    static constexpr wire_info wire{"assembly.series", 1,
                                    "One series of sessions: what was due and what was held."};
    series_id id;
};
VECHE_FIELDS(series_query, (id, "Id of the series."))

struct due_session_view {
    session_id session;
    localized title;
    std::int32_t number = 0;
    date due;
    due_session became{};
    instant starts;
    bool moved = false;
    std::optional<instant> opened;
    std::int32_t days_late = 0;
};
VECHE_FIELDS(due_session_view, (session, "Id of the session."), (title, "Its title."),
             (number, "Its number in the series."), (due, "The day of the rhythm."),
             (became, "What became of it."), (starts, "When it begins or began, as planned now."),
             (moved, "Whether it was moved to another time."), (opened, "When it was opened."),
             (days_late, "Days after its day, where it is late or was held late."))

struct series_view {
    series_row series;
    std::vector<named_body> joint_with;
    localized venue;
    session_mode mode{};
    std::optional<std::int32_t> minutes;
    localized reason;
    std::vector<due_session_view> sessions;
    viewer_means means;
};
VECHE_FIELDS(series_view, (series, "The series."), (joint_with, "Bodies that sit jointly with it."),
             (venue, "Where they sit."), (mode, "In which form they are held."),
             (minutes, "Planned length in minutes."), (reason, "Why it was ended."),
             (sessions, "What the rhythm called for, in order."),
             (means, "What the viewer may do here."))

}  // namespace veche::assembly
