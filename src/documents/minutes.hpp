#pragma once
// The minutes of a session: agenda, presence, motions, votes with every name, decisions, papers
// with their hashes. Made from the public view alone.

#include "assembly/session_views.hpp"
#include "documents/setting.hpp"

namespace veche::documents {

document minutes_of(const setting&, const assembly::session_view&);

}  // namespace veche::documents
