#include "api/pages/money_office.hpp"

#include <algorithm>

#include "fund/book_text.hpp"

namespace veche::api::pages {

std::optional<std::string> office_with_power(const visit& here, std::string_view power) {
    if (here.context.person.empty()) return std::nullopt;
    for (const auto* office :
         here.charter.offices_of({here.context.person}, date_of(here.context.now)))
        if (std::find(office->powers.begin(), office->powers.end(), power) != office->powers.end())
            return office->id.value;
    return std::nullopt;
}

std::string rate_words(const ratio& rate) {
    std::int32_t places = 0;
    std::int64_t left = rate.den;
    for (; left % 10 == 0; left /= 10) ++places;
    return left == 1 ? fund::decimal_text(rate.num, places) : to_text(rate);
}

}  // namespace veche::api::pages
