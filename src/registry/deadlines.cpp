#include "registry/deadlines.hpp"

namespace veche::registry {

std::optional<event> next_due(const state& s, const charter::state&, instant at) {
    const auto first_at = earliest_due(s);
    if (!first_at || at < *first_at) return std::nullopt;
    // Of the same moment links come first, then items of plans.
    if (!s.quiet.empty() && (*s.quiet.begin()).first.at == *first_at) {
        const link_id& link = (*s.quiet.begin()).first.link;
        return make_event(link_dormant{link, *s.links.find(link)->quiet_since});
    }
    if (!s.promised.empty() && (*s.promised.begin()).first.at == *first_at) {
        const item_key& of = (*s.promised.begin()).first.of;
        return make_event(item_late{of.link, of.item, *s.items.find(of)->runs_to});
    }
    const profile_id& profile = (*s.expiring.begin()).first.profile;
    return make_event(profile_expired{profile, s.profiles.find(profile)->what.until});
}

std::optional<instant> earliest_due(const state& s) {
    std::optional<instant> first;
    const auto look_at = [&](const auto& marks) {
        if (marks.empty()) return;
        const instant at = (*marks.begin()).first.at;
        if (!first || at < *first) first = at;
    };
    look_at(s.quiet);
    look_at(s.promised);
    look_at(s.expiring);
    return first;
}

}  // namespace veche::registry
