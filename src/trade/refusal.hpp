#pragma once
// Why trade statistics cannot be taken or asked.

#include "kernel/result.hpp"

namespace veche::trade::refusals {

inline constexpr refusal_kind form_unknown{
    "trade.form_unknown", 400,
    "The columns ({0}) are of no form that is known here; say with a mapping which is which."};
inline constexpr refusal_kind mapping_header{"trade.mapping_header", 400,
                                             "The first line of a mapping is field,column."};
inline constexpr refusal_kind mapping_cells{"trade.mapping_cells", 400,
                                            "Line {0} of the mapping has not two cells."};
inline constexpr refusal_kind mapping_field_unknown{
    "trade.mapping_field_unknown", 400, "Line {0} of the mapping: there is no field {1}."};
inline constexpr refusal_kind mapping_column_empty{"trade.mapping_column_empty", 400,
                                                   "Line {0} of the mapping: {1} has no column."};
inline constexpr refusal_kind mapping_field_twice{
    "trade.mapping_field_twice", 400, "Line {0} of the mapping: {1} stands there twice."};
inline constexpr refusal_kind mapping_torn{
    "trade.mapping_torn", 400,
    "Line {0} of the mapping: quotation marks begin and do not end, or something follows them."};
inline constexpr refusal_kind mapping_number{"trade.mapping_number", 400,
                                             "The mapping says {0} where a number is meant."};
inline constexpr refusal_kind mapping_column_unknown{
    "trade.mapping_column_unknown", 400,
    "The mapping names the column {0}, which the data have not."};
inline constexpr refusal_kind mapping_incomplete{
    "trade.mapping_incomplete", 400, "The mapping does not say which column is the {0}."};
inline constexpr refusal_kind data_sets_mixed{"trade.data_sets_mixed", 400,
                                              "The file holds several data sets ({0}, {1})."};
inline constexpr refusal_kind units_mixed{"trade.units_mixed", 400,
                                          "The values are in several units ({0}, {1})."};
inline constexpr refusal_kind values_negative{
    "trade.values_negative", 422,
    "{0} rows have a value below zero, so nothing was taken. The first is row {1}."};
inline constexpr refusal_kind multiplier_odd{
    "trade.multiplier_odd", 422,
    "Row {0} has a multiplier of 10^{1}, which is odd, so nothing was taken."};
inline constexpr refusal_kind exports_absent{"trade.exports_absent", 422,
                                             "No exports above zero are left in what was chosen."};
inline constexpr refusal_kind imports_absent{"trade.imports_absent", 422,
                                             "No imports above zero are left in what was chosen."};
inline constexpr refusal_kind barrier_untouched{
    "trade.barrier_untouched", 422, "The imports of {0} from those affected have no row in {1}."};
inline constexpr refusal_kind trend_short{
    "trade.trend_short", 422, "A trend needs three years with a value above zero; there are {0}."};
inline constexpr refusal_kind trend_one_year{
    "trade.trend_one_year", 422, "A trend needs several years, and all values are of one."};
inline constexpr refusal_kind order_too_small{
    "trade.order_too_small", 422,
    "{0} territories and {1} products cannot be halved for the test of order."};
inline constexpr refusal_kind order_undecided{
    "trade.order_undecided", 422,
    "No half of the data orders the other, so that there is no test of order."};
inline constexpr refusal_kind imports_undeclared{
    "trade.imports_undeclared", 422,
    "Neither {0} nor anybody else declares any imports of it: they are missing, not zero."};
inline constexpr refusal_kind exports_unreported{
    "trade.exports_unreported", 422, "{0} reports no exports in {1}: they are missing, not zero."};
inline constexpr refusal_kind imports_unreported{
    "trade.imports_unreported", 422, "{0} reports no imports in {1}: they are missing, not zero."};
inline constexpr refusal_kind flows_unreported{
    "trade.flows_unreported", 422,
    "{0} reports no goods going back in {1}: they are missing, not zero."};
inline constexpr refusal_kind draws_unsound{"trade.draws_unsound", 400,
                                            "{0} draws at a level of {1} are out of range: up to "
                                            "10000 draws, and a level between 0 and 1."};
inline constexpr refusal_kind market_too_large{
    "trade.market_too_large", 413,
    "{0} territories with {1} products are too many; take fewer digits of the codes of products."};
inline constexpr refusal_kind space_too_large{
    "trade.space_too_large", 413,
    "{0} territories and {1} products are too many for a space of products; {2} and {3} at most."};
inline constexpr refusal_kind level_unknown{
    "trade.level_unknown", 400, "{0} is no level that is known here; it is 0.90, 0.95 or 0.99."};
inline constexpr refusal_kind cif_factor_unsound{
    "trade.cif_factor_unsound", 400,
    "A factor of {0} for freight and insurance is out of range; it goes from 1 to 2."};
inline constexpr refusal_kind panel_too_large{
    "trade.panel_too_large", 413,
    "{0} cells are too many, {1} at most; choose fewer periods or products."};
inline constexpr refusal_kind levels_mixed{
    "trade.levels_mixed", 422,
    "Codes of several levels stand side by side ({0}), so that sums would count twice; say which "
    "number of digits to keep."};
inline constexpr refusal_kind periods_mixed{
    "trade.periods_mixed", 422,
    "Years and parts of years stand side by side ({0} and {1}); keep one of them."};
inline constexpr refusal_kind rows_conflict{
    "trade.rows_conflict", 422,
    "{0} rows say another value of what a row before them says ({1}); say whether they are to be "
    "added up."};
inline constexpr refusal_kind area_unknown{
    "trade.area_unknown", 422, "The list of territories lacks {0} codes of the data: {1}."};
inline constexpr refusal_kind json_unsound{"trade.json_unsound", 400,
                                           "The answer in JSON cannot be read: {0}."};
inline constexpr refusal_kind columns_missing{"trade.columns_missing", 400,
                                              "The table has no flows: it lacks the column {0}."};
inline constexpr refusal_kind concordance_unsound{"trade.concordance_unsound", 400,
                                                  "The concordance cannot be used: {0}."};
inline constexpr refusal_kind name_unknown{"trade.name_unknown", 404,
                                           "The data have no {0} called {1}."};
inline constexpr refusal_kind not_converged{
    "trade.not_converged", 422,
    "{0} did not converge: {1}. No numbers are given, because they would mean nothing."};

inline constexpr refusal_kind barrier_twice{"trade.barrier_twice", 422,
                                            "The barrier {0} stands twice in the register."};
inline constexpr refusal_kind register_absent{
    "trade.register_absent", 422,
    "The data have no trade of the members of these barriers in {0}."};
inline constexpr refusal_kind members_alone{
    "trade.members_alone", 422,
    "{0} of {1} members have regions that export in the data; two are needed."};
inline constexpr refusal_kind pairs_absent{
    "trade.pairs_absent", 422,
    "Nobody buys outside of the union what another member sells there with an advantage."};
inline constexpr refusal_kind pairs_too_many{
    "trade.pairs_too_many", 413,
    "There are more than {0} pairs of regions with products; name fewer members, or take "
    "fewer digits."};
inline constexpr refusal_kind advantage_unsound{
    "trade.advantage_unsound", 400, "A least advantage of {0} is out of range; it lies above 0."};
inline constexpr refusal_kind space_too_small{
    "trade.space_too_small", 422,
    "{0} territories and {1} products have advantages, and three of each are needed."};
inline constexpr refusal_kind eigenvalues_near{
    "trade.eigenvalues_near", 422,
    "The eigenvalues are {0}, {1} and {2}, too near to each other for a direction of its own. "
    "No numbers are given, because they would mean nothing."};
inline constexpr refusal_kind import_elasticity_unsound{
    "trade.import_elasticity_unsound", 422, "{0}: an import elasticity is below zero, not {1}."};
inline constexpr refusal_kind substitution_unsound{
    "trade.substitution_unsound", 422,
    "{0}: an elasticity of substitution is not below zero, as {1} is."};
inline constexpr refusal_kind supply_elasticity_unsound{
    "trade.supply_elasticity_unsound", 422, "{0}: a supply elasticity is above zero, not {1}."};
inline constexpr refusal_kind imports_unsound{"trade.imports_unsound", 422,
                                              "{0}: imports are not below zero, as {1} is."};
inline constexpr refusal_kind tariff_unsound{"trade.tariff_unsound", 422,
                                             "{0}: a tariff is above -100 %, and {1} is not."};
inline constexpr refusal_kind tariff_missing{
    "trade.tariff_missing", 422, "Row {0} lacks imports or a tariff, and none is guessed."};
inline constexpr refusal_kind sigma_low{
    "trade.sigma_low", 422,
    "{0} is no elasticity of substitution for the equivalent of a tariff; it lies above 1."};
inline constexpr refusal_kind estimate_unsound{"trade.estimate_unsound", 422,
                                               "{0} ({1}) is no estimate with its standard error."};

inline constexpr const refusal_kind* all[] = {&form_unknown,           &mapping_header,
                                              &mapping_cells,          &mapping_field_unknown,
                                              &mapping_column_empty,   &mapping_field_twice,
                                              &mapping_torn,           &mapping_number,
                                              &mapping_column_unknown, &mapping_incomplete,
                                              &data_sets_mixed,        &units_mixed,
                                              &values_negative,        &multiplier_odd,
                                              &exports_absent,         &imports_absent,
                                              &barrier_untouched,      &trend_short,
                                              &trend_one_year,         &order_too_small,
                                              &order_undecided,        &imports_undeclared,
                                              &exports_unreported,     &imports_unreported,
                                              &flows_unreported,       &draws_unsound,
                                              &market_too_large,       &space_too_large,
                                              &level_unknown,          &cif_factor_unsound,
                                              &panel_too_large,

                                              &levels_mixed,           &periods_mixed,
                                              &rows_conflict,          &area_unknown,
                                              &json_unsound,           &columns_missing,
                                              &concordance_unsound,    &name_unknown,
                                              &not_converged,          &barrier_twice,
                                              &register_absent,        &members_alone,
                                              &pairs_absent,           &pairs_too_many,
                                              &advantage_unsound,      &space_too_small,
                                              &eigenvalues_near,       &import_elasticity_unsound,
                                              &substitution_unsound,   &supply_elasticity_unsound,
                                              &imports_unsound,        &tariff_unsound,
                                              &tariff_missing,         &sigma_low,
                                              &estimate_unsound};

}  // namespace veche::trade::refusals
