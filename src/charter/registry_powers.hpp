#pragma once
// The power over the register, beside those of charter.hpp: recording places, organisations, links
// and what happened on them.

#include <string_view>

namespace veche::charter {

inline constexpr std::string_view registry_powers[] = {"registry"};

}  // namespace veche::charter
