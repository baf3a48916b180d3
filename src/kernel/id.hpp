#pragma once
// Strong identifiers: a text of 1 to 64 characters [A-Za-z0-9][A-Za-z0-9._/-]*, one type per kind
// of thing, so that a body's id never passes for a member's.

#include <compare>
#include <string>
#include <string_view>

namespace veche {

bool is_identifier(std::string_view text);

template <class Tag>
struct id {
    std::string value;
    auto operator<=>(const id&) const = default;
    [[nodiscard]] bool empty() const { return value.empty(); }
};

// The kernel names the kinds that travel between rooms; a room's own kinds live in the room.
using member_id = id<struct member_tag>;
using body_id = id<struct body_tag>;
using office_id = id<struct office_tag>;
using person_id = id<struct person_tag>;
using unit_id = id<struct unit_tag>;          ///< a currency, study places, doses
using decision_id = id<struct decision_tag>;  ///< an adopted decision
using measure_id = id<struct measure_tag>;
using session_id = id<struct session_tag>;

}  // namespace veche
