#pragma once
// Findings as pages of other things show them.

#include "api/pages/visit.hpp"
#include "evidence/views.hpp"

namespace veche::api::pages {

/// What was laid beside it, newest first; also what was corrected or taken back since, with its
/// mark.
std::vector<evidence::finding_row> findings_beside(visit&, evidence::subject_kind, std::string id);

}  // namespace veche::api::pages
