#pragma once
// The power over evidence, beside those of charter.hpp: naming data sets, publishing findings and
// computing those of others again.

#include <string_view>

namespace veche::charter {

inline constexpr std::string_view evidence_powers[] = {"evidence"};

}  // namespace veche::charter
