#include "api/pages/paging.hpp"

#include "api/pages/choices.hpp"
#include "api/urlencoded.hpp"

namespace veche::api::pages {

namespace {

// Nobody turns that many pages; a larger number is somebody trying what happens.
constexpr std::uint64_t most_pages = 1'000'000;

std::string address_of(const visit& here, std::int32_t page) {
    pairs kept;
    for (const auto& [name, value] : here.asked.query)
        if (name != "page" && !value.empty()) kept.emplace_back(name, value);
    if (page > 1) kept.emplace_back("page", std::to_string(page));
    const std::string list = here.link(here.section + (here.id.empty() ? "" : "/" + here.id));
    return kept.empty() ? list : list + "?" + to_urlencoded(kept);
}

}  // namespace

std::int32_t page_asked(const visit& here) {
    const auto number = number_in(here.asked.query_value("page"));
    return number && *number >= 1 && *number <= most_pages ? static_cast<std::int32_t>(*number) : 1;
}

std::int32_t rows_before(const visit& here) {
    return (page_asked(here) - 1) * rows_per_page;
}

std::optional<paging> paging_of(const visit& here, std::int32_t rows) {
    const std::int32_t page = page_asked(here);
    if (rows <= rows_per_page && page == 1) return std::nullopt;
    paging at;
    at.of = rows;
    at.first = std::min(rows_before(here) + 1, rows);
    at.last = std::min(rows_before(here) + rows_per_page, rows);
    const std::int32_t pages = std::max(1, (rows + rows_per_page - 1) / rows_per_page);
    if (page > 1) at.before = address_of(here, std::min(page - 1, pages));
    if (page < pages) at.after = address_of(here, page + 1);
    return at;
}

}  // namespace veche::api::pages
