#pragma once
// Views of forwarded motions, the same from where they came and from where they went.

#include "assembly/view_parts.hpp"

namespace veche::assembly {

/// One motion on its way from body to body, and what became of it so far.
struct forward_view {
    motion_id origin;
    localized title;
    named_body from;
    std::optional<decision_id> ordered_by;
    named_body to;
    motion_id motion;
    std::optional<motion_status> status;
    std::optional<session_id> session;
    std::optional<decision_id> decision;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(forward_view, (origin, "The motion that was forwarded."), (title, "The question."),
             (from, "The body it comes from."), (ordered_by, "The decision that ordered it."),
             (to, "The body it went to."), (motion, "Id of the motion there."),
             (status, "Where it stands there; nothing while it waits for a session."),
             (session, "The session there."), (decision, "The decision it became there."),
             (at, "When it was forwarded."), (seq, "Journal entry."))

// --- assembly.forwards
// ----------------------------------------------------------------------------

struct forwards_query {
    static constexpr wire_info wire{"assembly.forwards", 1,
                                    "Motions forwarded from body to body, the latest first."};
    std::optional<body_id> body;
};
VECHE_FIELDS(forwards_query, (body, "Only those that this body sent or was sent."))

struct forwards_view {
    std::vector<forward_view> forwards;
};
VECHE_FIELDS(forwards_view, (forwards, "Forwarded motions, the latest first."))

}  // namespace veche::assembly
