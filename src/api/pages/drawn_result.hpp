#pragma once
// Figures and tables of a result as pages show them: of a finding and of what was asked for.

#include "api/pages/visit.hpp"
#include "findings/findings.hpp"
#include "render/markup.hpp"

namespace veche::api::pages {

struct figure_row {
    localized label;
    std::string name;
    std::string value;
    std::string interval;
    std::string unit;
};
VECHE_VIEW(figure_row, (label, "What it is."), (name, "Its name in the result."),
           (value, "Its value."), (interval, "From where to where it may lie."),
           (unit, "Its unit."))

struct drawn_row {
    std::vector<std::string> cells;
};
VECHE_VIEW(drawn_row, (cells, "Its cells."))

/// A table of the result, drawn.
struct drawn_table {
    render::markup plot;
    std::vector<std::string> columns;
    std::vector<drawn_row> rows;
    std::string source;
};
VECHE_VIEW(drawn_table, (plot, "The picture."), (columns, "Names of the columns."),
           (rows, "The rows."), (source, "Hash of the whole result."))

std::vector<figure_row> figure_rows(const visit&, const std::vector<evidence::figure>&);
bool has_intervals(const std::vector<figure_row>&);

/// Figures of one unit that have intervals, drawn.
struct drawn_figures {
    render::markup plot;
    std::string unit;
};
VECHE_VIEW(drawn_figures, (plot, "The picture."), (unit, "Unit of all of them."))
/// One picture for each unit, in the order of the figures.
std::vector<drawn_figures> drawn_intervals(const visit&, const std::string& title,
                                           const std::vector<evidence::figure>&);
/// The tables that the result wants drawn; what does not fit is left out.
/// `source`: hash of the file with the whole result.
std::vector<drawn_table> drawn_tables(const visit&, const findings::computed&,
                                      const std::string& title, const std::string& source);

/// A table of the result that is not drawn, under its name.
struct named_table {
    std::string name;
    std::vector<std::string> columns;
    std::vector<drawn_row> rows;
    std::string source;
};
VECHE_VIEW(named_table, (name, "What it holds."), (columns, "Names of the columns."),
           (rows, "The rows."), (source, "Hash of the whole result."))
std::vector<named_table> other_tables(const visit& here, const findings::computed& made,
                                      const std::string& source);

/// A remark beside figures: in the reader's language, or in English where its method knows no
/// other.
struct remark_row {
    std::string text;
    bool english = false;
};
VECHE_VIEW(remark_row, (text, "The sentence."), (english, "Whether it is in English."))
std::vector<remark_row> remark_rows(const visit& here, const findings::computed& made);

}  // namespace veche::api::pages
