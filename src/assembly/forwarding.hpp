#pragma once
// Motions that go from one body to another: by decision, or as the one who presides sends them. The
// other body finds it on the agenda of its next session; where it came from shows what became of
// it.

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "assembly/terms.hpp"
#include "charter/charter.hpp"
#include "kernel/message.hpp"

namespace veche::assembly {

struct state;
struct world;

/// Ordered by a decision of the motion's body, or by an actor with power "preside" in it.
struct forward_motion {
    static constexpr wire_info wire{"assembly.forward_motion", 1,
                                    "Forward a motion to another body."};
    std::optional<motion_id> motion;
    body_id to;
    motion_id forwarded;
    std::optional<std::string> rule;
    std::vector<enactment> enactments;
};
VECHE_FIELDS(forward_motion,
             (motion, "The motion; that of the decision which orders this where nothing is said."),
             (to, "The body that is to decide on it."), (forwarded, "Id of the motion there."),
             (rule, "The rule it is decided under there; that body's first where nothing is said."),
             (enactments, "Commands that the decision there orders, in order."))

using forwarding_commands = std::tuple<forward_motion>;

/// It stands on the agenda of the other body as a motion tabled there.
struct forwarded_motion_placed {
    static constexpr wire_info wire{"assembly.forwarded_motion_placed", 1,
                                    "A forwarded motion was put on the agenda of a session."};
    motion_id motion;
    session_id session;
    item_id item;
};
VECHE_FIELDS(forwarded_motion_placed, (motion, "Id of the motion there."),
             (session, "The session."), (item, "Id of the new item."))

/// One motion on its way, kept for good. Title and text are those of the moment it was forwarded.
struct forwarding {
    motion_id id;      ///< of the motion at the other body
    motion_id origin;  ///< empty only while a decision that orders it is rehearsed
    body_id from;
    body_id to;
    std::optional<decision_id> decision;  ///< that ordered it
    localized title;
    localized text;
    std::string rule;
    std::vector<enactment> enactments;
    bool placed = false;
    instant at;
    std::uint64_t seq = 0;
};

/// The next forwarded motion that waits for a session in which its body sits, put on that session's
/// agenda; nothing where none waits or there is no room. To be applied before asking again.
std::optional<forwarded_motion_placed> place_forwarded(const state&, const session_id&);

/// The rule a forwarded motion is decided under.
std::string forwarded_rule(const charter::state&, const forward_motion&);

}  // namespace veche::assembly
