#pragma once
// Committees from approval ballots: every seat costs one, and there are as many as the budget says.
// Names of rules are those of abcvoting (Lackner, Skowron, "Multi-winner voting with approval
// preferences", 2023, which defines them). Everything is exact.

#include <vector>

#include "budgeting/certificate.hpp"
#include "budgeting/election.hpp"

namespace veche::budgeting {

enum class committee_rule : std::uint8_t {
    av,   ///< most approvals
    sav,  ///< each ballot shares one vote among those it approves
    pav,
    slav,
    cc,
    geom2,  ///< the best committee by Thiele's scores, by trying all
    seqpav,
    seqslav,
    seqcc,               ///< the same scores, one seat after another
    revseqpav,           ///< from all candidates, the one whose loss costs least leaves
    seqphragmen,         ///< loads grow evenly; the next is whoever is paid first
    phragmen_enestroem,  ///< supporters of a winner lose weight, a quota in all
    maximin_support,     ///< the next keeps the least supported as well supported as can be
    equal_shares,        ///< completed by seqphragmen from what was paid
    equal_shares_with_av_completion,
};
VECHE_CHOICES(committee_rule, av, sav, pav, slav, cc, geom2, seqpav, seqslav, seqcc, revseqpav,
              seqphragmen, phragmen_enestroem, maximin_support, equal_shares,
              equal_shares_with_av_completion)

/// Candidates and seats of a committee chosen by these rules: at most this many.
constexpr std::size_t most_seats = 30;

/// The members, ascending; equals by their order in the election. Candidates are `projects`; costs
/// are not read. Refuses more candidates or seats than most_seats, fewer candidates than seats, and
/// ballots that are no approvals.
result<std::vector<std::uint32_t>> committee(const election&, std::size_t seats, committee_rule);

}  // namespace veche::budgeting
