#include "trade/goods_matrix.hpp"

#include <algorithm>
#include <cmath>

#include "trade/refusal.hpp"

namespace veche::trade {
namespace {

result<std::vector<std::uint8_t>> named_areas(const flow_list& f,
                                              const std::vector<std::string>& named) {
    std::vector<std::uint8_t> out(f.areas.size(), 0);
    for (const std::string& one : named) {
        const std::int32_t code = code_of(f.areas, one);
        if (code < 0) return refuse(refusals::name_unknown, "partners", "territory", one);
        out[static_cast<std::size_t>(code)] = 1;
    }
    return out;
}

/// The products cut to some digits: distinct ones, and where each goes.
std::vector<std::string> cut_products(const flow_list& f, std::size_t digits,
                                      std::vector<std::size_t>& place) {
    std::vector<std::string> cut;
    for (const std::string& one : f.products)
        cut.push_back(digits == 0 ? one : one.substr(0, digits));
    std::vector<std::string> distinct = cut;
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    for (const std::string& one : cut)
        place.push_back(static_cast<std::size_t>(code_of(distinct, one)));
    return distinct;
}

/// Only territories and products with any trade.
void drop_empty(goods_matrix& m) {
    const std::size_t width = m.products.size();
    std::vector<std::size_t> rows;
    std::vector<std::size_t> columns;
    for (std::size_t a = 0; a < m.areas.size(); ++a)
        for (std::size_t p = 0; p < width; ++p)
            if (m.values[a * width + p] > 0) {
                rows.push_back(a);
                break;
            }
    for (std::size_t p = 0; p < width; ++p)
        for (std::size_t a = 0; a < m.areas.size(); ++a)
            if (m.values[a * width + p] > 0) {
                columns.push_back(p);
                break;
            }
    goods_matrix out;
    for (const std::size_t a : rows) out.areas.push_back(m.areas[a]);
    for (const std::size_t p : columns) out.products.push_back(m.products[p]);
    for (const std::size_t a : rows)
        for (const std::size_t p : columns) out.values.push_back(m.values[a * width + p]);
    m.areas = std::move(out.areas);
    m.products = std::move(out.products);
    m.values = std::move(out.values);
}

}  // namespace

result<goods_matrix> goods_of(const flow_list& f, const matrix_scope& scope) {
    const auto wanted = VECHE_TRY(named_areas(f, scope.partners));
    const auto unwanted = VECHE_TRY(named_areas(f, scope.partners_left_out));
    const std::int32_t period = scope.period.empty() ? -1 : code_of(f.periods, scope.period);
    if (!scope.period.empty() && period < 0)
        return refuse(refusals::name_unknown, "period", "period", scope.period);
    goods_matrix out;
    out.areas = f.areas;
    out.unit = f.value_unit;
    out.source = f.source;
    for (const std::string& one : f.classifications)
        out.classification += (out.classification.empty() ? "" : ",") + one;
    std::vector<std::size_t> place;
    out.products = cut_products(f, scope.digits, place);
    out.values.assign(out.areas.size() * out.products.size(), 0);
    for (std::size_t i = 0; i < f.size(); ++i) {
        const auto partner = static_cast<std::size_t>(f.partner[i]);
        if (f.flow[i] != scope.way || (period >= 0 && f.period[i] != period) ||
            (!scope.partners.empty() && wanted[partner] == 0) || unwanted[partner] != 0)
            continue;
        ++out.rows;
        if (std::isnan(f.value[i])) {
            ++out.rows_missing;
            continue;
        }
        out.values[static_cast<std::size_t>(f.reporter[i]) * out.products.size() +
                   place[static_cast<std::size_t>(f.product[i])]] += f.value[i];
    }
    drop_empty(out);
    if (out.values.empty())
        return refuse(
            scope.way == flow_kind::export_ ? refusals::exports_absent : refusals::imports_absent,
            "scope");
    return out;
}

}  // namespace veche::trade
