#pragma once
// What the tests of this room share.

#include <doctest/doctest.h>

#include "teams/assign.hpp"

namespace veche::teams::testing {

using features = std::map<std::string, std::string>;

inline person somebody(std::string id, features of, std::vector<std::string> skills,
                       std::vector<wish> wishes) {
    return {std::move(id), std::move(of), std::move(skills), std::move(wishes)};
}

inline window size_of(std::int64_t min, std::int64_t max) {
    return {"size", "", min, max};
}

inline outcome solved(const call& c) {
    auto made = solve(c);
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    return *std::move(made);
}

inline std::string site_of(const outcome& o, const std::string& who) {
    for (const placing& one : o.placings)
        if (one.person == who) return one.site.value_or("-");
    return "?";
}

inline const std::string some_seed(64, 'a');

}  // namespace veche::teams::testing
