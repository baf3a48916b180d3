#pragma once
// The power over beneficiaries of public money, beside those of charter.hpp: saying who owes
// reports, and recording them.

#include <string_view>

namespace veche::charter {

inline constexpr std::string_view beneficiary_powers[] = {"beneficiaries"};

}  // namespace veche::charter
