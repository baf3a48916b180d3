#pragma once
// Decimal numbers of files as whole ones of a common scale. Nothing is rounded.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace veche::budgeting {

/// A number as written: 12.50 is 125 with one decimal, zeros at the end being none.
struct decimal_text {
    std::int64_t digits = 0;
    int decimals = 0;

    /// The same number in units of 10^-scale; nothing where it is too large. scale >= decimals.
    [[nodiscard]] std::optional<std::int64_t> scaled(int scale) const;
};

/// Digits with at most one mark, a point or, where `comma` says so, a comma; a minus may stand
/// before them. At most six decimals other than zero.
std::optional<decimal_text> read_decimal(std::string_view text, bool comma);

/// The number of `digits` at a scale, with a point: (1250, 2) is "12.50".
std::string decimal_of(std::int64_t digits, int scale);

}  // namespace veche::budgeting
