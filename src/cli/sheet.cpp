#include "cli/sheet.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "kernel/json.hpp"
#include "tables/decimal.hpp"

namespace veche::cli {
namespace {

std::string sheet_text(const sheet_cell& cell) {
    if (const auto* number = std::get_if<double>(&cell))
        return std::isfinite(*number) ? fmt::format("{:.6g}", *number) : "-";
    if (const auto* word = std::get_if<std::string>(&cell)) return *word;
    return "-";
}

std::string sheet_json(const sheet_cell& cell) {
    if (const auto* number = std::get_if<double>(&cell))
        return std::isfinite(*number) ? tables::to_text(*number) : "null";
    if (const auto* word = std::get_if<std::string>(&cell)) return json::quoted(*word);
    return "null";
}

/// Characters of UTF-8 text, one column each.
std::size_t columns_wide(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
}

template <class List, class Call>
std::string listed_cells(const List& list, Call text) {
    std::string out;
    for (const auto& one : list) out += (out.empty() ? "" : ",") + text(one);
    return out;
}

std::size_t rows_shown(const sheet& what) {
    return what.most_rows == 0 ? what.rows.size() : std::min(what.most_rows, what.rows.size());
}

std::string as_json(const sheet& what) {
    std::string rows;
    for (std::size_t i = 0; i < rows_shown(what); ++i)
        rows += (i == 0 ? "[" : ",[") + listed_cells(what.rows[i], sheet_json) + "]";
    return fmt::format(
        "{{\"title\":{},\"facts\":{{{}}},\"remarks\":[{}],\"columns\":[{}],\"rows\":[{}],"
        "\"rows_in_all\":{}}}",
        json::quoted(what.title),
        listed_cells(what.facts,
                     [](const auto& fact) {
                         return json::quoted(fact.first) + ":" + json::quoted(fact.second);
                     }),
        listed_cells(what.remarks, json::quoted), listed_cells(what.columns, json::quoted), rows,
        what.rows.size());
}

void show_rows(const sheet& what, const terminal& on) {
    std::vector<std::size_t> width;
    for (const std::string& one : what.columns) width.push_back(columns_wide(one));
    for (std::size_t i = 0; i < rows_shown(what); ++i)
        for (std::size_t c = 0; c < width.size(); ++c)
            width[c] = std::max(width[c], columns_wide(sheet_text(what.rows[i][c])));
    const auto line = [&](const auto& cell_text, const auto& is_number) {
        std::string out;
        for (std::size_t c = 0; c < width.size(); ++c) {
            const std::string text = cell_text(c);
            const std::string gap(width[c] - columns_wide(text), ' ');
            out += (c == 0 ? "" : "  ") + (is_number(c) ? gap + text : text + gap);
        }
        out.erase(out.find_last_not_of(' ') + 1);
        on.say(out);
    };
    const auto numeric = [&](std::size_t c) {
        return !what.rows.empty() && std::holds_alternative<double>(what.rows[0][c]);
    };
    line([&](std::size_t c) { return what.columns[c]; }, numeric);
    for (std::size_t i = 0; i < rows_shown(what); ++i)
        line([&](std::size_t c) { return sheet_text(what.rows[i][c]); },
             [&](std::size_t c) { return std::holds_alternative<double>(what.rows[i][c]); });
    if (rows_shown(what) < what.rows.size())
        on.say(fmt::format("... {} of {} rows; --rows 0 shows them all", rows_shown(what),
                           what.rows.size()));
}

}  // namespace

void show(const sheet& what, const terminal& on) {
    if (on.json) {
        on.out << as_json(what) << '\n';
        return;
    }
    on.say(what.title);
    for (const auto& [name, text] : what.facts) on.say("  " + name + ": " + text);
    for (const std::string& one : what.remarks) on.say("  ! " + one);
    if (what.columns.empty()) return;
    on.say("");
    show_rows(what, on);
}

void show(const std::vector<sheet>& what, const terminal& on) {
    if (on.json) {
        on.out << "[" << listed_cells(what, as_json) << "]\n";
        return;
    }
    for (std::size_t i = 0; i < what.size(); ++i) {
        if (i > 0) on.say("");
        show(what[i], on);
    }
}

}  // namespace veche::cli
