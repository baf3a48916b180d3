#include "budgeting/decimal_text.hpp"

#include <algorithm>
#include <cstdlib>

namespace veche::budgeting {

std::optional<std::int64_t> decimal_text::scaled(int scale) const {
    std::int64_t out = digits;
    for (int n = decimals; n < scale; ++n)
        if (__builtin_mul_overflow(out, 10, &out)) return std::nullopt;
    return out;
}

std::optional<decimal_text> read_decimal(std::string_view text, bool comma) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const std::size_t mark = text.find_first_of(comma ? ".," : ".");
    std::string digits(text.substr(0, mark));
    std::string after(mark == std::string_view::npos ? "" : text.substr(mark + 1));
    if (digits.empty() || (mark != std::string_view::npos && after.empty())) return std::nullopt;
    after.erase(after.find_last_not_of('0') + 1);
    digits += after;
    if (after.size() > 6 || digits.size() > 18) return std::nullopt;
    std::int64_t value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return decimal_text{negative ? -value : value, static_cast<int>(after.size())};
}

std::string decimal_of(std::int64_t digits, int scale) {
    std::string out = std::to_string(std::abs(digits));
    if (scale > 0) {
        const auto places = static_cast<std::size_t>(scale);
        if (out.size() <= places) out.insert(0, places + 1 - out.size(), '0');
        out.insert(out.size() - places, 1, '.');
    }
    return digits < 0 ? "-" + out : out;
}

}  // namespace veche::budgeting
