#include "programme/period.hpp"

#include <string>

namespace veche::programme {
namespace {

/// Months `first` to `first + count - 1` of the year.
period months(int year, int first, int count) {
    const int after = first + count;
    const date next = date_from({after > 12 ? year + 1 : year, after > 12 ? after - 12 : after, 1});
    return {date_from({year, first, 1}), date{next.days - 1}};
}

}  // namespace

std::optional<period> parse_period(std::string_view text) {
    if (text.size() < 4) return std::nullopt;
    // A year exists if its first day does.
    const auto first = parse_date(std::string(text.substr(0, 4)) + "-01-01");
    if (!first) return std::nullopt;
    const int year = civil_of(*first).year;
    const std::string_view rest = text.substr(4);
    if (rest.empty()) return months(year, 1, 12);
    if (rest.size() == 3 && rest.starts_with("-H") && (rest[2] == '1' || rest[2] == '2'))
        return months(year, rest[2] == '1' ? 1 : 7, 6);
    if (rest.size() == 3 && rest.starts_with("-Q") && rest[2] >= '1' && rest[2] <= '4')
        return months(year, (rest[2] - '1') * 3 + 1, 3);
    if (rest.size() == 3) {
        const auto month = parse_date(std::string(text) + "-01");
        if (!month) return std::nullopt;
        return months(year, civil_of(*month).month, 1);
    }
    const auto day = parse_date(text);
    if (!day) return std::nullopt;
    return period{*day, *day};
}

}  // namespace veche::programme
