#include "trade/pair.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "trade/refusal.hpp"

namespace veche::trade {
namespace {

/// Of one territory; -1: of all.
declared_sums declared_by(const flow_list& f, std::int32_t who, flow_kind way, std::int32_t period,
                          std::int32_t partner) {
    declared_sums out;
    out.by_partner.assign(f.areas.size(), 0);
    for (std::size_t i = 0; i < f.size(); ++i) {
        if ((who >= 0 && f.reporter[i] != who) || f.flow[i] != way || f.period[i] != period ||
            std::isnan(f.value[i]))
            continue;
        ++out.rows;
        out.all += f.value[i];
        out.by_partner[static_cast<std::size_t>(f.partner[i])] += f.value[i];
        if (f.partner[i] == partner) out.with_partner += f.value[i];
    }
    return out;
}

/// Values of a territory by product in the order of another list of products.
std::vector<double> values_of(const goods_matrix& m, const std::string& area,
                              const std::vector<std::string>& products) {
    std::vector<double> out(products.size(), 0);
    const std::int32_t row = code_of(m.areas, area);
    if (row < 0) return out;
    for (std::size_t p = 0; p < products.size(); ++p)
        if (const std::int32_t column = code_of(m.products, products[p]); column >= 0)
            out[p] = m.at(static_cast<std::size_t>(row), static_cast<std::size_t>(column));
    return out;
}

std::vector<std::string> joined(const std::vector<std::string>& a,
                                const std::vector<std::string>& b) {
    std::vector<std::string> out;
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
    return out;
}

/// Intra-industry trade of the pair by product; nothing to divide where they do not trade.
quotient intra_industry_of(const flow_list& f, const pair_scope& scope, matrix_scope pair) {
    pair.partners = {scope.partner};
    pair.way = flow_kind::export_;
    const auto out = goods_of(f, pair);
    pair.way = flow_kind::import_;
    const auto in = goods_of(f, pair);
    const std::vector<std::string> none;
    const auto all = joined(out ? out->products : none, in ? in->products : none);
    const std::vector<double> zeros(all.size(), 0);
    return grubel_lloyd(out ? values_of(*out, scope.area, all) : zeros,
                        in ? values_of(*in, scope.area, all) : zeros);
}

std::optional<pair_likeness> likeness_of(const flow_list& f, const pair_scope& scope) {
    matrix_scope cut;
    cut.period = scope.period;
    cut.digits = scope.digits;
    const auto exports = goods_of(f, cut);
    if (!exports || exports->products.size() < 2) return std::nullopt;
    pair_likeness out;
    out.products = exports->products.size();
    const auto own = values_of(*exports, scope.area, exports->products);
    out.similarity = export_similarity(own, values_of(*exports, scope.partner, exports->products));
    out.exported = concentration_of(own);
    out.intra_industry = intra_industry_of(f, scope, cut);
    cut.way = flow_kind::import_;
    if (const auto imports = goods_of(f, cut)) {
        const auto all = joined(exports->products, imports->products);
        out.complementarity = complementarity(values_of(*exports, scope.area, all),
                                              values_of(*imports, scope.partner, all));
    }
    return out;
}

}  // namespace

result<pair_figures> pair_figures_of(const flow_list& f, const pair_scope& scope) {
    const std::int32_t area = code_of(f.areas, scope.area);
    if (area < 0) return refuse(refusals::name_unknown, "area", "territory", scope.area);
    const std::int32_t partner = code_of(f.areas, scope.partner);
    if (partner < 0) return refuse(refusals::name_unknown, "partner", "territory", scope.partner);
    const std::int32_t period = code_of(f.periods, scope.period);
    if (period < 0) return refuse(refusals::name_unknown, "period", "period", scope.period);
    pair_figures out;
    out.sold = declared_by(f, area, flow_kind::export_, period, partner);
    out.bought = declared_by(f, area, flow_kind::import_, period, partner);
    out.theirs = declared_by(f, partner, flow_kind::import_, period, -1);
    out.world = declared_by(f, -1, flow_kind::import_, period, -1);
    std::set<std::int32_t> reporters;
    for (std::size_t i = 0; i < f.size(); ++i)
        if (f.period[i] == period) reporters.insert(f.reporter[i]);
    out.reporters = static_cast<std::int64_t>(reporters.size());
    out.index = {out.sold.with_partner, out.sold.all, out.theirs.all, out.world.all,
                 out.bought.all};
    const std::vector<double> sold = {out.sold.with_partner};
    const std::vector<double> bought = {out.bought.with_partner};
    out.intra_industry = grubel_lloyd(sold, bought);
    out.likeness = likeness_of(f, scope);
    return out;
}

}  // namespace veche::trade
