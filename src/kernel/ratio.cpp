#include "kernel/ratio.hpp"

#include <algorithm>
#include <charconv>

namespace veche {
namespace {

std::optional<std::int64_t> parse_integer(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty())
        return std::nullopt;
    return value;
}

}  // namespace

std::string to_text(ratio r) {
    return r.den == 1 ? std::to_string(r.num) : std::to_string(r.num) + "/" + std::to_string(r.den);
}

std::optional<ratio> parse_ratio(std::string_view text) {
    if (text.size() > 38) return std::nullopt;
    const auto slash = text.find('/');
    const auto num = parse_integer(text.substr(0, slash));
    if (!num) return std::nullopt;
    if (slash == std::string_view::npos) return ratio{*num, 1};
    const auto den = parse_integer(text.substr(slash + 1));
    if (!den || *den <= 0) return std::nullopt;
    return ratio{*num, *den};
}

std::string to_text(int128 value) {
    if (value == 0) return "0";
    const bool negative = value < 0;
    std::string digits;
    // Digit by digit on the negative side: the most negative value has no positive twin.
    for (int128 v = negative ? value : -value; v != 0; v /= 10)
        digits += static_cast<char>('0' - static_cast<int>(v % 10));
    if (negative) digits += '-';
    std::reverse(digits.begin(), digits.end());
    return digits;
}

}  // namespace veche
