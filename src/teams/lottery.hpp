#pragma once
// Lots from a public seed, bound to the call, the site and the person.

#include <string_view>

#include "kernel/hash.hpp"

namespace veche::teams {

/// SHA-256 of "veche-lottery-v1", the seed (32 raw bytes), call, programme and applicant, parted by
/// zero bytes: the key of all calls of Veche. Programme "*" where one lot serves all. Lower is
/// better.
inline hash256 lottery_key(std::string_view seed, std::string_view call, std::string_view programme,
                           std::string_view applicant) {
    const std::string_view zero("\0", 1);
    return sha256({"veche-lottery-v1", zero, seed, zero, call, zero, programme, zero, applicant});
}

}  // namespace veche::teams
