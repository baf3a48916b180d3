#include "api/pages/money_office.hpp"

#include <algorithm>

namespace veche::api::pages {

std::optional<std::string> office_with_power(const visit& here, std::string_view power) {
    if (here.context.person.empty()) return std::nullopt;
    for (const auto* office :
         here.charter.offices_of({here.context.person}, date_of(here.context.now)))
        if (std::find(office->powers.begin(), office->powers.end(), power) != office->powers.end())
            return office->id.value;
    return std::nullopt;
}

}  // namespace veche::api::pages
