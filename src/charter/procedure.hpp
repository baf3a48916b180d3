#pragma once
// How the motions of a body go from being tabled to being decided, as its rules of procedure say.
// What is not said is not restricted.

#include <optional>
#include <string>

#include "kernel/fields.hpp"

namespace veche::charter {

struct motion_procedure {
    /// Amendments are tabled until so many hours before the planned start of the session.
    std::optional<std::int32_t> amendment_hours;
    /// The rule under which amendments are decided; the motion's own where nothing is said.
    std::optional<std::string> amendment_rule;
};
VECHE_FIELDS(motion_procedure,
             (amendment_hours,
              "Hours before the session's planned start at which the time for "
              "amendments ends; until the vote where nothing is said."),
             (amendment_rule, "The rule for amendments; the motion's own where nothing is said."))

}  // namespace veche::charter
