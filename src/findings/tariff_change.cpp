// Tariffs changed in one market for one product, or in many (SMART; trade/smart.hpp), with the
// range of what comes out where elasticities are others.

#include <algorithm>
#include <array>
#include <map>

#include "findings/methods.hpp"
#include "findings/reading.hpp"
#include "findings/refusal.hpp"
#include "findings/remarks.hpp"
#include "numerics/digits.hpp"
#include "trade/smart.hpp"

namespace veche::findings {
namespace {

constexpr std::array<std::string_view, 2> tariff_units = {"fraction", "percent"};

result<std::vector<double>> factors_asked(const request& from) {
    std::vector<double> out;
    for (const std::string& one : list_parameter(from, "factors")) {
        const auto value = number_in(one);
        if (!value || !(*value > 0) || out.size() >= 16)
            return refuse(refusals::parameter_no_number, "specified.parameters", "factors", one);
        out.push_back(*value);
    }
    return out;
}

/// A figure with its range over the grid of elasticities.
evidence::figure ranged(std::string name, const std::string& unit, double value,
                        const std::vector<trade::smart_sensitivity>& grid,
                        double trade::smart_sensitivity::* of) {
    double low = value;
    double high = value;
    for (const trade::smart_sensitivity& one : grid) {
        low = std::min(low, one.*of);
        high = std::max(high, one.*of);
    }
    return grid.empty() ? figure_of(std::move(name), unit, value, 2)
                        : figure_between(std::move(name), unit, value, low, high, 2);
}

result_table line_table(const trade::smart_result& made) {
    result_table out{"lines",
                     {"market", "product", "partner", "before", "after", "creation", "diversion",
                      "revenue_before", "revenue_after", "welfare"},
                     {}};
    using numerics::digits;
    for (const trade::smart_outcome& line : made.lines)
        for (const trade::smart_change& one : line.partners)
            out.rows.push_back({line.market, line.product, one.partner, digits(one.imports_before),
                                digits(one.imports_after), digits(one.creation),
                                digits(one.diversion), digits(one.revenue_before),
                                digits(one.revenue_after), digits(one.welfare)});
    return out;
}

result_table partner_table(const trade::smart_result& made) {
    struct sums {
        double before = 0, after = 0;
    };
    std::map<std::string, sums> by_partner;
    for (const trade::smart_outcome& line : made.lines)
        for (const trade::smart_change& one : line.partners) {
            by_partner[one.partner].before += one.imports_before;
            by_partner[one.partner].after += one.imports_after;
        }
    result_table out{"by_partner", {"partner", "before", "after", "change"}, {}};
    for (const auto& [name, of] : by_partner)
        out.rows.push_back({name, numerics::digits(of.before), numerics::digits(of.after),
                            numerics::digits(of.after - of.before)});
    return out;
}

result_table grid_table(const std::vector<trade::smart_sensitivity>& grid) {
    result_table out{"elasticities",
                     {"import_times", "substitution_times", "creation", "diversion",
                      "revenue_change", "welfare"},
                     {}};
    using numerics::digits;
    for (const trade::smart_sensitivity& one : grid)
        out.rows.push_back({digits(one.import_factor), digits(one.sigma_factor),
                            digits(one.creation), digits(one.diversion), digits(one.revenue_change),
                            digits(one.welfare)});
    return out;
}

result<computed> compute_tariffs(const request& from) {
    const source& of = source_of(from, "lines");
    if (of.layout != evidence::dataset_layout::table)
        return refuse(refusals::layout_unfit, "specified.data", from.specified.method,
                      std::string(name_of(of.layout)), "lines");
    const auto unit = static_cast<trade::tariff_unit>(
        VECHE_TRY(choice_parameter(from, "tariffs-in", tariff_units)));
    const std::vector<double> factors = VECHE_TRY(factors_asked(from));
    computed out;
    const auto lines = trade::read_smart(of.bytes, unit, out.notes);
    if (!lines) return unreadable(from, "lines", lines.error());
    const auto made = trade::smart(*lines);
    if (!made) return unreadable(from, "lines", made.error());
    if (made->lines.empty()) return refuse(refusals::no_elasticity, "specified.data", of.name);
    const auto grid = VECHE_TRY(trade::sensitivity(*lines, factors));
    using grid_line = trade::smart_sensitivity;
    const trade::smart_outcome& all = made->all;
    out.figures = {ranged("creation", of.unit, all.creation, grid, &grid_line::creation),
                   ranged("diversion", of.unit, all.diversion, grid, &grid_line::diversion),
                   figure_of("revenue-before", of.unit, all.revenue_before, 2),
                   ranged("revenue-change", of.unit, all.revenue_after - all.revenue_before, grid,
                          &grid_line::revenue_change),
                   ranged("welfare", of.unit, all.welfare, grid, &grid_line::welfare)};
    out.tables = {line_table(*made), partner_table(*made), grid_table(grid)};
    out.pictures = {{"by_partner", "partner", "change", of.unit}};
    out.notes.push_back(remark_of(remarks::one_market));
    if (!grid.empty())
        out.notes.push_back(
            remark_of(remarks::range_of_elasticities, parameter_of(from, "factors")));
    if (!made->without_elasticity.empty())
        out.notes.push_back(remark_of(remarks::without_elasticity,
                                      std::to_string(made->without_elasticity.size()),
                                      numerics::digits(made->imports_without_elasticity)));
    if (all.capped) out.notes.push_back(remark_of(remarks::changes_held_back));
    return out;
}

constexpr role_info tariff_roles[] = {
    {"lines",
     "rows of market, product, partner, imports, before, after, and maybe elasticity, "
     "sigma, supply"}};
constexpr parameter_info tariff_parameters[] = {
    {"tariffs-in", "fraction or percent; there is no default, as 0.10 and 10 look alike", ""},
    {"factors", "by which elasticities are multiplied for the ranges, parted by commas; none",
     "0.5,1,1.5"}};

}  // namespace

const method_info tariff_change{
    "tariff-change/1",
    "What a changed tariff does in one market, product by product: trade created and diverted, "
    "revenue, welfare (SMART).",
    tariff_roles, tariff_parameters, &compute_tariffs};

}  // namespace veche::findings
