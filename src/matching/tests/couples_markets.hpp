#pragma once
// Random markets with couples.

#include <algorithm>

#include "matching/couples.hpp"
#include "matching/tests/dice.hpp"

namespace veche::matching::testing {

struct couples_shape {
    std::uint32_t singles = 3;
    std::uint32_t couples = 2;
    std::uint32_t programmes = 3;
    std::uint32_t most_places = 2;
    std::uint32_t choices = 3;
};

inline couples_market random_couples(dice& roll, const couples_shape& shape) {
    couples_market m;
    const std::uint32_t people = shape.singles + 2 * shape.couples;
    m.lists.resize(people);
    for (std::uint32_t p = 0; p < shape.programmes; ++p) {
        m.capacities.push_back(roll.roll(shape.most_places + 1));
        m.orders.push_back(roll.some_of(people, 4));
    }
    for (std::uint32_t a = 0; a < shape.singles; ++a) {
        m.lists[a] = roll.some_of(shape.programmes, 3);
        m.lists[a].resize(std::min<std::size_t>(m.lists[a].size(), shape.choices));
    }
    for (std::uint32_t c = 0; c < shape.couples; ++c) {
        couple one{shape.singles + 2 * c, shape.singles + 2 * c + 1, {}};
        for (std::uint32_t k = roll.roll(1, shape.choices); k > 0; --k) {
            // One number in so many is no place.
            const auto place = [&] {
                const std::uint32_t p = roll.roll(shape.programmes + 1);
                return p == shape.programmes ? nobody : p;
            };
            const pair_choice wish{place(), place()};
            if (std::find(one.choices.begin(), one.choices.end(), wish) == one.choices.end())
                one.choices.push_back(wish);
        }
        m.couples.push_back(std::move(one));
    }
    return m;
}

}  // namespace veche::matching::testing
