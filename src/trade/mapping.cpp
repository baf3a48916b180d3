#include "trade/mapping.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "kernel/csv.hpp"
#include "trade/refusal.hpp"

namespace veche::trade {
namespace {

using column_list = std::vector<std::string>;

bool has(const column_list& columns, std::string_view name) {
    return std::find(columns.begin(), columns.end(), name) != columns.end();
}

/// Takes the first of the columns that is there.
class mapper {
  public:
    mapper(const column_list& columns, data_form form) : columns_(columns) { made.form = form; }
    void take(flow_field field, std::initializer_list<const char*> choices) {
        for (const char* one : choices)
            if (has(columns_, one)) {
                made.fields[field] = {one, ""};
                return;
            }
    }
    void constant(flow_field field, const char* value) { made.fields[field] = {"", value}; }
    column_mapping made;

  private:
    const column_list& columns_;
};

column_mapping comtrade_mapping(const column_list& columns) {
    mapper m(columns, data_form::comtrade);
    using enum flow_field;
    m.take(reporter, {"reporterISO", "reporterCode"});
    m.take(partner, {"partnerISO", "partnerCode"});
    m.take(flow, {"flowCode"});
    m.take(period, {"period", "refYear"});
    m.take(classification, {"classificationCode"});
    m.take(product, {"cmdCode"});
    m.take(value, {"primaryValue"});
    m.constant(value_unit, "USD");
    m.take(quantity, {"qty"});
    m.take(quantity_unit, {"qtyUnitAbbr", "qtyUnitCode"});
    m.take(quantity_estimated, {"isQtyEstimated"});
    m.take(weight, {"netWgt"});
    m.take(weight_estimated, {"isNetWgtEstimated"});
    m.take(reported, {"isReported"});
    m.take(partner2, {"partner2Code"});
    m.take(transport, {"motCode"});
    m.take(procedure, {"customsCode"});
    m.take(supply, {"mosCode"});
    return std::move(m.made);
}

column_mapping baci_mapping(const column_list& columns) {
    mapper m(columns, data_form::baci);
    using enum flow_field;
    m.take(reporter, {"i"});
    m.take(partner, {"j"});
    m.constant(flow, "export");
    m.take(period, {"t"});
    m.take(product, {"k"});
    m.take(value, {"v"});
    m.constant(value_unit, "1000 USD");
    m.take(quantity, {"q"});
    m.constant(quantity_unit, "t");
    m.constant(valuation, "fob");
    return std::move(m.made);
}

column_mapping wits_mapping(const column_list& columns) {
    mapper m(columns, data_form::wits);
    using enum flow_field;
    m.take(reporter, {"ReporterISO3", "Reporter"});
    m.take(partner, {"PartnerISO3", "Partner"});
    m.take(flow, {"TradeFlowName", "TradeFlow"});
    m.take(period, {"Year"});
    m.take(classification, {"Nomenclature", "NomenCode"});
    m.take(product, {"ProductCode", "Product Code"});
    m.take(value, {"value_kusd", "TradeValue in 1000 USD", "Trade Value 1000USD"});
    m.constant(value_unit, "1000 USD");
    m.take(quantity, {"Quantity"});
    m.take(quantity_unit, {"QtyUnit", "Qty Unit"});
    m.take(weight, {"NetWeight in KGM"});
    return std::move(m.made);
}

column_mapping sdmx_mapping(const column_list& columns, data_form form) {
    mapper m(columns, form);
    using enum flow_field;
    m.take(data_set, {form == data_form::sdmx1 ? "DATAFLOW" : "STRUCTURE_ID"});
    if (form == data_form::sdmx2) m.take(action, {"ACTION"});
    m.take(reporter, {"REF_AREA", "REPORTER"});
    m.take(partner, {"COUNTERPART_AREA", "PARTNER"});
    m.take(flow, {"TRADE_FLOW", "FLOW", "INDICATOR"});
    m.take(period, {"TIME_PERIOD"});
    m.take(classification, {"CLASSIFICATION"});
    m.take(product, {"COMMODITY", "PRODUCT", "COMMODITY_1", "COMMODITY_CUSTOM_BREAKDOWN"});
    m.take(value, {"OBS_VALUE"});
    m.take(value_unit, {"UNIT_MEASURE", "CURRENCY"});
    m.take(multiplier, {"UNIT_MULT"});
    m.take(valuation, {"VALUATION"});
    m.take(status, {"OBS_STATUS"});
    return std::move(m.made);
}

bool complete(const column_mapping& m) {
    for (const flow_field one : {flow_field::reporter, flow_field::partner, flow_field::flow,
                                 flow_field::period, flow_field::value})
        if (!m.fields.contains(one)) return false;
    return true;
}

}  // namespace

result<column_mapping> mapping_for(const column_list& columns) {
    column_mapping out;
    if (has(columns, "reporterCode") && has(columns, "primaryValue"))
        out = comtrade_mapping(columns);
    else if (columns.size() == 6 && has(columns, "i") && has(columns, "j") && has(columns, "k"))
        out = baci_mapping(columns);
    else if (has(columns, "TradeFlowName"))
        out = wits_mapping(columns);
    else if (!columns.empty() && columns[0].starts_with("DATAFLOW"))
        out = sdmx_mapping(columns, data_form::sdmx1);
    else if (!columns.empty() && columns[0].starts_with("STRUCTURE"))
        out = sdmx_mapping(columns, data_form::sdmx2);
    if (out.form != data_form::mapped && complete(out)) return out;
    std::string all;
    for (const std::string& one : columns) all += (all.empty() ? "" : ", ") + one;
    return refuse(refusals::form_unknown, "data", all);
}

result<column_mapping> read_mapping(std::string_view text) {
    const auto known = veche_choices(static_cast<const flow_field*>(nullptr));
    csv_reader rows(text);
    const auto header = rows.next();
    if (!header || header->fields != column_list{"field", "column"})
        return refuse(refusals::mapping_header, "mapping");
    column_mapping out;
    while (const auto row = rows.next()) {
        if (row->fields.size() != 2)
            return refuse(refusals::mapping_cells, "mapping", std::to_string(row->line));
        const auto at = std::find(known.begin(), known.end(), row->fields[0]);
        if (at == known.end())
            return refuse(refusals::mapping_field_unknown, "mapping", std::to_string(row->line),
                          row->fields[0]);
        const auto field = static_cast<flow_field>(at - known.begin());
        const std::string& column = row->fields[1];
        if (column.empty() || out.fields.contains(field))
            return refuse(
                column.empty() ? refusals::mapping_column_empty : refusals::mapping_field_twice,
                "mapping", std::to_string(row->line), row->fields[0]);
        out.fields[field] =
            column.starts_with('=') ? field_source{"", column.substr(1)} : field_source{column, ""};
    }
    if (!rows.fault().empty())
        return refuse(refusals::mapping_torn, "mapping", std::to_string(rows.line()));
    return out;
}

column_mapping merged(column_mapping base, const column_mapping& over) {
    for (const auto& [field, source] : over.fields) base.fields[field] = source;
    return base;
}

}  // namespace veche::trade
