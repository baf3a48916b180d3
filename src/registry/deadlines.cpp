#include "registry/deadlines.hpp"

namespace veche::registry {

std::optional<event> next_due(const state& s, const charter::state&, instant at) {
    if (s.quiet.empty()) return std::nullopt;
    const quiet_mark& first = (*s.quiet.begin()).first;
    if (at < first.at) return std::nullopt;
    return make_event(link_dormant{first.link, *s.links.find(first.link)->quiet_since});
}

std::optional<instant> earliest_due(const state& s) {
    if (s.quiet.empty()) return std::nullopt;
    return (*s.quiet.begin()).first.at;
}

}  // namespace veche::registry
