#pragma once
// Powers over the register of barriers, beside those of charter.hpp: its desk, the contact points
// of members, the panel that judges, and whoever tests.

#include <string_view>

namespace veche::charter {

inline constexpr std::string_view barrier_powers[] = {"barriers", "answer_barriers",
                                                      "judge_barriers", "test_barriers"};

}  // namespace veche::charter
