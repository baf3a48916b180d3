#pragma once
// What one may ask of the assembly. Ids are chosen by the sender and must be unused. The power that
// a command needs stands beside it; it is held in the session's body, or in the motion's body where
// a motion or a vote is meant (they differ in joint sessions).

#include <optional>
#include <string>
#include <vector>

#include "assembly/bundles.hpp"
#include "assembly/motion_commands.hpp"
#include "assembly/session_terms.hpp"
#include "kernel/message.hpp"

namespace veche::assembly {

// --- Sessions
// -------------------------------------------------------------------------------------

/// Power "convene" in the body and in each body it sits jointly with.
struct convene_session {
    static constexpr wire_info wire{"assembly.convene_session", 1, "Convene a session of a body."};
    session_id id;
    body_id body;
    std::vector<body_id> joint_with;
    localized title;
    instant starts;
    localized venue;
    std::optional<session_mode> mode = {};
    std::optional<instant> ends = {};
    std::optional<std::string> zone = {};
};
VECHE_FIELDS(convene_session, (id, "Id of the session."), (body, "The body that sits, or leads."),
             (joint_with, "Further bodies that sit jointly with it."),
             (title, "Title by language."), (starts, "When it is to begin."),
             (venue, "Where it sits, by language."),
             (mode, "In which form it is held; in person where nothing is said."),
             (ends, "When it is to end."),
             (zone, "Time zone of the place, as in Europe/Minsk, for showing times."))

/// Power "convene". Only a session that has not begun.
struct reschedule_session {
    static constexpr wire_info wire{"assembly.reschedule_session", 1,
                                    "Move a session to another time or place."};
    session_id session;
    instant starts;
    localized venue;
    std::optional<session_mode> mode = {};
    std::optional<instant> ends = {};
    std::optional<std::string> zone = {};
};
VECHE_FIELDS(reschedule_session, (session, "The session."), (starts, "When it is to begin now."),
             (venue, "Where it sits now; as before where nothing is said."),
             (mode, "In which form it is held; as before where nothing is said."),
             (ends, "When it is to end now; not said where nothing is said."),
             (zone, "Time zone of the place; as before where nothing is said."))

/// Power "convene". Only a session that has not begun; its motions lapse.
struct cancel_session {
    static constexpr wire_info wire{"assembly.cancel_session", 1, "Cancel a convened session."};
    session_id session;
    localized reason;
};
VECHE_FIELDS(cancel_session, (session, "The session."), (reason, "Why, by language."))

/// Power "preside".
struct open_session {
    static constexpr wire_info wire{"assembly.open_session", 1, "Open a convened session."};
    session_id session;
};
VECHE_FIELDS(open_session, (session, "The session."))

/// Power "preside". Not while a vote is open; motions not voted on lapse.
struct close_session {
    static constexpr wire_info wire{"assembly.close_session", 1, "Close an open session."};
    session_id session;
};
VECHE_FIELDS(close_session, (session, "The session."))

// --- Agenda and papers
// ----------------------------------------------------------------------------

/// Power "agenda". Until the session is over.
struct add_item {
    static constexpr wire_info wire{"assembly.add_item", 1, "Put an item on a session's agenda."};
    session_id session;
    item_id item;
    item_kind kind = item_kind::discussion;
    localized title;
    std::optional<std::int32_t> minutes;
    std::optional<item_id> before;
    std::optional<item_id> under = {};
    std::optional<instant> not_before = {};
};
VECHE_FIELDS(add_item, (session, "The session."), (item, "Id of the item, new in this session."),
             (kind, "What the item is for."), (title, "Title by language."),
             (minutes, "Planned length in minutes."),
             (before, "The item it goes before; at the end where nothing is said."),
             (under, "The item it stands under."),
             (not_before, "When it is to begin at the earliest."))

/// Power "agenda". The items under it go with it.
struct move_item {
    static constexpr wire_info wire{"assembly.move_item", 1, "Move an item within the agenda."};
    session_id session;
    item_id item;
    std::optional<item_id> before;
    std::optional<item_id> under = {};
};
VECHE_FIELDS(move_item, (session, "The session."), (item, "The item."),
             (before, "The item it goes before; to the end where nothing is said."),
             (under, "The item it stands under now."))

/// Power "agenda". Not an item under which a motion was tabled, under which others stand, or that
/// was dealt with; its papers stay with the session.
struct remove_item {
    static constexpr wire_info wire{"assembly.remove_item", 1, "Take an item off the agenda."};
    session_id session;
    item_id item;
};
VECHE_FIELDS(remove_item, (session, "The session."), (item, "The item."))

/// Power "papers". Also after the session: minutes come late. Not on a cancelled one. A new version
/// stands where the old one stood, and both stay; a translation names the version it is of.
struct add_paper {
    static constexpr wire_info wire{"assembly.add_paper", 1,
                                    "Attach a paper to a session or to one of its items."};
    session_id session;
    std::optional<item_id> item;
    paper_id paper;
    localized title;
    std::string language;
    content_ref content;
    std::optional<paper_id> replaces = {};
    std::optional<paper_id> translates = {};
};
VECHE_FIELDS(add_paper, (session, "The session."),
             (item, "The item it belongs to; the whole session where nothing is said."),
             (paper, "Id of the paper, new in this session."), (title, "Title by language."),
             (language, "Language of the paper."), (content, "The file."),
             (replaces, "The paper of which this is a new version."),
             (translates, "The paper of which this is a translation."))

// --- Presence
// -------------------------------------------------------------------------------------

/// By the holder of the seat, or with power "preside" for anyone. From the first registration on,
/// presence is kept in the session: only seats present may vote.
struct register_presence {
    static constexpr wire_info wire{"assembly.register_presence", 1,
                                    "Record that a seat is present in a session."};
    session_id session;
    std::string seat;
    std::optional<presence_mode> mode = {};
};
VECHE_FIELDS(register_presence, (session, "The session."), (seat, "The seat."),
             (mode, "In the hall or remotely; as the session is held where nothing is said."))

/// By the holder of the seat, or with power "preside". Ballots cast before stay.
struct end_presence {
    static constexpr wire_info wire{"assembly.end_presence", 1,
                                    "Record that a seat has left a session."};
    session_id session;
    std::string seat;
};
VECHE_FIELDS(end_presence, (session, "The session."), (seat, "The seat."))

// --- Motions and votes
// ----------------------------------------------------------------------------

/// By the holder of a seat of the body, or with power "table".
struct table_motion {
    static constexpr wire_info wire{"assembly.table_motion", 1, "Table a motion in a session."};
    motion_id motion;
    session_id session;
    item_id item;
    std::optional<body_id> body;
    localized title;
    localized text;
    std::optional<std::string> rule;
    std::vector<enactment> enactments;
    std::optional<date> force_on;
    std::optional<decision_id> repeals;
};
VECHE_FIELDS(table_motion, (motion, "Id of the motion."), (session, "The session."),
             (item, "The item of its agenda."),
             (body, "The body that is to decide; the session's where nothing is said."),
             (title, "Title by language: the question in one sentence."),
             (text, "Full text by language."),
             (rule, "The rule of the decision; the body's first where nothing is said."),
             (enactments, "Commands that the decision orders, in order."),
             (force_on,
              "First day on which the decision is in force; what it orders waits until "
              "then. Its adoption where nothing is said."),
             (repeals,
              "A decision of the same body that ends with this one. What it has carried "
              "out stays unless this one orders otherwise."))

/// By whom it was tabled, or with power "preside". Not while it is voted on.
struct withdraw_motion {
    static constexpr wire_info wire{"assembly.withdraw_motion", 1, "Withdraw a motion."};
    motion_id motion;
};
VECHE_FIELDS(withdraw_motion, (motion, "The motion."))

/// Power "preside". Fixes who may vote, and with what weight, as of this day.
struct open_vote {
    static constexpr wire_info wire{"assembly.open_vote", 1, "Open the vote on a motion."};
    vote_id vote;
    motion_id motion;
    std::optional<instant> closes;
    std::vector<std::string> aside;
    std::optional<amendment_id> amendment;
    std::optional<bool> written;
    std::optional<bundle_id> bundle;
    std::optional<std::int32_t> part;
    std::optional<bool> urgency;
};
VECHE_FIELDS(open_vote, (vote, "Id of the vote."), (motion, "The motion."),
             (closes, "When it closes by itself; by the chair only where nothing is said."),
             (aside, "Seats that stand aside: a conflict of interest, or not concerned."),
             (amendment,
              "The amendment to it that is voted on; the motion itself where nothing is "
              "said."),
             (written, "Whether it is held by correspondence, without an open session."),
             (bundle, "The bundle that is voted on, the motion one in it."),
             (part, "The part of the motion that is voted on, by its number."),
             (urgency, "Whether it is the urgency of the motion that is voted on."))

/// By the holder of the seat. The last ballot before closing counts.
struct cast_ballot {
    static constexpr wire_info wire{"assembly.cast_ballot", 1, "Cast a ballot in an open vote."};
    vote_id vote;
    std::string seat;
    vote_choice choice{};
};
VECHE_FIELDS(cast_ballot, (vote, "The vote."), (seat, "The seat you vote for."),
             (choice, "Your ballot."))

/// Power "preside". Before a stated closing time only once every seat that may vote has voted.
struct close_vote {
    static constexpr wire_info wire{"assembly.close_vote", 1, "Close a vote and decide it."};
    vote_id vote;
    std::optional<std::string> chair;
};
VECHE_FIELDS(close_vote, (vote, "The vote."),
             (chair, "Your own seat, where the rule lets the chair decide a tie."))

/// Power "measures" or "preside" in the body that decided.
struct retry_enactments {
    static constexpr wire_info wire{"assembly.retry_enactments", 1,
                                    "Try again to carry out what a decision orders."};
    decision_id decision;
};
VECHE_FIELDS(retry_enactments, (decision, "A decision that could not be carried out."))

}  // namespace veche::assembly
