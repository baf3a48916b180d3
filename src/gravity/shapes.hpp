#pragma once
// Passes over rows are compiled for the usual numbers of effects and columns, so that their inner
// loops have a known length.

#include <cstddef>
#include <type_traits>

namespace veche::gravity {

/// call(number of other effects), a constant; below 0: none of those foreseen.
template <class Call>
void for_others(std::size_t others, Call call) {
    switch (others) {
        case 0:
            return call(std::integral_constant<int, 0>{});
        case 1:
            return call(std::integral_constant<int, 1>{});
        case 2:
            return call(std::integral_constant<int, 2>{});
        default:
            return call(std::integral_constant<int, -1>{});
    }
}

/// call(r), a constant, for r from 1 to 4.
template <class Call>
void for_columns(std::size_t r, Call call) {
    switch (r) {
        case 1:
            return call(std::integral_constant<std::size_t, 1>{});
        case 2:
            return call(std::integral_constant<std::size_t, 2>{});
        case 3:
            return call(std::integral_constant<std::size_t, 3>{});
        default:
            return call(std::integral_constant<std::size_t, 4>{});
    }
}

}  // namespace veche::gravity
