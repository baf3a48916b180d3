#pragma once
// Judges an answer from what was asked and the certificate alone. Shares no code with the engines:
// it includes no header of theirs, compares fractions
// in a way of its own, and finds what it needs in one pass over the parties (the methods that go
// seat by seat: seat by seat).

#include <string>
#include <vector>

#include "shares/shares.hpp"

namespace veche::shares {

/// What is wrong, in words; empty where all holds.
///
/// Divisor methods: no last seat has a lower quotient than any next one; those for whom both are
/// equal are exactly the tied. Largest remainders: the level is right, whole quotas are given, and
/// no rest that was rounded up is below one that was not. Quota method, Dutch law: each award is
/// one that the rule demands at that point; that the list of tied outcomes is complete is checked
/// for the quota method as far as there are few states, and not for the Dutch law.
std::string fault_in(const contest&, const certificate&);

/// Every share is what the rule says at the level named, everyone stops at the level at which it
/// says so (which proves that nobody's share can rise without lowering one that is no greater), and
/// units are rounded by largest remainder.
std::string fault_in(const division&, const division_certificate&);

/// Every region is owed its part and its residue, no unit went to one who was owed less than one
/// who did not get it, and what is carried on is what is left, cut to billionths by largest rest.
std::string fault_in(const delivery&, const delivered&);

/// Every group is shared out among as many seats as it was given above, and each level holds.
std::string fault_in(const grouped_contest&, const std::vector<level_result>&);

}  // namespace veche::shares
