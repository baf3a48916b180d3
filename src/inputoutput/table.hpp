#pragma once
// Tables of who uses whose output, over several regions and sectors. Plain values.

#include <cstdint>
#include <string>
#include <vector>

#include "numerics/dense.hpp"

namespace veche::inputoutput {

/// A row and a column of the table. A region may have several producers of one sector: tables that
/// split a country (processing zones apart) keep its technologies apart, and `part` says which.
struct producer {
    std::uint32_t region = 0;  ///< index into table::regions
    std::uint32_t sector = 0;  ///< index into table::sectors
    std::string part;          ///< "" where the region is not split here
};

/// A column of final use: consumption, investment, ... of one region.
struct final_use {
    std::uint32_t region = 0;
    std::string category;
};

/// One row of an extension: emissions, hours of work, value added of a kind.
struct stressor {
    std::string name;
    std::string unit;  ///< "" where the source does not say it
};

struct extension {
    std::string name;
    std::vector<stressor> rows;
    numerics::dense by_producer;  ///< stressors by producers (F)
    numerics::dense by_final;     ///< stressors by final uses (F_Y); no columns where not given
};

struct table {
    std::vector<std::string> regions;
    std::vector<std::string> sectors;
    std::vector<producer> producers;
    std::vector<final_use> finals;
    numerics::dense z;                ///< producers by producers, from row to column, in `unit`
    numerics::dense y;                ///< producers by final uses, in `unit`
    std::vector<double> value_added;  ///< as the source states it; empty where it does not
    std::vector<double> output;       ///< as the source states it; empty where it does not
    std::vector<extension> extensions;
    std::string unit;  ///< of money, such as "M USD"; "" where the source does not say it

    [[nodiscard]] std::size_t size() const { return producers.size(); }
    /// "region|sector", and "region/part|sector" of a part.
    [[nodiscard]] std::string label(std::size_t at) const {
        const producer& one = producers[at];
        return regions[one.region] + (one.part.empty() ? "" : "/" + one.part) + "|" +
               sectors[one.sector];
    }
};

/// Bytes that a table of so many producers, final uses and regions needs at the peak of an
/// analysis: the flows, the factors, and the right sides. For saying beforehand what is too large.
double peak_bytes(std::size_t producers, std::size_t finals, std::size_t regions);

}  // namespace veche::inputoutput
