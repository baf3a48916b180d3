#pragma once
// The powers over doses, beside those of charter.hpp: the desk that keeps the book, and offices of
// members that keep its sites.

#include <string_view>

namespace veche::charter {

inline constexpr std::string_view dose_powers[] = {"doses", "keep_doses"};

}  // namespace veche::charter
