#pragma once
// Decimal numbers, exactly.

#include <cstdint>
#include <string>

#include "kernel/ratio.hpp"

namespace veche::ledger {

/// A decimal number as written: digits × 10^-places. "12.50" keeps its two places.
struct decimal {
    int128 digits = 0;
    std::int32_t places = 0;
};

/// At most this many digits in a number, so that a sum of two of any places stays within 128 bits.
constexpr std::int32_t max_digits = 18;

/// `add` of numbers that do not have the same places.
bool add_at_other_places(decimal& to, const decimal& what);
/// Adds, at the larger number of places; false where the sum leaves 128 bits.
inline bool add(decimal& to, const decimal& what) {
    // Most numbers of a unit have the same places, and books are long.
    if (what.places == to.places)
        return !__builtin_add_overflow(to.digits, what.digits, &to.digits);
    return add_at_other_places(to, what);
}
decimal negative(const decimal&);
/// The same value?
bool same(const decimal&, const decimal&);
using veche::to_text;  // beside the one that follows
/// "-12.50"
std::string to_text(const decimal&);

}  // namespace veche::ledger
