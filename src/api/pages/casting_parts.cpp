#include "api/pages/casting_parts.hpp"

#include <algorithm>

namespace veche::api::pages {

using namespace assembly;

bool may_enter(const vote_view& vote, charter::hand_entry how) {
    const auto& allowed = vote.casting.may_enter;
    return std::find(allowed.begin(), allowed.end(), how) != allowed.end();
}

std::vector<hand_row> hand_rows(const visit& here, const vote_view& vote) {
    std::vector<hand_row> rows;
    if (!may_enter(vote, charter::hand_entry::named)) return rows;
    for (const delegation_view& delegation : vote.delegations)
        for (const seat_ballot_view& seat : delegation.seats) {
            const bool by_itself = seat.cast && seat.how != cast_how::hand;
            if (seat.vacant || by_itself || seat.ballot == charter::ballot::excluded) continue;
            hand_row row;
            row.index = static_cast<std::int32_t>(rows.size());
            row.seat = seat.seat;
            row.name = here.name_of(seat.name);
            if (seat.ballot == charter::ballot::yes) row.choice = vote_choice::yes;
            if (seat.ballot == charter::ballot::no) row.choice = vote_choice::no;
            if (seat.ballot == charter::ballot::abstain) row.choice = vote_choice::abstain;
            rows.push_back(std::move(row));
        }
    return rows;
}

void add_casting_acts(const vote_view& vote, act_list& acts) {
    const std::string id = vote.id.value;
    for (const own_seat& seat : vote.own) {
        const std::vector<act_field> it{{"vote", id}, {"seat", seat.seat}};
        if (vote.casting.silence && seat.may_cast)
            acts.form("assembly.object_to_silence", seat.auth, it);
        if (seat.may_correct) acts.form("assembly.correct_ballot", seat.auth, it);
    }
    if (vote.casting.next_round)
        acts.form("assembly.open_next_round", office_with(vote.means, "preside", vote.body.id),
                  {{"motion", vote.motion.value}});
}

void add_proxy_acts(const visit& here, const session_view& session, act_list& acts) {
    if (!session.knows_proxies || session.status == session_status::closed ||
        session.status == session_status::cancelled)
        return;
    for (const presence_view& seat : session.presence)
        if (seat.own && !seat.represented_by)
            acts.form("assembly.give_proxy", seat.seat,
                      {{"session", session.id.value}, {"seat", seat.seat}});
    for (const proxy_view& one : session.proxies) {
        if (!one.own) continue;
        std::vector<act_field> it{{"session", session.id.value}, {"seat", one.seat}};
        if (one.vote) it.push_back({"vote", one.vote->value});
        acts.button("assembly.revoke_proxy", one.seat, std::move(it),
                    here.text("act.assembly.revoke_proxy") + " (" + one.seat + ")");
    }
}

}  // namespace veche::api::pages
