#pragma once
// What a budget's result says of itself, enough to be judged without the engine
// (certificate_check.hpp). Fractions are texts: "num/den" in lowest terms, "num" where den is 1.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kernel/fields.hpp"

namespace veche::budgeting {

enum class utility : std::uint8_t { cost, cardinality };
VECHE_CHOICES(utility, cost, cardinality)

/// One project bought by shares.
struct purchase {
    std::string project;
    std::int64_t cost = 0;
    std::string price;            ///< the most that a supporter pays, for each point
    std::string effective_votes;  ///< cost / price; by cardinality 1 / price; times the share
    /// Of its cost that the price is reckoned from, where supporters could pay only a part fairly
    /// (bounded overspending); absent: all of it.
    std::optional<std::string> share = {};
};
VECHE_FIELDS(purchase, (project, "Id of the project."), (cost, "Its cost in minor units."),
             (price, "The most that a supporter pays, for each point that they gave."),
             (effective_votes, "Utility bought for one minor unit of the price, times the share."),
             (share, "The share of its cost that could be paid fairly; absent: all."))

struct certificate {
    std::string rule;        ///< "equal-shares", "greedy", ...
    std::string completion;  ///< of equal shares, else ""
    std::string stop;        ///< of runs with rising endowments, else ""
    utility measure = utility::cost;
    std::int64_t budget = 0;
    std::int64_t voters = 0;
    std::string endowment;  ///< of each voter; "" where nobody pays
    std::vector<purchase> purchases;
    std::vector<std::string> completed;  ///< chosen after them, without shares
    std::vector<std::string> excluded;   ///< by the filter of the call, before the run
    std::int64_t cost = 0;               ///< of all that is chosen
};
VECHE_FIELDS(certificate, (rule, "The rule of the call."),
             (completion, "How money left over was used."),
             (stop, "When rising endowments stopped."),
             (measure, "What a voter gets of a project."), (budget, "The budget in minor units."),
             (voters, "Ballots counted."), (endowment, "Money of each voter at the beginning."),
             (purchases, "What was bought by shares, in order."),
             (completed, "What was chosen after that."),
             (excluded, "What the filter of the call left out."), (cost, "Cost of what is chosen."))

}  // namespace veche::budgeting
