#pragma once
// Units that come in deliveries (doses, kits), among regions by weight, so that what rounding gave
// one region too much is made up in the next delivery.

#include "kernel/result.hpp"
#include "shares/shares.hpp"

namespace veche::shares {

/// A residue is in billionths of a unit: what the region is still owed; below zero, was given too
/// much.
inline constexpr std::int64_t residue_scale = 1'000'000'000;
/// A region is owed so many units at most.
inline constexpr std::int64_t most_owed = 1'000;

struct region {
    std::string name;
    std::int64_t weight = 0;  ///< those who are eligible there
    std::int64_t residue = 0;
};
VECHE_FIELDS(region, (name, "The region."), (weight, "How many are eligible there."),
             (residue, "What earlier deliveries still owe it, in billionths of a unit."))

struct delivery {
    std::int64_t units = 0;
    tie_rule ties;
    std::vector<region> regions;
};
VECHE_FIELDS(delivery, (units, "Units that have come."),
             (ties, "Who gets a unit for which several stand equal."), (regions, "Among whom."))

struct delivered {
    std::vector<std::int64_t> given;
    /// To be carried to the next delivery; sum to zero. Empty where a tie is open.
    std::vector<std::int64_t> residues;
    std::vector<tie> ties;
    bool decided = true;
    bool operator==(const delivered&) const = default;
};
VECHE_FIELDS(delivered, (given, "Units of each region."),
             (residues, "What each is owed from now on, in billionths of a unit."),
             (ties, "Units for which several stand equal."),
             (decided, "Whether every unit is given."))

/// Each region is owed units x weight / all weights and its residue; each unit goes to whoever is
/// owed most. Without residues that is the method of largest remainders, so that in the long run a
/// region has its exact share but for less than a unit as long as weights stay. Residues are cut to
/// billionths by largest remainder too (equal ones by the order of the list), and sum to zero.
/// A region without weight gets nothing, whatever it is owed.
result<delivered> deliver(const delivery&);

}  // namespace veche::shares
