#pragma once
// A table out of a text with a separator: CSV, TSV and their kin.
//
// The type of a column is seen from all of its cells: numbers, if every cell that is not missing is
// one without a zero in front (010121 is a code), else words. Every unsound row is listed; where
// there is one, nothing is taken, unless the caller asks for the sound rows.

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tables/encoding.hpp"
#include "tables/table.hpp"

namespace veche::tables {

/// What a column is said to be, against what its cells look like.
enum class column_choice : std::uint8_t { seen, numbers, words, left_out };
VECHE_CHOICES(column_choice, seen, numbers, words, left_out)

struct text_options {
    char separator = 0;  ///< 0: the one that the first line has most of: comma, semicolon, tab, bar
    char decimal_mark = '.';
    text_encoding encoding = text_encoding::utf8;
    /// Cells without quotes that are missing. An empty one with quotes is missing too, and in a
    /// column that is said to hold numbers any of these with quotes.
    std::vector<std::string> missing = {"", "NA", "."};
    std::map<std::string, column_choice, std::less<>> choices;  ///< by column
    std::map<std::string, std::string, std::less<>> units;      ///< by column
    std::vector<std::string> names;  ///< of the columns, where the text has no first line with them
    bool sound_rows_only = false;    ///< go on without unsound rows, which are listed all the same
    std::string source;              ///< name of the data
    /// Told of bytes done and bytes in all, every few thousand rows.
    std::function<void(std::uint64_t, std::uint64_t)> progress;
};

/// A row that cannot be taken.
struct row_fault {
    std::uint64_t line = 0;  ///< of the text, from 1, where the row begins
    std::string column;      ///< "" for the row as a whole
    std::string reason;      ///< in English
    const refusal_kind* kind = nullptr;
    std::vector<std::string> args = {};  ///< of the kind, behind rows, line and column
    bool operator==(const row_fault& other) const {
        return line == other.line && column == other.column && reason == other.reason;
    }
};

/// So many rows cannot be taken, of which this is the first.
refusal unsound_rows(std::uint64_t rows, const row_fault& first);

/// What a column was taken for, and by which cell.
struct column_note {
    std::string name;
    column_kind kind{};
    std::uint64_t missing = 0;
    std::string why;  ///< the cell for which it is no column of decimals; "" where it is one
};

inline constexpr std::size_t most_faults = 1'000;

struct reading {
    std::optional<table> made;      ///< nothing where a row is unsound and none may be left out
    std::vector<row_fault> faults;  ///< the first `most_faults` of them
    std::uint64_t fault_count = 0;
    std::vector<column_note> notes;
};

/// The names of the columns, without reading more than they need.
result<std::vector<std::string>> column_names(std::string_view bytes, const text_options& options);

/// Reads a whole text. Refuses what is no text with named columns at all.
result<reading> read_text(std::string_view bytes, const text_options& options);

/// The same of a file, mapped into memory.
result<reading> read_text_file(const std::filesystem::path& file, text_options options);

/// The table; a refusal with the first unsound row where there is none.
result<table> sound_table(result<reading> read);

}  // namespace veche::tables
