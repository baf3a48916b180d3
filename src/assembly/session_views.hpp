#pragma once
// Views of sessions.

#include "assembly/vote_views.hpp"

namespace veche::assembly {

// --- assembly.sessions
// ----------------------------------------------------------------------------

struct sessions_query {
    static constexpr wire_info wire{"assembly.sessions", 1, "Sessions, the next first."};
    std::optional<body_id> body;
    std::optional<date> from;
    std::optional<date> until;
};
VECHE_FIELDS(sessions_query, (body, "Only sessions in which this body sits."),
             (from, "Only sessions beginning on this day or later."),
             (until, "Only sessions beginning on this day or earlier."))

struct session_row {
    session_id id;
    localized title;
    named_body body;
    std::vector<named_body> joint_with;
    instant starts;
    localized venue;
    session_status status{};
    std::int32_t items = 0;
    std::int32_t motions = 0;
    std::int32_t decisions = 0;
    std::int32_t open_votes = 0;
    std::int32_t revision = 0;
    instant changed;
};
VECHE_FIELDS(session_row, (id, "Id of the session."), (title, "Title by language."),
             (body, "The body that sits."), (joint_with, "Bodies that sit jointly with it."),
             (starts, "When it begins or began."), (venue, "Where."), (status, "Where it stands."),
             (items, "Items on its agenda."), (motions, "Motions tabled in it."),
             (decisions, "Decisions taken in it."), (open_votes, "Votes open now."),
             (revision, "How often its time, place or fate was changed."), (changed, "When last."))

/// Sessions still to come or running, soonest first; then past ones, latest first.
struct sessions_view {
    std::vector<session_row> coming;
    std::vector<session_row> past;
};
VECHE_FIELDS(sessions_view, (coming, "Convened or open sessions, soonest first."),
             (past, "Closed or cancelled sessions, latest first."))

// --- assembly.session
// -----------------------------------------------------------------------------

struct session_query {
    static constexpr wire_info wire{"assembly.session", 1, "One session, whole."};
    session_id id;
};
VECHE_FIELDS(session_query, (id, "Id of the session."))

struct item_view {
    item_id id;
    std::int32_t number = 0;
    item_kind kind{};
    localized title;
    std::optional<std::int32_t> minutes;
    std::optional<instant> expected;
    std::optional<measure_id> measure;
    std::vector<paper_view> papers;
    std::vector<motion_row> motions;
};
VECHE_FIELDS(item_view, (id, "Id of the item."), (number, "Its place on the agenda, from 1."),
             (kind, "What it is for."), (title, "Title by language."),
             (minutes, "Planned length in minutes."),
             (expected, "When it begins by plan, while every item before it has a length."),
             (measure, "The late measure that put it here."), (papers, "Its papers."),
             (motions, "Motions tabled under it."))

struct presence_view {
    std::string seat;
    localized name;
    body_id body;
    std::optional<member_id> member;
    localized member_name;
    std::optional<person_id> holder;
    localized holder_title;
    bool present = false;
    bool own = false;
};
VECHE_FIELDS(presence_view, (seat, "The seat."), (name, "Title of the seat."),
             (body, "The body it votes in."), (member, "The member it stands for."),
             (member_name, "Name of the member."), (holder, "Who holds it; nobody where vacant."),
             (holder_title, "Title of that person."), (present, "Whether it is present."),
             (own, "Whether the viewer holds it."))

struct session_view {
    session_id id;
    localized title;
    named_body body;
    std::vector<named_body> joint_with;
    instant starts;
    localized venue;
    session_status status{};
    std::optional<instant> opened;
    std::optional<instant> closed;
    localized reason;
    std::vector<item_view> agenda;
    std::vector<paper_view> papers;
    bool presence_kept = false;
    std::int32_t seats_present = 0;
    std::vector<presence_view> presence;
    std::vector<vote_view> votes;
    viewer_means means;
    std::int64_t seq = 0;
};
VECHE_FIELDS(session_view, (id, "Id of the session."), (title, "Title by language."),
             (body, "The body that sits, or leads."),
             (joint_with, "Bodies that sit jointly with it."), (starts, "When it begins or began."),
             (venue, "Where."), (status, "Where it stands."), (opened, "When it was opened."),
             (closed, "When it was closed or cancelled."), (reason, "Why it was cancelled."),
             (agenda, "Its items, in order."), (papers, "Papers of the session as a whole."),
             (presence_kept, "Whether only seats present may vote."),
             (seats_present, "How many seats are present."),
             (presence, "Every seat with a vote here, and whether it is present."),
             (votes, "Its votes, the latest first; open ones with their live count."),
             (means, "What the viewer may do here."), (seq, "Journal entry."))

}  // namespace veche::assembly
