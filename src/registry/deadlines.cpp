#include "registry/deadlines.hpp"

namespace veche::registry {

std::optional<event> next_due(const state& s, const charter::state&, instant at) {
    const auto first_at = earliest_due(s);
    if (!first_at || at < *first_at) return std::nullopt;
    // Of the same moment links come first.
    if (!s.quiet.empty() && (*s.quiet.begin()).first.at == *first_at) {
        const link_id& link = (*s.quiet.begin()).first.link;
        return make_event(link_dormant{link, *s.links.find(link)->quiet_since});
    }
    const profile_id& profile = (*s.expiring.begin()).first.profile;
    return make_event(profile_expired{profile, s.profiles.find(profile)->what.until});
}

std::optional<instant> earliest_due(const state& s) {
    std::optional<instant> first;
    if (!s.quiet.empty()) first = (*s.quiet.begin()).first.at;
    if (!s.expiring.empty()) {
        const instant expiry = (*s.expiring.begin()).first.at;
        if (!first || expiry < *first) first = expiry;
    }
    return first;
}

}  // namespace veche::registry
