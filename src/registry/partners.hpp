#pragma once
// The partner search as a part of the room: who speaks for whom, when a profile expires.

#include "registry/registry.hpp"

namespace veche::registry {

/// Whether the person speaks for the organisation on that day.
bool speaks_for(const state&, const organisation_id&, const person_id&, date on);

/// The moment from which a profile stands no longer: the day after its last one begins.
instant expires_at(const submit_profile&);

/// Sectors in which the organisation works, as far as the profile is concerned.
const std::vector<std::string>& sectors_of(const state&, const submit_profile&);

}  // namespace veche::registry
