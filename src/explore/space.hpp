#pragma once
// The product space of the exports of one period: which products are exported together, and which
// of them a territory exports with advantage.

#include "explore/question.hpp"
#include "trade/product_space.hpp"

namespace veche::explore {

using product_space = trade::product_space;

/// More would be a picture of nothing.
inline constexpr std::size_t most_space_products = 400;

/// Values by exporter and product of a period, by the side chosen. Refuses periods that the data
/// lack, and more products than a picture can hold.
result<trade::goods_matrix> exports_of(const flow_cube&, std::string_view period, chosen_side side,
                                       std::size_t digits);

/// The space of all territories in the data. Refuses where there are too few of them or of
/// products.
result<product_space> space_of_period(const flow_cube&, std::string_view period, chosen_side side,
                                      std::size_t digits);

}  // namespace veche::explore
