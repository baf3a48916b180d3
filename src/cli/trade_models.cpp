#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "cli/files.hpp"
#include "cli/trade_files.hpp"
#include "trade/barriers.hpp"
#include "trade/order_test.hpp"
#include "trade/product_space.hpp"
#include "trade/sentences.hpp"

namespace veche::cli {
namespace {

void add_space_facts(sheet& to, const trade::product_space& s) {
    to.facts.emplace_back("territories and products",
                          fmt::format("{} and {}", s.areas.size(), s.products.size()));
    to.facts.emplace_back(
        "second and third eigenvalue",
        fmt::format("{:.9f} and {:.9f}", s.second_eigenvalue, s.third_eigenvalue));
    if (!s.left_out.empty())
        to.facts.emplace_back("territories left out", std::to_string(s.left_out.size()));
    for (const trade::space_caveat& one : s.caveats)
        to.remarks.push_back(fmt::format("({}{}) {}", one.letter,
                                         one.applies ? ", applies here" : "", one.sentence));
}

/// Territories by complexity.
void add_ranking(sheet& to, const trade::product_space& s) {
    to.columns = {"territory", "complexity (ECI)", "products with advantage", "opportunity"};
    std::vector<std::size_t> order(s.areas.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return s.complexity[a] > s.complexity[b];
    });
    for (const std::size_t a : order)
        to.rows.push_back(
            {s.areas[a], s.complexity[a], static_cast<double>(s.diversity[a]), s.opportunity[a]});
}

/// What a territory does not make yet, the nearest first.
int add_neighbours(sheet& to, const trade::product_space& s, const trade_options& options,
                   const terminal& on) {
    const std::int32_t area = trade::code_of(s.areas, options.area);
    if (area < 0)
        return on.fail(options.area + " has no part in the product space of these data.", refused);
    const auto a = static_cast<std::size_t>(area);
    to.columns = {"product", "density", "complexity (PCI)", "RCA now", "ubiquity"};
    std::vector<std::size_t> order;
    for (std::size_t p = 0; p < s.products.size(); ++p)
        if (s.made[s.place(a, p)] == 0) order.push_back(p);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t p, std::size_t q) {
        return s.density[s.place(a, p)] > s.density[s.place(a, q)];
    });
    for (const std::size_t p : order)
        to.rows.push_back({s.products[p], s.density[s.place(a, p)], s.product_complexity[p],
                           s.rca[s.place(a, p)], static_cast<double>(s.ubiquity[p])});
    return done;
}

sheet tariff_sheet(const trade::smart_result& made, const trade_options& options) {
    sheet out;
    out.title = "Tariffs changed, line by line";
    out.facts = {{"method", "SMART: creation and diversion, product by product"},
                 {"tariffs given as", std::string(name_of(options.unit))},
                 {"creation", fmt::format("{:.10g}", made.all.creation)},
                 {"diversion", fmt::format("{:.10g}", made.all.diversion)},
                 {"revenue", fmt::format("{:.10g} before, {:.10g} after", made.all.revenue_before,
                                         made.all.revenue_after)},
                 {"welfare", fmt::format("{:.10g}", made.all.welfare)}};
    for (const remark& one : made.remarks) out.remarks.push_back(trade::sentence_of(one));
    if (made.all.capped)
        out.remarks.emplace_back("Some changes were held back, so that no flow falls below zero.");
    if (!made.without_elasticity.empty())
        out.remarks.push_back(fmt::format(
            "{} lines without an elasticity, with imports of {:.10g}, are not in any sum.",
            made.without_elasticity.size(), made.imports_without_elasticity));
    out.columns = {"market",   "product",   "partner",        "before",        "after",
                   "creation", "diversion", "revenue before", "revenue after", "welfare"};
    for (const trade::smart_outcome& line : made.lines)
        for (const trade::smart_change& one : line.partners)
            out.rows.push_back({line.market, line.product, one.partner, one.imports_before,
                                one.imports_after, one.creation, one.diversion, one.revenue_before,
                                one.revenue_after, one.welfare});
    out.most_rows = options.rows;
    return out;
}

sheet sensitivity_sheet(const std::vector<trade::smart_sensitivity>& grid) {
    sheet out;
    out.title = "The same where elasticities are other";
    out.columns = {"import elasticity times", "sigma times", "creation", "diversion",
                   "change of revenue",       "welfare"};
    for (const trade::smart_sensitivity& one : grid)
        out.rows.push_back({one.import_factor, one.sigma_factor, one.creation, one.diversion,
                            one.revenue_change, one.welfare});
    return out;
}

void add_trend(sheet& to, const trade::barrier_trade& touched) {
    const auto found = trade::trend_of_trade(touched);
    if (!found)
        return to.remarks.emplace_back(
                   "Periods are no years, or fewer than three have trade: there is no trend."),
               void();
    to.facts.emplace_back("growth a year",
                          fmt::format("{:.4g} (slope {:.6g}, standard error {:.3g}, {} years)",
                                      found->growth, found->slope, found->error, found->years));
}

}  // namespace

int trade_space(const trade_options& options, const terminal& on) {
    const auto from = flows_from_file(options, on);
    if (!from) return on.fail(from.error());
    trade::matrix_scope scope;
    scope.period = options.period;
    scope.digits = static_cast<std::size_t>(options.digits);
    const auto exports = trade::goods_of(*from->flows, scope);
    if (!exports) return on.fail(exports.error());
    trade::space_options how;
    how.least_exports = options.least_exports;
    how.least_advantage = options.least_advantage;
    how.regional = options.regional;
    const auto made = trade::space_of(*exports, how);
    if (!made) return on.fail(made.error());
    sheet out =
        sheet_about(options.area.empty() ? "Economic complexity"
                                         : "What is near to what " + options.area + " makes",
                    from->flows->source, static_cast<std::size_t>(exports->rows), options);
    add_space_facts(out, *made);
    if (options.regional) {
        const auto tested = trade::test_order(*exports, how);
        out.remarks.push_back("(d) " + (tested ? trade::sentence_of(trade::said_of(*tested))
                                               : tested.error().sentence()));
    }
    if (options.area.empty()) {
        add_ranking(out, *made);
    } else if (const int code = add_neighbours(out, *made, options, on); code != done) {
        return code;
    }
    show(out, on);
    return done;
}

