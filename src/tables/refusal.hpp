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
// Rows that cannot be read, by what is wrong with the first of them.
inline constexpr refusal_kind rows_zero_byte{
    "tables.rows_zero_byte", 422,
    "{0} rows cannot be read, so nothing was taken. The first: line {1}, column {2}: it holds a "
    "byte of zero."};
inline constexpr refusal_kind rows_not_utf8{
    "tables.rows_not_utf8", 422,
    "{0} rows cannot be read, so nothing was taken. The first: line {1}, column {2}: its bytes are "
    "not UTF-8; name the encoding if it is Latin-1 or Windows-1251."};
inline constexpr refusal_kind rows_quote_open{
    "tables.rows_quote_open", 422,
    "{0} rows cannot be read, so nothing was taken. The first: line {1}, column {2}: its quotation "
    "mark is never closed."};
inline constexpr refusal_kind rows_quote_followed{
    "tables.rows_quote_followed", 422,
    "{0} rows cannot be read, so nothing was taken. The first: line {1}, column {2}: something "
    "follows its closing quotation mark."};
inline constexpr refusal_kind rows_no_number{
    "tables.rows_no_number", 422,
    "{0} rows cannot be read, so nothing was taken. The first: line {1}, column {2}: {3} is no "
    "number."};
inline constexpr refusal_kind rows_of_other_length{
    "tables.rows_of_other_length", 422,
    "{0} rows cannot be read, so nothing was taken. The first: line {1}, column {2}: it has {3} "
    "cells where there are {4} columns."};
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
    &file_unreadable, &file_unwritable,      &encoding_unknown, &header_missing,
    &column_unnamed,  &column_repeated,      &column_unknown,   &separator_unusable,
    &rows_zero_byte,  &rows_not_utf8,        &rows_quote_open,  &rows_quote_followed,
    &rows_no_number,  &rows_of_other_length, &not_numbers,      &too_large,
    &lengths_differ,  &file_malformed,       &value_malformed};

}  // namespace veche::tables::refusals
