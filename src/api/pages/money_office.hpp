#pragma once
// What pages of the fund share: under which office the reader may act, and a rate in words.

#include <optional>
#include <string>
#include <string_view>

#include "api/pages/visit.hpp"
#include "kernel/ratio.hpp"

namespace veche::api::pages {

/// The reader's office with the power; nothing where there is none.
std::optional<std::string> office_with_power(const visit&, std::string_view power);

/// "27.45" where the fraction is a decimal, else "1/3".
std::string rate_words(const ratio& rate);

}  // namespace veche::api::pages
