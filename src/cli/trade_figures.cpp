#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "cli/trade_files.hpp"
#include "tables/column_file.hpp"
#include "trade/dependence.hpp"
#include "trade/indicators.hpp"
#include "trade/pair.hpp"
#include "trade/refusal.hpp"

namespace veche::cli {
namespace {

const std::string& name_in(const std::vector<std::string>& names, std::int32_t code) {
    return names[static_cast<std::size_t>(code)];
}

std::string side_text(const trade::flow_side& side) {
    return side.state == trade::side_state::declared ? fmt::format("{:.10g}", side.value)
                                                     : std::string(name_of(side.state));
}

sheet mirror_sheet(const trade::flow_list& f, const trade::mirror_statistics& both,
                   const trade_options& options) {
    sheet out = sheet_about("Both sides of each flow", f.source, both.flows.size(), options);
    out.facts.emplace_back("values in", f.value_unit);
    out.facts.emplace_back(
        "declared by", fmt::format("both sides {}, the exporter alone {}, the importer alone {}",
                                   both.both, both.exporter_only, both.importer_only));
    out.columns = {"exporter",          "importer",          "period", "product",
                   "exporter declares", "importer declares", "gap",    "ratio"};
    for (const trade::mirrored_flow& one : both.flows) {
        const std::string& from = name_in(f.areas, one.exporter);
        const std::string& to = name_in(f.areas, one.importer);
        const auto wanted = [&](const std::string& who) { return from == who || to == who; };
        if ((!options.area.empty() && !wanted(options.area)) ||
            (!options.partner.empty() && !wanted(options.partner)) ||
            (!options.period.empty() && name_in(f.periods, one.period) != options.period))
            continue;
        const bool known = one.exported.state != trade::side_state::missing &&
                           one.imported.state != trade::side_state::missing;
        const double gap = known ? one.imported.value - one.exported.value : std::nan("");
        out.rows.push_back(
            {from, to, name_in(f.periods, one.period), name_in(f.products, one.product),
             side_text(one.exported), side_text(one.imported), gap,
             known && one.exported.value > 0 ? one.imported.value / one.exported.value
                                             : std::nan("")});
    }
    return out;
}

sheet doubt_sheet(const trade::flow_list& f, const trade::mirror_statistics& both,
                  const trade_options& options) {
    sheet out;
    out.title = "Zeros that a partner's declaration makes doubtful";
    out.most_rows = options.rows;
    out.columns = {"territory", "says no", "with", "period", "partner declares"};
    for (const trade::doubtful_zero& one : both.doubts)
        out.rows.push_back({name_in(f.areas, one.area), std::string(name_of(one.flow)),
                            name_in(f.areas, one.partner), name_in(f.periods, one.period),
                            one.partner_declares});
    return out;
}

/// A total with its scope as a row; nothing where the territory reports nothing.
void add_total(sheet& to, const trade::imported& from, const std::string& who, trade::flow_kind way,
               const trade_options& options, const std::vector<std::string>& partners) {
    const auto total = trade::total_of(*from.flows, who, way, options.period, partners,
                                       from.world.size() > 0 ? &from.world : nullptr);
    if (!total) {
        to.remarks.push_back(total.error().sentence());
        return;
    }
    if (!partners.empty() && total->rows == 0)
        to.remarks.push_back(
            fmt::format("{} has no {} row for {}: zero by the rule, doubtful where the other side "
                        "declares some.",
                        who, total->way, total->scope));
    const auto coverage = total->coverage();
    to.rows.push_back({who, total->way, total->scope, total->value,
                       static_cast<double>(total->partners), static_cast<double>(total->rows),
                       static_cast<double>(total->rows_missing), total->value_mirrored,
                       coverage ? sheet_cell(*coverage) : sheet_cell(std::monostate{})});
}

/// Values of a territory by product in the order of another list of products.
std::vector<double> row_of(const trade::goods_matrix& m, const std::string& area,
                           const std::vector<std::string>& products) {
    std::vector<double> out(products.size(), 0);
    const std::int32_t row = trade::code_of(m.areas, area);
    if (row < 0) return out;
    for (std::size_t p = 0; p < products.size(); ++p)
        if (const std::int32_t column = trade::code_of(m.products, products[p]); column >= 0)
            out[p] = m.at(static_cast<std::size_t>(row), static_cast<std::size_t>(column));
    return out;
}

/// Figures of likeness by product, where the data have products.
void add_likeness(sheet& to, const trade::pair_figures& pair, const trade_options& options) {
    if (!pair.likeness) {
        to.remarks.emplace_back("The data hold no products, so nothing is said of likeness.");
        return;
    }
    const trade::pair_likeness& of = *pair.likeness;
    const std::string level = fmt::format(
        "products of {} digits", options.digits > 0 ? fmt::format("{}", options.digits) : "all");
    const auto add = [&](const char* name, double value, const std::string& remark) {
        to.rows.push_back({std::string(name), value, remark});
    };
    add("intra-industry trade by product", of.intra_industry.value(), level);
    add("export similarity (Finger-Kreinin)", of.similarity, level);
    if (of.complementarity)
        add("complementarity (Michaely)", *of.complementarity,
            level + "; exports of the first, imports of the second, all partners");
    add("concentration of export products", of.exported.index(),
        fmt::format("n = {}, {}", of.exported.n, level));
}

void add_pair_figures(sheet& to, const trade::pair_figures& pair, const trade_options& options) {
    const auto add = [&](const std::string& name, double value, const std::string& remark) {
        to.rows.push_back({name, value, remark});
    };
    add("share of " + options.partner + " in exports", pair.sold_share().value(),
        share_text(pair.sold.with_partner, pair.sold.all));
    add("share of " + options.partner + " in imports", pair.bought_share().value(),
        share_text(pair.bought.with_partner, pair.bought.all));
    add("trade intensity (Kojima)", pair.index.value(),
        "world imports less own ones; reporters in the data");
    add("trade intensity, simple form (Brown)", pair.index.simple(),
        "all imports of reporters in the data");
    add("intra-industry trade (Grubel-Lloyd)", pair.intra_industry.value(),
        "of the totals of the pair: the coarsest level there is");
    for (const auto& [name, sums] : {std::pair{"export", &pair.sold}, {"import", &pair.bought}}) {
        const auto c = trade::concentration_of(sums->by_partner);
        add(fmt::format("concentration of {} partners (H)", name), c.index(),
            fmt::format("n = {}, normalised {:.6g}, effective number {:.4g}", c.n, c.normalised(),
                        c.effective()));
    }
    add_likeness(to, pair, options);
}

sheet dependence_sheet(const trade::dependence_table& from, const trade::flow_list& f,
                       const trade_options& options) {
    sheet out = sheet_about("Imports of " + options.area + " by origin", f.source,
                            static_cast<std::size_t>(from.rows), options);
    out.facts.emplace_back("values in", from.unit);
    out.facts.emplace_back("declared by", from.mirrored
                                              ? "the exporters, because the member declares none"
                                              : "the member");
    out.facts.emplace_back("rows without a value", std::to_string(from.rows_missing));
    out.columns = {"product",        "imports",   "from the union", "from third countries",
                   "largest origin", "its share", "H over origins", "n"};
    const auto add = [&](const trade::import_dependence& one, const std::string& name) {
        out.rows.push_back({name, one.imports, one.on_union().value(), one.on_third().value(),
                            one.largest, one.on_largest().value(), one.origins.index(),
                            static_cast<double>(one.origins.n)});
    };
    add(from.all, "all");
    std::vector<trade::import_dependence> sorted = from.products;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.imports > b.imports; });
    for (const auto& one : sorted) add(one, one.product);
    return out;
}

