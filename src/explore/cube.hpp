#pragma once
// Flows of a data set as explorers ask for them: imported once, both sides of each flow beside each
// other in narrow columns, by period. A request reads the rows of its periods and no text.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/result.hpp"
#include "trade/flow_list.hpp"
#include "trade/import.hpp"

namespace veche::explore {

/// Larger ones are refused: their size in bytes, and their rows.
inline constexpr std::size_t most_bytes = 64UL * 1024 * 1024;
inline constexpr std::size_t most_rows = 3'000'000;

/// In place of a value where a side has no row for the flow: whether that is zero or missing is a
/// question of what else it declares. Values are never below zero.
inline constexpr double no_row_here = -1;

/// Codes index the names, which are sorted by bytes. NaN is a row without a value: missing.
struct flow_cube {
    std::vector<std::string> areas, periods, products;
    std::string classification;  ///< of the products, "" where the data name none
    std::string unit;            ///< of the values, "" where the data name none

    /// The data give one value for each pair, of which nobody says whose declaration it is.
    bool one_value = false;
    /// Where it is not: whether exporters, and importers, declare at all.
    bool exporters_declare = false, importers_declare = false;

    std::vector<std::uint16_t> exporter, importer, product;
    std::vector<double> by_exporter, by_importer;  ///< a value, NaN or no_row_here
    std::vector<std::size_t> first_of_period;  ///< one more than periods; rows are in their order

    /// Rows with the whole world as partner: they are totals, or all that there is.
    std::vector<std::uint16_t> world_area, world_product, world_period;
    std::vector<std::uint8_t> world_export;  ///< 1: what the area exports
    std::vector<double> world_value;

    std::vector<std::uint8_t> reports;  ///< by area, period and way: whether it has any row
    std::vector<trade::trap_note> traps;
    std::int64_t rows_in = 0, rows_kept = 0;

    [[nodiscard]] std::size_t pairs() const { return exporter.size(); }
    /// Whether the area declares exports (or imports) for the period at all.
    [[nodiscard]] bool declares(std::size_t area, std::size_t period, bool exports) const {
        return reports[(area * periods.size() + period) * 2 + (exports ? 0 : 1)] != 0;
    }
    [[nodiscard]] std::size_t bytes() const;
};

/// Whether a text holds flows, as this room reads them: by the names of its columns, or because it
/// is an answer in JSON.
bool holds_flows(std::string_view text);

/// From any form of trade statistics, and from tables whose columns are called exporter, importer,
/// value, or reporter, partner, flow, value, with year or period, maybe product, classification and
/// unit. `name`: of the data set. Refuses what is too large, other columns, and unsound rows with
/// the first of them.
result<flow_cube> cube_of(std::string_view bytes, const std::string& name);

}  // namespace veche::explore
