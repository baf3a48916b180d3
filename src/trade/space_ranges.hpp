#pragma once
// How far the complexity of a territory would move had other products been looked at: the products
// are drawn anew with replacement (Efron 1979) and the index is computed from each draw.

#include <cstdint>

#include "kernel/progress.hpp"
#include "trade/product_space.hpp"

namespace veche::trade {

struct draw_options {
    int draws = 200;
    std::uint64_t seed = 1;
    double level = 0.90;  ///< of the ranges
    progress_port progress;
};

struct drawn_range {
    double low = 0, high = 0;
};

struct complexity_range {
    drawn_range complexity, rank;  ///< rank 1 is the most complex
    int draws = 0;                 ///< that gave a vector of their own
};

/// Of one territory of the space. Nothing is refused: where no draw gives a vector, `draws` is 0.
complexity_range range_of(const product_space& space, std::size_t area,
                          const draw_options& how = {});

}  // namespace veche::trade
