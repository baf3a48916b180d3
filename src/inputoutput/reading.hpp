#pragma once
// Tables from text. The layouts: labels in one field ("region|sector", "region.sector",
// "region_sector": plain files, pymrio, decompr, the OECD's ICIO); WIOD of 2013 and 2016 saved as
// CSV from its sheet (four rows of head, four columns of labels); WIOD 2016 as one flat file; and
// EXIOBASE's text files (regions above sectors). docs/format/inputoutput.md shows each.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inputoutput/table.hpp"
#include "kernel/result.hpp"

namespace veche::inputoutput {

enum class layout : std::uint8_t { labelled, wiod, wiod_flat, exiobase };

std::string_view name_of(layout how);
/// By the look of the first rows.
layout layout_of(std::string_view text);

struct reading {
    std::optional<layout> how;  ///< nothing: by the look of each file
    char between = 0;           ///< between region and sector in a label; 0: | or . or _
    /// Parts of split countries, part to country: {"CN1": "CHN"}.
    std::map<std::string, std::string> parts;
    std::string unit;           ///< of money
    std::size_t most = 12'000;  ///< producers
};

/// The parts of China and Mexico in the OECD's tables.
std::map<std::string, std::string> parts_of_icio();

/// Flows between producers, and whatever stands beside and below them in the same file: final use,
/// output, value added; all other rows become the extension "other rows". Producers are in the
/// order of the rows; columns may stand in any order. Refuses, by name: a label that fits nowhere,
/// a producer without row or column, a cell that is empty or no number.
result<table> read_table(std::string_view text, const reading& how);

/// Final use from a file of its own; takes the place of what the table had.
result<void> read_final(table& into, std::string_view text, const reading& how);

struct extension_files {
    std::string name;
    std::string_view by_producer;  ///< F: a row per stressor, a column per producer
    std::string_view by_final;     ///< F_Y: a column per final use; "" where there is none
    std::string_view units;        ///< stressor and unit, with a row of head; "" where not known
};
/// Adds an extension.
result<void> read_extension(table& into, const extension_files& files, const reading& how);

}  // namespace veche::inputoutput
