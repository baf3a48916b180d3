#pragma once
// What one may ask of a vote besides casting a ballot by the holder of the seat. Each needs the
// body's charter to provide for it (charter/vote_procedure.hpp), as it stood when the vote opened.

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "assembly/casting_terms.hpp"
#include "assembly/terms.hpp"
#include "charter/rule.hpp"
#include "kernel/message.hpp"

namespace veche::assembly {

/// By the holder of the seat. The parts add up to the weight of its member that the charter lets
/// voters split. The last ballot before closing counts.
struct cast_split_ballot {
    static constexpr wire_info wire{"assembly.cast_split_ballot", 1,
                                    "Split the votes of a seat in an open vote."};
    vote_id vote;
    std::string seat;
    charter::split_votes votes;
};
VECHE_FIELDS(cast_split_ballot, (vote, "The vote."), (seat, "The seat you vote for."),
             (votes, "How many of its votes say what."))

/// Power "preside". Totals of a show of hands, where the rule needs no names; entered again they
/// replace the former ones. No ballot may have been cast by name.
struct enter_hand_count {
    static constexpr wire_info wire{"assembly.enter_hand_count", 1,
                                    "Enter the count of a show of hands."};
    vote_id vote;
    std::int32_t yes = 0;
    std::int32_t no = 0;
    std::int32_t abstain = 0;
};
VECHE_FIELDS(enter_hand_count, (vote, "The vote."), (yes, "Hands in favour."),
             (no, "Hands against."), (abstain, "Hands that abstained."))

struct hand_vote {
    std::string seat;
    std::optional<vote_choice> choice;
};
VECHE_FIELDS(hand_vote, (seat, "The seat."), (choice, "What its hand said; nothing if it rested."))

/// Power "preside". A ballot that the holder of a seat has cast is never replaced by the chair's
/// entry, but the holder may replace the entry. Seats that are not named stay as they are.
struct enter_hand_votes {
    static constexpr wire_info wire{"assembly.enter_hand_votes", 1,
                                    "Enter a show of hands seat by seat."};
    vote_id vote;
    std::vector<hand_vote> ballots;
};
VECHE_FIELDS(enter_hand_votes, (vote, "The vote."), (ballots, "The seats and their hands."))

/// By the holder of the seat, within the charter's time after closing. The ballot stays; whether
/// the correction counts is the charter's to say.
struct correct_ballot {
    static constexpr wire_info wire{"assembly.correct_ballot", 1,
                                    "State after a vote that something else was meant."};
    vote_id vote;
    std::string seat;
    vote_choice choice{};
    localized reason;
};
VECHE_FIELDS(correct_ballot, (vote, "The vote."), (seat, "The seat you voted for."),
             (choice, "What was meant."), (reason, "Why, by language."))

/// By the holder of the seat, to another seat of the same body that has a holder. For one vote, or
/// for all votes of the session.
struct give_proxy {
    static constexpr wire_info wire{"assembly.give_proxy", 1,
                                    "Let another seat vote for a seat in a session."};
    session_id session;
    std::string seat;
    std::string proxy;
    std::optional<vote_id> vote;
};
VECHE_FIELDS(give_proxy, (session, "The session."), (seat, "The seat that is represented."),
             (proxy, "The seat that votes for it."),
             (vote, "The one vote it is given for; the whole session where nothing is said."))

/// By the holder of the seat. Ballots cast before stay.
struct revoke_proxy {
    static constexpr wire_info wire{"assembly.revoke_proxy", 1, "Revoke a proxy."};
    session_id session;
    std::string seat;
    std::optional<vote_id> vote;
};
VECHE_FIELDS(revoke_proxy, (session, "The session."), (seat, "The seat that was represented."),
             (vote, "The one vote it was given for; the whole session where nothing is said."))

/// By the holder of the seat, while a silence procedure runs: a no with its reason. A later ballot
/// of the seat that says otherwise withdraws it.
struct object_to_silence {
    static constexpr wire_info wire{"assembly.object_to_silence", 1,
                                    "Object to a text under a silence procedure."};
    vote_id vote;
    std::string seat;
    localized reason;
};
VECHE_FIELDS(object_to_silence, (vote, "The vote."), (seat, "The seat that objects."),
             (reason, "Why, by language."))

/// Power "preside". A motion that was not adopted is put again under the rule that the charter has
/// for the next round.
struct open_next_round {
    static constexpr wire_info wire{"assembly.open_next_round", 1,
                                    "Put a motion again that was not adopted."};
    vote_id vote;
    motion_id motion;
    std::optional<instant> closes;
    std::vector<std::string> aside;
};
VECHE_FIELDS(open_next_round, (vote, "Id of the new vote."), (motion, "The motion."),
             (closes, "When it closes by itself; by the chair only where nothing is said."),
             (aside, "Seats that stand aside: a conflict of interest, or not concerned."))

using casting_commands =
    std::tuple<cast_split_ballot, enter_hand_count, enter_hand_votes, correct_ballot, give_proxy,
               revoke_proxy, object_to_silence, open_next_round>;

}  // namespace veche::assembly
