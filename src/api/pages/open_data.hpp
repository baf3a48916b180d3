#pragma once
// The fund as files of open standards, at addresses beside the page of the money.

#include "api/pages/documents.hpp"
#include "fund/views.hpp"

namespace veche::api::pages {

/// money.iati.xml, money.360giving.json or money.ocds.json, where one of them is asked for. 404
/// where the fund has nothing that such a file could hold.
std::optional<response> open_data_file(visit&);
/// Puts those that have something to tell among the files of the page.
void offer_open_data(visit&, const fund::contributions_view&, const fund::budget_view& all_years);

}  // namespace veche::api::pages
