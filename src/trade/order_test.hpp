#pragma once
// Whether an index of complexity can mean anything in these data. It orders territories and
// products well only where the further a territory, the more it leans to the further products:
// x_cp x_c'p' >= x_cp' x_c'p for c beyond c' and p beyond p' (log-supermodular). Countries and
// products were shown to be so; of regions and industries nobody knows before looking.
//
// Looked at out of sample, so that chance gives one half: one half of the products orders the
// territories, one half of the territories orders the other products, and the comparisons are made
// among the cells that ordered nothing.

#include <cstdint>

#include "kernel/remark.hpp"
#include "trade/product_space.hpp"

namespace veche::trade {

struct order_test_options {
    int splits = 100;
    std::uint64_t seed = 1;
    double level = 0.90;  ///< of the range over splits
};

struct order_test {
    int splits = 0;                ///< that allowed comparisons
    std::int64_t comparisons = 0;  ///< of two territories with two products, over all splits
    double in_order = 0;           ///< mean share that is in order
    double low = 0, high = 0;      ///< quantiles over the splits
    /// Nearly all halves put more than half of the comparisons in order.
    [[nodiscard]] bool holds() const { return splits > 0 && low > 0.5; }
};

/// Refuses data too small to be halved both ways (six territories and six products).
result<order_test> test_order(const goods_matrix& exports, const space_options& options = {},
                              const order_test_options& how = {});

/// What the test came to, as caveat (d).
remark said_of(const order_test& test);

}  // namespace veche::trade
