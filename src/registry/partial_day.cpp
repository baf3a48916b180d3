#include "registry/partial_day.hpp"

#include <string>

#include "kernel/months.hpp"

namespace veche::registry {
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

}  // namespace veche::registry
