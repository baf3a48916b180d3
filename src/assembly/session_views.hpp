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
    session_mode mode{};
    std::optional<instant> ends;
    std::optional<series_id> series;
    std::optional<std::int32_t> days_late;
};
VECHE_FIELDS(session_row, (id, "Id of the session."), (title, "Title by language."),
             (body, "The body that sits."), (joint_with, "Bodies that sit jointly with it."),
             (starts, "When it begins or began."), (venue, "Where."), (status, "Where it stands."),
             (items, "Items on its agenda."), (motions, "Motions tabled in it."),
             (decisions, "Decisions taken in it."), (open_votes, "Votes open now."),
             (revision, "How often its time, place or fate was changed."), (changed, "When last."),
             (mode, "In which form it is held."), (ends, "When it is to end."),
             (series, "The series that called for it."),
             (days_late, "Days since the rhythm called for it, where it was not held."))

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
    std::string label;
    std::int32_t depth = 0;
    std::optional<item_id> under;
    item_kind kind{};
    localized title;
    std::optional<std::int32_t> minutes;
    std::optional<instant> not_before;
    std::optional<instant> expected;
    item_state state{};
    std::optional<instant> started;
    std::optional<instant> ended;
    std::optional<std::int32_t> minutes_used;
    std::optional<instant> predicted_start;
    std::optional<instant> predicted_end;
    std::optional<measure_id> measure;
    std::optional<std::string> about;
    std::optional<sealed_id> sealed;
    std::optional<instant> papers_due;
    std::vector<std::string> languages;
    bool papers_missing = false;
    std::vector<dossier_view> dossiers;
    std::vector<paper_view> papers;
    std::vector<motion_row> motions;
};
VECHE_FIELDS(item_view, (id, "Id of the item."), (number, "Its place on the agenda, from 1."),
             (label, "Its number in the tree, as in 2.1."), (depth, "How deep it stands, from 0."),
             (under, "The item it stands under."), (kind, "What it is for."),
             (title, "Title by language."), (minutes, "Planned length in minutes."),
             (not_before, "When it begins at the earliest."),
             (expected, "When it begins by plan, while every item before it has a length."),
             (state, "Whether it waits, is dealt with or is over."),
             (started, "When it was first taken up."), (ended, "When it was closed last."),
             (minutes_used, "How long it was dealt with, in whole minutes."),
             (predicted_start, "When it begins, by what has happened so far."),
             (predicted_end, "When it ends, by what has happened so far."),
             (measure, "The late measure that put it here."),
             (about, "The case that put it here, by its page below the language."),
             (sealed, "The sealed text that says what an internal item is about."),
             (papers_due, "When its papers are due."),
             (languages, "Languages in which each paper is wanted."),
             (papers_missing, "Whether papers are wanted and none is there."),
             (dossiers, "Its papers by document, with languages and versions."),
             (papers, "Its papers, all of them, as they came."),
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
    attendance attends{};
    std::optional<presence_mode> mode;
    std::optional<instant> came;
    std::optional<instant> left;
    std::int32_t minutes_present = 0;
    bool excused = false;
    bool invited = false;
    std::optional<invitation_answer> answer;
    bool answer_outdated = false;
    localized substitute;
    std::vector<std::int64_t> entries;
    std::optional<std::string> represented_by;
};
VECHE_FIELDS(presence_view, (seat, "The seat."), (name, "Title of the seat."),
             (body, "The body it votes in."), (member, "The member it stands for."),
             (member_name, "Name of the member."), (holder, "Who holds it; nobody where vacant."),
             (holder_title, "Title of that person."), (present, "Whether it is present."),
             (own, "Whether the viewer holds it."), (attends, "What the attendance list says."),
             (mode, "In the hall or remotely, the latest time."), (came, "When it came first."),
             (left, "When it left last; nothing while it is present."),
             (minutes_present, "How long it was present in all, in whole minutes."),
             (excused, "Whether its absence is excused."), (invited, "Whether it was invited."),
             (answer, "What was answered to the invitation."),
             (answer_outdated, "Whether that was said of another time."),
             (substitute, "Who comes instead."),
             (entries, "Journal entries that recorded its presence."),
             (represented_by, "The seat that votes for it in this session."))

