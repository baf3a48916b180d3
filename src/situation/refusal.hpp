#pragma once
// Why the room says no, in the order in which it is checked; and what cannot be read of a file.

#include "kernel/result.hpp"

namespace veche::situation::refusals {

inline constexpr refusal_kind body_unknown{"situation.body_unknown", 404, "There is no body {0}."};
inline constexpr refusal_kind region_unknown{
    "situation.region_unknown", 404,
    "No counts are expected of {0}. Correct its name, or name it first."};
inline constexpr refusal_kind batch_unknown{"situation.batch_unknown", 404,
                                            "There is no batch {0}."};
inline constexpr refusal_kind batch_closed{"situation.batch_closed", 409,
                                           "The batch {0} was reported or put away."};
inline constexpr refusal_kind not_by_decision{
    "situation.not_by_decision", 403,
    "Counts are reported by who answers for them; a decision cannot order them."};
inline constexpr refusal_kind not_reporter{
    "situation.not_reporter", 403,
    "Only an office with the power \"situation\" in {0} may do this."};
inline constexpr refusal_kind not_reporter_of{
    "situation.not_reporter_of", 403,
    "Only an office with the power \"situation\" in {0}, or the own office of {1}, reports for "
    "{1}."};
inline constexpr refusal_kind not_staged_by{"situation.not_staged_by", 403,
                                            "The batch {0} was laid ready under another office."};
inline constexpr refusal_kind place_unknown{"situation.place_unknown", 404,
                                            "There is no place {0} in the register."};
inline constexpr refusal_kind office_unknown{"situation.office_unknown", 404,
                                             "There is no office {0}."};
inline constexpr refusal_kind part_impossible{
    "situation.part_impossible", 422,
    "A region is part of one that is watched, and of none that is part of it."};
inline constexpr refusal_kind days_impossible{
    "situation.days_impossible", 422,
    "Days lie between 1900 and 2199, and the last is not before the first."};
inline constexpr refusal_kind rhythm_impossible{"situation.rhythm_impossible", 422,
                                                "A figure is expected every 1 to 366 days."};
inline constexpr refusal_kind series_common{"situation.series_common", 409,
                                            "{0} is there without being named."};
inline constexpr refusal_kind names_missing{"situation.names_missing", 422,
                                            "Give it a name in at least one language."};
inline constexpr refusal_kind interval_impossible{
    "situation.interval_impossible", 422,
    "A serial interval has a mean above 1 day and below 60, and a deviation above 0 and below 60."};
inline constexpr refusal_kind window_impossible{"situation.window_impossible", 422,
                                                "A window has 1 to 28 days."};
inline constexpr refusal_kind source_missing{"situation.source_missing", 422,
                                             "Say where the figures are from."};
inline constexpr refusal_kind text_too_long{"situation.text_too_long", 413,
                                            "This text may have at most {0} bytes."};
inline constexpr refusal_kind part_out_of_order{"situation.part_out_of_order", 409,
                                                "Parts come one after another; the next is {0}."};
inline constexpr refusal_kind runs_missing{
    "situation.runs_missing", 422,
    "A report has counts, at most {0} in one act. Lay more ready in parts."};
inline constexpr refusal_kind batch_full{"situation.batch_full", 413,
                                         "A batch has at most {0} counts. Begin another one."};
inline constexpr refusal_kind values_differ{
    "situation.values_differ", 409,
    "The batch has {0} counts, not {1}. Look at it again before reporting it."};
inline constexpr refusal_kind series_unknown{
    "situation.series_unknown", 404,
    "There is no series {0}. Correct its name, or name the series first."};
inline constexpr refusal_kind basis_differs{
    "situation.basis_differs", 409,
    "{0} of {1} were reported so far with the other meaning: sums of all days, or counts of one "
    "day. Report them as before."};
inline constexpr refusal_kind day_too_early{
    "situation.day_too_early", 422,
    "{0} lies before the first day of {1}, which is {2}. Correct the day or leave the row out."};
inline constexpr refusal_kind day_too_late{
    "situation.day_too_late", 422,
    "{0} lies after the last day of {1}, which is {2}. Correct the day or leave the row out."};
inline constexpr refusal_kind day_to_come{"situation.day_to_come", 422,
                                          "{0} is still to come. Correct the day."};
inline constexpr refusal_kind count_impossible{
    "situation.count_impossible", 422,
    "A count is a whole number from 0 to 10^12, not {0}. Where a day was too high before, report "
    "that day again; a sum of all days may fall."};
inline constexpr refusal_kind day_twice{"situation.day_twice", 422,
                                        "{0} of {1} has {2} twice. Keep one of the two rows."};
inline constexpr refusal_kind reason_missing{
    "situation.reason_missing", 422,
    "{0} was recorded already. Give the reason why it is corrected."};
inline constexpr refusal_kind changes_unexplained{
    "situation.changes_unexplained", 422,
    "Figures that were reported before change on {0} days. Give the reason."};
inline constexpr refusal_kind nothing_reported{
    "situation.nothing_reported", 404,
    "There are no figures of {0} of {1} on these days to take back."};

// Of files.
inline constexpr refusal_kind file_empty{"situation.file_empty", 422,
                                         "The file has no rows of counts."};
inline constexpr refusal_kind file_unsound{
    "situation.file_unsound", 422, "The file is no table from here on: {0}. Mend the quotes."};
inline constexpr refusal_kind column_missing{
    "situation.column_missing", 422, "There is no column {0}. Add it, or say which column it is."};
inline constexpr refusal_kind column_unknown{
    "situation.column_unknown", 422,
    "The column {0} is no series. Say which series it is, or that it is left out."};
inline constexpr refusal_kind column_twice{"situation.column_twice", 422,
                                           "The column {0} is there twice. Keep one."};
inline constexpr refusal_kind cells_differ{
    "situation.cells_differ", 422,
    "The row has {0} cells where the heading has {1}. Add or remove commas."};
inline constexpr refusal_kind day_malformed{
    "situation.day_malformed", 422,
    "{0} is no day. Days are written as 2021-03-25 or 20210325; others must be said to be so."};
inline constexpr refusal_kind cell_malformed{
    "situation.cell_malformed", 422,
    "{0} is no whole number. Write digits alone, and leave the cell empty where nothing was "
    "reported."};
inline constexpr refusal_kind region_missing{"situation.region_missing", 422,
                                             "The row names no region. Name it."};

inline constexpr const refusal_kind* all[] = {
    &body_unknown,      &region_unknown,     &batch_unknown,   &batch_closed,
    &not_by_decision,   &not_reporter,       &not_reporter_of, &not_staged_by,
    &place_unknown,     &office_unknown,     &part_impossible, &days_impossible,
    &rhythm_impossible, &series_common,      &names_missing,   &interval_impossible,
    &window_impossible, &source_missing,     &text_too_long,   &part_out_of_order,
    &runs_missing,      &batch_full,         &values_differ,   &series_unknown,
    &basis_differs,     &day_too_early,      &day_too_late,    &day_to_come,
    &count_impossible,  &day_twice,          &reason_missing,  &nothing_reported,
    &file_empty,        &file_unsound,       &column_missing,  &column_unknown,
    &column_twice,      &cells_differ,       &day_malformed,   &cell_malformed,
    &region_missing,    &changes_unexplained};

}  // namespace veche::situation::refusals
