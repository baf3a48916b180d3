#pragma once
// What follows by itself in the register.

#include <tuple>

#include "registry/partner_terms.hpp"

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

using derived = std::tuple<link_dormant, profile_expired>;

}  // namespace veche::registry
