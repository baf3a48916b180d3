#pragma once
// What a link is called, and where it is: by its two sides as their records stand now.

#include "registry/state.hpp"

namespace veche::registry {

const localized& names_of_end(const state&, const link_end&);
/// Both sides, in every language in which one of them has a name.
localized both_names(const localized& a, const localized& b);
localized names_of_link(const state&, const link&);
/// The places of both sides and all around them, each once.
std::vector<place_id> places_around(const state&, const link&);
/// What an entry was about on the link: the item of its plan, or what was done. Nothing for others.
localized said_by(const state&, const link&, std::uint64_t seq);

}  // namespace veche::registry
