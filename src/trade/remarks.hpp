#pragma once
// What must stand beside figures of trade.

#include "kernel/remark.hpp"

namespace veche::trade::remarks {

inline constexpr remark_kind deleted_rows{"trade.deleted_rows",
                                          "Rows that delete an observation were left out."};
inline constexpr remark_kind world_rows{
    "trade.world_rows",
    "Rows with the whole world as reporter or partner were kept apart: added to the others they "
    "would count every flow twice."};
inline constexpr remark_kind no_territory{"trade.no_territory",
                                          "Rows without a reporter or partner were left out."};
inline constexpr remark_kind area_codes{
    "trade.area_codes",
    "Codes of territories were written without zeros in front and with the ISO number where trade "
    "statistics use another."};
inline constexpr remark_kind areas_left_out{
    "trade.areas_left_out", "Rows with territories that were not wanted were left out."};
inline constexpr remark_kind group_areas{
    "trade.group_areas",
    "Codes of several territories together stand beside their parts and were kept: sums over all "
    "partners count these twice. Leave them out by name."};
inline constexpr remark_kind unknown_areas{
    "trade.unknown_areas", "Rows with territories that the list lacks were left out."};
inline constexpr remark_kind other_flows{
    "trade.other_flows", "Rows of ways that are neither imports nor exports were left out."};
inline constexpr remark_kind lost_zeros{
    "trade.lost_zeros", "Codes of products had lost zeros in front, which were put back."};
inline constexpr remark_kind classifications{
    "trade.classifications",
    "The data hold several classifications: codes of one say nothing in another."};
inline constexpr remark_kind no_vintage{
    "trade.no_vintage",
    "The data do not say which classification and vintage the products are of."};
inline constexpr remark_kind other_levels{
    "trade.other_levels", "Rows of other levels of the classification were left out."};
inline constexpr remark_kind no_period{"trade.no_period", "Rows without a period were left out."};
inline constexpr remark_kind missing_values{
    "trade.missing_values", "Rows without a value stay missing; they are not zero."};
inline constexpr remark_kind no_unit{"trade.no_unit",
                                     "The data do not say in which unit values are."};
inline constexpr remark_kind zero_quantities{
    "trade.zero_quantities", "Quantities of zero beside a value are unknown, and so missing."};
inline constexpr remark_kind valuation{
    "trade.valuation",
    "Imports count as valued with cost, insurance and freight, exports free on board: the "
    "convention of the publisher, which not every reporter keeps."};
inline constexpr remark_kind silent_areas{
    "trade.silent_areas",
    "Territories are partners of others and report nothing: what they trade among themselves is "
    "missing, not zero."};
inline constexpr remark_kind own_territory{
    "trade.own_territory",
    "Reporters are their own partners: goods that come back, or trade at home; the rows were "
    "kept."};
inline constexpr remark_kind preview{
    "trade.preview",
    "The file has exactly 500 rows, as many as a preview gives at most: it may be cut off."};
inline constexpr remark_kind repeated_rows{
    "trade.repeated_rows", "Rows that say again what a row before them says were left out."};
inline constexpr remark_kind added_rows{
    "trade.added_rows", "Rows with a further value of the same flow were added up."};
inline constexpr remark_kind detail{
    "trade.detail", "Rows for one {0} were left out, because others hold all of them together."};
inline constexpr remark_kind parts{
    "trade.parts", "No row holds all {0} together, so rows for each of them were added up."};
inline constexpr remark_kind tiny_territories{
    "trade.tiny_territories",
    "Tiny territories can top the ranking: the first here, {0}, has {1} products with advantage. "
    "Give a least amount of exports."};
inline constexpr remark_kind sign_by_diversity{
    "trade.sign_by_diversity",
    "The sign of an eigenvector is arbitrary; here it is the one that goes with diversity "
    "(correlation {0})."};
inline constexpr remark_kind other_indices{
    "trade.other_indices",
    "Other programs compute other indices under this name (reflections, fitness); none of them "
    "equals the published Atlas."};
inline constexpr remark_kind order_needed{
    "trade.order_needed",
    "For regions and industries instead of countries and products the index needs data of which "
    "this was shown; else it means nothing."};
inline constexpr remark_kind near_eigenvalues{
    "trade.near_eigenvalues",
    "The second and third eigenvalues are {0} and {1}; where they are near to each other the "
    "index changes with small changes of the data."};
inline constexpr remark_kind order_holds{
    "trade.order_holds",
    "Tested out of sample: {0} % (from {1} to {2} over {3} random halves) of comparisons of two "
    "territories with two products are in the order that an index of complexity needs; chance "
    "gives 50. The index may be read."};
inline constexpr remark_kind order_fails{
    "trade.order_fails",
    "Tested out of sample: {0} % (from {1} to {2} over {3} random halves) of comparisons of two "
    "territories with two products are in the order that an index of complexity needs; chance "
    "gives 50. An index of complexity means nothing here."};
inline constexpr remark_kind fraction_meant{
    "trade.fraction_meant", "The highest tariff is {0} % as a fraction; was percent meant?"};
inline constexpr remark_kind percent_meant{
    "trade.percent_meant", "All tariffs are below 1 percent; was a fraction meant?"};

inline constexpr const remark_kind* all[] = {
    &deleted_rows,     &world_rows,        &no_territory,  &area_codes,
    &areas_left_out,   &group_areas,       &unknown_areas, &other_flows,
    &lost_zeros,       &classifications,   &no_vintage,    &other_levels,
    &no_period,        &missing_values,    &no_unit,       &zero_quantities,
    &valuation,        &silent_areas,      &own_territory, &preview,
    &repeated_rows,    &added_rows,        &detail,        &parts,
    &tiny_territories, &sign_by_diversity, &other_indices, &order_needed,
    &near_eigenvalues, &order_holds,       &order_fails,   &fraction_meant,
    &percent_meant};

}  // namespace veche::trade::remarks
