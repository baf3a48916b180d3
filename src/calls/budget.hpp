#pragma once
// A budget divided by the votes of citizens: the method of equal shares of the room budgeting, with
// its certificate, which other code of that room checks from the ballots alone.

#include "budgeting/certificate.hpp"
#include "budgeting/election.hpp"
#include "budgeting/equal_shares.hpp"
#include "calls/run.hpp"

namespace veche::calls {

/// What was counted, kept for the explanations.
struct voted_result {
    budgeting::election on;  ///< ids of projects are the numbers of applicants
    budgeting::certificate proof;
};

/// Projects that can be funded and that some ballot names, by applicant, and all ballots. Marks for
/// others fall away; their voters still count.
budgeting::election election_of(const call&, const ballot_box&,
                                const std::vector<candidate>& candidates);
/// As the engine wants them. `seed`: of the lots.
budgeting::shares_rules shares_rules_of(const call&, const budgeting::election&,
                                        const hash256& seed);
/// Whether any ballot names a candidate.
bool any_support(const run_input&);
/// Equal shares, with what is done about the rest as the call says.
run_result allocate_budget(const run_input&);

}  // namespace veche::calls
