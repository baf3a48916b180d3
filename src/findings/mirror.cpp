// Both sides of the flow from one territory to another: what the exporter declares, what the
// importer does, their gap, and one value out of both.
//   gap   (imports / exports - 1), in per cent of what the exporter declares. Imports hold freight
//         and insurance, so that 5 to 10 % are no contradiction.

#include "trade/mirror.hpp"

#include <cmath>

#include "findings/methods.hpp"
#include "findings/reading.hpp"
#include "findings/refusal.hpp"
#include "findings/remarks.hpp"
#include "numerics/digits.hpp"
#include "numerics/sums.hpp"

namespace veche::findings {
namespace {

/// All products of one flow and period together.
struct two_sides {
    numerics::compensated_sum exported, imported, both_exported, both_imported, reconciled;
    std::int64_t products = 0, exporter_says = 0, importer_says = 0;
};

bool declared(const trade::flow_side& side) {
    return side.state == trade::side_state::declared && !std::isnan(side.value);
}

void add(two_sides& into, const trade::mirrored_flow& one) {
    ++into.products;
    if (declared(one.exported)) {
        ++into.exporter_says;
        into.exported.add(one.exported.value);
    }
    if (declared(one.imported)) {
        ++into.importer_says;
        into.imported.add(one.imported.value);
    }
    if (declared(one.exported) && declared(one.imported)) {
        into.both_exported.add(one.exported.value);
        into.both_imported.add(one.imported.value);
    }
}

std::string state_in(const two_sides& of, bool exporter) {
    const std::int64_t said = exporter ? of.exporter_says : of.importer_says;
    return std::to_string(said) + " of " + std::to_string(of.products);
}

struct mirrored_pair {
    std::vector<std::pair<std::string, two_sides>> by_period;
};

mirrored_pair pair_of(const trade::flow_list& flows, const trade::mirror_statistics& both,
                      const trade::flow_list& one_value, const std::string& exporter,
                      const std::string& importer) {
    std::vector<two_sides> sides(flows.periods.size());
    const std::int32_t from = trade::code_of(flows.areas, exporter);
    const std::int32_t to = trade::code_of(flows.areas, importer);
    for (const trade::mirrored_flow& one : both.flows)
        if (one.exporter == from && one.importer == to)
            add(sides[static_cast<std::size_t>(one.period)], one);
    const std::int32_t here = trade::code_of(one_value.areas, exporter);
    const std::int32_t there = trade::code_of(one_value.areas, importer);
    for (std::size_t i = 0; i < one_value.size(); ++i)
        if (here >= 0 && one_value.reporter[i] == here && one_value.partner[i] == there &&
            one_value.flow[i] == trade::flow_kind::export_) {
            const auto& period = one_value.periods[static_cast<std::size_t>(one_value.period[i])];
            sides[static_cast<std::size_t>(trade::code_of(flows.periods, period))].reconciled.add(
                one_value.value[i]);
        }
    mirrored_pair out;
    for (std::size_t p = 0; p < sides.size(); ++p)
        if (sides[p].products > 0) out.by_period.emplace_back(flows.periods[p], sides[p]);
    return out;
}

double gap_in(const two_sides& of) {
    return 100 * (of.both_imported.value() / of.both_exported.value() - 1);
}

result_table table_by_period(const mirrored_pair& pair) {
    result_table out{"by_period",
                     {"period", "by_exporter", "by_importer", "gap_percent", "reconciled",
                      "products_exporter", "products_importer"},
                     {}};
    const auto said = [](std::int64_t how_often, double value) {
        return how_often > 0 ? numerics::digits(value) : std::string("missing");
    };
    for (const auto& [period, of] : pair.by_period)
        out.rows.push_back({period, said(of.exporter_says, of.exported.value()),
                            said(of.importer_says, of.imported.value()),
                            of.both_exported.value() > 0 ? numerics::digits(gap_in(of)) : "none",
                            numerics::digits(of.reconciled.value()), state_in(of, true),
                            state_in(of, false)});
    return out;
}

std::vector<evidence::figure> figures_of(const two_sides& of, const std::string& unit) {
    std::vector<evidence::figure> out;
    if (of.exporter_says > 0) out.push_back(figure_of("by-exporter", unit, of.exported.value(), 0));
    if (of.importer_says > 0) out.push_back(figure_of("by-importer", unit, of.imported.value(), 0));
    if (of.both_exported.value() > 0) out.push_back(figure_of("gap", "%", gap_in(of), 1));
    out.push_back(figure_of("reconciled", unit, of.reconciled.value(), 0));
    return out;
}

result<computed> compute_mirror(const request& from) {
    const trade::imported in = VECHE_TRY(flows_of(from, "flows"));
    const double factor = VECHE_TRY(number_parameter(from, "cif-factor"));
    const trade::mirror_statistics both =
        trade::mirror(*in.flows, {list_parameter(from, "union-members")});
    auto one_value = trade::reconcile(*in.flows, both, {trade::preferred_side::exporter, factor});
    if (!one_value)
        return refuse(refusals::parameter_out_of_range, "specified.parameters", "cif-factor",
                      parameter_of(from, "cif-factor"), "1", "2");
    const std::string& exporter = parameter_of(from, "exporter");
    const std::string& importer = parameter_of(from, "importer");
    const std::string& period = parameter_of(from, "period");
    const mirrored_pair pair = pair_of(*in.flows, both, *one_value, exporter, importer);
    computed out;
    for (const auto& [when, of] : pair.by_period)
        if (when == period && of.exporter_says + of.importer_says > 0)
            out.figures = figures_of(of, in.flows->value_unit);
    if (out.figures.empty())
        return refuse(refusals::nobody_says, "specified.parameters", exporter, importer, period);
    out.tables = {table_by_period(pair)};
    out.pictures = {{"by_period", "period", "reconciled", in.flows->value_unit}};
    out.notes = {remark_of(remarks::exporter_first, parameter_of(from, "cif-factor"))};
    for (const trade::trap_note& one : in.traps) out.notes.push_back(one.said);
    return out;
}

constexpr role_info mirror_roles[] = {
    {"flows", "statistics of trade by reporter and partner, of both territories"}};
constexpr parameter_info exporter_parameter{"exporter", "who sells, as the data names it", ""},
    importer_parameter{"importer", "who buys, as the data names it", ""},
    when_parameter{"period", "the year or month of the figures", ""},
    cif_parameter{"cif-factor", "imports with freight and insurance over the same goods without",
                  "1.08"},
    union_parameter{"union-members", "territories without customs between them, parted by commas",
                    "none"};
constexpr parameter_info first_parameters[] = {exporter_parameter, importer_parameter,
                                               when_parameter,     cif_parameter,
                                               union_parameter,    digits_parameter};
constexpr parameter_info mirror_parameters[] = {
    exporter_parameter, importer_parameter, when_parameter,    cif_parameter,
    union_parameter,    digits_parameter,   columns_parameter, leave_out_parameter};

constexpr std::string_view mirror_meaning =
    "Both sides of one flow of trade, their gap, and one value out of both.";

}  // namespace

const method_info mirror_1{"mirror/1",       mirror_meaning,  mirror_roles,
                           first_parameters, &compute_mirror, true};
const method_info mirror_2{"mirror/2", mirror_meaning, mirror_roles, mirror_parameters,
                           &compute_mirror};

}  // namespace veche::findings
