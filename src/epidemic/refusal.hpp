#pragma once
// Why counts cannot be read, or an estimate of them cannot be made.

#include "kernel/result.hpp"

namespace veche::epidemic::refusals {

inline constexpr refusal_kind interval_unsound{
    "epidemic.interval_unsound", 400,
    "The serial interval has a mean of {0} and a standard deviation of {1} days; the mean must be "
    "above 1 and the deviation above 0."};
inline constexpr refusal_kind weights_unsound{
    "epidemic.weights_unsound", 400,
    "The weights of the serial interval must start with 0, be none below 0 and add up to 1 within "
    "0.01; these {0}."};
inline constexpr refusal_kind prior_unsound{
    "epidemic.prior_unsound", 400,
    "The prior of the reproduction number has a mean of {0} and a standard deviation of {1}; both "
    "must be above 0."};
inline constexpr refusal_kind window_unsound{
    "epidemic.window_unsound", 400,
    "A window of {0} days does not fit a series of {1}; it takes from 1 day to two less than the "
    "series has."};
inline constexpr refusal_kind count_unsound{"epidemic.count_unsound", 400,
                                            "On day {0} the series has {1}; new cases are numbers "
                                            "from 0 on, and of imported ones there are "
                                            "no more than cases."};
inline constexpr refusal_kind date_malformed{
    "epidemic.date_malformed", 400,
    "Row {0} has {1} as a date; dates are read as 2021-03-25 and lie between 1900 and 2199."};
inline constexpr refusal_kind day_repeated{
    "epidemic.day_repeated", 400,
    "Row {0} gives {1} of {2} a second time; keep one of the two rows."};
inline constexpr refusal_kind count_missing{
    "epidemic.count_missing", 400,
    "Row {0} has no number of cases for {1} of {2}; leave the row out where nothing was reported."};
inline constexpr refusal_kind row_count_unsound{
    "epidemic.row_count_unsound", 400,
    "Row {0} has {1} as the cases of {2} on {3}; a count "
    "is a number from 0 on. Correct it, or leave "
    "the row out where nothing was reported."};
inline constexpr refusal_kind rows_unsound{"epidemic.rows_unsound", 400,
                                           "{0} rows cannot be taken, so that nothing was."};
inline constexpr refusal_kind region_unknown{"epidemic.region_unknown", 404,
                                             "There is no series of {0} in the file."};
inline constexpr refusal_kind nothing_counted{"epidemic.nothing_counted", 400,
                                              "The file has no rows of cases."};

inline constexpr refusal_kind blocks_unsound{
    "epidemic.blocks_unsound", 400,
    "Counts of several days each need at least three of them, of 1 to 31 days; here are {0}, one "
    "of {1} days."};
inline constexpr refusal_kind uncertainty_unsound{
    "epidemic.uncertainty_unsound", 400,
    "Deviations of the mean and of the deviation of a serial interval are at least 0, and leave a "
    "mean above 1; these are {0} and {1}."};
inline constexpr refusal_kind model_unsound{"epidemic.model_unsound", 400,
                                            "The model has {1} as {0}, which it cannot be."};
inline constexpr refusal_kind presence_unsound{
    "epidemic.presence_unsound", 400,
    "There are {0} rows or columns for {1} regions; each region needs one of each."};
inline constexpr refusal_kind row_unsound{"epidemic.row_unsound", 400,
                                          "Row {0} of the presence matrix adds up to {1}; a row "
                                          "says where the residents of a region are, "
                                          "and adds up to 1."};

inline constexpr refusal_kind plan_without_regions{"epidemic.plan_without_regions", 400,
                                                   "The file of regions has no rows."};
inline constexpr refusal_kind plan_region_unnamed{"epidemic.plan_region_unnamed", 400,
                                                  "Row {0} has no region; name it."};
inline constexpr refusal_kind plan_region_repeated{
    "epidemic.plan_region_repeated", 400,
    "Row {0} names the region {1} a second time; keep one of the two rows."};
inline constexpr refusal_kind plan_region_unknown{
    "epidemic.plan_region_unknown", 400,
    "Row {0} names the region {1}, which the file of regions does not have; correct it or leave it "
    "out."};
inline constexpr refusal_kind plan_people_unsound{
    "epidemic.plan_people_unsound", 400,
    "Row {0} has {1} as the people of {2}; give a whole number above 0."};
inline constexpr refusal_kind state_unsound{
    "epidemic.state_unsound", 400, "Row {0} has {1} as {2} of {3}; give a whole number from 0 on."};
inline constexpr refusal_kind plan_without_hospitals{
    "epidemic.plan_without_hospitals", 400,
    "Row {0} has {1} as {2}; say how long people stay in hospital, or leave the column out."};
inline constexpr refusal_kind plan_states_exceed{
    "epidemic.plan_states_exceed", 400,
    "Row {0} has {1} exposed, infectious, removed and in hospital of the {2} people of {3}; they "
    "cannot be more than these."};
inline constexpr refusal_kind plan_matrix_row_broken{
    "epidemic.plan_matrix_row_broken", 400,
    "Line {0} of the matrix cannot be read as a row; close its quotes."};
inline constexpr refusal_kind plan_matrix_cells{
    "epidemic.plan_matrix_cells", 400, "Row {0} of the matrix has {1} cells; give it {2}."};
inline constexpr refusal_kind plan_matrix_size{
    "epidemic.plan_matrix_size", 400,
    "The matrix has {0} rows for {1} regions; give it one for each."};
inline constexpr refusal_kind plan_matrix_sum{
    "epidemic.plan_matrix_sum", 400,
    "Row {0} of the matrix, of {1}, adds up to {2}, not to 1; give what is missing to the region "
    "itself, or divide the row by its sum."};
inline constexpr refusal_kind plan_share_unsound{
    "epidemic.plan_share_unsound", 400,
    "Row {0} of the matrix has {1} in the column of {2}; give a share from 0 to 1."};
inline constexpr refusal_kind plan_day_unsound{
    "epidemic.plan_day_unsound", 400,
    "Row {0} has {1} as a day; give a number from 1 on, or say with --start which date is day 1."};
inline constexpr refusal_kind plan_date_unsound{
    "epidemic.plan_date_unsound", 400,
    "Row {0} has {1} as a day; give a date from {2} on, or a number from 1 on."};
inline constexpr refusal_kind plan_period_unsound{
    "epidemic.plan_period_unsound", 400,
    "Row {0} lasts from {1} to {2}; let it end no earlier than it begins."};
inline constexpr refusal_kind plan_kind_unknown{
    "epidemic.plan_kind_unknown", 400,
    "Row {0} has {1} as a kind of measure; there are border and contacts."};
inline constexpr refusal_kind plan_open_unsound{
    "epidemic.plan_open_unsound", 400,
    "Row {0} leaves the border open by {1}; give a share from 0 (closed) to 1."};
inline constexpr refusal_kind plan_factor_unsound{
    "epidemic.plan_factor_unsound", 400,
    "Row {0} multiplies contacts by {1}; give a number from 0 on."};
inline constexpr refusal_kind plan_side_unsound{
    "epidemic.plan_side_unsound", 400,
    "Row {0} names no region or all of them; name those on one side of the border."};
inline constexpr refusal_kind plan_doses_unsound{
    "epidemic.plan_doses_unsound", 400, "Row {0} has {1} doses; give a whole number from 0 on."};
inline constexpr refusal_kind plan_dose_unknown{
    "epidemic.plan_dose_unknown", 400,
    "Row {0} gives the dose {1}, and effects of {2} doses are known; say with --ve-infection what "
    "it does, or correct it."};

inline constexpr const refusal_kind* all[] = {
    &plan_without_regions, &plan_region_unnamed,    &plan_region_repeated,
    &plan_region_unknown,  &plan_people_unsound,    &state_unsound,
    &row_count_unsound,    &rows_unsound,           &plan_without_hospitals,
    &plan_states_exceed,   &plan_matrix_row_broken, &plan_matrix_cells,
    &plan_matrix_size,     &plan_matrix_sum,        &plan_share_unsound,
    &plan_day_unsound,     &plan_date_unsound,      &plan_period_unsound,
    &plan_kind_unknown,    &plan_open_unsound,      &plan_factor_unsound,
    &plan_side_unsound,    &plan_doses_unsound,     &plan_dose_unknown,
    &model_unsound,        &presence_unsound,       &row_unsound,
    &interval_unsound,     &weights_unsound,        &prior_unsound,
    &window_unsound,       &count_unsound,          &date_malformed,
    &day_repeated,         &count_missing,          &region_unknown,
    &nothing_counted,      &blocks_unsound,         &uncertainty_unsound};

}  // namespace veche::epidemic::refusals
