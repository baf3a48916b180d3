#pragma once
// Long lists in pages of fifty rows; the page asked for is in the address ("?page=2").

#include "api/pages/visit.hpp"

namespace veche::api::pages {

inline constexpr std::int32_t rows_per_page = 50;

/// The number of the page asked for, from 1; 1 where it is none.
std::int32_t page_asked(const visit& here);

/// How many rows come before it.
std::int32_t rows_before(const visit& here);

/// Where the reader is in a list; `before` and `after` are addresses, "" at its ends.
struct paging {
    std::int32_t first = 0;
    std::int32_t last = 0;
    std::int32_t of = 0;
    std::string before;
    std::string after;
};
VECHE_VIEW(paging, (first, "Number of the first row shown."), (last, "Of the last one."),
           (of, "Rows in all."), (before, "The page before."), (after, "The next page."))

/// Nothing where all rows fit one page. The filters of the address stay.
std::optional<paging> paging_of(const visit& here, std::int32_t rows);

}  // namespace veche::api::pages
