#pragma once
// Which column of a table is what: for the known forms by the names they use, for others by a
// mapping that the analyst writes.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/fields.hpp"
#include "kernel/result.hpp"

namespace veche::trade {

/// Forms in which offices give trade statistics.
enum class data_form : std::uint8_t {
    comtrade,  ///< UN Comtrade v1, CSV or the answer in JSON
    baci,      ///< CEPII's BACI: t, i, j, k, v, q
    wits,      ///< World Integrated Trade Solution
    sdmx1,     ///< SDMX-CSV 1.0: begins with DATAFLOW
    sdmx2,     ///< SDMX-CSV 2.0: begins with STRUCTURE
    mapped,    ///< any other, with a mapping
};
VECHE_CHOICES(data_form, comtrade, baci, wits, sdmx1, sdmx2, mapped)

/// What a row of statistics has, whatever its columns are called.
enum class flow_field : std::uint8_t {
    reporter,
    partner,
    flow,
    period,
    classification,
    product,
    value,
    value_unit,
    multiplier,  ///< power of ten by which the value is to be multiplied
    quantity,
    quantity_unit,
    quantity_estimated,
    weight,  ///< in kilograms; goes before the quantity where it is there
    weight_estimated,
    valuation,
    reported,   ///< no or 0: the office estimated the cell
    status,     ///< of an SDMX observation
    action,     ///< of an SDMX row: D deletes
    data_set,   ///< of an SDMX row; one file has one
    partner2,   ///< partner of consignment: 0 is all
    transport,  ///< mode of transport: 0 is all
    procedure,  ///< customs procedure: C00 is all
    supply,     ///< mode of supply: 0 is all
};
VECHE_CHOICES(flow_field, reporter, partner, flow, period, classification, product, value,
              value_unit, multiplier, quantity, quantity_unit, quantity_estimated, weight,
              weight_estimated, valuation, reported, status, action, data_set, partner2, transport,
              procedure, supply)

/// A column, or one value for all rows.
struct field_source {
    std::string column;  ///< "" where it is a constant
    std::string constant;
};

struct column_mapping {
    data_form form = data_form::mapped;
    std::map<flow_field, field_source> fields;
};

/// The form and the columns, by the names of the columns alone. Refuses what is of no known form.
result<column_mapping> mapping_for(const std::vector<std::string>& columns);

/// A mapping as the analyst writes it: CSV with the columns field and column; "=x" instead of the
/// name of a column is x in all rows (docs/format/trade.md).
result<column_mapping> read_mapping(std::string_view text);

/// Puts the fields of `over` in place of those of `base`.
column_mapping merged(column_mapping base, const column_mapping& over);

}  // namespace veche::trade
