#pragma once
// The method of equal shares (Peters, Pierczynski, Skowron, "Proportional participatory budgeting
// with additive utilities", 2021) with its completions. Every voter holds an equal part of the
// budget; what is bought next costs its supporters the least for what it gives them.

#include <optional>
#include <vector>

#include "budgeting/certificate.hpp"
#include "budgeting/election.hpp"
#include "kernel/ratio.hpp"
#include "kernel/result.hpp"

namespace veche::budgeting {

/// What is done about money that is left.
enum class completion : std::uint8_t {
    none,              ///< nothing
    utilitarian,       ///< the greedy rule spends it
    add1,              ///< endowments rise by a step as long as the cost stays within the budget
    add1_utilitarian,  ///< and the greedy rule spends what is left then
    integral,          ///< as add1, from the whole part of the endowment
    comparison,        ///< as add1, or the greedy outcome where more voters prefer it
    bos,               ///< no completion but another run: overspending.hpp
    ees_addopt,        ///< equal parts, endowments rising by what changes a run: exact_shares.hpp
};
VECHE_CHOICES(completion, none, utilitarian, add1, add1_utilitarian, integral, comparison, bos,
              ees_addopt)

/// Where rising endowments stop: at the first run that costs more than the budget, or before that
/// at the first whose outcome leaves nothing that fits into the money left.
enum class stopping : std::uint8_t { overshoot, exhaustive };
VECHE_CHOICES(stopping, overshoot, exhaustive)

/// What parts equals, before the lottery order does.
enum class tie_rule : std::uint8_t { least_cost, most_votes };
VECHE_CHOICES(tie_rule, least_cost, most_votes)

struct shares_rules {
    utility measure = utility::cost;
    completion then = completion::none;
    stopping stop = stopping::overshoot;
    std::int64_t step = 1;           ///< minor units for each voter
    std::optional<ratio> endowment;  ///< nothing: the budget divided by the voters
    /// Leaves a project out before the run where votes / voters < cost / (this x budget); 0: none.
    std::int64_t filter = 0;
    std::vector<tie_rule> ties = {tie_rule::least_cost, tie_rule::most_votes};
    /// The last resort, the same in all runs: projects in the order of a lottery held before.
    /// Empty: as they stand in the election.
    std::vector<std::uint32_t> lottery;
    std::int64_t most_runs = 1'000'000;
    /// Endowments rise so often at most, and the run then made counts; 0: no such end.
    std::int64_t most_rises = 0;
};

struct shares_outcome {
    std::vector<std::uint32_t> bought;  ///< by shares, in order
    std::vector<std::uint32_t> added;   ///< after them, without shares
    std::vector<std::uint32_t> excluded;
    ratio endowment;        ///< of the run that counts; not reduced
    std::int64_t cost = 0;  ///< of bought and added
    std::int64_t runs = 0;
    std::int64_t asked_exactly = 0;  ///< questions that doubles left open
    std::int64_t entries_read = 0;   ///< of ballots, over all runs
    bool greedy_preferred = false;   ///< by comparison: `added` is the greedy outcome, alone
    /// By bos and ees_addopt, whose endowment need not fit `endowment`: rows of a certificate.
    std::vector<purchase> paid;
    std::string paid_from;  ///< the endowment

    /// bought and added.
    [[nodiscard]] std::vector<std::uint32_t> chosen() const;
};

result<shares_outcome> equal_shares(const election&, const shares_rules&);

/// Each project's place among equals under these rules, the least first.
std::vector<std::uint32_t> tie_ranks(const election&, const shares_rules&);

/// With the prices of what was bought, exactly.
certificate certify(const election&, const shares_rules&, const shares_outcome&);

}  // namespace veche::budgeting
