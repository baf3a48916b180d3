#include "evidence/terms.hpp"

#include <algorithm>

namespace veche::evidence {
namespace {

constexpr std::size_t max_digits = 18;

/// A decimal taken apart: its sign, and its digits before and after the point.
struct decimal_parts {
    bool below = false;
    std::string_view whole;
    std::string_view rest;
};

decimal_parts parts_of(std::string_view text) {
    decimal_parts out;
    if (text.starts_with('-')) {
        out.below = true;
        text.remove_prefix(1);
    }
    const std::size_t point = text.find('.');
    out.whole = text.substr(0, point);
    if (point != std::string_view::npos) out.rest = text.substr(point + 1);
    return out;
}

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_zero(const decimal_parts& d) {
    const auto zeros = [](std::string_view t) {
        return t.find_first_not_of('0') == std::string_view::npos;
    };
    return zeros(d.whole) && zeros(d.rest);
}

/// Of two decimals without their signs: whether `a` is at most `b`.
bool size_not_above(const decimal_parts& a, const decimal_parts& b) {
    if (a.whole.size() != b.whole.size()) return a.whole.size() < b.whole.size();
    if (a.whole != b.whole) return a.whole < b.whole;
    const std::size_t digits = std::max(a.rest.size(), b.rest.size());
    std::string left(a.rest);
    std::string right(b.rest);
    left.resize(digits, '0');
    right.resize(digits, '0');
    return left <= right;
}

}  // namespace

bool is_decimal(std::string_view text) {
    const decimal_parts d = parts_of(text);
    const bool point = text.find('.') != std::string_view::npos;
    if (d.whole.empty() || (point && d.rest.empty())) return false;
    if (!all_digits(d.whole) || !all_digits(d.rest)) return false;
    if (d.whole.size() > 1 && d.whole.front() == '0') return false;
    if (d.below && is_zero(d)) return false;
    return d.whole.size() + d.rest.size() <= max_digits;
}

bool not_above(std::string_view a, std::string_view b) {
    const decimal_parts left = parts_of(a);
    const decimal_parts right = parts_of(b);
    if (left.below != right.below) return left.below;
    return left.below ? size_not_above(right, left) : size_not_above(left, right);
}

}  // namespace veche::evidence
