#include "trade/dependence.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "trade/refusal.hpp"

namespace veche::trade {
namespace {

std::string cut_code(const std::string& code, std::size_t digits) {
    return digits == 0 ? code : code.substr(0, digits);
}

struct origin_sums {
    std::map<std::string, std::map<std::string, double>> by_product;  // product, origin
    std::map<std::string, double> all;
    std::int64_t rows = 0, rows_missing = 0;
};

/// Imports of a member by product and origin: as it declares them, or as the origins do.
origin_sums origins_of(const flow_list& f, std::int32_t member, std::int32_t period, bool mirrored,
                       std::size_t digits) {
    origin_sums out;
    for (std::size_t i = 0; i < f.size(); ++i) {
        const std::int32_t buyer = mirrored ? f.partner[i] : f.reporter[i];
        const std::int32_t seller = mirrored ? f.reporter[i] : f.partner[i];
        if (buyer != member || seller == member || (period >= 0 && f.period[i] != period) ||
            f.flow[i] != (mirrored ? flow_kind::export_ : flow_kind::import_))
            continue;
        ++out.rows;
        if (std::isnan(f.value[i])) {
            ++out.rows_missing;
            continue;
        }
        const std::string& origin = f.areas[static_cast<std::size_t>(seller)];
        const std::string& code = f.products[static_cast<std::size_t>(f.product[i])];
        out.by_product[cut_code(code, digits)][origin] += f.value[i];
        out.all[origin] += f.value[i];
    }
    return out;
}

import_dependence dependence_in(std::string product, const std::map<std::string, double>& origins,
                                const std::set<std::string>& members) {
    import_dependence out;
    out.product = std::move(product);
    std::vector<double> values;
    for (const auto& [origin, value] : origins) {
        values.push_back(value);
        out.imports += value;
        (members.contains(origin) ? out.from_union : out.from_third) += value;
        if (value > out.from_largest) {
            out.from_largest = value;
            out.largest = origin;
        }
    }
    out.origins = concentration_of(values);
    return out;
}

result<std::int32_t> period_code(const flow_list& f, const std::string& period) {
    if (period.empty()) return -1;
    const std::int32_t out = code_of(f.periods, period);
    if (out < 0) return refuse(refusals::name_unknown, "period", "period", period);
    return out;
}

}  // namespace

result<dependence_table> dependence_of(const flow_list& f, const dependence_scope& scope) {
    const std::int32_t member = code_of(f.areas, scope.member);
    if (member < 0) return refuse(refusals::name_unknown, "member", "territory", scope.member);
    const std::int32_t period = VECHE_TRY(period_code(f, scope.period));
    dependence_table out;
    out.unit = f.value_unit;
    origin_sums sums = origins_of(f, member, period, false, scope.digits);
    if (sums.rows == 0) {
        out.mirrored = true;
        sums = origins_of(f, member, period, true, scope.digits);
    }
    if (sums.rows == sums.rows_missing)
        return refuse(refusals::imports_undeclared, "member", scope.member);
    out.rows = sums.rows;
    out.rows_missing = sums.rows_missing;
    const std::set<std::string> members(scope.members.begin(), scope.members.end());
    for (const auto& [product, origins] : sums.by_product)
        out.products.push_back(dependence_in(product, origins, members));
    out.all = dependence_in("", sums.all, members);
    return out;
}

result<std::vector<substitution>> substitutions(const flow_list& f,
                                                const substitution_scope& scope) {
    matrix_scope exports;
    exports.period = scope.period;
    exports.digits = scope.digits;
    const goods_matrix sold = VECHE_TRY(goods_of(f, exports));
    const advantage_table table = advantages(sold);
    matrix_scope outside = exports;
    for (const std::string& one : scope.members)
        if (code_of(f.areas, one) >= 0) outside.partners_left_out.push_back(one);
    std::vector<substitution> out;
    const auto sold_outside = goods_of(f, outside);
    if (!sold_outside) return out;
    std::map<std::string, dependence_table> bought;
    std::map<std::string, std::map<std::string, origin_sums>> from;
    const std::int32_t period = VECHE_TRY(period_code(f, scope.period));
    for (const std::string& buyer : scope.members) {
        const std::int32_t code = code_of(f.areas, buyer);
        if (code < 0) continue;
        origin_sums sums = origins_of(f, code, period, false, scope.digits);
        if (sums.rows == 0) sums = origins_of(f, code, period, true, scope.digits);
        for (const std::string& seller : scope.members) {
            const std::int32_t row = code_of(sold.areas, seller);
            const std::int32_t away = code_of(sold_outside->areas, seller);
            if (seller == buyer || row < 0 || away < 0) continue;
            for (const auto& [product, origins] : sums.by_product) {
                const std::int32_t column = code_of(sold.products, product);
                const std::int32_t third = code_of(sold_outside->products, product);
                if (column < 0 || third < 0) continue;
                substitution one{buyer, seller, product};
                one.advantage =
                    table.rca(static_cast<std::size_t>(row), static_cast<std::size_t>(column));
                one.sold_to_third = sold_outside->at(static_cast<std::size_t>(away),
                                                     static_cast<std::size_t>(third));
                for (const auto& [origin, value] : origins) {
                    if (origin == seller) one.bought_from_seller += value;
                    if (std::find(scope.members.begin(), scope.members.end(), origin) ==
                        scope.members.end())
                        one.bought_from_third += value;
                }
                if (one.advantage >= scope.least_advantage && one.amount() > 0)
                    out.push_back(std::move(one));
            }
        }
    }
    std::stable_sort(out.begin(), out.end(), [](const substitution& a, const substitution& b) {
        return a.amount() > b.amount();
    });
    return out;
}

}  // namespace veche::trade
