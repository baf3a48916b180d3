#pragma once
// Rows of the views, made from the state. Inside the room only.

#include <span>

#include "registry/views.hpp"

namespace veche::registry {

/// The place and all places within it.
std::vector<place_id> within(const state&, const place_id&);
/// Links of these places and of the organisations that sit in them, each once, by short name.
std::vector<link_id> links_within(const state&, const std::vector<place_id>&);
std::vector<organisation_id> organisations_within(const state&, const std::vector<place_id>&);

place_name name_place(const state&, const place_id&);
organisation_name name_organisation(const organisation&);
place_row show_row(const state&, const place&);
link_row show_row(const state&, const link&);
organisation_row show_row(const state&, const organisation&, const viewer&);
activity_row show_row(const state&, const activity&);
claim_row show_row(const side_claim&);

/// The latest first: by the last day that they may have been on, then by entry.
std::vector<activity_row> show_activities(const state&, const std::vector<activity_id>&);

std::vector<std::int64_t> entries_of(const std::vector<std::uint64_t>&);

}  // namespace veche::registry
