#pragma once
// The minutes of a session: agenda, presence, motions, votes with every name, decisions, papers
// with their hashes; elections with every ballot and every stage. Made from public views alone.

#include "assembly/election_views.hpp"
#include "assembly/session_views.hpp"
#include "documents/setting.hpp"

namespace veche::documents {

document minutes_of(const setting&, const assembly::session_view&,
                    const std::vector<assembly::election_view>& elections = {});

}  // namespace veche::documents
