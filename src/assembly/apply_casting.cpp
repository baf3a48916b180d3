// Folding hands, split ballots, corrections, objections, and motions whose silence was broken.

#include <algorithm>

#include "assembly/amendments.hpp"
#include "assembly/casting.hpp"
#include "assembly/tally.hpp"

namespace veche::assembly {

namespace {

std::pair<instant, vote_id> due_entry(const vote& v) {
    return {due_time(v), v.id};
}

/// Whoever votes in favour of a text or abstains no longer objects to it.
void withdraw_objection(vote& v, std::uint32_t position) {
    std::erase_if(v.objections, [&](const objection& o) { return o.position == position; });
}

}  // namespace

void list_vote(state& s, const vote& v) {
    const auto entry = due_entry(v);
    s.open_votes.insert(std::lower_bound(s.open_votes.begin(), s.open_votes.end(), entry), entry);
}

void unlist_vote(state& s, const vote& v) {
    const auto entry = due_entry(v);
    const auto at = std::lower_bound(s.open_votes.begin(), s.open_votes.end(), entry);
    if (at != s.open_votes.end() && *at == entry) s.open_votes.erase(at);
}

void mark_ballot(const state& s, const charter::state& charter, vote& v, const std::string& seat,
                 charter::ballot said, const context& ctx) {
    const std::uint32_t position = *v.roll->find(seat);
    const date today = date_of(ctx.at);
    v.marks[position] = {said, ctx.seq, cast_how::own};
    v.splits.erase(position);
    v.cast_by.erase(position);
    if (!v.objections.empty()) withdraw_objection(v, position);
    if (charter.holds_seat(ctx.actor, seat, today)) return;
    v.marks[position].how = cast_how::proxy;
    if (const proxy* p = proxy_in_force({charter, s}, v, seat, today)) v.cast_by[position] = p->by;
}

void apply(state& s, const charter::state& charter, const cast_split_ballot& c,
           const context& ctx) {
    vote& v = s.votes.edit(c.vote);
    const std::int64_t all = c.votes.yes + c.votes.no + c.votes.abstain;
    // Votes that all say the same are not split.
    const charter::ballot said = c.votes.yes == all       ? charter::ballot::yes
                                 : c.votes.no == all      ? charter::ballot::no
                                 : c.votes.abstain == all ? charter::ballot::abstain
                                                          : charter::ballot::split;
    mark_ballot(s, charter, v, c.seat, said, ctx);
    if (said == charter::ballot::split) v.splits[*v.roll->find(c.seat)] = c.votes;
}

void apply(state& s, const charter::state&, const enter_hand_count& c, const context& ctx) {
    vote& v = s.votes.edit(c.vote);
    unlist_vote(s, v);
    v.counted = hand_count{c.yes, c.no, c.abstain, ctx.seq};
    list_vote(s, v);
}

void apply(state& s, const charter::state& charter, const enter_hand_votes& c, const context& ctx) {
    vote& v = s.votes.edit(c.vote);
    unlist_vote(s, v);
    v.counted.reset();
    list_vote(s, v);
    const date today = date_of(ctx.at);
    for (const hand_vote& hand : c.ballots) {
        const std::uint32_t position = *v.roll->find(hand.seat);
        cast_mark& mark = v.marks[position];
        if (mark.ballot == charter::ballot::excluded ||
            (has_cast(mark) && mark.how != cast_how::hand))
            continue;
        withdraw_objection(v, position);
        v.cast_by.erase(position);
        mark =
            hand.choice ? cast_mark{as_ballot(*hand.choice), ctx.seq, cast_how::hand} : cast_mark{};
        const session& in = *s.sessions.find(v.session);
        if (!hand.choice || !in.presence_kept || in.is_present(hand.seat)) continue;
        if (const proxy* p = proxy_in_force({charter, s}, v, hand.seat, today))
            v.cast_by[position] = p->by;
    }
}

void apply(state& s, const charter::state&, const correct_ballot& c, const context& ctx) {
    vote& v = s.votes.edit(c.vote);
    v.corrections.push_back({*v.roll->find(c.seat), c.choice, c.reason, ctx.at, ctx.seq});
}

void apply(state& s, const charter::state& charter, const object_to_silence& c,
           const context& ctx) {
    vote& v = s.votes.edit(c.vote);
    mark_ballot(s, charter, v, c.seat, charter::ballot::no, ctx);
    v.objections.push_back({*v.roll->find(c.seat), c.reason, ctx.at, ctx.seq});
}

void apply(state& s, const charter::state&, const motion_returned& e, const context&) {
    std::erase(s.returning, e.motion);
    motion& m = s.motions.edit(e.motion);
    session& to = s.sessions.edit(e.session);
    agenda_item& item = to.agenda.emplace_back();
    item.id = e.item;
    item.kind = item_kind::decision;
    item.title = m.title;
    if (m.session != e.session) to.motions.push_back(m.id);
    m.earlier.emplace_back(m.session, m.item);
    m.session = e.session;
    m.item = e.item;
    m.status = motion_status::tabled;
}

}  // namespace veche::assembly
