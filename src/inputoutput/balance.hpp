#pragma once
// Whether a table adds up, and what in it is odd. Nothing is mended here: each discrepancy is told.

#include <string>
#include <vector>

#include "inputoutput/table.hpp"

namespace veche::inputoutput {

/// Two sums that should be equal.
struct discrepancy {
    std::string what;   ///< "output stated", "value added stated"
    std::string label;  ///< the producer
    double stated = 0;
    double summed = 0;
    [[nodiscard]] double gap() const { return stated - summed; }
};

struct odd_cell {
    std::string row, column;
    double value = 0;
};

struct balance_report {
    std::string unit;
    std::size_t producers = 0, regions = 0, sectors = 0, finals = 0;
    double output = 0;  ///< all flows to producers and to final use
    double final_use = 0;
    double value_added = 0;  ///< output less inputs
    bool output_stated = false, value_added_stated = false;
    double tolerance = 0;  ///< relative to the output of the producer
    /// Gaps beyond the tolerance, largest first: output stated against the row's sum; value added
    /// stated against the row's sum less the column's.
    std::vector<discrepancy> gaps;
    double largest_gap = 0;                     ///< within the tolerance too, absolute
    std::vector<std::string> without_output;    ///< their 1/x counts as 0
    std::vector<odd_cell> used_without_output;  ///< inputs of those, which count as final use
    std::vector<odd_cell> using_all;            ///< sums of inputs over output, 1 or more
    std::vector<odd_cell> negative;             ///< the first ones, row by row
    std::size_t negative_cells = 0;
};

/// Output per producer: sum of its row over all uses.
std::vector<double> row_sums(const table& of);

balance_report look_at(const table& of, double tolerance = 1e-6);

}  // namespace veche::inputoutput
