#pragma once
// The tables and plots of a page that was made, each by a name, so that any of them can be taken
// away: as CSV, as SVG, or inside the page of another site. They are read from the page itself, so
// what is taken away is what was shown.

#include <string>
#include <string_view>
#include <vector>

namespace veche::api::pages {

struct page_part {
    std::string name;   ///< id of the heading above it, "table" or "plot" where none stands there
    bool plot = false;  ///< a plot, otherwise a table
    std::string title;  ///< caption of a table, name of a plot
    std::string html;   ///< the whole element
    std::size_t rows = 0;  ///< of a table, without its head
};

/// The parts of a page in their order. Where several stand under one heading, the second is called
/// "names-2", and so on. `html` is a page that a template of ours made.
std::vector<page_part> parts_of(std::string_view html);

/// The text of the first heading of the page; "" without one.
std::string heading_of(std::string_view html);

/// A table as CSV (RFC 4180): one record for each row, one field for each cell, in words as shown.
std::string table_csv(std::string_view table);

/// A plot as a file of its own: with its name space, its colours and a white ground.
std::string plot_file(std::string_view plot);

}  // namespace veche::api::pages