int trade_tariff(const trade_options& options, const terminal& on) {
    const auto text = read_file(options.file);
    if (!text) return on.fail(text.error());
    std::vector<remark> remarks;
    const auto lines = trade::read_smart(*text, options.unit, remarks);
    if (!lines) return on.fail(lines.error());
    auto made = trade::smart(*lines);
    if (!made) return on.fail(made.error());
    made->remarks = remarks;
    std::vector<sheet> out = {tariff_sheet(*made, options)};
    out[0].facts.emplace_back("SHA-256 of the data", to_hex(sha256(*text)));
    if (options.sensitivity) {
        const auto grid = trade::sensitivity(*lines, {0.5, 1, 1.5});
        if (!grid) return on.fail(grid.error());
        out.push_back(sensitivity_sheet(*grid));
    }
    show(out, on);
    return done;
}

int trade_barrier(const trade_options& options, const terminal& on) {
    const auto from = flows_from_file(options, on);
    if (!from) return on.fail(from.error());
    const trade::flow_list& f = *from->flows;
    const auto made = trade::trade_touched(
        f, {options.area, options.affected, options.classification, options.products});
    if (!made) return on.fail(made.error());
    sheet out = sheet_about("Trade that the barrier touches", f.source, f.size(), options);
    out.facts.emplace_back("values in", made->unit);
    if (made->other_vintage_rows > 0)
        out.remarks.push_back(fmt::format("{} rows are in other vintages than {} and left out.",
                                          made->other_vintage_rows, options.classification));
    for (const std::string& one : made->silent)
        out.remarks.push_back(one +
                              " declares no exports at all: its mirror is missing, not zero.");
    if (std::any_of(made->periods.begin(), made->periods.end(),
                    [](const trade::touched_trade& one) { return !one.value; }))
        out.remarks.push_back(options.area +
                              " declares no imports in some periods: shares and lines "
                              "are by what its partners declare.");
    add_trend(out, *made);
    if (options.sigma > 0) {
        const auto rate = trade::tariff_equivalent_of(options.effect, options.error, options.sigma,
                                                      options.level);
        if (!rate) return on.fail(rate.error());
        out.facts.emplace_back("tariff that would do the same",
                               fmt::format("{:.6g}, from {:.6g} to {:.6g} at {:.0f} %", rate->rate,
                                           rate->low, rate->high, rate->level * 100));
    }
    out.columns = {"period",        "imports touched", "partners declare", "share of imports",
                   "lines touched", "of lines traded", "rows missing"};
    for (const trade::touched_trade& one : made->periods)
        out.rows.push_back(
            {one.period, one.value ? sheet_cell(*one.value) : sheet_cell(std::monostate{}),
             one.mirror ? sheet_cell(*one.mirror) : sheet_cell(std::monostate{}),
             one.coverage.value(), static_cast<double>(one.lines),
             static_cast<double>(one.lines_traded), static_cast<double>(one.rows_missing)});
    show(out, on);
    return done;
}

int trade_barriers(const trade_options& options, const terminal& on) {
    const auto from = flows_from_file(options, on);
    if (!from) return on.fail(from.error());
    const auto text = read_file(options.register_of);
    if (!text) return on.fail(text.error());
    const auto cases = trade::read_barriers(*text);
    if (!cases) return on.fail(cases.error());
    const auto made = trade::rank_barriers(*from->flows, *cases, options.period, options.level);
    if (!made) return on.fail(made.error());
    sheet out = sheet_about("Barriers by what they cost in " + options.period, from->flows->source,
                            from->flows->size(), options);
    out.facts.emplace_back("values in", made->unit);
    out.facts.emplace_back("SHA-256 of the register", to_hex(sha256(*text)));
    out.facts.emplace_back("intervals", fmt::format("{} %", 100 * options.level));
    out.remarks.emplace_back(
        "Cost is what buyers pay more for the trade that is still there; what does not come at all "
        "is not in it.");
    for (const std::string& one : made->unmeasured)
        out.remarks.push_back("The data have no trade of the members of " + one +
                              " in its classification.");
    out.columns = {"rank",          "barrier",   "trade touched", "share of imports",
                   "growth a year", "tariff",    "from",          "to",
                   "cost",          "cost from", "cost to"};
    const auto cell = [](bool known, double value) {
        return known ? sheet_cell(value) : sheet_cell(std::monostate{});
    };
    for (const trade::measured_barrier& one : made->barriers) {
        const bool known = one.cost.equivalent.has_value();
        const trade::tariff_equivalent rate =
            known ? *one.cost.equivalent : trade::tariff_equivalent{};
        out.rows.push_back({cell(known, static_cast<double>(one.cost.rank)), one.cost.id,
                            one.cost.touched, one.at->coverage.value(),
                            cell(one.growth.has_value(), one.growth ? one.growth->growth : 0),
                            cell(known, rate.rate), cell(known, rate.low), cell(known, rate.high),
                            cell(known, one.cost.cost), cell(known, one.cost.cost_low),
                            cell(known, one.cost.cost_high)});
    }
    show(out, on);
    return done;
}

}  // namespace veche::cli
