#pragma once
// A result of the engines of evidence as text for people and as JSON for programs: facts, tables of
// figures, remarks. The journal's JSON has no fractions; this one does.

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "cli/terminal.hpp"

namespace veche::cli {

/// Text or a figure; what is not known is NaN, which JSON has as null and text as a dash.
using table_cell = std::variant<std::string, double>;

struct sheet_table {
    std::string name;
    std::vector<std::string> columns;
    std::vector<std::vector<table_cell>> rows;
};

struct evidence_sheet {
    std::string title;
    std::vector<std::pair<std::string, table_cell>> facts;  ///< method, unit, sizes
    std::vector<sheet_table> tables;
    std::vector<std::string> remarks;
};

/// {"title","facts":{..},"tables":[{"name","columns","rows"}],"remarks":[..]}; figures with twelve
/// digits.
std::string to_json_text(const evidence_sheet& sheet);

/// Facts line by line, tables in columns, figures with six digits.
std::string to_text(const evidence_sheet& sheet);

/// The one or the other.
void show(const evidence_sheet& sheet, const terminal& on);

}  // namespace veche::cli
