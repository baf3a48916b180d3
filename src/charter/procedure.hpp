#pragma once
// How the motions of a body go from being tabled to being decided, and its acts from being decided
// to being in force, as its rules of procedure say. What is not said is not restricted. Only
// secret votes are not held unless the charter says how.

#include <optional>
#include <string>
#include <vector>

#include "kernel/fields.hpp"
#include "kernel/id.hpp"

namespace veche::charter {

/// A stage that a motion passes through between being tabled and being voted on.
struct motion_stage {
    std::string id;  ///< "committee-report"
    localized name;
    std::vector<std::string> by;  ///< offices and seats that move it there; else who presides
};
VECHE_FIELDS(motion_stage, (id, "Id of the stage."), (name, "Name by language."),
             (by, "Offices and seats that move a motion there; who presides where none is named."))

struct motion_procedure {
    /// Amendments are tabled until so many hours before the planned start of the session.
    std::optional<std::int32_t> amendment_hours;
    /// The rule under which amendments are decided; the motion's own where nothing is said.
    std::optional<std::string> amendment_rule;
    /// Seats of the body that must support a motion, beside whoever tabled it, before its vote.
    std::optional<std::int32_t> supporters;
    /// The same for an amendment.
    std::optional<std::int32_t> amendment_supporters;
    /// Motions are tabled until so many hours before the planned start of the session. One that
    /// comes later must be urgent; where neither of the next two is stated it is not taken.
    std::optional<std::int32_t> motion_hours;
    std::optional<std::int32_t> urgency_supporters;  ///< seats whose support makes it urgent
    std::optional<std::string> urgency_rule;         ///< or a vote of urgency under this rule
    /// A motion that was not adopted may be voted on again if asked for so many hours after.
    std::optional<std::int32_t> reconsider_hours;
    std::optional<bool> reconsider_by_winners;  ///< only a seat that voted against may ask
    std::vector<motion_stage> stages;           ///< in their order; the vote comes after the last
};
VECHE_FIELDS(motion_procedure,
             (amendment_hours,
              "Hours before the session's planned start at which the time for "
              "amendments ends; until the vote where nothing is said."),
             (amendment_rule, "The rule for amendments; the motion's own where nothing is said."),
             (supporters, "Seats that must support a motion before it is voted on."),
             (amendment_supporters, "Seats that must support an amendment before its vote."),
             (motion_hours,
              "Hours before the session's planned start at which the time for motions ends."),
             (urgency_supporters, "Seats whose support makes a later motion urgent."),
             (urgency_rule, "The rule of a vote that makes a later motion urgent."),
             (reconsider_hours,
              "Hours after the vote in which a motion that was not adopted may be reconsidered; "
              "never where nothing is said."),
             (reconsider_by_winners, "Whether only a seat that voted against may ask for it."),
             (stages, "Stages that a motion passes through before its vote, in their order."))

/// When an act enters into force: at once, or with the last of its signatures.
enum class entry_into_force : std::uint8_t { adoption, last_signature };
VECHE_CHOICES(entry_into_force, adoption, last_signature)

struct act_procedure {
    std::vector<std::string> signatories;  ///< offices and seats that sign the body's acts
    std::optional<entry_into_force> in_force;
};
VECHE_FIELDS(act_procedure, (signatories, "Offices and seats that sign the acts of the body."),
             (in_force, "Whether its acts enter into force at once or with the last signature."))

/// What happens to an invitation that goes out later than the notice asks for.
enum class late_notice : std::uint8_t { mark, refuse };
VECHE_CHOICES(late_notice, mark, refuse)

/// How the sessions of a body are called, as its rules of procedure say.
struct session_procedure {
    /// Whole days between the invitation and the beginning.
    std::optional<std::int32_t> notice_days;
    late_notice late = late_notice::mark;
    /// Papers are due so many days before the planned start, where the session says nothing.
    std::optional<std::int32_t> paper_days;
};
VECHE_FIELDS(session_procedure,
             (notice_days, "Whole days between the invitation to a session and its beginning."),
             (late, "Whether a shorter notice is marked or refused."),
             (paper_days,
              "Days before the planned start by which papers are due, where the session says "
              "nothing."))

/// Fewer than three counted ballots tell every voter the vote of the other.
inline constexpr std::int32_t lowest_secret_floor = 3;
/// One trustee alone could decrypt single ballots.
inline constexpr std::int32_t lowest_secret_threshold = 2;
inline constexpr std::int32_t most_trustees = 32;

/// Secret votes of persons. Votes of members (blocs, weights) are named and never secret.
struct secret_procedure {
    std::int32_t floor = lowest_secret_floor;
    /// Offices whose holders are the trustees; the opening of a vote names persons where empty.
    std::vector<office_id> trustees;
    std::int32_t threshold = lowest_secret_threshold;
};
VECHE_FIELDS(secret_procedure,
             (floor, "Voters who must take part; with fewer nothing is decrypted, ever."),
             (trustees,
              "Offices whose holders keep the key together; each vote names its own where "
              "nothing is said."),
             (threshold, "Trustees who must work together to decrypt the totals."))

/// How long the steps of a barrier to trade or movement may take, in calendar days. What is not
/// said is as the room of barriers has it.
struct barrier_procedure {
    std::optional<std::int32_t> intake_days;
    std::optional<std::int32_t> position_days;
    std::optional<std::int32_t> more_time_days;
    std::optional<std::int32_t> finding_days;
    std::optional<std::int32_t> panel_days;
    std::optional<std::int32_t> plan_days;
    std::optional<std::int32_t> claim_days;
    std::optional<std::int32_t> confirm_days;
    std::optional<std::int32_t> check_months;
    std::optional<std::int32_t> check_days;
    std::optional<std::int32_t> comment_days;
    std::optional<std::int32_t> reply_days;
};
VECHE_FIELDS(barrier_procedure, (intake_days, "Until a report is read; 7 where nothing is said."),
             (position_days, "Until the member states its position; 7."),
             (more_time_days, "Added once, where the member asks for time; 7."),
             (finding_days, "Until the preliminary finding; 15."),
             (panel_days, "Until the panel judges; 30."),
             (plan_days, "Until the member names measures; 30."),
             (claim_days, "From the last measure proved until the removal is stated; 15."),
             (confirm_days, "Until a stated removal is confirmed or denied; 30."),
             (check_months, "Months from a removal to its check; 6."),
             (check_days, "Until that check is done; 30."),
             (comment_days, "For comments on a draft rule; 60."),
             (reply_days, "Until the comments are answered; 30."))

}  // namespace veche::charter
