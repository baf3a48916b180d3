// Where a call stands, and what time does to it.

#include <algorithm>

#include "calls/deadlines.hpp"
#include "calls/rolling_offers.hpp"
#include "calls/root.hpp"
#include "calls/voting.hpp"
#include "kernel/check.hpp"

namespace veche::calls {

const offer* application::held() const {
    for (auto one = offers.rbegin(); one != offers.rend(); ++one)
        if (one->status == offer_status::open || one->status == offer_status::accepted)
            return &*one;
    return nullptr;
}

bool application::in_group(const group_id& id) const {
    const auto refused = [&](const group_refusal& one) { return one.group == id; };
    return std::find(asked.groups.begin(), asked.groups.end(), id) != asked.groups.end() &&
           std::none_of(refused_groups.begin(), refused_groups.end(), refused);
}

bool application::has_skill(const skill_id& id) const {
    const auto refused = [&](const skill_refusal& one) { return one.skill == id; };
    return std::find(asked.skills.begin(), asked.skills.end(), id) != asked.skills.end() &&
           std::none_of(refused_skills.begin(), refused_skills.end(), refused);
}

std::optional<feature_id> application::feature_in(const category_id& id) const {
    for (const feature_mending& one : mended_features)
        if (one.category == id) return one.feature;
    for (const feature_claim& one : asked.features)
        if (one.category == id) return one.feature;
    return std::nullopt;
}

bool by_programme(const open_call& c) {
    return c.kind == call_kind::places || by_hosts(c) || by_teams(c);
}

bool by_money(const open_call& c) {
    return c.kind == call_kind::grants || c.kind == call_kind::budget;
}

bool by_vote(const open_call& c) {
    return c.kind == call_kind::budget;
}

bool by_party(const open_call& c) {
    return c.kind == call_kind::shares;
}

bool rolls(const open_call& c) {
    return c.rules.rolling_until.has_value();
}

bool by_hosts(const open_call& c) {
    return c.kind == call_kind::internships;
}

bool by_teams(const open_call& c) {
    return c.kind == call_kind::teams;
}

call_stage stage_of(const call& c, instant at) {
    if (c.concluded) return call_stage::concluded;
    if (c.was_run() && rolls(c.asked) && !c.offers_over) return call_stage::offered;
    if (c.was_run()) return c.open_offers > 0 ? call_stage::offered : call_stage::answered;
    const auto& voting = c.asked.voting;
    if (voting && at >= voting->votes_from && at < voting->votes_until) return call_stage::voting;
    if (c.closed || at >= c.asked.closes) return call_stage::closed;
    return at < c.asked.opens ? call_stage::announced : call_stage::open;
}

namespace {

std::int64_t points_in(const std::vector<criterion_points>& points, const criterion_id& id) {
    for (const criterion_points& one : points)
        if (one.criterion == id) return one.points;
    return 0;
}

}  // namespace

std::int64_t score_of(const call& c, const application& a) {
    std::int64_t score = 0;
    for (const criterion_plan& plan : c.asked.criteria) {
        std::int64_t sum = 0;
        for (const assessor_record& one : a.assessors)
            if (one.counts()) sum += points_in(one.points, plan.criterion);
        for (const criterion_points& one : a.corrected)
            if (one.criterion == plan.criterion) sum = one.points;
        score += sum * plan.weight;
    }
    return score;
}

std::int64_t most_points(const open_call& asked) {
    std::int64_t score = 0;
    for (const criterion_plan& plan : asked.criteria)
        score += std::int64_t{plan.max} * plan.weight * asked.assessors.value_or(0);
    return score;
}

bool assessed(const call& c, const application& a) {
    std::int32_t done = 0;
    for (const assessor_record& one : a.assessors)
        if (one.counts() && !one.points.empty()) ++done;
    return done == c.asked.assessors.value_or(0);
}

bool draws_lots(const open_call& asked) {
    return asked.rules.ties == tie_policy::lottery;
}

std::optional<instant> appeals_until(const call& c) {
    if (c.rounds.empty()) return std::nullopt;
    return plus_days(c.rounds.back().at, c.asked.appeal_days);
}

std::optional<instant> earliest_due(const state& s) {
    if (s.deadlines.empty()) return std::nullopt;
    return (*s.deadlines.begin()).first.at;
}

std::optional<event> next_due(const state& s, const charter::state&, instant at) {
    const auto first = earliest_due(s);
    if (!first || *first > at) return std::nullopt;
    const deadline due = (*s.deadlines.begin()).first;
    const call* c = s.calls.find(due.call);
    VECHE_ENSURE(c, "a deadline is of a call that exists");
    if (due.kind == deadline_kind::closing) return make_event(close(s, due.call));
    if (due.kind == deadline_kind::vote_opens) return make_event(begin_vote(s, *c));
    if (due.kind == deadline_kind::vote_ends) return make_event(end_vote(s, *c));
    if (due.kind == deadline_kind::lot) {
        lot_missed missed{due.call, {}};
        for (const lot_share& one : c->lot)
            if (!one.hash.empty() && one.number.empty()) missed.custodians.push_back(one.custodian);
        return make_event(missed);
    }
    if (due.kind == deadline_kind::rankings) {
        rankings_over over{due.call, {}};
        for (const programme_plan& one : c->asked.programmes)
            if (!c->is_set_aside(one.programme) && !c->ranking_of(one.programme))
                over.missing.push_back(one.programme);
        return make_event(over);
    }
    if (due.kind == deadline_kind::last_offers) return make_event(end_offers(s, *c));
    if (rolls(c->asked)) return make_event(lapse_rolling(s, *c, due.at));
    offers_lapsed lapsed{due.call, static_cast<std::int32_t>(c->rounds.size()), 0, {}, {}};
    each_application(s, due.call, [&](const application& a) {
        const offer* one = a.current();
        if (one && one->status == offer_status::open && one->until <= due.at) ++lapsed.lapsed;
    });
    return make_event(lapsed);
}

}  // namespace veche::calls
