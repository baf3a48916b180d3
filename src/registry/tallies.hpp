#pragma once
// What is counted of places, kept as records come, so that a list costs what it shows and not what
// there is. Views over the state and nothing that binds: a test compares them with a plain reading.

#include "registry/state.hpp"

namespace veche::registry {

/// Whether the link is concluded or active by what is known of it now.
bool is_alive(const link&);

/// Adds the link to (or takes it from, with -1) the tallies of all places around its two ends.
void tally_link(state&, const link_id&, int times);
/// The same of its being alive alone.
void tally_alive(state&, const link_id&, int times);
/// So many organisations to the place and all places around it.
void tally_organisations(state&, const std::optional<place_id>&, std::int64_t count);

/// Does what moves places or organisations, with links of theirs told as they stand before and
/// after it.
template <class Change>
void moving(state& s, const std::vector<link_id>& links, Change&& change) {
    for (const link_id& id : links) tally_link(s, id, -1);
    change();
    for (const link_id& id : links) tally_link(s, id, 1);
}

/// The tally of the place; zeros where nothing was counted.
place_tally tally_of(const state&, const place_id&);

/// Puts the enterprise under its holders, or takes it away from there.
void index_holders(state&, const organisation_id& enterprise, const std::vector<holder>&, bool put);
/// The same of all who hold the organisation, as its record says now.
void index_own_holders(state&, const organisation_id&, bool put);

activity_mark mark_of(state&, const report_activity&, const context&);

}  // namespace veche::registry
