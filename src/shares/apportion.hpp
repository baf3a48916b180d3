#pragma once
// Seats among parties by any method, with the certificate.

#include <string_view>
#include <utility>

#include "kernel/result.hpp"
#include "shares/shares.hpp"

namespace veche::shares {

/// Refuses what is no apportionment (names, numbers, bounds that leave no way, a method for which
/// bounds are not defined), and what a method that goes seat by seat would take too long for.
/// A tie is no refusal: the certificate names it, and `decided` says whether the rule for ties has
/// settled it. The largest-remainder method with bounds rounds the quotas that proportion within
/// the bounds gives.
result<certificate> apportion(const contest&);

/// Levels from above, each group after the one it is in. Where a tie stays open, what depends on it
/// is not shared out, and no level says so but the one of the tie.
result<std::vector<level_result>> apportion_groups(const grouped_contest&);

/// The order in which those named get a place for which they stand equal.
result<std::vector<std::size_t>> rank_by(const tie_rule&, const std::vector<std::string>& names);

/// Settles a tie by an order: moves seats among the tied, and says who got one.
struct divided;
tie settle(divided&, const std::vector<std::string>& names, const std::vector<std::size_t>& rank,
           tie_policy);

/// "dhondt", "Jefferson", "sainte-lague", "divisors:1,3,2" ...: a method as people write it.
result<std::pair<method, std::optional<divisor_row>>> read_method(std::string_view);

}  // namespace veche::shares
