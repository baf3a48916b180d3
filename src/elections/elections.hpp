#pragma once
// Elections to posts, counted. Pure functions of papers: no state, no clock, no chance but a seed
// that is given. What comes out is a certificate: every stage with every figure and the reason of
// every step as a code with its figures, so that anyone can do the count again by hand.
//
// Votes are whole numbers of 1/100,000 of a vote (`unit`), in every method.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kernel/fields.hpp"

namespace veche::elections {

inline constexpr std::int64_t unit = 100'000;
/// Papers in all: the product of value, surplus and papers stays far below 2^127.
inline constexpr std::int64_t most_papers = 1'000'000'000;

enum class method : std::uint8_t {
    stv,        ///< ranked papers, the Scottish rule of 2007
    approval,   ///< each paper marks as many as it likes
    plurality,  ///< each paper marks one
    yes_no      ///< each paper says yes, no or nothing of each
};
VECHE_CHOICES(method, stv, approval, plurality, yes_no)

/// What it takes to be elected, beyond being among the first. STV has its quota instead.
enum class needed : std::uint8_t {
    most,                 ///< nothing more; of yes and no: more yes than no
    majority_of_papers,   ///< more than half of the papers that mark anybody
    majority_of_electors  ///< more than half of all who may vote
};
VECHE_CHOICES(needed, most, majority_of_papers, majority_of_electors)

/// A kind of paper and how many say the same. STV reads `marks` as an order of preference; yes_no
/// reads them as yes, and `against` as no.
struct paper {
    std::int64_t count = 1;
    std::vector<std::string> marks;
    std::vector<std::string> against;
    bool operator==(const paper&) const = default;
};
VECHE_FIELDS(paper, (count, "How many papers say this."),
             (marks, "Candidates marked; by preference where the method ranks."),
             (against, "Candidates against whom it speaks."))

/// Everything that a count depends on.
struct contest {
    method how{};
    needed needs{};
    std::int32_t posts = 1;
    std::int64_t electors = 0;  ///< read only for majority_of_electors
    std::vector<std::string> candidates;
    std::vector<paper> papers;
    std::optional<std::string> seed;  ///< for lots
};

enum class stage_kind : std::uint8_t { first_count, surplus, exclusion };
VECHE_CHOICES(stage_kind, first_count, surplus, exclusion)

enum class standing : std::uint8_t { continuing, elected, excluded };
VECHE_CHOICES(standing, continuing, elected, excluded)

/// Codes and what stands in `args` (candidates by id, votes as "12.50000"):
///   largest_surplus  candidate, surplus      lowest         candidate, votes
///   tie_at_stage     number of the stage     tie_by_lot     number of the lot
///   reached_quota    candidate, votes        places_left    candidate
///   most_votes       candidate, votes        more_yes       candidate, votes, votes against
///   not_enough       candidate, votes        majority       votes needed, or the most that miss it
///   runoff           candidate, candidate    no_papers
struct reason {
    std::string code;
    std::vector<std::string> args;
    bool operator==(const reason&) const = default;
};
VECHE_FIELDS(reason, (code, "Kind of reason."), (args, "Its figures."))

/// One candidate after a stage. `change`: what the stage added or took.
struct row {
    std::string candidate;
    std::int64_t votes = 0;
    std::int64_t change = 0;
    std::optional<std::int64_t> against;
    standing stands{};
    bool operator==(const row&) const = default;
};
VECHE_FIELDS(row, (candidate, "The candidate."), (votes, "Votes after the stage, in 1/100,000."),
             (change, "What the stage added or took, in 1/100,000."),
             (against, "Votes against, where papers can say no."),
             (stands, "Where the candidate stands after the stage."))

/// A lot: of those named, the one whose SHA-256 of "veche lot 1", the seed, the number of the lot
/// and the candidate, each ended by a line feed, is lowest (lot.hpp).
struct lot {
    std::int32_t number = 1;
    std::vector<std::string> among;
    std::string drawn;
    bool operator==(const lot&) const = default;
};
VECHE_FIELDS(lot, (number, "Which lot of this count, from 1."), (among, "Among whom."),
             (drawn, "Who was drawn."))

struct stage {
    std::int32_t number = 1;
    stage_kind kind{};
    std::optional<std::string> of;
    std::vector<row> rows;
    std::int64_t non_transferable = 0;
    std::int64_t residual = 0;
    std::vector<std::string> elected;
    std::vector<reason> reasons;
    std::vector<lot> lots;
    bool operator==(const stage&) const = default;
};
VECHE_FIELDS(stage, (number, "Which stage, from 1."), (kind, "What happens in it."),
             (of, "Whose papers are transferred."), (rows, "Every candidate, in their order."),
             (non_transferable, "Votes that name nobody further, in 1/100,000, so far."),
             (residual, "What rounding down has lost so far, in 1/100,000."),
             (elected, "Who is elected in it, the most votes first."),
             (reasons, "Why, step by step."), (lots, "Lots that were drawn."))

enum class result_kind : std::uint8_t { filled, partly_filled, runoff, nobody };
VECHE_CHOICES(result_kind, filled, partly_filled, runoff, nobody)

struct certificate {
    method how{};
    needed needs{};
    std::int32_t posts = 1;
    std::int64_t papers = 0;
    std::int64_t blank = 0;
    std::optional<std::int64_t> quota;
    std::vector<stage> stages;
    result_kind outcome{};
    std::vector<std::string> elected;
    std::vector<std::string> runoff;
    bool operator==(const certificate&) const = default;
};
VECHE_FIELDS(certificate, (how, "The method."), (needs, "What it takes to be elected."),
             (posts, "Posts to fill."), (papers, "Papers that mark somebody."),
             (blank, "Papers that mark nobody."), (quota, "The quota, in 1/100,000."),
             (stages, "Every stage of the count."), (outcome, "What came out."),
             (elected, "Who is elected, in the order of election."),
             (runoff, "Between whom a second round is held."))

/// Counts. Refuses what is no election (posts, candidates, papers), and a tie that only a lot can
/// break where no seed is given: `elections.lot_needed` names those who tie.
///
/// STV: The Scottish Local Government Elections Order 2007, schedule 1, rules 45 to 52 (from
/// memory; agrees with published counts of Glasgow 2007 stage by stage).
/// Approval, plurality: the most votes first. Plurality fills one post; where a majority is needed
/// and missed, the first two go to a runoff. Yes and no: who has enough yes, the most yes first,
/// then the fewest no. A tie for a place goes to lot.
result<certificate> count(const contest&);

/// "12.50000"
std::string votes_text(std::int64_t votes);

}  // namespace veche::elections
