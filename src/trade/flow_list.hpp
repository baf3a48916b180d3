#pragma once
// Flows of goods as one table, whatever office they come from: who reports, with whom, which way,
// when, what, how much, and where each cell has its value from.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/fields.hpp"
#include "kernel/result.hpp"
#include "tables/table.hpp"

namespace veche::trade {

enum class flow_kind : std::uint8_t { import_, export_, re_import, re_export };
VECHE_CHOICES(flow_kind, import_, export_, re_import, re_export)

/// Which costs a value holds: up to the border of the importer (cost, insurance, freight) or of the
/// exporter (free on board).
enum class valuation : std::uint8_t { unknown, cif, fob };
VECHE_CHOICES(valuation, unknown, cif, fob)

/// Where a cell has its value from.
enum class cell_origin : std::uint8_t {
    reported,    ///< declared to the reporter's office
    estimated,   ///< by the office that publishes
    reconciled,  ///< from both sides by the publisher (BACI)
    mirrored,    ///< from the partner's declaration, here
    no_row,      ///< zero: the reporter has no row for the partner
};
VECHE_CHOICES(cell_origin, reported, estimated, reconciled, mirrored, no_row)

/// One row a flow of one product in one period. All lists of codes and values have the same length;
/// codes index the lists of names, which are sorted by bytes.
struct flow_list {
    std::vector<std::string> areas;            ///< of reporters and partners
    std::vector<std::string> periods;          ///< "2020", "2020-03", "2020-Q1"
    std::vector<std::string> classifications;  ///< with vintage: "HS17", "H4", "S2", "" unknown
    std::vector<std::string> products;         ///< with leading zeros; "TOTAL" for all goods
    std::vector<std::string> quantity_units;

    std::vector<std::int32_t> reporter, partner, period, classification, product;
    std::vector<std::int32_t> quantity_unit;  ///< -1: no quantity
    std::vector<flow_kind> flow;
    std::vector<valuation> valued;
    std::vector<cell_origin> origin;
    std::vector<std::uint8_t> estimated;  ///< 1: the quantity is an estimate
    std::vector<double> value;            ///< in value_unit; NaN is missing, never zero
    std::vector<double> quantity;         ///< in its unit; NaN is missing

    std::string value_unit;  ///< "USD", "1000 USD"
    tables::table_source source;

    [[nodiscard]] std::size_t size() const { return value.size(); }
};

/// As a table with the columns reporter, partner, flow, period, classification, product, value,
/// quantity, quantity_unit, quantity_estimated, valuation, origin.
tables::table to_table(const flow_list& flows);
/// Back again. Refuses a table that lacks one of these columns or has other words in them.
result<flow_list> flows_from(const tables::table& t);

/// The place of a name in a sorted list of names; -1 where it is not there.
std::int32_t code_of(const std::vector<std::string>& names, std::string_view name);

/// The rows for which `keep` says 1, with only the names that they use.
flow_list some_rows(flow_list flows, const std::vector<std::uint8_t>& keep);

}  // namespace veche::trade