/// What each product adds to the growth of a territory's exports since a period.
result<std::vector<trade::quotient>> growth_since(const trade::flow_list& f,
                                                  const trade_options& options,
                                                  const trade::goods_matrix& now) {
    trade::matrix_scope scope;
    scope.period = options.before;
    scope.digits = static_cast<std::size_t>(options.digits);
    const trade::goods_matrix then = VECHE_TRY(trade::goods_of(f, scope));
    // A product that is no longer exported takes its share of growth away, in a row of its own.
    std::vector<std::string> all;
    std::set_union(now.products.begin(), now.products.end(), then.products.begin(),
                   then.products.end(), std::back_inserter(all));
    const auto made = trade::growth_contributions(row_of(then, options.area, all),
                                                  row_of(now, options.area, all));
    std::vector<trade::quotient> out;
    trade::quotient gone{0, made.empty() ? 0 : made[0].whole};
    for (std::size_t p = 0; p < all.size(); ++p) {
        if (trade::code_of(now.products, all[p]) >= 0)
            out.push_back(made[p]);
        else
            gone.part += made[p].part;
    }
    out.push_back(gone);
    return out;
}

sheet products_sheet(const trade::advantage_table& t, std::size_t area, const trade::flow_list& f,
                     const trade_options& options, const std::vector<trade::quotient>& growth) {
    sheet out =
        sheet_about("Exports of " + options.area + " by product", f.source, f.size(), options);
    out.facts.emplace_back("values in", f.value_unit);
    out.facts.emplace_back("all exports of the territory", fmt::format("{:.10g}", t.of_area[area]));
    out.facts.emplace_back("all exports of the reporters in the data",
                           fmt::format("{:.10g}", t.world));
    out.columns = {"product", "exports",       "of all reporters",
                   "RCA",     "symmetric RCA", "normalised RCA"};
    if (!growth.empty()) {
        out.columns.emplace_back("adds to growth since " + options.before);
        out.facts.emplace_back("exports in " + options.before,
                               fmt::format("{:.10g}", growth.back().whole));
        out.facts.emplace_back("products no longer exported by anybody add to growth",
                               fmt::format("{:.6g}", growth.back().value()));
    }
    std::vector<std::size_t> order;
    for (std::size_t p = 0; p < t.products.size(); ++p)
        if (t.exports[area * t.products.size() + p] > 0 || !growth.empty()) order.push_back(p);
    const auto sold = [&](std::size_t p) { return t.exports[area * t.products.size() + p]; };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t p, std::size_t q) { return sold(p) > sold(q); });
    for (const std::size_t p : order) {
        if (!(sold(p) > 0) && growth[p].part == 0) continue;
        out.rows.push_back({t.products[p], sold(p), t.of_product[p], t.rca(area, p),
                            t.symmetric(area, p), t.normalised(area, p)});
        if (!growth.empty()) out.rows.back().emplace_back(growth[p].value());
    }
    return out;
}

}  // namespace

