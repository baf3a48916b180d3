#include "registry/partial_day.hpp"

#include <algorithm>
#include <string>

namespace veche::registry {
namespace {

date last_of_month(int year, int month) {
    const civil next = month == 12 ? civil{year + 1, 1, 1} : civil{year, month + 1, 1};
    return {date_from(next).days - 1};
}

}  // namespace

std::optional<day_span> read_partial_day(std::string_view text) {
    const std::string said(text);
    if (said.size() == 4) {
        const auto first = parse_date(said + "-01-01");
        const auto last = parse_date(said + "-12-31");
        if (first && last) return day_span{*first, *last};
    } else if (said.size() == 7) {
        const auto first = parse_date(said + "-01");
        if (!first) return std::nullopt;
        const civil day = civil_of(*first);
        return day_span{*first, last_of_month(day.year, day.month)};
    } else if (const auto day = parse_date(said)) {
        return day_span{*day, *day};
    }
    return std::nullopt;
}

date months_after(date from, int months) {
    const civil day = civil_of(from);
    const int counted = day.year * 12 + day.month - 1 + months;
    const int year = counted / 12;
    const int month = counted % 12 + 1;
    const int most = civil_of(last_of_month(year, month)).day;
    return date_from({year, month, std::min(day.day, most)});
}

}  // namespace veche::registry
