#include "api/pages/drawn_result.hpp"

#include <algorithm>
#include <charconv>

#include "render/remarks.hpp"
#include "render/svg.hpp"

namespace veche::api::pages {
namespace {

/// Whole names of the result, where the figure has no label in the reader's language.
std::string label_of(const visit& here, const evidence::figure& one) {
    return one.label.empty() ? one.name : here.name_of(one.label);
}

/// "1" is what a figure without a unit has on the journal; readers see none.
std::string shown_unit(const std::string& unit) {
    return unit == "1" ? "" : unit;
}

std::optional<double> number_of(const std::string& text) {
    double value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string interval_of(const visit& here, const evidence::figure& one) {
    const render::locale& as = here.texts.locale();
    return here.text("evidence.from_to", {{"low", as.digits(one.low.value_or(""))},
                                          {"high", as.digits(one.high.value_or(""))}});
}

/// "real-gdp" as part of a key.
std::string key_part(std::string_view name) {
    std::string out(name);
    std::replace(out.begin(), out.end(), '-', '_');
    return out;
}

/// The name of a column in the reader's language; that of the file where there is none. The ends of
/// an interval are named after what they are of.
std::string column_name(const visit& here, const std::string& column) {
    const std::string key = "result_column." + key_part(column);
    if (here.texts.find(key) != nullptr) return here.text(key);
    for (const std::string end : {"low", "high"}) {
        if (!column.ends_with("_" + end)) continue;
        const std::string of = column.substr(0, column.size() - end.size() - 1);
        const std::string known = "result_column." + key_part(of);
        if (here.texts.find(known) != nullptr)
            return here.text("result_word." + end, {{"of", here.text(known)}});
    }
    return column;
}

std::vector<std::string> column_names(const visit& here, const std::vector<std::string>& columns) {
    std::vector<std::string> out;
    for (const std::string& one : columns) out.push_back(column_name(here, one));
    return out;
}

/// What is no figure and no name: "missing", "none".
std::vector<std::string> cell_words(const visit& here, std::vector<std::string> cells) {
    for (std::string& one : cells)
        if (one == "missing" || one == "none") one = here.text("result_word." + one);
    return cells;
}

}  // namespace

std::vector<figure_row> figure_rows(const visit& here,
                                    const std::vector<evidence::figure>& figures) {
    const render::locale& as = here.texts.locale();
    std::vector<figure_row> rows;
    for (const evidence::figure& one : figures) {
        const std::string interval = one.low && one.high ? interval_of(here, one) : "";
        rows.push_back({one.label, one.name, as.digits(one.value), interval, shown_unit(one.unit)});
    }
    return rows;
}

bool has_intervals(const std::vector<figure_row>& rows) {
    return std::any_of(rows.begin(), rows.end(),
                       [](const figure_row& row) { return !row.interval.empty(); });
}

std::vector<drawn_figures> drawn_intervals(const visit& here, const std::string& title,
                                           const std::vector<evidence::figure>& figures) {
    std::vector<std::pair<std::string, std::vector<render::plot_interval>>> by_unit;
    for (const evidence::figure& one : figures) {
        if (!one.low || !one.high) continue;
        const auto low = number_of(*one.low), at = number_of(one.value),
                   high = number_of(*one.high);
        if (!low || !at || !high) continue;
        auto group = std::find_if(by_unit.begin(), by_unit.end(),
                                  [&](const auto& known) { return known.first == one.unit; });
        if (group == by_unit.end()) group = by_unit.insert(by_unit.end(), {one.unit, {}});
        group->second.push_back(
            {label_of(here, one), *low, *at, *high,
             here.texts.locale().digits(one.value) + " (" + interval_of(here, one) + ")"});
    }
    std::vector<drawn_figures> out;
    for (const auto& [unit, parts] : by_unit)
        out.push_back({render::intervals(title, parts), shown_unit(unit)});
    return out;
}

std::vector<drawn_table> drawn_tables(const visit& here, const findings::computed& made,
                                      const std::string& title, const std::string& source) {
    std::vector<drawn_table> out;
    for (const findings::picture& one : made.pictures) {
        const auto bars = findings::bars_of(made, one);
        if (!bars) continue;
        std::vector<render::plot_part> parts;
        for (const findings::picture_bar& bar : *bars)
            parts.push_back(
                {bar.label, bar.hundredths, "a",
                 here.texts.locale().digits(bar.value) + "\u00A0" + shown_unit(one.unit)});
        for (const findings::result_table& table : made.tables) {
            if (table.name != one.table) continue;
            out.push_back(
                {render::bars(title, parts), column_names(here, table.columns), {}, source});
            for (const auto& row : table.rows) out.back().rows.push_back({cell_words(here, row)});
        }
    }
    return out;
}

std::vector<named_table> other_tables(const visit& here, const findings::computed& made,
                                      const std::string& source) {
    std::vector<named_table> out;
    for (const findings::result_table& table : made.tables) {
        const bool drawn =
            std::any_of(made.pictures.begin(), made.pictures.end(),
                        [&](const findings::picture& one) { return one.table == table.name; });
        if (drawn || table.rows.empty()) continue;
        const std::string key = "result_table." + table.name;
        const bool known = here.texts.find(key) != nullptr;
        out.push_back(
            {known ? here.text(key) : table.name, column_names(here, table.columns), {}, source});
        for (const auto& row : table.rows) out.back().rows.push_back({cell_words(here, row)});
    }
    return out;
}

std::vector<remark_row> remark_rows(const visit& here, const findings::computed& made) {
    std::vector<remark_row> rows;
    for (const remark& one : made.notes) rows.push_back({render::sentence(here.texts, one), false});
    for (const std::string& one : made.remarks) rows.push_back({one, true});
    return rows;
}

}  // namespace veche::api::pages
