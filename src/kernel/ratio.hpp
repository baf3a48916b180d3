#pragma once
// Exact fractions with 64-bit parts, compared through 128-bit products. Nothing is ever rounded.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace veche {

__extension__ typedef __int128 int128;

/// A fraction as written ("65/100" stays 65/100); den > 0. Text form "65/100", or "9" for 9/1.
struct ratio {
    std::int64_t num = 0;
    std::int64_t den = 1;

    friend std::strong_ordering operator<=>(const ratio& a, const ratio& b) {
        return static_cast<int128>(a.num) * b.den <=> static_cast<int128>(b.num) * a.den;
    }
    friend bool operator==(const ratio& a, const ratio& b) { return (a <=> b) == 0; }
};

std::string to_text(ratio r);
/// "n" or "n/d", both decimal, d > 0, at most 18 digits each, an optional leading minus; or
/// nothing.
std::optional<ratio> parse_ratio(std::string_view text);

std::string to_text(int128 value);

}  // namespace veche
