#pragma once
// Powers over sealed texts, beside those of charter.hpp: reading closed texts, reading personal
// data, and opening or destroying what is sealed, which takes two persons.

#include <string_view>

namespace veche::charter {

inline constexpr std::string_view sealed_powers[] = {"read_closed", "read_personal", "unseal"};

}  // namespace veche::charter
