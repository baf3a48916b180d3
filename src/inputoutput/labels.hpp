#pragma once
// What the labels of a file say: whose row, whose column.

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "inputoutput/grid.hpp"
#include "inputoutput/reading.hpp"

namespace veche::inputoutput {

/// A label taken apart.
struct mark {
    std::string region;  ///< "" where the label has one word only
    std::string name;    ///< sector, category, or the whole
    std::string whole;   ///< as a person would say it
    std::string
        display;  ///< name of a sector for people, where the file has a better one than `name`
    [[nodiscard]] std::pair<std::string, std::string> key() const { return {region, name}; }
};

/// A file with its labels read.
struct labelled_grid {
    grid cells;
    char between = '|';
    std::vector<mark> rows;
    std::vector<mark> columns;
};

/// `rows_are_producers`: false for extensions, whose rows have a label of one word.
result<labelled_grid> open_labelled(std::string_view text, const reading& how,
                                    bool rows_are_producers);

enum class meaning : std::uint8_t { other, output, value_added, left_out };
/// Rows and columns that are known by name: output, value added, sums that say nothing new.
meaning meaning_of(const mark& one);

}  // namespace veche::inputoutput
