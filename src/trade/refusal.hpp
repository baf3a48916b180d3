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

inline constexpr const refusal_kind* all[] = {
    &form_unknown,  &mapping_unsound, &rows_unsound,       &levels_mixed,    &periods_mixed,
    &rows_conflict, &area_unknown,    &json_unsound,       &columns_missing, &concordance_unsound,
    &name_unknown,  &nothing_left,    &value_out_of_range, &not_converged};

}  // namespace veche::trade::refusals
