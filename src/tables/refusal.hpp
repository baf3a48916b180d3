#pragma once
// Why a table cannot be read, kept or asked.

#include "kernel/result.hpp"

namespace veche::tables::refusals {

inline constexpr refusal_kind file_unreadable{"tables.file_unreadable", 400,
                                              "The file {0} cannot be read: {1}."};
inline constexpr refusal_kind file_unwritable{"tables.file_unwritable", 400,
                                              "The file {0} cannot be written: {1}."};
inline constexpr refusal_kind encoding_unknown{
    "tables.encoding_unknown", 400,
    "The text is {0}; only UTF-8, Latin-1 and Windows-1251 are read, the last two where they are "
    "named."};
inline constexpr refusal_kind header_missing{"tables.header_missing", 400,
                                             "The text has no first line with names of columns."};
inline constexpr refusal_kind column_unnamed{"tables.column_unnamed", 400,
                                             "Column {0} has no name in the first line."};
inline constexpr refusal_kind column_repeated{
    "tables.column_repeated", 400, "Two columns are called {0}; give one of them another name."};
inline constexpr refusal_kind column_unknown{"tables.column_unknown", 404,
                                             "There is no column {0}; there are {1}."};
inline constexpr refusal_kind separator_unusable{
    "tables.separator_unusable", 400,
    "The separator of columns and the decimal mark must be two different marks."};
inline constexpr refusal_kind rows_bad{
    "tables.rows_bad", 422,
    "{0} rows cannot be read, so nothing was taken. The first: line {1}, column {2}: {3}."};
inline constexpr refusal_kind not_numbers{"tables.not_numbers", 422,
                                          "The column {0} holds words, not numbers, such as {1}."};
inline constexpr refusal_kind too_large{"tables.too_large", 413, "There may be {0} at most: {1}."};
inline constexpr refusal_kind lengths_differ{
    "tables.lengths_differ", 400, "The column {0} has {1} cells, where the first one has {2}."};
inline constexpr refusal_kind file_malformed{"tables.file_malformed", 400,
                                             "{0} is no sound file of columns: {1}."};
inline constexpr refusal_kind value_malformed{"tables.value_malformed", 400,
                                              "{0} is no value that the column {1} can hold."};

inline constexpr const refusal_kind* all[] = {
    &file_unreadable, &file_unwritable, &encoding_unknown,   &header_missing, &column_unnamed,
    &column_repeated, &column_unknown,  &separator_unusable, &rows_bad,       &not_numbers,
    &too_large,       &lengths_differ,  &file_malformed,     &value_malformed};

}  // namespace veche::tables::refusals
