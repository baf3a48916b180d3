#pragma once
// The power over the counts of an epidemic, beside those of charter.hpp: saying who reports for
// which region, and reporting.

#include <string_view>

namespace veche::charter {

inline constexpr std::string_view situation_powers[] = {"situation"};

}  // namespace veche::charter
