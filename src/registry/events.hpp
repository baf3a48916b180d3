#pragma once
// What follows by itself in the register.

#include <tuple>

#include "registry/plan_commands.hpp"

namespace veche::registry {

/// Nothing was reported on the link for 24 months.
struct link_dormant {
    static constexpr wire_info wire{"registry.link_dormant", 1,
                                    "Nothing was reported on a link for 24 months."};
    link_id link;
    date quiet_since;
};
VECHE_FIELDS(link_dormant, (link, "The link."),
             (quiet_since, "The last day on which something is known to have happened on it."))

/// The last day of a profile is over.
struct profile_expired {
    static constexpr wire_info wire{"registry.profile_expired", 1,
                                    "The last day of a profile of the partner search is over."};
    profile_id profile;
    date until;
};
VECHE_FIELDS(profile_expired, (profile, "The profile."), (until, "Its last day."))

/// The last day of an item of a link's plan is over, and it is not done.
struct item_late {
    static constexpr wire_info wire{"registry.item_late", 1,
                                    "The last day of an item of a link's plan is over."};
    link_id link;
    plan_item_id item;
    date due;
};
VECHE_FIELDS(item_late, (link, "The link."), (item, "The item of its plan."),
             (due, "Its last day."))

using derived = std::tuple<link_dormant, profile_expired, item_late>;

}  // namespace veche::registry
