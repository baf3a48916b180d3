#pragma once
// The money of the programme's measures, as the pages of the fund show it.

#include "api/pages/visit.hpp"
#include "fund/views.hpp"

namespace veche::api::pages {

/// What one measure has in one unit, and where each step of it is shown.
struct measure_money_card {
    fund::measure_money_row row;
    localized title;
    std::string address;
};
VECHE_VIEW(measure_money_card, (row, "The figures."), (title, "Title of the measure."),
           (address, "Page of its steps, below the language."))

/// The budget year asked for, written in four digits; nothing where none is.
std::optional<std::int32_t> budget_year_asked(const visit& here);

/// By measure and unit; last what is for no measure.
result<std::vector<measure_money_card>> money_by_measure(visit& here,
                                                         std::optional<std::int32_t> year);

}  // namespace veche::api::pages
