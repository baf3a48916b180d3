// Figures against figures, in whole numbers of the last published digit.

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "findings/findings.hpp"

namespace veche::findings {
namespace {

std::size_t places_of(std::string_view decimal) {
    const std::size_t point = decimal.find('.');
    return point == std::string_view::npos ? 0 : decimal.size() - point - 1;
}

/// The decimal in units of 10^-places, rounded half away from zero; nothing where it is none.
std::optional<std::int64_t> in_units(std::string_view decimal, std::size_t places) {
    if (!evidence::is_decimal(decimal)) return std::nullopt;
    const bool below = decimal.starts_with('-');
    std::string digits(decimal.substr(below ? 1 : 0));
    const std::size_t own = places_of(digits);
    if (own > 0) digits.erase(digits.find('.'), 1);
    bool up = false;
    if (own > places) {
        up = digits[digits.size() - (own - places)] >= '5';
        digits.resize(digits.size() - (own - places));
    } else {
        digits.append(places - own, '0');
    }
    std::int64_t value = 0;
    if (!digits.empty()) {
        const auto [end, fault] =
            std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (fault != std::errc{}) return std::nullopt;
    }
    value += up ? 1 : 0;
    return below ? -value : value;
}

agreement agree(const std::string& published, const std::string& found) {
    const std::size_t places = places_of(published);
    const auto a = in_units(published, places);
    const auto b = in_units(found, places);
    if (!a || !b) return agreement::differs;
    return std::abs(*a - *b) <= 1 ? agreement::same : agreement::differs;
}

}  // namespace

std::vector<comparison> compare(std::span<const evidence::figure> published,
                                std::span<const evidence::figure> found) {
    std::vector<comparison> out;
    for (const evidence::figure& one : published) {
        const auto again = std::find_if(found.begin(), found.end(), [&](const evidence::figure& f) {
            return f.name == one.name;
        });
        const bool ends = one.low && one.high;
        comparison line{one.name, one.value, {}, agreement::absent};
        if (ends) line.published += " (" + *one.low + " .. " + *one.high + ")";
        if (again != found.end() && again->unit == one.unit && (!ends || again->low)) {
            line.found = again->value;
            line.how = agree(one.value, again->value);
            if (ends) {
                line.found += " (" + *again->low + " .. " + *again->high + ")";
                if (agree(*one.low, *again->low) != agreement::same ||
                    agree(*one.high, *again->high) != agreement::same)
                    line.how = agreement::differs;
            }
        }
        out.push_back(std::move(line));
    }
    return out;
}

}  // namespace veche::findings
