#pragma once
// What follows from commands of the assembly. Derived by decide, by a deadline, or by the office as
// a reaction; journaled after the entry that caused it.

#include <optional>
#include <string>
#include <vector>

#include "assembly/act_signatures.hpp"
#include "assembly/bundles.hpp"
#include "assembly/motion_events.hpp"
#include "assembly/terms.hpp"
#include "charter/rule.hpp"
#include "charter/vote_procedure.hpp"
#include "kernel/message.hpp"
#include "kernel/refusal_record.hpp"

namespace veche::assembly {

/// How many seats said what. Seats that have not voted are absent.
struct ballot_counts {
    std::int32_t yes = 0;
    std::int32_t no = 0;
    std::int32_t abstain = 0;
    std::int32_t absent = 0;
    std::int32_t aside = 0;
    std::optional<std::int32_t> split = std::nullopt;
    bool operator==(const ballot_counts&) const = default;
};
VECHE_FIELDS(ballot_counts, (yes, "Seats in favour."), (no, "Seats against."),
             (abstain, "Seats that abstained."), (absent, "Seats that have not voted."),
             (aside, "Seats that stand aside."), (split, "Seats that split their votes."))

struct seat_ballot {
    std::string seat;
    charter::ballot ballot = charter::ballot::absent;
    std::optional<charter::split_votes> votes = std::nullopt;
    bool operator==(const seat_ballot&) const = default;
};
VECHE_FIELDS(seat_ballot, (seat, "The seat."), (ballot, "Its ballot."),
             (votes, "How it split its votes, where it did."))

/// The one ballot of a member whose seats vote as a bloc.
struct bloc_voice {
    member_id member;
    charter::ballot ballot = charter::ballot::absent;
    bool operator==(const bloc_voice&) const = default;
};
VECHE_FIELDS(bloc_voice, (member, "The member, or the seat that stands for none."),
             (ballot, "Its one ballot."))

/// One comparison of the rule as it came out. The figures, not the wording: a replay compares
/// bytes, and wording may improve. Views say the same in words.
struct finding {
    std::string code;
    std::vector<std::string> args;
    std::string group;
    std::int32_t depth = 0;
    bool holds = false;
    bool operator==(const finding&) const = default;
};
VECHE_FIELDS(finding, (code, "Kind of comparison."), (args, "Its figures."),
             (group, "The group for which it was tried."), (depth, "Depth in the rule."),
             (holds, "Whether it holds."))

/// A vote was closed and its rule applied. With the roll_continued entries that follow it, it holds
/// all that a stranger needs to do the sum again.
struct vote_decided {
    static constexpr wire_info wire{"assembly.vote_decided", 1,
                                    "A vote was closed and the rule gave its outcome."};
    vote_id vote;
    motion_id motion;
    closing closed{};
    charter::outcome outcome{};
    ballot_counts counts;
    std::vector<seat_ballot> ballots;
    std::vector<bloc_voice> blocs;
    std::vector<finding> reasons;
    std::optional<amendment_id> amendment;
    std::optional<charter::hand_entry> hands;
    std::optional<bundle_id> bundle;
    std::optional<std::int32_t> part;
    std::optional<bool> urgency;
};
VECHE_FIELDS(vote_decided, (vote, "The vote."), (motion, "The motion."),
             (closed, "Whether the chair closed it or its deadline did."),
             (outcome, "The outcome under the rule."), (counts, "Ballots by seat."),
             (ballots, "The ballots of the first seats, in the order of the charter."),
             (blocs, "The one ballot of each member, where seats vote as blocs."),
             (reasons, "The conditions of the rule that were tried, in order."),
             (amendment, "The amendment that was voted on, where it was one."),
             (hands, "How the chair entered a show of hands, where it was one."),
             (bundle, "The bundle that was voted on, where it was one."),
             (part, "The part of the motion that was voted on, where it was one."),
             (urgency, "Whether it was the urgency of the motion."))

/// The next ballots of a vote that has more seats than one entry takes (limits::record_seats).
struct roll_continued {
    static constexpr wire_info wire{"assembly.roll_continued", 1,
                                    "Further ballots of a vote that was decided."};
    vote_id vote;
    std::vector<seat_ballot> ballots;
};
VECHE_FIELDS(roll_continued, (vote, "The vote."),
             (ballots, "The ballots of the next seats, in the order of the charter."))

/// A motion carried and became a decision. Numbered by year, across all bodies.
struct decision_adopted {
    static constexpr wire_info wire{"assembly.decision_adopted", 1,
                                    "A motion carried and became a decision."};
    decision_id decision;
    motion_id motion;
    vote_id vote;
    body_id body;
    std::string rule;
    std::vector<enactment> enactments;
    std::vector<std::string> signatories;
    std::optional<charter::entry_into_force> in_force;
    std::optional<date> force_on;
    std::optional<decision_id> repeals;
};
VECHE_FIELDS(decision_adopted, (decision, "Number of the decision."), (motion, "The motion."),
             (vote, "The vote."), (body, "The body that decided."),
             (rule, "The rule it decided under."), (enactments, "Commands that it orders."),
             (signatories, "Offices and seats that sign its act."),
             (in_force, "What its force waits for, beside its day; nothing where nothing is said."),
             (force_on, "First day on which it is in force."),
             (repeals, "The decision that it ends."))

/// One ordered command was carried out. The office applies the command with this entry.
struct enactment_carried_out {
    static constexpr wire_info wire{"assembly.enactment_carried_out", 1,
                                    "A command that a decision orders was carried out."};
    decision_id decision;
    std::int32_t index = 0;
    enactment command;
};
VECHE_FIELDS(enactment_carried_out, (decision, "The decision."),
             (index, "Which of its enactments, from 0."), (command, "The command."))

/// None of a decision's commands was carried out, because one of them could not be.
struct enactments_failed {
    static constexpr wire_info wire{"assembly.enactments_failed", 1,
                                    "What a decision orders could not be carried out."};
    decision_id decision;
    std::int32_t index = 0;
    refusal_record why;
};
VECHE_FIELDS(enactments_failed, (decision, "The decision."),
             (index, "The enactment that failed, from 0."), (why, "Why it was refused."))

/// A late measure put itself on the agenda of a session.
struct item_placed {
    static constexpr wire_info wire{"assembly.item_placed", 1,
                                    "A late measure was put on the agenda of a session."};
    session_id session;
    item_id item;
    localized title;
    measure_id measure;
};
VECHE_FIELDS(item_placed, (session, "The session."), (item, "Id of the new item."),
             (title, "Title by language."), (measure, "The late measure."))

/// A case that another room keeps was put on the agenda of a session: it is late, or somebody who
/// may referred it.
struct case_placed {
    static constexpr wire_info wire{"assembly.case_placed", 1,
                                    "A case was put on the agenda of a session."};
    session_id session;
    item_id item;
    localized title;
    std::string about;
};
VECHE_FIELDS(case_placed, (session, "The session."), (item, "Id of the new item."),
             (title, "Title by language."), (about, "The case, by its page below the language."))

/// A motion whose silence was broken by an objection goes on the agenda of the next session, where
/// it is tabled anew.
struct motion_returned {
    static constexpr wire_info wire{"assembly.motion_returned", 1,
                                    "A motion whose silence was broken went to a session."};
    motion_id motion;
    session_id session;
    item_id item;
};
VECHE_FIELDS(motion_returned, (motion, "The motion."), (session, "The session."),
             (item, "Id of the new item on its agenda."))

}  // namespace veche::assembly
