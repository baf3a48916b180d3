#pragma once
// Whether a motion can be put to the vote, and what moves it on the way: the stages that the
// charter names, urgency of what came late, reconsideration, repeal.

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "assembly/bundles.hpp"
#include "assembly/motion_terms.hpp"
#include "kernel/message.hpp"

namespace veche::assembly {

struct state;
struct world;
struct motion;
struct vote;
struct table_motion;

/// By whom the charter names for that stage, or with power "preside" where it names nobody.
struct advance_motion {
    static constexpr wire_info wire{"assembly.advance_motion", 1,
                                    "Move a motion on to its next stage."};
    motion_id motion;
    std::string stage;
    localized note;
};
VECHE_FIELDS(advance_motion, (motion, "The motion."), (stage, "The stage that it reaches."),
             (note, "What was found, by language."))

/// By the holder of a seat, on the side that won where the charter says so, within its time, once.
/// Only what was not adopted: a decision stays until another one repeals it.
struct reconsider_motion {
    static constexpr wire_info wire{"assembly.reconsider_motion", 1,
                                    "Have a rejected motion voted on again."};
    motion_id motion;
    std::string seat;
};
VECHE_FIELDS(reconsider_motion, (motion, "The motion."), (seat, "The seat that asks for it."))

using readiness_commands = std::tuple<advance_motion, reconsider_motion>;

/// Of a motion that came after the time for motions.
enum class urgency : std::uint8_t { not_needed, needed, granted, refused };
VECHE_CHOICES(urgency, not_needed, needed, granted, refused)

/// A stage that the motion has reached.
struct stage_reached {
    std::string stage;
    person_id person;
    std::string as;
    localized note;
    instant at;
    std::uint64_t seq = 0;
};

/// Who had the motion voted on again.
struct reconsideration {
    std::string seat;
    person_id person;
    instant at;
    std::uint64_t seq = 0;
};

/// The stage that the motion reaches next; nothing once it has reached all, or where there are
/// none.
const charter::motion_stage* next_stage(const motion&);

/// When the time for motions of that body in the session ends, if the charter says so.
std::optional<instant> motions_close(const charter::state&, const body_id&, instant session_starts);

/// Whether the motion is urgent enough to be voted on, as far as it must be.
bool is_urgent(const motion&);

/// Refuses a motion that comes too late and can not become urgent.
result<void> check_in_time(const charter::state&, const body_id&, instant session_starts,
                           instant at);

/// Whether the motion has come all the way to its vote, or that of its parts: supported, urgent
/// where it must be, through its stages, without amendments that wait. `in` is the bundle it is
/// voted on in; nothing where it is voted on by itself.
result<void> check_way(const world&, const motion&, const std::optional<bundle_id>& in);

/// Whether the motion itself can be put to the vote now: tabled, all the way there, and its parts
/// are settled. A further round is not of what is tabled, so it asks the latter two by themselves.
result<void> check_ready(const world&, const motion&, const std::optional<bundle_id>& in);

/// Whether the charter lets the motion be voted on again now: turned down by a vote, in time, once.
result<void> check_reconsiderable(const world&, const motion&, instant at);

/// Whether a vote of urgency on it can be opened, and under which rule.
result<std::string> urgency_rule(const world&, const motion&);

}  // namespace veche::assembly
