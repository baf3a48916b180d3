#pragma once
// Why a party or claimant has what it has, in figures, and what would have changed it. No figure
// of anybody else stands in it but the line that all share.

#include "shares/shares.hpp"

namespace veche::shares {

/// Own part in a tie; nothing about who the others are.
struct tie_part {
    std::int64_t places = 0;
    std::int64_t equal = 0;  ///< how many stood equal
    bool open = false;
    bool won = false;
    std::optional<std::string> your_key;
    std::optional<std::string> last_key;  ///< the highest number that won
    bool operator==(const tie_part&) const = default;
};
VECHE_FIELDS(tie_part, (places, "Places for which several stood equal."),
             (equal, "How many stood equal."), (open, "Whether it is open."),
             (won, "Whether this one got a place."), (your_key, "Own number in the lottery."),
             (last_key, "The highest number that won."))

struct explanation {
    std::string party;
    std::int64_t votes = 0;
    std::string fair_share;  ///< votes x seats / all votes
    std::int64_t seats = 0;
    std::optional<std::string> last_quotient;
    std::optional<std::string> next_quotient;
    std::optional<std::string> line;  ///< the least with which a seat was won
    bool at_least = false;            ///< has only what its minimum gives
    bool at_most = false;
    std::optional<tie_part> tied;
    std::optional<std::int64_t> more_votes;   ///< the others as they are: for one seat more
    std::optional<std::int64_t> fewer_votes;  ///< that would have cost one
};
VECHE_FIELDS(explanation, (party, "The party."), (votes, "Its votes."),
             (fair_share, "Votes x seats / all votes."), (seats, "Seats it gets."),
             (last_quotient, "Quotient, or rest, for the last seat it has."),
             (next_quotient, "Quotient, or rest, for the next one."),
             (line, "The least with which a seat was won."),
             (at_least, "Whether it has no more than its minimum."),
             (at_most, "Whether it has its maximum."), (tied, "Its part in a tie."),
             (more_votes, "Votes more that would give it one seat more, the others as they are."),
             (fewer_votes, "Votes fewer that would cost it one."))

/// Of party number `which`. Quotients of Huntington-Hill are written as roots, "sqrt 25/2". What
/// would have changed it is found by apportioning again with other votes and is left out where that
/// would take long.
explanation explain(const contest&, const certificate&, std::size_t which);

/// The explanation as an English sentence.
std::string sentence_of(const explanation&);

struct division_explanation {
    std::string claimant;
    std::int64_t claim = 0;
    std::string exact;
    std::int64_t units = 0;
    std::string level;    ///< at which it stopped
    bool full = false;    ///< has all it claims
    bool losses = false;  ///< the level is of losses
    std::optional<tie_part> tied;
};
VECHE_FIELDS(division_explanation, (claimant, "The claimant."), (claim, "The claim."),
             (exact, "The share exactly."), (units, "The share in whole units."),
             (level, "The level at which it stopped."), (full, "Whether it has all it claims."),
             (losses, "Whether the level is of losses."), (tied, "Its part in a tie."))

struct delivery_explanation {
    std::string region;
    std::int64_t weight = 0;
    std::string owed;          ///< exactly
    std::int64_t earlier = 0;  ///< of that from earlier deliveries, in billionths
    std::int64_t given = 0;
    std::optional<std::int64_t> carried;  ///< to the next delivery, in billionths
    std::optional<tie_part> tied;
    std::optional<std::int64_t> more_weight;  ///< the others as they are: for one unit more
};
VECHE_FIELDS(delivery_explanation, (region, "The region."), (weight, "How many are eligible."),
             (owed, "What it was owed exactly."),
             (earlier, "Of that from earlier deliveries, in billionths of a unit."),
             (given, "Units it gets."),
             (carried, "What it is owed in the next, in billionths of a unit."),
             (tied, "Its part in a tie."),
             (more_weight, "How many more eligible would give it one unit more."))

delivery_explanation explain(const delivery&, const delivered&, std::size_t which);
std::string sentence_of(const delivery_explanation&);

division_explanation explain(const division&, const division_certificate&, std::size_t which);
std::string sentence_of(const division_explanation&);

}  // namespace veche::shares
