#pragma once
// Under which office the reader may act on the fund.

#include <optional>
#include <string>
#include <string_view>

#include "api/pages/visit.hpp"

namespace veche::api::pages {

/// The reader's office with the power; nothing where there is none.
std::optional<std::string> office_with_power(const visit&, std::string_view power);

}  // namespace veche::api::pages
