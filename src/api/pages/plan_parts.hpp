#pragma once
// Items of plans as other pages show them: that of a link, the list of what is late.

#include "api/pages/acts.hpp"
#include "registry/plan_views.hpp"

namespace veche::api::pages {

struct plan_line {
    registry::planned_item_view view;
    std::vector<act> acts;
};
VECHE_VIEW(plan_line, (view, "The item."), (acts, "What the reader may do about it."))

/// The plan of the link whose page this is.
std::vector<plan_line> plan_lines(const visit& here,
                                  const std::vector<registry::planned_item_view>&);
/// The last days of the items, each as a day of a calendar.
response plan_calendar(const visit& here, std::string title,
                       const std::vector<registry::item_row>&);
/// Items that are late; nothing where they cannot be read.
shown<registry::plan_items_view> late_plans(visit& here, const std::optional<std::string>& words);

}  // namespace veche::api::pages
