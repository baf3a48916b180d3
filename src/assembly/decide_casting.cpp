// Hands, split ballots, corrections, objections: what a body's charter provides for besides one
// ballot per seat while the vote is open.

#include <algorithm>

#include "assembly/casting.hpp"
#include "assembly/casting_refusal.hpp"
#include "assembly/checks.hpp"
#include "assembly/limits.hpp"
#include "assembly/tally.hpp"

namespace veche::assembly {

namespace {

bool allows(const vote& v, charter::hand_entry how) {
    const auto& allowed = v.roll->procedure.hands;
    return std::find(allowed.begin(), allowed.end(), how) != allowed.end();
}

/// A count decides only where the rule asks for nothing but counts.
result<void> check_counts_suffice(const vote& v) {
    const std::string& rule = v.roll->described.id;
    switch (charter::needs_names(v.roll->rule, v.roll->blocs)) {
        case charter::names_needed::no:
            break;
        case charter::names_needed::blocs:
            return refuse(refusals::names_needed_blocs, "vote");
        case charter::names_needed::weights:
            return refuse(refusals::names_needed_weights, "vote", rule);
        case charter::names_needed::groups:
            return refuse(refusals::names_needed_groups, "vote", rule);
        case charter::names_needed::voters:
            return refuse(refusals::names_needed_voters, "vote", rule);
        case charter::names_needed::chair:
            return refuse(refusals::names_needed_chair, "vote", rule);
    }
    return {};
}

result<void> check_not_negative(std::int64_t number, const std::string& field) {
    if (number < 0) return refuse(refusals::count_negative, field);
    return {};
}

/// One row of a show of hands by name, `place` its field.
result<void> check_hand(const world& w, const vote& v, const hand_vote& hand,
                        const std::string& place, date on) {
    const std::uint32_t position = *v.roll->find(hand.seat);
    if (!hand.choice) return {};
    VECHE_CHECK(check_choice(v, *hand.choice, place + ".choice"));
    const cast_mark& mark = v.marks[position];
    if (mark.ballot == charter::ballot::excluded)
        return refuse(refusals::stands_aside, place + ".seat", hand.seat);
    if (v.roll->electors[position].holder.empty())
        return refuse(refusals::seat_vacant, place + ".seat", hand.seat);
    if (has_cast(mark) && mark.how != cast_how::hand)
        return refuse(refusals::voted_itself, place + ".seat", hand.seat);
    const session& s = *w.own.sessions.find(v.session);
    if (!s.presence_kept || v.written || s.is_present(hand.seat)) return {};
    // Whoever represents the seat raises a hand for it.
    const proxy* p = proxy_in_force(w, v, hand.seat, on);
    if (p && s.is_present(p->by)) return {};
    return refuse(refusals::not_present, place + ".seat", hand.seat);
}

}  // namespace

result<events> decide(const world& w, const cast_split_ballot& c, const context& ctx) {
    const vote* v = VECHE_TRY(known_vote(w.own, c.vote, "vote"));
    VECHE_CHECK(check_casting(w, *v, c.seat, ctx));
    const auto& weight = v->roll->procedure.split;
    if (!weight) return refuse(refusals::split_not_allowed, "votes", v->body.value);
    if (!charter::may_split(v->roll->rule, *weight, v->roll->blocs))
        return refuse(refusals::rule_counts_voters, "votes", v->roll->described.id);
    VECHE_CHECK(check_not_negative(c.votes.yes, "votes.yes"));
    VECHE_CHECK(check_not_negative(c.votes.no, "votes.no"));
    VECHE_CHECK(check_not_negative(c.votes.abstain, "votes.abstain"));
    if (c.votes.abstain > 0) VECHE_CHECK(check_choice(*v, vote_choice::abstain, "votes.abstain"));
    const auto& weights = v->roll->electors[*v->roll->find(c.seat)].weights;
    const auto has = weights.find(*weight);
    const std::int64_t most = has == weights.end() ? 0 : has->second;
    const int128 sum = static_cast<int128>(c.votes.yes) + c.votes.no + c.votes.abstain;
    if (sum != most || most == 0)
        return refuse(refusals::split_sum, "votes", to_text(sum), std::to_string(most));
    return events{};
}

result<events> decide(const world& w, const enter_hand_count& c, const context& ctx) {
    const vote* v = VECHE_TRY(known_vote(w.own, c.vote, "vote"));
    VECHE_CHECK(require_power<enter_hand_count>(w, ctx, "preside", v->body));
    if (!allows(*v, charter::hand_entry::counted))
        return refuse(refusals::hands_not_allowed, "vote", v->body.value);
    VECHE_CHECK(check_counts_suffice(*v));
    VECHE_CHECK(check_not_negative(c.yes, "yes"));
    VECHE_CHECK(check_not_negative(c.no, "no"));
    VECHE_CHECK(check_not_negative(c.abstain, "abstain"));
    if (c.abstain > 0) VECHE_CHECK(check_choice(*v, vote_choice::abstain, "abstain"));
    if (is_over(*v, ctx.at)) return refuse(refusals::vote_closed, "vote", v->id.value);
    const auto named = std::count_if(v->marks.begin(), v->marks.end(), has_cast);
    if (named > 0) return refuse(refusals::cast_by_name, "vote", std::to_string(named));
    const std::int64_t sum = std::int64_t{c.yes} + c.no + c.abstain;
    const std::int32_t possible = hands_possible(w, *v, date_of(ctx.at));
    if (sum > possible)
        return refuse(refusals::too_many_hands, "yes", std::to_string(sum),
                      std::to_string(possible));
    return events{};
}

result<events> decide(const world& w, const enter_hand_votes& c, const context& ctx) {
    const vote* v = VECHE_TRY(known_vote(w.own, c.vote, "vote"));
    const auto place = [](std::size_t i) { return "ballots." + std::to_string(i); };
    for (std::size_t i = 0; i < c.ballots.size(); ++i)
        if (!v->roll->find(c.ballots[i].seat))
            return refuse(refusals::seat_unknown, place(i) + ".seat", c.ballots[i].seat);
    VECHE_CHECK(require_power<enter_hand_votes>(w, ctx, "preside", v->body));
    if (!allows(*v, charter::hand_entry::named))
        return refuse(refusals::hands_not_allowed, "vote", v->body.value);
    std::vector<bool> named(v->marks.size());
    for (std::size_t i = 0; i < c.ballots.size(); ++i) {
        const std::uint32_t position = *v->roll->find(c.ballots[i].seat);
        if (named[position])
            return refuse(refusals::seat_repeated, place(i) + ".seat", c.ballots[i].seat);
        named[position] = true;
    }
    if (is_over(*v, ctx.at)) return refuse(refusals::vote_closed, "vote", v->id.value);
    for (std::size_t i = 0; i < c.ballots.size(); ++i)
        VECHE_CHECK(check_hand(w, *v, c.ballots[i], place(i), date_of(ctx.at)));
    return events{};
}

result<events> decide(const world& w, const correct_ballot& c, const context& ctx) {
    const vote* v = VECHE_TRY(known_vote(w.own, c.vote, "vote"));
    const auto position = v->roll->find(c.seat);
    if (!position) return refuse(refusals::seat_unknown, "seat", c.seat);
    if (!w.charter.holds_seat(ctx.actor, c.seat, date_of(ctx.at)))
        return refuse(refusals::seat_not_held, "seat", c.seat);
    if (!v->roll->procedure.corrections)
        return refuse(refusals::no_corrections, "vote", v->body.value);
    VECHE_CHECK(
        check_text(w.charter, c.reason, "reason", limits::title_bytes, presence_of_text::optional));
    VECHE_CHECK(check_choice(*v, c.choice, "choice"));
    if (!is_over(*v, ctx.at)) return refuse(refusals::vote_not_over, "vote", v->id.value);
    if (v->counted) return refuse(refusals::counted_by_hands, "vote", v->id.value);
    if (!has_cast(v->marks[*position])) return refuse(refusals::nothing_to_correct, "seat", c.seat);
    if (const auto end = corrections_end(*v, ctx.at); *end <= ctx.at)
        return refuse(refusals::corrections_closed, "vote", to_text(*end));
    const correction* before = corrected(*v, *position);
    const auto recorded = before ? before->choice : choice_of(v->marks[*position]);
    if (recorded == c.choice) return refuse(refusals::same_choice, "choice", c.seat);
    return events{};
}

result<events> decide(const world& w, const object_to_silence& c, const context& ctx) {
    const vote* v = VECHE_TRY(known_vote(w.own, c.vote, "vote"));
    VECHE_CHECK(check_casting(w, *v, c.seat, ctx));
    if (!v->roll->rule.silence) return refuse(refusals::not_silence, "vote", v->id.value);
    VECHE_CHECK(
        check_text(w.charter, c.reason, "reason", limits::text_bytes, presence_of_text::required));
    return events{};
}

}  // namespace veche::assembly
