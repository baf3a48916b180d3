#pragma once
// How a site did with what it had: days without stock, counts beside the book, what was lost. And
// coverage through time.

#include "doses/doses.hpp"

namespace veche::doses {

inline constexpr std::int32_t usual_supply_days = 90;
inline constexpr std::int32_t most_supply_days = 366;

struct supply_query {
    static constexpr wire_info wire{"doses.supply", 1,
                                    "Days without stock, counts beside the book and wastage, by "
                                    "product and site."};
    std::optional<product_id> product;
    std::optional<std::int32_t> days;
};
VECHE_FIELDS(supply_query, (product, "Only this product."),
             (days, "Days up to today that are looked at; 90 where nothing is said."))

struct supply_row {
    product_id product;
    localized product_names;
    site_id site;
    localized site_names;
    std::optional<member_id> member;
    date since;
    std::int64_t days = 0;
    std::int64_t out_days = 0;
    std::optional<date> out_since;
    std::int64_t handled = 0;
    std::int64_t opened = 0;
    std::int64_t given = 0;
    std::int64_t lost_open = 0;
    std::int64_t lost_closed = 0;
    std::optional<ratio> wastage_open;
    std::optional<ratio> wastage_closed;
    std::int64_t counts = 0;
    std::int64_t found = 0;
    std::int64_t missing = 0;
    std::optional<date> counted_on;
    bool operator==(const supply_row&) const = default;
};
VECHE_FIELDS(supply_row, (product, "The product."), (product_names, "Its name by language."),
             (site, "The site."), (site_names, "Its name by language."),
             (member, "The member that keeps it."),
             (since, "The first day looked at: not before the first doses came."),
             (days, "Days that were looked at."),
             (out_days, "Of these, days that ended without a dose that may be used."),
             (out_since, "Since when it is out of stock, if it is."),
             (handled, "Doses that came to it."), (opened, "Doses in vials it opened."),
             (given, "Doses given."), (lost_open, "Lost out of opened vials."),
             (lost_closed, "Lost in closed vials."),
             (wastage_open, "Of doses in opened vials, the part that was lost."),
             (wastage_closed, "Of doses that came, the part that was lost unopened."),
             (counts, "How often stock was counted."),
             (found, "Doses counted beyond the book, all counts together."),
             (missing, "Doses in the book beyond what was counted."),
             (counted_on, "The last count."))

struct supply_view {
    std::vector<supply_row> rows;
};
VECHE_FIELDS(supply_view, (rows, "By product and site."))

/// Coverage of the regions that had reported by the end of a day.
struct coverage_day {
    date on;
    std::int64_t regions = 0;
    ratio least;
    ratio all;
    ratio most;
    ratio gap;
};
VECHE_FIELDS(coverage_day, (on, "The day."), (regions, "Regions with a report by then."),
             (least, "The lowest coverage."), (all, "That of all these regions together."),
             (most, "The highest."), (gap, "The difference between highest and lowest."))

struct coverage_history_query {
    static constexpr wire_info wire{"doses.coverage_history", 1,
                                    "Coverage and the gap between regions, day by day of report."};
    std::optional<group_id> group;
    std::optional<instant> known;
};
VECHE_FIELDS(coverage_history_query,
             (group, "Only of this group; everybody where nothing is said."),
             (known, "As it was known at this moment."))

struct coverage_history_view {
    std::vector<coverage_day> days;
    std::optional<ratio> slope;
};
VECHE_FIELDS(coverage_history_view,
             (days, "Days on which a region reported, at most the latest 60."),
             (slope,
              "By how much the gap grows in 30 days, as a part of one: least squares over "
              "these days, from the day on which all regions that ever reported had."))

}  // namespace veche::doses
