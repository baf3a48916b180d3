#pragma once
// The rules by which most cities choose: most votes first, as far as the budget goes.

#include <optional>
#include <vector>

#include "budgeting/certificate.hpp"
#include "budgeting/election.hpp"
#include "kernel/result.hpp"

namespace veche::budgeting {

struct greedy_rules {
    /// Stop at the first project that does not fit, instead of passing it over.
    bool no_skip = false;
    /// Only projects with at least so many points (of approval ballots votes).
    std::int64_t threshold = 0;
    /// What parts equal scores: the earlier of these; empty: as they stand in the election.
    std::vector<std::uint32_t> lottery = {};
};

/// In order of choice.
result<std::vector<std::uint32_t>> greedy(const election&, const greedy_rules&);

/// `rule`: as the certificate is to name it.
certificate certify(const election&, std::string_view rule,
                    const std::vector<std::uint32_t>& chosen, const greedy_rules&);

/// Chooses of `candidates` by votes as far as `money` goes, passing over what does not fit.
/// Equals go by `tie_rank`.
std::vector<std::uint32_t> spend_greedily(const election&, std::int64_t money,
                                          std::vector<std::uint32_t> candidates,
                                          const std::vector<std::uint32_t>& tie_rank);

/// Places of projects in a lottery order, or in their own where there is none. Refuses an order
/// that does not name each once.
result<std::vector<std::uint32_t>> lottery_places(const election&,
                                                  const std::vector<std::uint32_t>& lottery);

}  // namespace veche::budgeting
