#include "explore/space.hpp"

#include <algorithm>
#include <map>

#include "explore/refusal.hpp"

namespace veche::explore {
namespace {

/// Adds up values by territory and product.
class goods_sum {
  public:
    goods_sum(const flow_cube& cube, std::size_t digits) {
        made_.areas = cube.areas;
        made_.products = product_keys(cube, digits);
        made_.unit = cube.unit;
        made_.classification = cube.classification;
        made_.values.assign(made_.areas.size() * made_.products.size(), 0);
        for (const std::string& one : cube.products)
            keys_.push_back(static_cast<std::size_t>(
                trade::code_of(made_.products, digits == 0 ? one : one.substr(0, digits))));
    }
    void add(std::size_t area, std::size_t product, double value) {
        if (!(value >= 0)) {
            ++made_.rows_missing;
            return;
        }
        ++made_.rows;
        made_.values[area * made_.products.size() + keys_[product]] += value;
    }
    trade::goods_matrix take() { return std::move(made_); }

  private:
    trade::goods_matrix made_;
    std::vector<std::size_t> keys_;
};

double exported(const flow_cube& cube, std::size_t row, chosen_side side) {
    if (cube.one_value || side == chosen_side::own) return cube.by_exporter[row];
    if (side == chosen_side::partner) return cube.by_importer[row];
    return reconciled_value(cube.by_exporter[row], cube.by_importer[row]);
}

}  // namespace

result<trade::goods_matrix> exports_of(const flow_cube& cube, std::string_view period,
                                       chosen_side side, std::size_t digits) {
    const auto at = trade::code_of(cube.periods, period);
    if (at < 0) return refuse(refusals::name_unknown, "period", "period", std::string(period));
    const std::size_t products = product_keys(cube, digits).size();
    if (products > most_space_products)
        return refuse(refusals::set_too_large, "dataset", std::to_string(products), "products",
                      std::to_string(most_space_products));
    goods_sum sum(cube, digits);
    const auto wanted = static_cast<std::size_t>(at);
    for (std::size_t i = cube.pairs() == 0 ? 0 : cube.first_of_period[wanted];
         cube.pairs() != 0 && i < cube.first_of_period[wanted + 1]; ++i)
        sum.add(cube.exporter[i], cube.product[i], exported(cube, i, side));
    // Totals with the whole world are taken where there are no partners.
    for (std::size_t i = 0; cube.pairs() == 0 && i < cube.world_value.size(); ++i)
        if (cube.world_period[i] == wanted && cube.world_export[i] != 0)
            sum.add(cube.world_area[i], cube.world_product[i], cube.world_value[i]);
    return sum.take();
}

result<product_space> space_of_period(const flow_cube& cube, std::string_view period,
                                      chosen_side side, std::size_t digits) {
    const auto goods = VECHE_TRY(exports_of(cube, period, side, digits));
    auto made = trade::space_of(goods);
    if (!made) return refuse(refusals::space_unfit, "dataset", made.error().sentence());
    return std::move(*made);
}

}  // namespace veche::explore
