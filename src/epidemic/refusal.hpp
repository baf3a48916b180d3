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

inline constexpr const refusal_kind* all[] = {
    &model_unsound, &presence_unsound, &row_unsound,     &interval_unsound, &weights_unsound,
    &prior_unsound, &window_unsound,   &count_unsound,   &date_malformed,   &day_repeated,
    &count_missing, &region_unknown,   &nothing_counted, &blocks_unsound,   &uncertainty_unsound};

}  // namespace veche::epidemic::refusals
