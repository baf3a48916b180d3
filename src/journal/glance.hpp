#pragma once
// What can be seen of an event line without parsing it. A canonical line has one spelling: its
// members stand in the order of their names, so who acts stands first, and the type and its version
// last. For whoever looks at very many lines that somebody else parses; of a line that is not
// canonical it may say anything.

#include <cstdint>
#include <string_view>

#include "kernel/result.hpp"

namespace veche::journal {

struct glance {
    bool derived = false;
    std::string_view actor;  ///< of an act, as `idem`; views into the line
    std::string_view idem;
    std::string_view type;
    std::int64_t v = 0;
};

/// Refuses what `read_envelope` refuses, but only where the line looks unusual.
result<glance> glance_at(std::string_view event_line);

}  // namespace veche::journal
