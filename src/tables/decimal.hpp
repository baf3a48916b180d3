#pragma once
// Decimal numbers as texts write them: a whole number over a power of ten, as long as it fits.

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace veche::tables {

/// What stands for a missing cell among mantissas.
inline constexpr std::int64_t no_mantissa = std::numeric_limits<std::int64_t>::min();
/// Digits that a mantissa holds without loss, and places behind the mark at most.
inline constexpr int most_digits = 18;

inline constexpr std::array<std::int64_t, 19> powers_of_ten = [] {
    std::array<std::int64_t, 19> out{};
    std::int64_t power = 1;
    for (std::size_t i = 0; i < out.size(); ++i, power *= i < out.size() ? 10 : 1) out[i] = power;
    return out;
}();

/// The number mantissa / 10^scale.
struct decimal {
    std::int64_t mantissa = 0;
    std::uint8_t scale = 0;
    bool operator==(const decimal&) const = default;
};

/// What the text of a cell is as a number. `mark` parts the whole from the fraction.
enum class number_form : std::uint8_t {
    none,   ///< no number: a word
    coded,  ///< digits with a zero in front, such as the product 010121: a code, not a number
    exact,  ///< a decimal that a mantissa holds
    real,   ///< a number with more digits, or an exponent out of reach
};

/// Reads the whole text. `out` is set where the form is exact or coded; its mantissa is no_mantissa
/// where that does not hold the digits.
number_form read_decimal(std::string_view text, char mark, decimal& out);

/// The double nearest to the decimal, as reading its digits would give.
double to_double(std::int64_t mantissa, std::uint8_t scale);

/// The double nearest to a text of form exact, real or coded; nothing where it is no number or out
/// of the range of doubles.
std::optional<double> read_double(std::string_view text, char mark);

/// Its digits, without an exponent: "-12.50" keeps its places.
std::string to_text(std::int64_t mantissa, std::uint8_t scale);
/// The shortest text that reads back as the same double.
std::string to_text(double value);

/// mantissa * 10^by, or nothing where it does not fit into 18 digits.
std::optional<std::int64_t> raised(std::int64_t mantissa, int by);

}  // namespace veche::tables
