#include <algorithm>

#include "calls/appeals.hpp"
#include "calls/budget.hpp"
#include "calls/calls.hpp"
#include "calls/internships.hpp"
#include "calls/pairs.hpp"
#include "calls/rolling_answers.hpp"
#include "calls/run.hpp"
#include "calls/voting.hpp"
#include "kernel/check.hpp"

namespace veche::calls {
namespace {

constexpr std::int32_t usual_reveal_days = 7;

application& edit(state& s, const call_id& call, const person_id& applicant) {
    return s.applications.edit(call).edit(applicant);
}

void set_deadline(state& s, const deadline& one) {
    if (!s.deadlines.contains(one)) s.deadlines.insert(one, '\0');
}

void clear_deadline(state& s, const deadline& one) {
    if (s.deadlines.contains(one)) s.deadlines.erase(one);
}

/// An offer that waits for its answer until then.
void await_answer(state& s, call& c, instant until) {
    ++c.open_offers;
    const auto at = std::lower_bound(c.answers_due.begin(), c.answers_due.end(), until);
    if (at == c.answers_due.end() || *at != until) c.answers_due.insert(at, until);
    set_deadline(s, {until, c.asked.call, deadline_kind::answers});
}

/// One offer less waits; with the last one its deadlines go.
void answered(state& s, call& c) {
    if (--c.open_offers > 0) return;
    for (const instant until : c.answers_due)
        clear_deadline(s, {until, c.asked.call, deadline_kind::answers});
    c.answers_due.clear();
}

/// Both of a pair keep what they were offered, or neither.
void partner_loses(state& s, call& c, const application& a, const offer& lost) {
    if (!lost.paired) return;
    for (offer& one : edit(s, a.call, *a.asked.partner).offers) {
        if (!one.paired || one.round != lost.round) continue;
        if (one.status == offer_status::open) answered(s, c);
        if (one.status == offer_status::open || one.status == offer_status::accepted)
            one.status = offer_status::partner_declined;
    }
}

/// Nobody waits for hosts any more.
void forget_rankings(state& s, const call& c) {
    if (by_hosts(c.asked))
        clear_deadline(s, {rankings_until(c), c.asked.call, deadline_kind::rankings});
}

/// The lots are fixed: no number is added any more.
void fix_lot(state& s, call& c) {
    c.lot_over = true;
    if (c.lot_until) clear_deadline(s, {*c.lot_until, c.asked.call, deadline_kind::lot});
}

/// Counts an application in, or with -1 out.
void count(call& c, const submit_application& asked, std::int64_t by) {
    c.applications += by;
    const std::vector<place_id> named = named_by(asked);
    for (std::size_t i = 0; i < named.size(); ++i) {
        const programme_plan* plan = c.find(named[i]);
        if (!plan) continue;
        demand& of = c.demands[static_cast<std::size_t>(plan - c.asked.programmes.data())];
        of.wanted += by;
        if (i == 0) of.first += by;
    }
}

/// Whoever accepts something better gives up what they held.
void leave_others(application& a) {
    for (std::size_t i = 0; i + 1 < a.offers.size(); ++i)
        if (a.offers[i].status == offer_status::accepted) a.offers[i].status = offer_status::left;
}

assessor_record& edit_record(application& a, const person_id& assessor) {
    const auto at =
        std::find_if(a.assessors.begin(), a.assessors.end(),
                     [&](const assessor_record& one) { return one.assessor == assessor; });
    VECHE_ENSURE(at != a.assessors.end(), "who assesses was assigned");
    return *at;
}

}  // namespace

void apply(state& s, const charter::state&, const open_call& c, const context& ctx) {
    call made(c);
    made.decision = ctx.decision ? ctx.decision->decision : decision_id{};
    made.at = ctx.at;
    made.seq = ctx.seq;
    made.demands.resize(c.programmes.size());
    set_deadline(s, {c.closes, c.call, deadline_kind::closing});
    if (rolls(c)) set_deadline(s, {*c.rules.rolling_until, c.call, deadline_kind::last_offers});
    if (c.voting) {
        set_deadline(s, {c.voting->votes_from, c.call, deadline_kind::vote_opens});
        set_deadline(s, {c.voting->votes_until, c.call, deadline_kind::vote_ends});
        s.ballots.insert(c.call, {});
    }
    s.applications.insert(c.call, {});
    s.calls.insert(c.call, std::move(made));
}

void apply(state& s, const charter::state&, const commit_lot& c, const context& ctx) {
    call& of = s.calls.edit(c.call);
    std::erase_if(of.lot, [&](const lot_share& one) { return one.custodian.value == ctx.auth; });
    of.lot.push_back({{ctx.auth}, ctx.actor, c.hash, {}, false});
    const auto& order = of.asked.custodians;
    std::sort(of.lot.begin(), of.lot.end(), [&](const lot_share& a, const lot_share& b) {
        return std::find(order.begin(), order.end(), a.custodian) <
               std::find(order.begin(), order.end(), b.custodian);
    });
}

void apply(state& s, const charter::state&, const reveal_lot& c, const context& ctx) {
    call& of = s.calls.edit(c.call);
    bool all = true;
    for (lot_share& one : of.lot) {
        if (one.custodian.value == ctx.auth) one.number = c.number;
        all = all && !one.number.empty();
    }
    if (all) fix_lot(s, of);
}

void apply(state& s, const charter::state&, const submit_application& c, const context& ctx) {
    call& of = s.calls.edit(c.call);
    of.applied_to = true;
    const application* before = s.find(c.call, ctx.actor);
    if (before && !before->withdrawn) count(of, before->asked, -1);
    count(of, c, 1);
    application a;
    a.call = c.call;
    a.applicant = ctx.actor;
    a.asked = c;
    a.at = ctx.at;
    a.seq = ctx.seq;
    if (before) {
        a.versions = before->versions + 1;
        edit(s, c.call, ctx.actor) = std::move(a);
        return;
    }
    s.applications.edit(c.call).insert(ctx.actor, std::move(a));
    if (s.by_applicant.contains(ctx.actor))
        s.by_applicant.edit(ctx.actor).push_back(c.call);
    else
        s.by_applicant.insert(ctx.actor, {c.call});
}

namespace {

/// From all lists, and from places beyond the capacity.
void leave_rolling(state& s, const withdraw_application& c, const context& ctx) {
    const call& of = *s.calls.find(c.call);
    if (const auto leaves = rolling_leave(of, *s.find(c.call, ctx.actor)))
        apply_rolling(s, c.call, leaves, ctx.at);
    const std::vector<offer> offers = s.find(c.call, ctx.actor)->offers;
    for (const offer& one : offers)
        if (one.beyond && one.status == offer_status::open)
            answer_beyond(s, c.call, ctx.actor, *one.programme, offer_status::declined);
}

}  // namespace

void apply(state& s, const charter::state&, const withdraw_application& c, const context& ctx) {
    call& of = s.calls.edit(c.call);
    if (of.rolling) leave_rolling(s, c, ctx);
    application& a = edit(s, c.call, ctx.actor);
    a.withdrawn = true;
    count(of, a.asked, -1);
    for (offer& one : a.offers) {
        if (one.status == offer_status::open) answered(s, of);
        if (one.status != offer_status::open && one.status != offer_status::accepted) continue;
        one.status = offer_status::declined;
        partner_loses(s, of, a, one);
    }
    if (a.appeal && !a.appeal->upheld) {
        a.appeal->upheld = false;
        --of.open_appeals;
    }
}

namespace {

void answer_rolling(state& s, const answer_offer& c, const context& ctx) {
    const call& of = *s.calls.find(c.call);
    const application& a = *s.find(c.call, ctx.actor);
    const bool accepts = c.answer == offer_answer::accept;
    const bool beyond = open_beyond(a, c.programme) != nullptr;
    const auto act = rolling_answer(of, a, c);
    VECHE_ENSURE(act.has_value(), "decide let the answer pass");
    if (beyond)
        answer_beyond(s, c.call, ctx.actor, *c.programme,
                      accepts ? offer_status::accepted : offer_status::declined);
    if (*act) apply_rolling(s, c.call, *act, ctx.at);
    // Whoever takes a place for good gives up all others, and those beyond the capacity.
    if (beyond || !accepts || c.keep_waiting.value_or(false)) return;
    const std::vector<offer> offers = s.find(c.call, ctx.actor)->offers;
    for (const offer& one : offers)
        if (one.beyond && one.status == offer_status::open)
            answer_beyond(s, c.call, ctx.actor, *one.programme, offer_status::left);
}

}  // namespace

void apply(state& s, const charter::state&, const answer_offer& c, const context& ctx) {
    if (s.calls.find(c.call)->rolling) {
        answer_rolling(s, c, ctx);
        return;
    }
    application& a = edit(s, c.call, ctx.actor);
    offer& one = a.offers.back();
    const bool accepts = c.answer == offer_answer::accept;
    one.status = accepts ? offer_status::accepted : offer_status::declined;
    one.keep_waiting = accepts && c.keep_waiting.value_or(false);
    if (accepts) leave_others(a);
    call& of = s.calls.edit(c.call);
    answered(s, of);
    if (!accepts) partner_loses(s, of, a, one);
}

void apply(state& s, const charter::state&, const rank_offers& c, const context& ctx) {
    const auto act = rolling_ranking(*s.calls.find(c.call), *s.find(c.call, ctx.actor), c);
    VECHE_ENSURE(act.has_value(), "decide let the ranking pass");
    apply_rolling(s, c.call, *act, ctx.at);
}

void apply(state& s, const charter::state&, const offers_moved& e, const context&) {
    VECHE_ENSURE(last_moves(*s.calls.find(e.call)) == e, "places go on as their entry says");
}

void apply(state& s, const charter::state&, const lodge_appeal& c, const context& ctx) {
    appeal_record made;
    made.ground = c.ground;
    made.sealed = c.sealed;
    made.at = ctx.at;
    made.seq = ctx.seq;
    edit(s, c.call, ctx.actor).appeal = std::move(made);
    ++s.calls.edit(c.call).open_appeals;
}

void apply(state& s, const charter::state&, const rank_applicants& c, const context& ctx) {
    call& of = s.calls.edit(c.call);
    std::erase_if(of.rankings,
                  [&](const host_ranking& one) { return one.programme == c.programme; });
    of.rankings.push_back({c.programme, c.applicants, ctx.actor, ctx.at, ctx.seq});
}

void apply(state& s, const charter::state&, const judge_eligibility& c, const context& ctx) {
    application& a = edit(s, c.call, c.applicant);
    a.eligible = c.eligible ? eligibility::eligible : eligibility::ineligible;
    a.reason = c.reason;
    a.refused_groups = c.refused_groups;
    a.refused_skills = c.refused_skills;
    a.mended_features = c.mended_features;
    a.judged_by = ctx.actor;
}

void apply(state& s, const charter::state&, const assign_assessor& c, const context&) {
    assessor_record one;
    one.assessor = c.assessor;
    edit(s, c.call, c.applicant).assessors.push_back(std::move(one));
}

void apply(state& s, const charter::state&, const set_aside& c, const context&) {
    if (c.applicant) {
        application& a = edit(s, c.call, *c.applicant);
        a.set_aside = true;
        a.set_aside_reason = c.reason;
        return;
    }
    call& of = s.calls.edit(c.call);
    of.set_aside.push_back(*c.programme);
    of.set_aside_reasons.push_back(c.reason);
}

void apply(state& s, const charter::state&, const settle_list& c, const context& ctx) {
    call& of = s.calls.edit(c.call);
    of.settled = ctx.at;
    of.lot_until = plus_days(ctx.at, of.asked.reveal_days.value_or(usual_reveal_days));
    set_deadline(s, {*of.lot_until, c.call, deadline_kind::lot});
}

// The events that follow say what came of it.
void apply(state&, const charter::state&, const run_allocation&, const context&) {}
void apply(state&, const charter::state&, const conclude_call&, const context&) {}

void apply(state& s, const charter::state&, const declare_interest& c, const context& ctx) {
    edit_record(edit(s, c.call, c.applicant), ctx.actor).declared = c.tie;
}

void apply(state& s, const charter::state&, const assess& c, const context& ctx) {
    assessor_record& one = edit_record(edit(s, c.call, c.applicant), ctx.actor);
    one.points = c.points;
    one.seq = ctx.seq;
}

void apply(state& s, const charter::state&, const decide_appeal& c, const context& ctx) {
    application& a = edit(s, c.call, c.applicant);
    a = corrected(a, c);
    a.appeal->upheld = c.upheld;
    a.appeal->reason = c.reason;
    a.appeal->decided_by = ctx.actor;
    --s.calls.edit(c.call).open_appeals;
}

void apply(state& s, const charter::state&, const vote& c, const context& ctx) {
    const call& of = *s.calls.find(c.call);
    s.ballots.edit(c.call).put(ctx.actor, packed(of, c, ctx.seq), c.member);
}

void apply(state& s, const charter::state&, const vote_opened& e, const context& ctx) {
    call& c = s.calls.edit(e.call);
    c.vote_open = std::make_shared<const vote_opened>(e);
    c.vote_open_seq = ctx.seq;
    clear_deadline(s, {c.asked.voting->votes_from, e.call, deadline_kind::vote_opens});
}

void apply(state& s, const charter::state&, const vote_closed& e, const context& ctx) {
    call& c = s.calls.edit(e.call);
    c.vote_over = e;
    c.vote_over_seq = ctx.seq;
    clear_deadline(s, {c.asked.voting->votes_until, e.call, deadline_kind::vote_ends});
}

void apply(state& s, const charter::state&, const call_closed& e, const context& ctx) {
    call& c = s.calls.edit(e.call);
    c.closed = e;
    c.closed_seq = ctx.seq;
    clear_deadline(s, {c.asked.closes, e.call, deadline_kind::closing});
    if (by_hosts(c.asked)) set_deadline(s, {rankings_until(c), e.call, deadline_kind::rankings});
}

void apply(state& s, const charter::state&, const rankings_over& e, const context&) {
    call& c = s.calls.edit(e.call);
    c.rankings_over = true;
    forget_rankings(s, c);
}

void apply(state& s, const charter::state&, const lot_missed& e, const context&) {
    call& c = s.calls.edit(e.call);
    clear_deadline(s, {*c.lot_until, e.call, deadline_kind::lot});
    if (e.custodians.size() < c.lot.size()) {
        for (lot_share& one : c.lot) one.missed = one.number.empty();
        c.lot_over = true;
        return;
    }
    c.lot_until = plus_days(*c.lot_until, c.asked.reveal_days.value_or(usual_reveal_days));
    set_deadline(s, {*c.lot_until, e.call, deadline_kind::lot});
}

namespace {

/// What a candidate gets. Who holds a place and moves up has accepted beforehand.
void give(state& s, call& c, application& a, const run_input& in, std::size_t position,
          const placing& got, const allocated& e) {
    (in.candidates[position].paired ? a.as_pair : a.alone) = by_hosts(c.asked);
    if (a.standings.empty() && a.offers.empty())
        for (std::size_t i = 0; i < got.ranks.size(); ++i) {
            standing& made = a.standings.emplace_back();
            made.rank = got.ranks[i];
            if (by_programme(c.asked))
                made.programme = c.asked.programmes[in.candidates[position].choices[i]].programme;
        }
    if (!got.offered) return;
    offer one;
    one.round = e.round;
    one.until = e.answer_until;
    one.paired = in.candidates[position].paired;
    if (by_programme(c.asked)) {
        one.programme = c.asked.programmes[got.programme].programme;
        one.seat = got.seat;
        const auto& group = in.seats[got.programme][got.seat].group;
        if (group && a.in_group(c.asked.groups[*group].group))
            one.group = c.asked.groups[*group].group;
    }
    const bool moves_up = a.held() != nullptr;
    if (moves_up) {
        one.status = offer_status::accepted;
        one.keep_waiting = true;
    }
    a.offers.push_back(std::move(one));
    if (moves_up)
        leave_others(a);
    else
        await_answer(s, c, e.answer_until);
}

}  // namespace

void apply(state& s, const charter::state&, const allocated& e, const context& ctx) {
    // Computed again from the state: whoever folds the journal checks the result with it.
    const call before = *s.calls.find(e.call);
    const run_input in = next_round(s, before);
    run_result out = allocate(in);
    VECHE_ENSURE(summary_of(in, out, ctx.at) == e, "a run comes out as its entry says");
    call& c = s.calls.edit(e.call);
    if (out.rolled) begin_rolling(s, c, in, out, ctx.at);
    for (std::size_t i = 0; i < in.candidates.size() && !out.rolled; ++i)
        give(s, c, edit(s, e.call, in.candidates[i].applicant), in, i, out.placings[i], e);
    c.rounds.push_back({e, ctx.at, ctx.seq, std::move(out.solved)});
    c.voted = out.voted;
    forget_rankings(s, c);
}

namespace {

/// Places beyond the capacity lapse by themselves; what is on the lists lapses with its day, and
/// goes on. Once a day all of it is computed anew from the log.
void lapse_lists(state& s, const offers_lapsed& e, const deadline& due) {
    VECHE_ENSURE(lapse_rolling(s, *s.calls.find(e.call), due.at) == e,
                 "offers lapse as their entry says");
    std::vector<std::pair<person_id, place_id>> beyond;
    each_application(s, e.call, [&](const application& a) {
        for (const offer& one : a.offers)
            if (one.beyond && one.status == offer_status::open && one.until <= due.at)
                beyond.emplace_back(a.applicant, *one.programme);
    });
    for (const auto& [who, programme] : beyond) {
        answer_beyond(s, e.call, who, programme, offer_status::lapsed);
        ++s.calls.edit(e.call).lapsed;
    }
    if (!s.calls.find(e.call)->offers_over) {
        apply_rolling(s, e.call, std::nullopt, due.at);
        const std::string fault = fault_in_book(*s.calls.find(e.call)->rolling);
        VECHE_ENSURE(fault.empty(), "rolling offers hold when computed anew");
    }
}

}  // namespace

void apply(state& s, const charter::state&, const offers_lapsed& e, const context&) {
    const deadline due = (*s.deadlines.begin()).first;
    VECHE_ENSURE(due.call == e.call && due.kind == deadline_kind::answers,
                 "offers lapse at their deadline");
    if (s.calls.find(e.call)->rolling) {
        lapse_lists(s, e, due);
        return;
    }
    call& c = s.calls.edit(e.call);
    std::vector<person_id> lapsing;
    each_application(s, e.call, [&](const application& a) {
        const offer* one = a.current();
        if (one && one->status == offer_status::open && one->until <= due.at)
            lapsing.push_back(a.applicant);
    });
    for (const person_id& who : lapsing)
        edit(s, e.call, who).offers.back().status = offer_status::lapsed;
    c.lapsed += static_cast<std::int64_t>(lapsing.size());
    c.open_offers -= static_cast<std::int64_t>(lapsing.size());
    for (const person_id& who : lapsing) {
        const application& a = *s.find(e.call, who);
        partner_loses(s, c, a, a.offers.back());
    }
    std::erase(c.answers_due, due.at);
    clear_deadline(s, due);
}

void apply(state& s, const charter::state&, const offers_ended& e, const context& ctx) {
    VECHE_ENSURE(end_offers(s, *s.calls.find(e.call)) == e, "offers end as their entry says");
    call& c = s.calls.edit(e.call);
    c.offers_over = true;
    c.offers_over_seq = ctx.seq;
    clear_deadline(s, {*c.asked.rules.rolling_until, e.call, deadline_kind::last_offers});
    if (!c.rolling) return;
    const std::string fault = fault_in_book(*c.rolling);
    VECHE_ENSURE(fault.empty(), "rolling offers hold when computed anew");
    end_rolling(s, c);
}

void apply(state& s, const charter::state&, const appeal_settled& e, const context& ctx) {
    application& a = edit(s, e.call, e.applicant);
    a.appeal->effect = e;
    if (e.effect != appeal_effect::place) return;
    if (s.calls.find(e.call)->rolling) {
        leave_list(s, e, ctx.at);
        offer_beyond(s, e);
        return;
    }
    call& c = s.calls.edit(e.call);
    offer one;
    one.programme = e.programme;
    one.round = static_cast<std::int32_t>(c.rounds.size());
    one.beyond = true;
    one.until = *e.answer_until;
    // An offer that still waits gives way to the better one.
    if (!a.offers.empty() && a.offers.back().status == offer_status::open) {
        a.offers.back().status = offer_status::left;
        answered(s, c);
    }
    a.offers.push_back(std::move(one));
    await_answer(s, c, *e.answer_until);
}

void apply(state& s, const charter::state&, const call_concluded& e, const context& ctx) {
    call& c = s.calls.edit(e.call);
    c.concluded = e;
    c.concluded_seq = ctx.seq;
    c.concluded_at = ctx.at;
    forget_rankings(s, c);
    if (rolls(c.asked))
        clear_deadline(s, {*c.asked.rules.rolling_until, e.call, deadline_kind::last_offers});
}

}  // namespace veche::calls
