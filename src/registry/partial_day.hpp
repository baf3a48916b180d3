#pragma once
// Days known to the year or month only: sources of a register often say no more than "2003".

#include <optional>
#include <string_view>

#include "kernel/instant.hpp"

namespace veche::registry {

/// First and last day that "2003", "2003-05" or "2003-05-17" may mean; nothing for other texts.
struct day_span {
    date first;
    date last;
};
std::optional<day_span> read_partial_day(std::string_view text);

}  // namespace veche::registry
