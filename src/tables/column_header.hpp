#pragma once
// What stands at the beginning of a file of columns (docs/format/columns.md).

#include "tables/table.hpp"

namespace veche::tables {

/// A column in the header of a file. Places count from the beginning of the file, in bytes.
struct column_entry {
    std::string name;
    std::string unit;
    column_kind kind{};
    std::int64_t width = 0;
    std::int64_t scale = 0;
    std::string base;
    std::int64_t missing = 0;
    std::int64_t cells_at = 0;
    std::string cells_hash;
    std::int64_t words = 0;
    std::int64_t words_at = 0;
    std::int64_t words_bytes = 0;
    std::string words_hash;
};
VECHE_FIELDS(column_entry, (name, "Name."), (unit, "Unit of its numbers, or empty."),
             (kind, "exact, real or words."), (width, "Bytes of a cell: 0, 1, 2, 4 or 8."),
             (scale, "Places behind the decimal mark."),
             (base, "What is added to each cell, in decimal digits."), (missing, "Missing cells."),
             (cells_at, "Where the cells begin."), (cells_hash, "SHA-256 of the cells."),
             (words, "How many words."), (words_at, "Where the words begin."),
             (words_bytes, "Their bytes."), (words_hash, "SHA-256 of the words."))

/// The header of a file.
struct column_header {
    std::int64_t rows = 0;
    table_source source;
    std::vector<column_entry> columns;
};
VECHE_FIELDS(column_header, (rows, "Rows."), (source, "What was read."), (columns, "The columns."))

}  // namespace veche::tables
