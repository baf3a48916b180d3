#pragma once
// Akoma Ntoso 3.0 (OASIS LegalDocML, akomantoso30.xsd of 2018): minutes as a `debate`, decisions as
// an `act`. Votes stand twice, as the standard foresees: counted in the analysis, and name by name
// in the text, each name pointing at the count it went into.

#include "assembly/election_views.hpp"
#include "assembly/session_views.hpp"
#include "documents/setting.hpp"

namespace veche::documents {

std::string minutes_akoma_ntoso(const setting&, const assembly::session_view&,
                                const std::vector<assembly::election_view>& elections = {});
std::string act_akoma_ntoso(const setting&, const assembly::decision_view&,
                            const assembly::vote_view&);

}  // namespace veche::documents
