#pragma once
// Rows of the views, made from the state. Inside the room only.

#include <span>
#include <string_view>
#include <unordered_set>

#include "registry/views.hpp"

namespace veche::registry {

/// The place and all places within it.
std::vector<place_id> within(const state&, const place_id&);
/// Links of these places and of the organisations that sit in them, each once, by short name.
std::vector<link_id> links_within(const state&, const std::vector<place_id>&);

/// A place and all within it, to ask whether something lies there. Its order is never asked.
class place_set {
  public:
    place_set(const state& s, const place_id& id);
    [[nodiscard]] bool holds(const std::optional<place_id>& one) const {
        return one && names_.contains(one->value);
    }
    [[nodiscard]] const std::vector<place_id>& places() const { return places_; }

  private:
    std::vector<place_id> places_;
    std::unordered_set<std::string_view> names_;
};

/// Where the end of a link is, by the record that stands now.
std::optional<place_id> place_of(const state&, const link_end&);
/// Links of the place, of those within it and of the organisations there, by short name.
std::vector<const link*> links_around(const state&, const place_id&);
/// Where the place is, or the seat from which it is governed.
std::optional<map_point> point_of(const state&, const place&);
/// Links that were asked for, by short name; `counts` gets how many of each state there are,
/// whatever state was asked for. Refusals: the place is unknown.
result<std::vector<const link*>> links_that_fit(const world&, const links_query&,
                                                std::vector<standing_count>* counts);
/// Organisations there, by short name; the first `count` where that is said.
std::vector<const organisation*> organisations_around(const state&, const place_id&,
                                                      std::optional<std::int32_t> count = {});

place_name name_place(const state&, const place_id&);
organisation_name name_organisation(const organisation&);
place_row show_row(const state&, const place&);
link_row show_row(const state&, const link&);
organisation_row show_row(const state&, const organisation&, const viewer&);
activity_row show_row(const state&, const activity&);
claim_row show_row(const side_claim&);

/// The latest first: by the last day that they may have been on, then by entry.
std::vector<activity_row> show_activities(const state&, const std::vector<activity_id>&);
/// Of one link, in the same order, only the part that is asked for.
std::vector<activity_row> show_activities(const state&, const link&,
                                          std::optional<std::int32_t> offset,
                                          std::optional<std::int32_t> count);
/// Of one link, those of that year.
std::vector<activity_row> show_activities(const state&, const link&, std::int32_t year);

std::vector<std::int64_t> entries_of(const std::vector<std::uint64_t>&);

}  // namespace veche::registry
