#pragma once
// A table of figures with what must stand beside it: facts about data and method, and remarks.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cli/terminal.hpp"

namespace veche::cli {

/// A number (NaN: none), a word, or nothing.
using sheet_cell = std::variant<std::monostate, double, std::string>;

struct sheet {
    std::string title;
    std::vector<std::pair<std::string, std::string>> facts;  ///< data, sample, method, each by name
    std::vector<std::string> remarks;
    std::vector<std::string> columns;
    std::vector<std::vector<sheet_cell>> rows;
    std::size_t most_rows = 0;  ///< shown of them; 0 all
};

/// For people in columns, six digits a number; under --json one object with all digits, which reads
/// {"title","facts","remarks","columns","rows","rows_in_all"}.
void show(const sheet& what, const terminal& on);
/// Several of them: under --json an array.
void show(const std::vector<sheet>& what, const terminal& on);

}  // namespace veche::cli