int trade_products(const trade_options& options, const terminal& on) {
    const auto from = flows_from_file(options, on);
    if (!from) return on.fail(from.error());
    trade::matrix_scope scope;
    scope.period = options.period;
    scope.digits = static_cast<std::size_t>(options.digits);
    const auto exports = trade::goods_of(*from->flows, scope);
    if (!exports) return on.fail(exports.error());
    const std::int32_t area = trade::code_of(exports->areas, options.area);
    if (area < 0)
        return on.fail(refusal{&trade::refusals::name_unknown, "area", {"exporter", options.area}});
    std::vector<trade::quotient> growth;
    if (!options.before.empty()) {
        auto made = growth_since(*from->flows, options, *exports);
        if (!made) return on.fail(made.error());
        growth = *std::move(made);
    }
    show(products_sheet(trade::advantages(*exports), static_cast<std::size_t>(area), *from->flows,
                        options, growth),
         on);
    return done;
}

int trade_mirror(const trade_options& options, const terminal& on) {
    const auto from = flows_from_file(options, on);
    if (!from) return on.fail(from.error());
    const trade::flow_list& f = *from->flows;
    const trade::mirror_statistics both = trade::mirror(f, {options.members});
    std::vector<sheet> out = {mirror_sheet(f, both, options), doubt_sheet(f, both, options)};
    if (!options.to.empty()) {
        const auto made = trade::reconcile(f, both, options.how);
        if (!made) return on.fail(made.error());
        if (const auto written =
                tables::write_columns(options.to, trade::to_table(*made), options.replace);
            !written)
            return on.fail(written.error());
        out[0].facts.emplace_back(
            "reconciled",
            fmt::format("by the {}'s declaration, else the other side's; imports "
                        "divided by {} to be free on board; written to {}",
                        name_of(options.how.prefer), options.how.cif_factor, options.to.string()));
    }
    show(out, on);
    return done;
}

