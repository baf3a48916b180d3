#pragma once
// Split votes: a motion is voted on part by part before the whole. A part that is voted down falls
// out of the text, and the orders named in it are not given. A motion of which no word is left is
// rejected.

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "assembly/motion_terms.hpp"
#include "assembly/paragraphs.hpp"
#include "kernel/message.hpp"

namespace veche::assembly {

struct state;
struct world;
struct motion;
struct amendment;

/// Some paragraphs of the text as tabled, and some of the ordered commands, voted on together.
struct part_of_motion {
    localized title;
    std::vector<std::int32_t> paragraphs;
    std::vector<std::int32_t> orders;
    bool operator==(const part_of_motion&) const = default;
};
VECHE_FIELDS(part_of_motion, (title, "Title by language."),
             (paragraphs, "Its paragraphs, counted in the text as tabled."),
             (orders, "Its ordered commands, from 1."))

/// By the holder of a seat of the body, or with power "preside". Once for a motion.
struct split_motion {
    static constexpr wire_info wire{"assembly.split_motion", 1,
                                    "Have a motion voted on part by part before the whole."};
    motion_id motion;
    std::vector<part_of_motion> parts;
};
VECHE_FIELDS(split_motion, (motion, "The motion."),
             (parts, "The parts; each paragraph by itself where nothing is said."))

using part_commands = std::tuple<split_motion>;

/// A part was voted down. The text now, as in text_amended.
struct part_dropped {
    static constexpr wire_info wire{"assembly.part_dropped", 1,
                                    "A part that was voted down fell out of a motion."};
    motion_id motion;
    std::int32_t part = 0;
    std::map<std::string, std::string> sha256;
    std::vector<std::string> left_behind;
};
VECHE_FIELDS(part_dropped, (motion, "The motion."), (part, "Number of the part, from 1."),
             (sha256, "SHA-256 of the text as it stands now, by language."),
             (left_behind, "Languages in which the text could not follow."))

enum class part_status : std::uint8_t { waiting, voting, kept, dropped };
VECHE_CHOICES(part_status, waiting, voting, kept, dropped)

struct motion_part {
    part_of_motion what;
    part_status status = part_status::waiting;
    std::vector<vote_id> votes;
};

/// What adopted amendments and dropped parts change in the motion's text, in the order in which it
/// applies: amendments come first, since parts are voted on when none waits.
std::vector<text_change> changes_of(const state&, const motion&);

/// The commands that the motion orders, with adopted amendments and without dropped parts.
std::vector<enactment> orders_of(const state&, const motion&);

/// The words of a part as they stand now.
localized text_of_part(const state&, const motion&, const motion_part&);

/// Whether a part that waits for its vote comes before that of the motion.
result<void> check_parts_settled(const motion&);

/// Whether parts that were voted down have left no word of it.
bool is_empty(const motion&);

/// Whether the part can be voted on now.
result<void> check_part(const world&, const motion&, std::int32_t part);

/// After a vote turned it down.
part_dropped dropped_part(const charter::state&, const state&, const motion&, std::int32_t part);

/// Every part is voted on anew.
void restore_parts(state&, const charter::state&, motion&);

}  // namespace veche::assembly
