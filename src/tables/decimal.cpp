#include "tables/decimal.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace veche::tables {
namespace {

constexpr std::int64_t exact_in_double = std::int64_t{1} << 53;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// The parts of a number's text: sign, whole digits, digits of the fraction, exponent.
struct number_parts {
    bool negative = false;
    std::string_view whole, fraction;
    int exponent = 0;
};

std::size_t digits_from(std::string_view text, std::size_t at) {
    while (at < text.size() && is_digit(text[at])) ++at;
    return at;
}

bool read_exponent(std::string_view text, std::size_t at, int& out) {
    if (at < text.size() && text[at] == '+') ++at;
    const char* end = text.data() + text.size();
    const auto [stopped, fault] = std::from_chars(text.data() + at, end, out);
    return fault == std::errc{} && stopped == end;
}

std::optional<number_parts> parts_of(std::string_view text, char mark) {
    number_parts out;
    std::size_t at = 0;
    if (at < text.size() && text[at] == '-') {
        out.negative = true;
        ++at;
    }
    const std::size_t whole_end = digits_from(text, at);
    out.whole = text.substr(at, whole_end - at);
    at = whole_end;
    if (at < text.size() && text[at] == mark) {
        const std::size_t end = digits_from(text, at + 1);
        out.fraction = text.substr(at + 1, end - at - 1);
        at = end;
    }
    if (out.whole.empty() && out.fraction.empty()) return std::nullopt;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        if (!read_exponent(text, at + 1, out.exponent)) return std::nullopt;
        at = text.size();
    }
    if (at != text.size()) return std::nullopt;
    return out;
}

}  // namespace

std::optional<std::int64_t> raised(std::int64_t mantissa, int by) {
    if (mantissa == 0 || by == 0) return mantissa;
    if (by < 0 || by > most_digits) return std::nullopt;
    const std::int64_t limit = powers_of_ten[most_digits] / powers_of_ten[by];
    if (mantissa >= limit || mantissa <= -limit) return std::nullopt;
    return mantissa * powers_of_ten[by];
}

number_form read_decimal(std::string_view text, char mark, decimal& out) {
    const auto parts = parts_of(text, mark);
    if (!parts) return number_form::none;
    const bool coded = parts->whole.size() > 1 && parts->whole[0] == '0' &&
                       parts->fraction.empty() && parts->exponent == 0;
    const number_form too_long = coded ? number_form::coded : number_form::real;
    out = {no_mantissa, 0};
    std::int64_t mantissa = 0;
    int digits = 0;
    for (const std::string_view part : {parts->whole, parts->fraction})
        for (const char c : part) {
            if (digits == 0 && c == '0') continue;
            if (++digits > most_digits) return too_long;
            mantissa = mantissa * 10 + (c - '0');
        }
    const std::int64_t scale = static_cast<std::int64_t>(parts->fraction.size()) - parts->exponent;
    if (scale > most_digits) return number_form::real;
    const auto lifted =
        raised(mantissa,
               scale < 0 ? static_cast<int>(std::min<std::int64_t>(-scale, most_digits + 1)) : 0);
    // A minus in front of zero is kept by the double alone.
    if (!lifted || (parts->negative && *lifted == 0)) return too_long;
    out = {parts->negative ? -*lifted : *lifted, static_cast<std::uint8_t>(scale < 0 ? 0 : scale)};
    return coded ? number_form::coded : number_form::exact;
}

double to_double(std::int64_t mantissa, std::uint8_t scale) {
    // Both parts are exact, so that the one division rounds as reading the digits would.
    if (mantissa <= exact_in_double && mantissa >= -exact_in_double)
        return static_cast<double>(mantissa) / static_cast<double>(powers_of_ten[scale]);
    return *read_double(to_text(mantissa, scale), '.');
}

std::optional<double> read_double(std::string_view text, char mark) {
    if (!parts_of(text, mark)) return std::nullopt;
    std::string pointed(text);
    std::replace(pointed.begin(), pointed.end(), mark, '.');
    double out = 0;
    const auto [end, fault] = std::from_chars(pointed.data(), pointed.data() + pointed.size(), out);
    if (fault != std::errc{} || end != pointed.data() + pointed.size()) return std::nullopt;
    return out;
}

std::string to_text(std::int64_t mantissa, std::uint8_t scale) {
    std::string digits = std::to_string(mantissa < 0 ? -mantissa : mantissa);
    if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
    if (scale > 0) digits.insert(digits.size() - scale, 1, '.');
    return mantissa < 0 ? "-" + digits : digits;
}

std::string to_text(double value) {
    char room[32];
    const auto made = std::to_chars(room, room + sizeof room, value);
    return {room, made.ptr};
}

}  // namespace veche::tables
