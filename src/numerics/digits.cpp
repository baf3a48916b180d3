#include "numerics/digits.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace veche::numerics {
namespace {

template <class... How>
std::string as_text(double value, How... how) {
    if (std::isnan(value)) return "nan";
    if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
    if (value == 0) value = 0;  // without its sign
    std::array<char, 400> buffer{};
    const auto end = std::to_chars(buffer.begin(), buffer.end(), value, how...).ptr;
    return {buffer.begin(), end};
}

}  // namespace

std::string digits(double value, int significant) {
    return as_text(value, std::chars_format::general, significant);
}

std::string shortest(double value) {
    return as_text(value);
}

std::string decimals(double value, int count) {
    std::string text = as_text(value, std::chars_format::fixed, count);
    // What rounds to zero has no sign.
    if (text.starts_with('-') && text.find_first_of("123456789nif") == std::string::npos)
        text.erase(0, 1);
    return text;
}

}  // namespace veche::numerics
