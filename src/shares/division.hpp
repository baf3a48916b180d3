#pragma once
// An amount among claims that are more than it: what each gets exactly, and in whole units.

#include "kernel/result.hpp"
#include "shares/shares.hpp"

namespace veche::shares {

/// O(n log n). Refuses what is no division: names, numbers out of range. Where the amount is more
/// than all claims (of those with weight), everyone gets what they claim and the rest is left over.
/// Units by largest remainder; a tie is settled by the rule for ties, or stays open and `decided`
/// says so.
/// max_min and equal_losses: Aumann and Maschler 1985, "Game theoretic analysis of a bankruptcy
/// problem from the Talmud", which also gives the rule of the Talmud in terms of both.
result<division_certificate> divide_amount(const division&);

/// "max-min", "CEA", "equal-losses", "CEL", "talmud", "proportional".
result<division_rule> read_division_rule(std::string_view);

}  // namespace veche::shares
