#include "api/pages/drawn_result.hpp"

#include <algorithm>

#include "render/remarks.hpp"
#include "render/svg.hpp"

namespace veche::api::pages {

std::vector<figure_row> figure_rows(const visit& here,
                                    const std::vector<evidence::figure>& figures) {
    const render::locale& as = here.texts.locale();
    std::vector<figure_row> rows;
    for (const evidence::figure& one : figures) {
        std::string interval;
        if (one.low && one.high)
            interval = here.text("evidence.from_to",
                                 {{"low", as.digits(*one.low)}, {"high", as.digits(*one.high)}});
        rows.push_back({one.label, one.name, as.digits(one.value), interval, one.unit});
    }
    return rows;
}

bool has_intervals(const std::vector<figure_row>& rows) {
    return std::any_of(rows.begin(), rows.end(),
                       [](const figure_row& row) { return !row.interval.empty(); });
}

std::vector<drawn_table> drawn_tables(const visit& here, const findings::computed& made,
                                      const std::string& title, const std::string& source) {
    std::vector<drawn_table> out;
    for (const findings::picture& one : made.pictures) {
        const auto bars = findings::bars_of(made, one);
        if (!bars) continue;
        std::vector<render::plot_part> parts;
        for (const findings::picture_bar& bar : *bars)
            parts.push_back({bar.label, bar.hundredths, "a",
                             here.texts.locale().digits(bar.value) + "\u00A0" + one.unit});
        for (const findings::result_table& table : made.tables) {
            if (table.name != one.table) continue;
            out.push_back({render::bars(title, parts), table.columns, {}, source});
            for (const auto& row : table.rows) out.back().rows.push_back({row});
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
        out.push_back({known ? here.text(key) : table.name, table.columns, {}, source});
        for (const auto& row : table.rows) out.back().rows.push_back({row});
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
