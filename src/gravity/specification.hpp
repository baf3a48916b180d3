#pragma once
// A model made of a table by a formula.

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "gravity/formula.hpp"
#include "gravity/model.hpp"
#include "tables/table.hpp"

namespace veche::gravity {

struct specification {
    std::string formula;
    std::string clusters;  ///< "exp^imp + year"; "" none
    std::string dyadic;    ///< "exp + imp": both ends share one list of members; "" not
    std::string weights, offset, filter;
    family of = family::poisson;
    /// Only regressors, effects and offset are wanted, of rows that no estimate was made of: the
    /// outcome may lack a column, and dummies of reference levels are made too.
    bool predicting = false;
};

/// A model with the numbers it looks at. Rows that a filter leaves out are not in it.
struct specified {
    model m;
    std::vector<std::uint64_t> rows;  ///< of the table, from 0, by row of the model
    std::uint64_t filtered = 0;       ///< rows that the filter left out
    // Where the model's views point; a deque, so that they stay.
    std::deque<std::vector<double>> numbers;
    std::deque<tables::level_list> levels;
};

/// Refuses formulas and filters that are not understood, and columns that are not there or hold
/// words where numbers are needed. A number that has no logarithm is missing.
result<std::unique_ptr<specified>> specify(const tables::table&, const specification&);

/// The rows of a table for which a filter holds, ascending; all of them where it is "".
result<std::vector<std::uint32_t>> rows_where(const tables::table&, const std::string& filter);

}  // namespace veche::gravity
