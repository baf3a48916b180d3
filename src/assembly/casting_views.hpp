#pragma once
// What a vote shows besides its ballots: hands, rounds, corrections, objections, proxies.

#include "assembly/view_parts.hpp"

namespace veche::assembly {

struct objection_view {
    std::string seat;
    localized name;
    localized reason;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(objection_view, (seat, "The seat."), (name, "Title of the seat."),
             (reason, "Why it objects, by language."), (at, "When."), (seq, "Journal entry."))

struct correction_view {
    std::string seat;
    localized name;
    charter::ballot ballot{};
    vote_choice choice{};
    localized reason;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(correction_view, (seat, "The seat."), (name, "Title of the seat."),
             (ballot, "What it had cast."), (choice, "What it says it meant."),
             (reason, "Why, by language."), (at, "When."), (seq, "Journal entry."))

/// Whatever is peculiar to how this vote is taken. Empty where nothing is.
struct casting_view {
    std::optional<charter::hand_entry> hands;
    std::vector<charter::hand_entry> may_enter;
    std::int32_t hands_possible = 0;
    std::optional<std::string> split;
    bool silence = false;
    std::vector<objection_view> objections;
    bool written = false;
    std::optional<std::int32_t> round;
    std::optional<vote_id> before;
    std::optional<vote_id> after;
    bool no_abstention = false;
    bool next_round = false;
    std::vector<correction_view> corrections;
    std::optional<ballot_counts> corrected;
    std::optional<instant> corrections_end;
    bool corrections_decide = false;
    std::optional<bool> proxies_in_quorum;
};
VECHE_FIELDS(casting_view, (hands, "How a show of hands was entered, where it was one."),
             (may_enter, "How the charter lets the chair enter one now."),
             (hands_possible, "How many seats can raise a hand now."),
             (split, "The weight that voters may split here."),
             (silence, "Whether silence adopts: only an objection breaks it."),
             (objections, "Objections that stand."),
             (written, "Whether it is held by correspondence."),
             (round, "Its round, from 1, where there are several."),
             (before, "The vote of the round before."), (after, "The vote of the round after."),
             (no_abstention, "Whether only yes and no can be said."),
             (next_round, "Whether the viewer may put the motion again now."),
             (corrections, "What seats say they meant, in the order of the journal."),
             (corrected, "The counts as they would be with the corrections."),
             (corrections_end, "When corrections end, once the vote is over."),
             (corrections_decide, "Whether the outcome waits for them."),
             (proxies_in_quorum,
              "Whether ballots by proxy count towards the quorum; nothing without proxies."))

struct proxy_view {
    std::string seat;
    localized name;
    std::string by;
    localized by_name;
    std::optional<vote_id> vote;
    instant at;
    bool own = false;
    std::int64_t seq = 0;
};
VECHE_FIELDS(proxy_view, (seat, "The seat that is represented."), (name, "Its title."),
             (by, "The seat that votes for it."), (by_name, "Its title."),
             (vote, "The one vote it is for; the whole session where nothing is said."),
             (at, "When it was given."), (own, "Whether the viewer gave it."),
             (seq, "Journal entry."))

}  // namespace veche::assembly
