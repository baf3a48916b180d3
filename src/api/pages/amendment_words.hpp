#pragma once
// What an amendment does, in words.

#include "api/pages/visit.hpp"
#include "assembly/amendment_views.hpp"

namespace veche::api::pages {

/// "Paragraph 2: new wording"
std::string amendment_label(const visit& here, const assembly::amendment_view&);

}  // namespace veche::api::pages
