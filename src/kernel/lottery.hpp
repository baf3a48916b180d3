#pragma once
// A public lottery: everyone has a number that anyone can work out from the seed, without the list
// of the others. The list is bound (its root published) before the randomness exists, so that
// nobody can aim; see docs/format/apportionment.md for the same on a command line.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/hash.hpp"

namespace veche {

/// The programme of a lottery that serves all programmes of a call.
inline constexpr std::string_view every_programme = "*";

/// SHA-256 of "veche-seed-v1", the root of the sorted list and the randomness that came out after
/// it was published.
hash256 lottery_seed(const hash256& root, const hash256& randomness);

/// SHA-256 of "veche-lottery-v1", the seed, the call, the programme and the applicant, parted by
/// zero bytes. The lowest number comes first.
hash256 lottery_key(const hash256& seed, std::string_view call, std::string_view programme,
                    std::string_view applicant);

/// Positions of the applicants in the order of their keys; equal keys (which nobody will see) stand
/// in the order of the bytes of the identifiers.
std::vector<std::size_t> lottery_order(const hash256& seed, std::string_view call,
                                       std::string_view programme,
                                       std::span<const std::string> applicants);

}  // namespace veche
