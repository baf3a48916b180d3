#pragma once
// How a body votes besides one ballot per seat cast by its holder while a vote is open, as its
// rules of procedure say. What is not said is not allowed.

#include <optional>
#include <string>
#include <vector>

#include "kernel/fields.hpp"

namespace veche::charter {

/// How the chair enters a show of hands: how many said what, or who said what.
enum class hand_entry : std::uint8_t { counted, named };
VECHE_CHOICES(hand_entry, counted, named)

/// A voter states after closing that they meant something else. The outcome stands, as in the
/// European Parliament, unless `decide`: then the vote is decided once the time for corrections is
/// over, with the corrected ballots.
struct correction_procedure {
    std::int32_t hours = 24;
    bool decide = false;
    bool operator==(const correction_procedure&) const = default;
};
VECHE_FIELDS(correction_procedure, (hours, "Hours after closing in which they may be stated."),
             (decide, "Whether they count: the outcome then comes when this time is over."))

/// The holder of a seat lets the holder of another vote for it. One level only.
struct proxy_procedure {
    std::int32_t most = 1;
    bool other_members = false;
    bool quorum = false;
    bool operator==(const proxy_procedure&) const = default;
};
VECHE_FIELDS(proxy_procedure, (most, "How many seats one seat may represent."),
             (other_members, "Whether a seat of another member may represent it."),
             (quorum, "Whether a ballot cast by proxy counts towards the quorum."))

/// What is put again after it was not adopted.
struct round_procedure {
    std::string rule;
    bool no_abstention = false;
    bool operator==(const round_procedure&) const = default;
};
VECHE_FIELDS(round_procedure, (rule, "The rule of this round."),
             (no_abstention, "Whether only yes and no may be said in it."))

struct vote_procedure {
    std::vector<hand_entry> hands;
    std::optional<std::string> split;
    std::optional<correction_procedure> corrections;
    std::optional<proxy_procedure> proxies;
    std::optional<std::int32_t> written_hours;
    std::vector<round_procedure> rounds;
    bool operator==(const vote_procedure&) const = default;
};
VECHE_FIELDS(vote_procedure, (hands, "How the chair may enter a show of hands."),
             (split, "The weight that a voter may split between yes, no and abstention."),
             (corrections, "Whether and when voters may correct what they said."),
             (proxies, "Whether and how seats may be represented by other seats."),
             (written_hours,
              "How many hours a vote by correspondence is open at least; there is none where "
              "nothing is said."),
             (rounds, "Further rounds on a motion that was not adopted, in order."))

}  // namespace veche::charter