int trade_indicators(const trade_options& options, const terminal& on) {
    const auto from = flows_from_file(options, on);
    if (!from) return on.fail(from.error());
    const trade::flow_list& f = *from->flows;
    const auto pair = trade::pair_figures_of(f, {options.area, options.partner, options.period,
                                                 static_cast<std::size_t>(options.digits)});
    if (!pair) return on.fail(pair.error());
    sheet totals =
        sheet_about(fmt::format("{} and {} in {}", options.area, options.partner, options.period),
                    f.source, f.size(), options);
    totals.facts.emplace_back("values in", f.value_unit);
    totals.columns = {"reporter",
                      "way",
                      "scope",
                      "value",
                      "partners with trade",
                      "rows",
                      "rows missing",
                      "value mirrored",
                      "share of its world row"};
    for (const auto way : {trade::flow_kind::export_, trade::flow_kind::import_})
        for (const auto& [who, with] :
             {std::pair{options.area, options.partner}, std::pair{options.partner, options.area}}) {
            add_total(totals, *from, who, way, options, {});
            add_total(totals, *from, who, way, options, {with});
        }
    if (totals.rows.empty()) return on.fail(totals.remarks.front(), refused);
    sheet figures;
    figures.title = fmt::format("Figures of {} with {}, as {} declares", options.area,
                                options.partner, options.area);
    figures.columns = {"figure", "value", "of"};
    add_pair_figures(figures, *pair, options);
    show({totals, figures}, on);
    return done;
}

int trade_dependence(const trade_options& options, const terminal& on) {
    const auto from = flows_from_file(options, on);
    if (!from) return on.fail(from.error());
    const trade::flow_list& f = *from->flows;
    const auto digits = static_cast<std::size_t>(options.digits);
    if (!options.substitutes) {
        const auto made =
            trade::dependence_of(f, {options.area, options.period, options.members, digits});
        if (!made) return on.fail(made.error());
        show(dependence_sheet(*made, f, options), on);
        return done;
    }
    const auto made =
        trade::substitutions(f, {options.period, options.members, options.least_advantage, digits});
    if (!made) return on.fail(made.error());
    sheet out = sheet_about("What members buy from third countries and other members sell",
                            f.source, f.size(), options);
    out.facts.emplace_back("values in", f.value_unit);
    out.remarks.emplace_back(
        "A candidate is a question, not an answer: products of one code differ, and the advantage "
        "is "
        "over the reporters in these data.");
    out.columns = {"buyer",
                   "seller",
                   "product",
                   "could move at most",
                   "bought from third countries",
                   "sold to third countries",
                   "bought from the seller",
                   "RCA of the seller"};
    for (const trade::substitution& one : *made)
        if (options.area.empty() || one.buyer == options.area)
            out.rows.push_back({one.buyer, one.seller, one.product, one.amount(),
                                one.bought_from_third, one.sold_to_third, one.bought_from_seller,
                                one.advantage});
    show(out, on);
    return done;
}

}  // namespace veche::cli
