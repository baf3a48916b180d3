#pragma once
// The words of the assembly that its commands, events and views share.

#include <string>

#include "kernel/content_ref.hpp"

namespace veche::assembly {

using item_id = id<struct item_tag>;    ///< unique within its session
using paper_id = id<struct paper_tag>;  ///< unique within its session
using motion_id = id<struct motion_tag>;
using vote_id = id<struct vote_tag>;

enum class session_status : std::uint8_t { convened, open, closed, cancelled };
VECHE_CHOICES(session_status, convened, open, closed, cancelled)

/// `overdue` items are placed by the programme: a measure of the body that is late.
enum class item_kind : std::uint8_t { opening, information, discussion, decision, overdue };
VECHE_CHOICES(item_kind, opening, information, discussion, decision, overdue)

/// Where a motion stands. One without a result (no quorum) is tabled again; a session that closes
/// or is cancelled lets its tabled motions lapse.
enum class motion_status : std::uint8_t {
    tabled,
    voting,
    adopted,
    rejected,
    no_opinion,
    withdrawn,
    lapsed
};
VECHE_CHOICES(motion_status, tabled, voting, adopted, rejected, no_opinion, withdrawn, lapsed)

enum class vote_status : std::uint8_t { open, closed };
VECHE_CHOICES(vote_status, open, closed)

/// What a voter can say. Absent and standing aside are not said but established.
enum class vote_choice : std::uint8_t { yes, no, abstain };
VECHE_CHOICES(vote_choice, yes, no, abstain)

enum class closing : std::uint8_t { by_chair, by_deadline };
VECHE_CHOICES(closing, by_chair, by_deadline)

/// What became of the commands that a decision orders. All of them together: they are carried out
/// as one, or not at all.
enum class enactment_fate : std::uint8_t { none, pending, carried_out, failed };
VECHE_CHOICES(enactment_fate, none, pending, carried_out, failed)

/// A command that a decision orders, in its wire form.
struct enactment {
    std::string type;  ///< "programme.add_measure"
    std::int32_t v = 1;
    json::raw_json body;
    bool operator==(const enactment&) const = default;
};
VECHE_FIELDS(enactment, (type, "Type of the command."), (v, "Version of the command."),
             (body, "The command itself."))

}  // namespace veche::assembly
