#pragma once
// Why trade statistics cannot be taken or asked.

#include "kernel/result.hpp"

namespace veche::trade::refusals {

inline constexpr refusal_kind form_unknown{
    "trade.form_unknown", 400,
    "The columns ({0}) are of no form that is known here; say with a mapping which is which."};
inline constexpr refusal_kind mapping_unsound{"trade.mapping_unsound", 400,
                                              "The mapping cannot be used: {0}."};
inline constexpr refusal_kind rows_unsound{
    "trade.rows_unsound", 422,
    "{0} rows cannot be used, so nothing was taken. The first is row {1}: {2}."};
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
inline constexpr refusal_kind nothing_left{"trade.nothing_left", 422,
                                           "No row is left of {0}: {1}."};
inline constexpr refusal_kind value_out_of_range{"trade.value_out_of_range", 400,
                                                 "{0} is out of range: {1}."};
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

inline constexpr const refusal_kind* all[] = {&form_unknown,
                                              &mapping_unsound,
                                              &rows_unsound,
                                              &levels_mixed,
                                              &periods_mixed,
                                              &rows_conflict,
                                              &area_unknown,
                                              &json_unsound,
                                              &columns_missing,
                                              &concordance_unsound,
                                              &name_unknown,
                                              &nothing_left,
                                              &value_out_of_range,
                                              &not_converged,
                                              &barrier_twice,
                                              &register_absent,
                                              &members_alone,
                                              &pairs_absent,
                                              &pairs_too_many,
                                              &advantage_unsound,
                                              &space_too_small,
                                              &eigenvalues_near,
                                              &import_elasticity_unsound,
                                              &substitution_unsound,
                                              &supply_elasticity_unsound,
                                              &imports_unsound,
                                              &tariff_unsound,
                                              &tariff_missing,
                                              &sigma_low,
                                              &estimate_unsound};

}  // namespace veche::trade::refusals
