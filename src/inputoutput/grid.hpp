#pragma once
// Text in rows and columns with labels above and beside, as files of tables come. Labels are read
// first; numbers row by row, straight to where they belong, so that no second copy is held.

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/result.hpp"

namespace veche::inputoutput {

/// A row of numbers: its place in the text, and its labels.
struct grid_row {
    std::size_t line = 0;   ///< of the file, from 1
    std::size_t begin = 0;  ///< byte at which the row begins
    std::size_t end = 0;    ///< byte after its last
    std::vector<std::string> labels;
};

struct grid {
    std::string_view text;  ///< outlives the grid
    char separator = ',';
    std::vector<std::vector<std::string>> above;  ///< rows of the head, without the labels' columns
    std::vector<grid_row> rows;
    std::size_t columns = 0;  ///< of numbers
    std::size_t label_columns = 1;
};

/// How many rows stand above the numbers and how many columns beside them.
struct grid_shape {
    std::size_t skipped = 0;  ///< rows before the head
    std::size_t head = 1;
    std::size_t labels = 1;
};

/// The fields of the row that begins at `at`, quotes taken off; `at` moves behind it.
std::vector<std::string> row_fields(std::string_view text, char separator, std::size_t& at);

/// The separator that the first line has most of: comma, semicolon, tab.
char separator_in(std::string_view text);

/// Reads head and labels. Refuses text without numbers.
result<grid> open_grid(std::string_view text, char separator, const grid_shape& shape);

/// Gives the numbers of each row for which `wanted` says so to `take`, one row after another, with
/// NaN for cells whose columns `of_numbers` says are none. Refuses a row with too few or too many
/// fields and a cell that is no number, by line and column.
result<void> read_numbers(const grid& from, const std::vector<bool>& of_numbers,
                          const std::vector<bool>& wanted,
                          const std::function<void(std::size_t, std::span<const double>)>& take);

}  // namespace veche::inputoutput
