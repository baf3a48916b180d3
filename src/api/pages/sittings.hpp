#pragma once
// What the pages of a session share: its items with what the chair may do, and the invitations that
// the reader may answer.

#include "api/pages/acts.hpp"
#include "assembly/session_views.hpp"

namespace veche::api::pages {

struct item_card {
    shown<assembly::item_view> item;
    std::optional<std::string> closed;  ///< what an internal item is about, for its readers
    std::vector<act> acts;              ///< of the chair, one touch
    std::vector<act> forms;             ///< of the secretariat
};
VECHE_VIEW(item_card, (item, "The item."),
           (closed, "What an internal item is about, for those who may read it."),
           (acts, "What the chair may do at once."), (forms, "What may be changed about it."))

std::vector<item_card> item_cards(const visit& here, const shown<assembly::session_view>& session);

/// One for each of the reader's seats and guest's invitations, to answer or to answer anew.
std::vector<act> answer_acts(const visit& here, const assembly::session_view& session,
                             const std::string& back);

}  // namespace veche::api::pages
