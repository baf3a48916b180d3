#pragma once
// One picture of an explored data set with the table that says the same, what must be known of it
// in sentences, and both as files. Table, picture and file come out of one pass, so that they
// cannot differ.

#include "api/pages/explore_state.hpp"
#include "render/markup.hpp"

namespace veche::api::pages {

struct explored_cell {
    std::string text;
    bool number = false;
};
VECHE_VIEW(explored_cell, (text, "What stands in it."), (number, "Whether it is a number."))

struct explored_row {
    std::string head;
    std::vector<explored_cell> cells;
};
VECHE_VIEW(explored_row, (head, "What it is about."), (cells, "The others."))

struct explored_column {
    std::string label;
    bool number = false;
};
VECHE_VIEW(explored_column, (label, "Its name."), (number, "Whether it holds numbers."))

struct explored_caveat {
    std::string text;
    bool applies = false;
};
VECHE_VIEW(explored_caveat, (text, "The caveat."), (applies, "Whether it is seen in these data."))

struct explored_picture {
    render::markup plot;
    std::optional<map_ways> ways;  ///< around a map on outlines
    std::string outlines;          ///< whose outlines they are
    std::vector<explored_column> columns;
    std::vector<explored_row> rows;
    std::vector<std::string> facts;  ///< sentences that belong to every figure here
    std::vector<explored_caveat> caveats;
    std::vector<std::string> traps;              ///< what was met when the data set was taken in
    std::vector<std::string> heads;              ///< of the file, the same in every language
    std::vector<std::vector<std::string>> data;  ///< of the file: codes and whole figures
    std::int64_t left = 0;                       ///< rows that are shown together, or not at all
};

VECHE_VIEW(explored_picture, (plot, "The picture."), (ways, "Ways around the map."),
           (outlines, "Whose outlines there are."), (columns, "Columns of its table."),
           (rows, "Rows of its table."), (facts, "What belongs to every figure."),
           (caveats, "What the product space does not say."),
           (traps, "What was met when the data set was taken in."),
           (left, "Rows that are shown together or not at all."))
/// What the state asks for. `all`: every row, not only those that a picture can hold.
/// Refuses what the data lack.
result<explored_picture> picture_of(const visit&, const explored_set&, const explore_state&,
                                    bool all);

/// "Exports of Belarus to all partners, all products, 2016"
std::string title_of_set(const visit&, const explored_set&, const explore_state&);

}  // namespace veche::api::pages
