#pragma once
// Tables fitted to given totals of rows and columns.

#include <string>
#include <vector>

#include "kernel/result.hpp"
#include "numerics/dense.hpp"

namespace veche::inputoutput {

struct fitted {
    std::string method;  ///< "RAS" or "GRAS"
    numerics::dense cells;
    std::size_t rounds = 0;
    double off = 0;  ///< largest abs(sum - total) over the largest total, after the last round
    double tolerance = 0;
};

/// Rows and columns scaled in turns until their sums are the totals (Stone 1961; Bacharach 1970).
/// Refuses negative cells, totals that do not agree, and what has not converged after `rounds`: no
/// table comes out of that.
result<fitted> ras(const numerics::dense& from, const std::vector<double>& rows,
                   const std::vector<double>& columns, double tolerance = 1e-10,
                   std::size_t rounds = 10'000);

/// The same for tables with negative cells, which keep their signs: positive cells times r s,
/// negative ones divided by it (Junius and Oosterhaven 2003, with the target of Lenzen, Wood and
/// Gallego 2007; rows without positive cells after Temurshoev, Miller and Bouwmeester 2013).
result<fitted> gras(const numerics::dense& from, const std::vector<double>& rows,
                    const std::vector<double>& columns, double tolerance = 1e-10,
                    std::size_t rounds = 10'000);

}  // namespace veche::inputoutput
