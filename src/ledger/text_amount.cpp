#include "ledger/text_amount.hpp"

#include <algorithm>

namespace veche::ledger {
namespace {

/// What a unit without quotes is not made of.
bool ends_unit(char c) {
    return is_digit(c) ||
           std::string_view(" \t-+.,;@=*{}()[]\"&|<>#!?/\\^~:").find(c) != std::string_view::npos;
}

}  // namespace

void amount_reader::skip_spaces() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
}

/// Takes a sign; true where it is a minus.
bool amount_reader::read_sign() {
    if (at_ == text_.size() || (text_[at_] != '-' && text_[at_] != '+')) return false;
    const bool minus = text_[at_++] == '-';
    skip_spaces();
    return minus;
}

bool amount_reader::read() {
    skip_spaces();
    bool negative = read_sign();
    if (at_ == text_.size()) return fail("an amount is missing");
    const bool unit_first = !is_digit(text_[at_]) && text_[at_] != '.';
    if (unit_first) {
        if (!read_unit()) return false;
        skip_spaces();
        negative = read_sign() != negative;
    }
    if (!read_number()) return false;
    if (!unit_first) {
        skip_spaces();
        if (at_ < text_.size() && (text_[at_] == '"' || !ends_unit(text_[at_])) && !read_unit())
            return false;
    }
    skip_spaces();
    if (negative) number_.digits = -number_.digits;
    return true;
}

bool amount_reader::read_unit() {
    if (text_[at_] == '"') {
        const std::size_t end = text_.find('"', at_ + 1);
        if (end == std::string_view::npos || end == at_ + 1)
            return fail("a quoted unit does not end");
        unit_ = text_.substr(at_ + 1, end - at_ - 1);
        at_ = end + 1;
        return true;
    }
    const std::size_t begin = at_;
    while (at_ < text_.size() && !ends_unit(text_[at_])) ++at_;
    unit_ = text_.substr(begin, at_ - begin);
    return !unit_.empty() || fail("an amount is not a number and a unit");
}

bool amount_reader::read_number() {
    // Nearly all numbers are digits, a point, digits; those with commas are looked at again.
    const std::size_t begin = at_;
    std::int64_t digits = 0;
    std::int32_t places = -1;
    for (; at_ < text_.size(); ++at_) {
        const char c = text_[at_];
        if (is_digit(c)) {
            if (static_cast<std::int32_t>(at_ - begin) >= max_digits)
                return read_grouped(text_.substr(begin));
            digits = digits * 10 + (c - '0');
            places += places >= 0;
        } else if (c == '.' && places < 0 && mark_ != decimal_mark::comma) {
            places = 0;
        } else if (c == ',' || c == '.') {
            return read_grouped(text_.substr(begin));
        } else {
            break;
        }
    }
    number_ = {digits, std::max(places, 0)};
    return at_ > begin + (places == 0 ? 1U : 0U) || fail("a number has no digits");
}

/// "1,234.50", "1.234,50", "1,000,000", "12,5".
bool amount_reader::read_grouped(std::string_view written) {
    written = written.substr(0, written.find_first_not_of("0123456789.,"));
    at_ = static_cast<std::size_t>(written.data() - text_.data()) + written.size();
    const std::size_t last = written.find_last_of(".,");
    char point = '\0';
    const bool mixed =
        written.find('.') != std::string_view::npos && written.find(',') != std::string_view::npos;
    if (last != std::string_view::npos) {
        const bool only_one = written.find_first_of(".,") == last;
        const bool repeated = written.find(written[last]) != last;
        const bool three = written.size() - last == 4;
        if (mark_ != decimal_mark::unknown)
            point = mark_ == decimal_mark::point ? '.' : ',';
        else if (only_one && written[last] == ',' && three)
            return fail(
                "a number such as 1,000 may be one or a thousand; say which by "
                "\"decimal-mark .\" at the top");
        else if (!repeated && (mixed || only_one))
            point = written[last];
    }
    if (point == '\0' && mixed) return fail("the marks in a number do not part it in threes");
    std::size_t since_mark = 0;
    bool after_point = false;
    bool grouped = false;
    number_ = {};
    std::int32_t count = 0;
    for (const char c : written) {
        if (is_digit(c)) {
            if (++count > max_digits) return fail("a number has more than 18 digits");
            number_.digits = number_.digits * 10 + (c - '0');
            number_.places += after_point;
            ++since_mark;
            continue;
        }
        if (after_point || (grouped && since_mark != 3))
            return fail("the marks in a number do not part it in threes");
        (c == point ? after_point : grouped) = true;
        since_mark = 0;
    }
    if (count == 0) return fail("a number has no digits");
    if (grouped && !after_point && since_mark != 3)
        return fail("the marks in a number do not part it in threes");
    return true;
}

}  // namespace veche::ledger
