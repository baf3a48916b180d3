#pragma once
// What a vote's page offers besides the ballot of one seat: hands, splits, corrections, rounds.

#include <string>
#include <vector>

#include "api/pages/acts.hpp"
#include "assembly/session_views.hpp"

namespace veche::api::pages {

/// One seat in the form for hands by name; `index` is its place in the command's list.
struct hand_row {
    std::int32_t index = 0;
    std::string seat;
    std::string name;
    std::optional<assembly::vote_choice> choice;
};
VECHE_VIEW(hand_row, (index, "Its place, from 0."), (seat, "The seat."),
           (name, "Title of the seat."), (choice, "What was entered so far."))

/// The seats whose hands the chair may enter by name; none where the charter provides for none.
std::vector<hand_row> hand_rows(const visit& here, const assembly::vote_view& vote);
bool may_enter(const assembly::vote_view& vote, charter::hand_entry how);

/// Links to objecting, correcting and putting again, and to a proxy for this vote.
void add_casting_acts(const assembly::vote_view& vote, act_list& acts);
/// Links to giving and revoking proxies for a session.
void add_proxy_acts(const visit& here, const assembly::session_view& session, act_list& acts);

}  // namespace veche::api::pages