/// Somebody invited without a seat.
struct guest_view {
    guest_id guest;
    localized role;
    std::optional<office_id> office;
    std::optional<invitation_answer> answer;
    bool answer_outdated = false;
    localized substitute;
    std::optional<presence_mode> mode;
    bool own = false;
};
VECHE_FIELDS(guest_view, (guest, "Id of the guest."), (role, "As what."),
             (office, "The office whose holder may answer."), (answer, "The answer."),
             (answer_outdated, "Whether that was said of another time."),
             (substitute, "Who comes instead."), (mode, "In the hall or remotely."),
             (own, "Whether the viewer may answer."))

/// How the invitations stand. Counts are of seats and guests together.
struct notice_view {
    instant sent;
    std::int32_t days = 0;
    bool late = false;
    bool outdated = false;
    localized note;
    std::int32_t invited = 0;
    std::int32_t accepted = 0;
    std::int32_t declined = 0;
    std::int32_t substitutes = 0;
    std::int32_t unanswered = 0;
    std::int64_t seq = 0;
};
VECHE_FIELDS(notice_view, (sent, "When they went out last."),
             (days, "Days of notice that the charter asks for."),
             (late, "Whether they went out later."),
             (outdated, "Whether time or place changed since."), (note, "A word to the invited."),
             (invited, "How many were invited."), (accepted, "How many accepted."),
             (declined, "How many declined."), (substitutes, "How many send somebody else."),
             (unanswered, "How many have not answered."), (seq, "Journal entry."))

struct session_view {
    session_id id;
    localized title;
    named_body body;
    std::vector<named_body> joint_with;
    instant starts;
    std::optional<instant> ends;
    localized venue;
    std::optional<std::string> zone;
    session_mode mode{};
    session_status status{};
    std::optional<instant> opened;
    std::optional<instant> closed;
    localized reason;
    std::optional<series_id> series;
    localized series_title;
    std::optional<date> due;
    bool moved = false;
    std::optional<std::int32_t> days_late;
    std::optional<instant> planned_end;
    std::optional<instant> predicted_end;
    std::optional<std::int32_t> minutes_behind;
    std::optional<std::int32_t> minutes_late;
    std::vector<item_view> agenda;
    std::optional<instant> papers_due;
    bool papers_missing = false;
    std::vector<dossier_view> dossiers;
    std::vector<paper_view> papers;
    std::optional<notice_view> notice;
    std::vector<guest_view> guests;
    bool presence_kept = false;
    std::int32_t seats_present = 0;
    std::vector<presence_view> presence;
    std::vector<vote_view> votes;
    std::vector<bundle_row> bundles;
    viewer_means means;
    std::vector<proxy_view> proxies;
    bool knows_proxies = false;
    std::int64_t seq = 0;
};
VECHE_FIELDS(session_view, (id, "Id of the session."), (title, "Title by language."),
             (body, "The body that sits, or leads."),
             (joint_with, "Bodies that sit jointly with it."), (starts, "When it begins or began."),
             (ends, "When it is to end."), (venue, "Where."), (zone, "Time zone of the place."),
             (mode, "In which form it is held."), (status, "Where it stands."),
             (opened, "When it was opened."), (closed, "When it was closed or cancelled."),
             (reason, "Why it was cancelled."), (series, "The series that called for it."),
             (series_title, "Its title."), (due, "The day on which its rhythm called for it."),
             (moved, "Whether it was moved from there."),
             (days_late, "Days since then, where it was not held."),
             (planned_end, "When it ends by plan: as stated, else by the lengths of its items."),
             (predicted_end, "When it ends, by what has happened so far."),
             (minutes_behind, "How much later than planned that is; negative where it is earlier."),
             (minutes_late, "The same, where it is later by less than half a day."),
             (agenda, "Its items, in order."),
             (papers_due, "When papers of the session as a whole are due."),
             (papers_missing, "Whether papers are wanted and none is there."),
             (dossiers, "Those papers by document, with languages and versions."),
             (papers, "Papers of the session as a whole, all of them, as they came."),
             (notice, "How its invitations stand."), (guests, "Who is invited without a seat."),
             (presence_kept, "Whether only seats present may vote."),
             (seats_present, "How many seats are present."),
             (presence, "Every seat with a vote here, and whether it is present."),
             (votes, "Its votes, the latest first; open ones with their live count."),
             (bundles, "Bundles made in it, in order."), (means, "What the viewer may do here."),
             (proxies, "Proxies in force."),
             (knows_proxies, "Whether the charter knows proxies here."), (seq, "Journal entry."))

}  // namespace veche::assembly
