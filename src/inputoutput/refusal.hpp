#pragma once
// Why a table cannot be read, or an analysis of it cannot be computed.

#include "kernel/result.hpp"

namespace veche::inputoutput::refusals {

inline constexpr refusal_kind file_malformed{"inputoutput.file_malformed", 400, "{0}: {1}."};
inline constexpr refusal_kind too_large{
    "inputoutput.too_large", 413,
    "The table has {0} rows; {1} at most are read here. Aggregate it first."};
inline constexpr refusal_kind number_malformed{
    "inputoutput.number_malformed", 400,
    "Line {0}, column {1}: {2} is no number; what is missing is not taken for zero."};
inline constexpr refusal_kind label_unknown{
    "inputoutput.label_unknown", 400,
    "{0} names no region and use of the table; labels are read as region{1}name."};
inline constexpr refusal_kind label_repeated{"inputoutput.label_repeated", 400,
                                             "{0} stands twice; keep one of them."};
inline constexpr refusal_kind not_square{
    "inputoutput.not_square", 400,
    "{0} has a {1} and no {2}; each producer needs a row and a column."};
inline constexpr refusal_kind rows_differ{"inputoutput.rows_differ", 400,
                                          "{0} has {1} rows or columns, and the table has {2}."};
inline constexpr refusal_kind region_unknown{"inputoutput.region_unknown", 404,
                                             "There is no region {0} in the table."};
inline constexpr refusal_kind sector_unknown{"inputoutput.sector_unknown", 404,
                                             "There is no sector {0} in the table."};
inline constexpr refusal_kind extension_unknown{"inputoutput.extension_unknown", 404,
                                                "The table has no extension {0}."};
inline constexpr refusal_kind groups_incomplete{"inputoutput.groups_incomplete", 400,
                                                "{0} is in no group; give each its group."};
inline constexpr refusal_kind members_overlap{"inputoutput.members_overlap", 400,
                                              "{0} is named twice; a region has one place."};
inline constexpr refusal_kind not_productive{
    "inputoutput.not_productive", 409,
    "The system has no solution: {0} uses up all that it makes. Look at its column in the table."};
inline constexpr refusal_kind totals_malformed{
    "inputoutput.totals_malformed", 400,
    "The totals of rows make {0}, those of columns {1}; they must be equal and as many as there "
    "are rows and columns."};
inline constexpr refusal_kind negative_cell{
    "inputoutput.negative_cell", 400,
    "The cell in row {0}, column {1} is negative; RAS takes none, GRAS does."};
inline constexpr refusal_kind not_converged{
    "inputoutput.not_converged", 409,
    "The table was not balanced: after {0} rounds the totals are still off by {1}."};
inline constexpr refusal_kind share_out_of_range{"inputoutput.share_out_of_range", 400,
                                                 "{0} is no share; it lies above 0 and up to 1."};
inline constexpr refusal_kind nothing_made{"inputoutput.nothing_made", 409,
                                           "{0} makes nothing in this table."};
inline constexpr refusal_kind nothing_exported{"inputoutput.nothing_exported", 409,
                                               "{0} exports nothing in this table."};

inline constexpr const refusal_kind* all[] = {
    &file_malformed,     &too_large,         &number_malformed,  &label_unknown,
    &label_repeated,     &not_square,        &rows_differ,       &region_unknown,
    &sector_unknown,     &extension_unknown, &groups_incomplete, &members_overlap,
    &not_productive,     &totals_malformed,  &negative_cell,     &not_converged,
    &share_out_of_range, &nothing_made,      &nothing_exported};

}  // namespace veche::inputoutput::refusals
