#pragma once
// Values by territory and product, cut out of flows: what most indicators start from.

#include <optional>
#include <string>
#include <vector>

#include "trade/flow_list.hpp"

namespace veche::trade {

/// Row-major: values[area * products + product], all finite and not below zero.
struct goods_matrix {
    std::vector<std::string> areas, products;
    std::vector<double> values;
    std::string unit;
    std::string classification;  ///< of all products; several joined by commas
    tables::table_source source;
    std::int64_t rows = 0;          ///< added up
    std::int64_t rows_missing = 0;  ///< without a value; nothing was added for them

    [[nodiscard]] double at(std::size_t area, std::size_t product) const {
        return values[area * products.size() + product];
    }
};

struct matrix_scope {
    flow_kind way = flow_kind::export_;
    std::string period;                 ///< "" all periods together
    std::vector<std::string> partners;  ///< none: all
    std::vector<std::string> partners_left_out;
    std::size_t digits = 0;  ///< products cut to so many digits; 0 keeps them whole
};

/// Sums by reporter and product. Refuses unknown names and a scope without any row.
result<goods_matrix> goods_of(const flow_list& flows, const matrix_scope& scope);

}  // namespace veche::trade
