#pragma once
// Popolo (popoloproject.com, schemas of 2014, frozen): who sits where, motions, votes name by name.
// The standard has no place for the rule of a vote; ours stands in `x_rule` of the vote event, so
// that rule, ballots and result are published together (docs/format/popolo.md).

#include "assembly/election_views.hpp"
#include "assembly/session_views.hpp"
#include "charter/views.hpp"
#include "documents/setting.hpp"

namespace veche::documents {

/// Organizations (members, bodies), persons (offices and titles, never private names), memberships.
std::string popolo_of(const setting&, const std::vector<charter::body_view>&);
/// One session as an event, its motions and votes, and whom they name.
std::string popolo_of(const setting&, const assembly::session_view&,
                      const std::vector<assembly::election_view>& elections = {});

}  // namespace veche::documents
