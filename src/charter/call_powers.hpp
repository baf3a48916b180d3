#pragma once
// Powers over calls, beside those of charter.hpp: leading a call, assessing its applications,
// deciding appeals against how they were judged.

#include <string_view>

namespace veche::charter {

inline constexpr std::string_view call_powers[] = {"calls", "assess", "appeals"};

}  // namespace veche::charter
