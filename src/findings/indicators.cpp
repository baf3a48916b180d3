// Figures of one territory with another in one year, as the first one declares: shares, trade
// intensity in both forms, intra-industry trade, likeness, concentration, advantages by product
// (formulas in trade/indicators.hpp).

#include "trade/indicators.hpp"

#include <algorithm>
#include <cmath>

#include "findings/methods.hpp"
#include "findings/reading.hpp"
#include "findings/refusal.hpp"
#include "findings/remarks.hpp"
#include "numerics/digits.hpp"
#include "trade/pair.hpp"

namespace veche::findings {
namespace {

/// Figures whose numbers may be none, where a side is silent.
struct figure_list {
    std::vector<evidence::figure> figures;
    void add(std::string name, std::string unit, double value, int decimals) {
        if (is_publishable(value))
            figures.push_back(figure_of(std::move(name), std::move(unit), value, decimals));
    }
};

void add_partners(figure_list& to, const std::string& way, const trade::declared_sums& of) {
    const trade::concentration c = trade::concentration_of(of.by_partner);
    to.add(way + "-partners", "1", static_cast<double>(c.n), 0);
    to.add(way + "-partner-concentration", "1", c.index(), 4);
}

std::vector<evidence::figure> pair_list(const trade::pair_figures& pair, const std::string& unit) {
    figure_list out;
    if (pair.sold.rows > 0) {
        out.add("exports", unit, pair.sold.all, 0);
        out.add("exports-to-partner", unit, pair.sold.with_partner, 0);
        out.add("export-share", "%", 100 * pair.sold_share().value(), 2);
        add_partners(out, "export", pair.sold);
    }
    if (pair.bought.rows > 0) {
        out.add("imports", unit, pair.bought.all, 0);
        out.add("imports-from-partner", unit, pair.bought.with_partner, 0);
        out.add("import-share", "%", 100 * pair.bought_share().value(), 2);
        add_partners(out, "import", pair.bought);
    }
    if (pair.sold.rows > 0 && pair.theirs.rows > 0) {
        if (pair.bought.rows > 0) out.add("intensity", "1", pair.index.value(), 4);
        out.add("intensity-simple", "1", pair.index.simple(), 4);
    }
    if (pair.sold.rows > 0 && pair.bought.rows > 0)
        out.add("intra-industry-totals", "1", pair.intra_industry.value(), 4);
    if (!pair.likeness) return out.figures;
    if (pair.sold.rows > 0 && pair.bought.rows > 0)
        out.add("intra-industry", "1", pair.likeness->intra_industry.value(), 4);
    out.add("similarity", "1", pair.likeness->similarity, 4);
    if (pair.likeness->complementarity && pair.theirs.rows > 0)
        out.add("complementarity", "1", *pair.likeness->complementarity, 2);
    out.add("product-concentration", "1", pair.likeness->exported.index(), 4);
    return out.figures;
}

/// Exports by product with their advantages, the largest first.
result<result_table> advantage_rows(const trade::flow_list& flows, const request& from) {
    trade::matrix_scope scope;
    scope.period = parameter_of(from, "period");
    const trade::advantage_table t = trade::advantages(VECHE_TRY(trade::goods_of(flows, scope)));
    const std::int32_t found = trade::code_of(t.areas, parameter_of(from, "territory"));
    result_table out{"advantages", {"product", "exports", "rca", "symmetric", "normalised"}, {}};
    if (found < 0) return out;
    const auto area = static_cast<std::size_t>(found);
    const auto sold = [&](std::size_t p) { return t.exports[area * t.products.size() + p]; };
    std::vector<std::size_t> order;
    for (std::size_t p = 0; p < t.products.size(); ++p)
        if (sold(p) > 0) order.push_back(p);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t p, std::size_t q) { return sold(p) > sold(q); });
    const auto most = static_cast<std::size_t>(VECHE_TRY(count_parameter(from, "most", 1, 1000)));
    if (order.size() > most) order.resize(most);
    using numerics::digits;
    for (const std::size_t p : order)
        out.rows.push_back({t.products[p], digits(sold(p)), digits(t.rca(area, p)),
                            digits(t.symmetric(area, p)), digits(t.normalised(area, p))});
    return out;
}

void add_silence(computed& to, const trade::pair_figures& pair, const request& from) {
    const std::string& area = parameter_of(from, "territory");
    const std::string& partner = parameter_of(from, "partner");
    const std::string& period = parameter_of(from, "period");
    if (pair.sold.rows == 0) to.notes.push_back(remark_of(remarks::exports_silent, area, period));
    if (pair.bought.rows == 0) to.notes.push_back(remark_of(remarks::imports_silent, area, period));
    if (pair.theirs.rows == 0)
        to.notes.push_back(remark_of(remarks::imports_silent, partner, period));
}

result<computed> compute_indicators(const request& from) {
    const trade::imported in = VECHE_TRY(flows_of(from, "flows"));
    const trade::flow_list& flows = *in.flows;
    const trade::pair_figures pair = VECHE_TRY(trade::pair_figures_of(
        flows, {parameter_of(from, "territory"), parameter_of(from, "partner"),
                parameter_of(from, "period"), 0}));
    computed out;
    out.figures = pair_list(
        pair, flows.value_unit.empty() ? source_of(from, "flows").unit : flows.value_unit);
    if (out.figures.empty())
        return refuse(refusals::silent, "specified.parameters", parameter_of(from, "territory"),
                      parameter_of(from, "period"));
    out.notes = {remark_of(remarks::over_reporters, std::to_string(pair.reporters)),
                 remark_of(remarks::intensity_kojima)};
    add_silence(out, pair, from);
    if (pair.likeness) {
        out.tables = {VECHE_TRY(advantage_rows(flows, from))};
        out.pictures = {{"advantages", "product", "rca", "1"}};
        out.notes.push_back(remark_of(remarks::products_of, std::to_string(pair.likeness->products),
                                      parameter_of(from, "product-digits")));
    } else {
        out.notes.push_back(remark_of(remarks::no_products));
    }
    for (const trade::trap_note& one : in.traps) out.notes.push_back(one.said);
    return out;
}

constexpr role_info indicator_roles[] = {
    {"flows", "statistics of trade by reporter and partner, and maybe by product"}};
constexpr parameter_info indicator_parameters[] = {
    {"territory", "whose figures, as the data names it", ""},
    {"partner", "with whom, as the data names it", ""},
    {"period", "the year or month of the figures", ""},
    {"most", "products shown, the largest exports first", "20"},
    digits_parameter,
    columns_parameter,
    leave_out_parameter};

}  // namespace

const method_info indicators{
    "indicators/1",
    "Figures of a pair in one year: shares, trade intensity, intra-industry trade, likeness, "
    "concentration, advantages by product.",
    indicator_roles, indicator_parameters, &compute_indicators};

}  // namespace veche::findings
