// `veche trade unit-values` and `veche trade zeros`: flows as prices and as whole panels.

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "cli/trade_files.hpp"
#include "tables/column_file.hpp"
#include "trade/indicators.hpp"
#include "trade/refusal.hpp"

namespace veche::cli {
namespace {

/// The rows in the scope, by product.
std::map<std::string, std::vector<std::uint8_t>> rows_by_product(const trade::flow_list& f,
                                                                 const trade_options& options) {
    const std::int32_t area = trade::code_of(f.areas, options.area);
    const std::int32_t partner = trade::code_of(f.areas, options.partner);
    const std::int32_t period = trade::code_of(f.periods, options.period);
    const auto way =
        options.way == "import" ? trade::flow_kind::import_ : trade::flow_kind::export_;
    std::map<std::string, std::vector<std::uint8_t>> out;
    for (std::size_t i = 0; i < f.size(); ++i) {
        if (f.reporter[i] != area || f.flow[i] != way ||
            (!options.partner.empty() && f.partner[i] != partner) ||
            (!options.period.empty() && f.period[i] != period))
            continue;
        std::string product = f.products[static_cast<std::size_t>(f.product[i])];
        auto [at, made] = out.try_emplace(std::move(product));
        if (made) at->second.assign(f.size(), 0);
        at->second[i] = 1;
    }
    return out;
}

}  // namespace

int trade_unit_values(const trade_options& options, const terminal& on) {
    const auto from = flows_from_file(options, on);
    if (!from) return on.fail(from.error());
    const trade::flow_list& f = *from->flows;
    if (trade::code_of(f.areas, options.area) < 0)
        return on.fail(
            refusal{&trade::refusals::name_unknown, "area", {"territory", options.area}});
    sheet out = sheet_about("Value over quantity of " + options.area + "'s " + options.way + "s",
                            f.source, f.size(), options);
    out.facts.emplace_back("values in", f.value_unit);
    out.columns = {"product",  "unit value", "unit",          "value",
                   "quantity", "rows",       "rows left out", "value left out"};
    std::vector<std::pair<std::string, trade::unit_value>> all;
    std::int64_t without = 0;
    for (const auto& [product, which] : rows_by_product(f, options)) {
        const auto made = trade::unit_value_of(f, which);
        if (made)
            all.emplace_back(product, *made);
        else
            ++without;
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const auto& a, const auto& b) { return a.second.value > b.second.value; });
    for (const auto& [product, of] : all)
        out.rows.push_back({product, of.price(), of.value_unit + "/" + of.quantity_unit, of.value,
                            of.quantity, static_cast<double>(of.rows),
                            static_cast<double>(of.rows_left_out), of.value_left_out});
    if (without > 0)
        out.remarks.push_back(
            fmt::format("{} products have no row with a known, positive quantity that is not an "
                        "estimate.",
                        without));
    out.remarks.emplace_back("A unit value is no price: goods of one code differ.");
    show(out, on);
    return done;
}

int trade_zeros(const trade_options& options, const terminal& on) {
    const auto from = flows_from_file(options, on);
    if (!from) return on.fail(from.error());
    const auto made = trade::with_zeros(*from->flows, options.most_cells);
    if (!made) return on.fail(made.error());
    if (const auto written =
            tables::write_columns(options.to, trade::to_table(*made), options.replace);
        !written)
        return on.fail(written.error());
    sheet out = sheet_about("Flows with the zeros between those who report", from->flows->source,
                            made->size(), options);
    out.facts.emplace_back("rows with a declaration", std::to_string(from->flows->size()));
    out.facts.emplace_back("zeros put in", std::to_string(made->size() - from->flows->size()));
    out.facts.emplace_back("written to", options.to.string());
    out.remarks.emplace_back(
        "A territory that reports such flows for a period and has no row is zero there; one that "
        "reports none is missing, and gets no rows.");
    show(out, on);
    return done;
}

}  // namespace veche::cli
