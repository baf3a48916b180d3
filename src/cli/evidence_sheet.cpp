#include "cli/evidence_sheet.hpp"

#include <algorithm>
#include <cmath>

#include "kernel/json.hpp"
#include "numerics/digits.hpp"

namespace veche::cli {
namespace {

constexpr int shown_digits = 6;

std::string cell_json(const table_cell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return json::quoted(*text);
    const double value = std::get<double>(cell);
    return std::isfinite(value) ? numerics::digits(value) : "null";
}

std::string cell_text(const table_cell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    const double value = std::get<double>(cell);
    if (!std::isfinite(value)) return "-";
    // Large amounts are easier to read without a power of ten.
    constexpr double large = 1e15;
    if (std::abs(value) >= 1e5 && std::abs(value) < large) return numerics::decimals(value, 0);
    return numerics::digits(value, shown_digits);
}

template <class Range, class Write>
std::string joined_json(const Range& of, Write write) {
    std::string out = "[";
    for (const auto& one : of) out += (out.size() > 1 ? "," : "") + write(one);
    return out + "]";
}

/// Characters of UTF-8, near enough for columns.
std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) >> 6) != 2;
    }));
}

void append_padded(std::string& line, const std::string& text, std::size_t width, bool right) {
    const std::string blanks(width - std::min(width, width_of(text)), ' ');
    line += line.empty() ? "  " : "  ";
    line += right ? blanks + text : text + blanks;
}

std::string table_text(const sheet_table& of) {
    std::vector<std::size_t> widths;
    std::vector<bool> right(of.columns.size(), false);
    for (const std::string& one : of.columns) widths.push_back(width_of(one));
    for (const auto& row : of.rows)
        for (std::size_t c = 0; c < row.size(); ++c) {
            widths[c] = std::max(widths[c], width_of(cell_text(row[c])));
            right[c] = right[c] || std::holds_alternative<double>(row[c]);
        }
    const auto line_of = [&](const auto& cells, auto text) {
        std::string line;
        for (std::size_t c = 0; c < cells.size(); ++c)
            append_padded(line, text(cells[c]), widths[c], right[c]);
        line.erase(line.find_last_not_of(' ') + 1);
        return line + "\n";
    };
    std::string out = of.name + "\n";
    out += line_of(of.columns, [](const std::string& s) { return s; });
    for (const auto& row : of.rows) out += line_of(row, cell_text);
    if (of.rows.empty()) out += "  none\n";
    return out;
}

}  // namespace

std::string to_json_text(const evidence_sheet& sheet) {
    std::string out = "{\"title\":" + json::quoted(sheet.title) + ",\"facts\":{";
    for (const auto& [name, value] : sheet.facts)
        out += (out.back() == '{' ? "" : ",") + json::quoted(name) + ":" + cell_json(value);
    out += "},\"tables\":" + joined_json(sheet.tables, [](const sheet_table& t) {
               return "{\"name\":" + json::quoted(t.name) +
                      ",\"columns\":" + joined_json(t.columns, json::quoted) + ",\"rows\":" +
                      joined_json(t.rows,
                                  [](const auto& row) { return joined_json(row, cell_json); }) +
                      "}";
           });
    return out + ",\"remarks\":" + joined_json(sheet.remarks, json::quoted) + "}\n";
}

std::string to_text(const evidence_sheet& sheet) {
    std::string out = sheet.title + "\n";
    for (const auto& [name, value] : sheet.facts)
        out += "  " + name + ": " + cell_text(value) + "\n";
    for (const sheet_table& one : sheet.tables) out += "\n" + table_text(one);
    if (!sheet.remarks.empty()) out += "\n";
    for (const std::string& one : sheet.remarks) out += one + "\n";
    return out;
}

void show(const evidence_sheet& sheet, const terminal& on) {
    on.out << (on.json ? to_json_text(sheet) : to_text(sheet));
}

}  // namespace veche::cli
