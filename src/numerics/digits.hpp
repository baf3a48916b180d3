#pragma once
// Doubles as decimal text for people and programs.

#include <string>

namespace veche::numerics {

/// Digits given in results. Machines differ in the last of sixteen, because their processors add
/// in other orders; in twelve they agree.
inline constexpr int published_digits = 12;

/// The number with that many significant digits, zeros at the end left out: "0.25", "1.2e-07".
/// Minus zero is "0"; what is no number is "nan", "inf" or "-inf".
std::string digits(double value, int significant = published_digits);

/// The shortest text that reads back as the same double.
std::string shortest(double value);

/// With that many decimals, for columns: "1204.50".
std::string decimals(double value, int count);

}  // namespace veche::numerics
