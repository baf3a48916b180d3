#pragma once
// The arithmetic under a tally, shared by the outcome and its reasons: who is counted by a measure,
// and whether a condition holds. 128-bit integers, nothing rounded.

#include <cstddef>
#include <limits>

#include "charter/rule.hpp"

namespace veche::charter {

inline constexpr std::size_t nobody = std::numeric_limits<std::size_t>::max();

/// An electorate with its ballots, as conditions see it.
struct tallied {
    std::vector<const voter*> voters;
    std::vector<ballot> ballots;  ///< of the voter at the same position
    /// A chair or a lot in favour, once there is a tie: one more vote in favour, by number, among
    /// all.
    bool casting_vote = false;
    /// Beside `ballots` where somebody has split the weight called so; empty otherwise.
    std::vector<const split_votes*> splits = {};
    std::string split_weight = {};
};

/// Positions of some voters: all of them, or a group.
using members = std::vector<std::size_t>;

members everybody(const tallied&);
/// Members with one value of an attribute, which stands with a voter.
struct group {
    std::string_view value;
    members inside;
};
/// The groups of these members by an attribute, in the order of its values. Voters without the
/// attribute form the group "".
std::vector<group> groups_of(const tallied&, const members&, const std::string& by);
/// The one group that a condition within it looks at; nobody where there is none.
members group_of(const tallied&, const members&, const condition& within);

bool counts_in(selection, ballot);
int128 value_of(const measure&, const tallied&, const members&);
bool holds(const condition&, const tallied&, const members&);
bool compare(int128 left, comparison, ratio share, int128 right);

/// The ballots as the rule sees them: by voter, or collapsed into blocs by the attribute "st".
struct assembled {
    std::vector<voter> blocs;       ///< the voters where seats vote as blocs
    std::vector<bloc_ballot> said;  ///< the one ballot of each
    tallied all;
    /// The same for the quorum, where some ballots do not count towards it.
    std::optional<tallied> for_quorum;
    std::size_t chair = nobody;  ///< position of the chair's ballot, or of its bloc's
    std::string fault;  ///< why the ballots do not fit, as a key of a phrase; "" if they do
    std::vector<std::string> fault_args;
};
/// `voters` must outlive the result, which is therefore neither copied nor moved.
void assemble(const rule&, std::span<const voter> voters, const ballot_map&, const circumstances&,
              assembled& into);
/// The same of ballots in the order of the voters.
void assemble_in_order(const rule&, std::span<const voter> voters, std::span<const ballot> said,
                       const circumstances&, assembled& into);

enum class stage : std::uint8_t {
    unfit,
    no_quorum,
    nothing_cast,
    passed,
    silence_running,
    tie_decided,
    lot_pending,
    no_majority,
    no_opinion
};

struct finding {
    charter::outcome outcome{};
    stage reached{};
    bool tied = false;  ///< and the rule has an answer to that
};
/// Heads or tails from a public seed: the last bit of its hash.
bool lot_says_yes(const std::string& seed);
finding find_outcome(const rule&, const assembled&, const circumstances&);

}  // namespace veche::charter
