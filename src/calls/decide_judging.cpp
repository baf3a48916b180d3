// What is judged by others: eligibility, points, appeals. Nobody judges in their own case.

#include <algorithm>

#include "calls/appeals.hpp"
#include "calls/checks.hpp"
#include "calls/voting.hpp"

namespace veche::calls {
namespace {

const assessor_record* record_of(const application& a, const person_id& assessor) {
    for (const assessor_record& one : a.assessors)
        if (one.assessor == assessor) return &one;
    return nullptr;
}

result<void> check_not_own(const application& a, const context& ctx) {
    if (a.applicant == ctx.actor) return refuse(refusals::own_case, "applicant");
    return {};
}

/// The application, if it can still be judged, by another than the applicant.
result<const application*> judged_now(const world& w, const call& c, const person_id& applicant,
                                      const context& ctx) {
    const application* a = VECHE_TRY(find_application(w, c.asked.call, applicant));
    VECHE_CHECK(check_not_own(*a, ctx));
    VECHE_CHECK(check_closed(c));
    VECHE_CHECK(check_before_run(c));
    VECHE_CHECK(check_not_settled(c));
    VECHE_CHECK(check_slate_open(c));
    VECHE_CHECK(check_not_concluded(c));
    if (a->withdrawn) return refuse(refusals::withdrawn_already, "applicant");
    return a;
}

result<void> check_eligible(const application& a) {
    if (a.eligible != eligibility::eligible)
        return refuse(refusals::not_eligible, "applicant", a.applicant.value);
    return {};
}

/// Every criterion once where `whole`, otherwise none twice; within what one can give.
result<void> check_points(const call& c, const std::vector<criterion_points>& points, bool whole,
                          std::int32_t times) {
    std::vector<criterion_id> given;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto& all = c.asked.criteria;
        const auto plan = std::find_if(all.begin(), all.end(), [&](const criterion_plan& one) {
            return one.criterion == points[i].criterion;
        });
        const bool twice =
            std::find(given.begin(), given.end(), points[i].criterion) != given.end();
        const std::int32_t most = plan == all.end() ? 0 : plan->max * times;
        if (plan == all.end() || twice || points[i].points < 0 || points[i].points > most)
            return refuse(refusals::points_malformed, "points." + std::to_string(i),
                          points[i].criterion.value, std::to_string(most));
        given.push_back(points[i].criterion);
    }
    if (!whole) return {};
    for (const criterion_plan& plan : c.asked.criteria)
        if (std::find(given.begin(), given.end(), plan.criterion) == given.end())
            return refuse(refusals::points_malformed, "points", plan.criterion.value,
                          std::to_string(plan.max * times));
    return {};
}

result<void> check_refused_groups(const application& a, const judge_eligibility& c) {
    std::vector<group_id> named;
    for (std::size_t i = 0; i < c.refused_groups.size(); ++i) {
        const group_id& group = c.refused_groups[i].group;
        if (std::find(a.asked.groups.begin(), a.asked.groups.end(), group) == a.asked.groups.end())
            return refuse(refusals::group_not_claimed, "refused_groups." + std::to_string(i),
                          group.value);
        named.push_back(group);
    }
    return check_ids(named, "refused_groups", max_groups);
}

}  // namespace

result<events> decide(const world& w, const judge_eligibility& c, const context& ctx) {
    const call* of = VECHE_TRY(find_call(w, c.call));
    VECHE_CHECK(by_officer(w, *of, ctx, "calls", judge_eligibility::wire.type));
    const application* a = VECHE_TRY(judged_now(w, *of, c.applicant, ctx));
    if (a->appeal && a->appeal->upheld)
        return refuse(refusals::appeal_decided, "applicant", c.applicant.value);
    if (c.eligible && a->eligible != eligibility::eligible) VECHE_CHECK(check_slate_room(w, *of));
    if (c.eligible == c.reason.has_value()) return refuse(refusals::verdict_malformed, "reason");
    VECHE_CHECK(check_refused_groups(*a, c));
    VECHE_CHECK(check_mending(*of, *a, c));
    return events{};
}

result<events> decide(const world& w, const assign_assessor& c, const context& ctx) {
    const call* of = VECHE_TRY(find_call(w, c.call));
    VECHE_CHECK(by_officer(w, *of, ctx, "calls", assign_assessor::wire.type));
    const application* a = VECHE_TRY(judged_now(w, *of, c.applicant, ctx));
    if (c.assessor == c.applicant) return refuse(refusals::own_case, "assessor");
    VECHE_CHECK(check_eligible(*a));
    if (record_of(*a, c.assessor))
        return refuse(refusals::assigned_already, "assessor", c.assessor.value);
    const auto there = std::count_if(a->assessors.begin(), a->assessors.end(),
                                     [](const assessor_record& one) { return one.counts(); });
    const std::int32_t needed = of->asked.assessors.value_or(0);
    if (there >= needed)
        return refuse(refusals::assessors_complete, "assessor", std::to_string(needed));
    return events{};
}

result<events> decide(const world& w, const set_aside& c, const context& ctx) {
    const call* of = VECHE_TRY(find_call(w, c.call));
    VECHE_CHECK(by_officer(w, *of, ctx, "calls", set_aside::wire.type));
    const application* a = nullptr;
    if (c.applicant) a = VECHE_TRY(find_application(w, c.call, *c.applicant));
    VECHE_CHECK(check_closed(*of));
    // Of a call for teams a site may fall away later too: whoever holds a place there keeps it.
    if (!by_teams(of->asked) || !c.programme) VECHE_CHECK(check_before_run(*of));
    // A programme may still fall away, with a public reason; an applicant may not.
    if (a) VECHE_CHECK(check_not_settled(*of));
    VECHE_CHECK(check_not_concluded(*of));
    if (a && a->set_aside) return refuse(refusals::aside_already, "applicant", a->applicant.value);
    if (c.programme && of->is_set_aside(*c.programme))
        return refuse(refusals::aside_already, "programme", c.programme->value);
    if (blank(c.reason)) return refuse(refusals::reason_missing, "reason");
    VECHE_CHECK(check_text(w, c.reason, "reason", max_text_bytes));
    if (c.programme && !of->find(*c.programme))
        return refuse(refusals::programme_unknown, "programme", c.programme->value);
    if (c.applicant.has_value() == c.programme.has_value()) return refuse(refusals::one_thing);
    return events{};
}

result<events> decide(const world& w, const declare_interest& c, const context& ctx) {
    const call* of = VECHE_TRY(find_call(w, c.call));
    VECHE_CHECK(by_officer(w, *of, ctx, "assess", declare_interest::wire.type));
    const application* a = VECHE_TRY(find_application(w, c.call, c.applicant));
    const assessor_record* mine = record_of(*a, ctx.actor);
    if (!mine) return refuse(refusals::not_assigned, "applicant", c.applicant.value);
    VECHE_CHECK(judged_now(w, *of, c.applicant, ctx));
    if (!mine->points.empty()) return refuse(refusals::assessed_already, "applicant");
    return events{};
}

result<events> decide(const world& w, const assess& c, const context& ctx) {
    const call* of = VECHE_TRY(find_call(w, c.call));
    VECHE_CHECK(by_officer(w, *of, ctx, "assess", assess::wire.type));
    const application* a = VECHE_TRY(find_application(w, c.call, c.applicant));
    const assessor_record* mine = record_of(*a, ctx.actor);
    if (!mine) return refuse(refusals::not_assigned, "applicant", c.applicant.value);
    VECHE_CHECK(judged_now(w, *of, c.applicant, ctx));
    VECHE_CHECK(check_eligible(*a));
    if (!mine->declared) return refuse(refusals::interest_missing, "applicant");
    if (!mine->counts()) return refuse(refusals::interest_declared, "applicant");
    if (!mine->points.empty()) return refuse(refusals::assessed_already, "applicant");
    return check_points(*of, c.points, true, 1).map([] { return events{}; });
}

namespace {

result<void> check_correction(const call& c, const application& a, const decide_appeal& asked) {
    for (std::size_t i = 0; i < asked.groups.size(); ++i)
        if (std::none_of(a.refused_groups.begin(), a.refused_groups.end(),
                         [&](const group_refusal& one) { return one.group == asked.groups[i]; }))
            return refuse(refusals::group_not_claimed, "groups." + std::to_string(i),
                          asked.groups[i].value);
    VECHE_CHECK(check_team_appeal(a, asked));
    const bool allowed = a.eligible == eligibility::eligible || asked.eligible.value_or(false);
    // After the run nobody assesses any more: who was never assessed gets all points here.
    const bool whole = asked.upheld && allowed && !c.rounds.empty() && !assessed(c, a);
    VECHE_CHECK(check_points(c, asked.points, whole, c.asked.assessors.value_or(0)));
    const bool corrects = !asked.points.empty() || asked.eligible.value_or(false) ||
                          !asked.groups.empty() || !asked.skills.empty() || !asked.features.empty();
    if (corrects != asked.upheld || (asked.eligible && !*asked.eligible))
        return refuse(refusals::correction_malformed, "upheld");
    return {};
}

}  // namespace

result<events> decide(const world& w, const decide_appeal& c, const context& ctx) {
    const call* of = VECHE_TRY(find_call(w, c.call));
    VECHE_CHECK(by_officer(w, *of, ctx, "appeals", decide_appeal::wire.type));
    const application* a = VECHE_TRY(find_application(w, c.call, c.applicant));
    VECHE_CHECK(check_not_own(*a, ctx));
    if (a->judged_by == ctx.actor || record_of(*a, ctx.actor))
        return refuse(refusals::same_person, "applicant");
    VECHE_CHECK(check_not_concluded(*of));
    if (!a->appeal || a->appeal->upheld)
        return refuse(refusals::no_appeal, "applicant", c.applicant.value);
    if (c.eligible.value_or(false) && a->eligible != eligibility::eligible && !of->vote_open)
        VECHE_CHECK(check_slate_room(w, *of));
    if (blank(c.reason)) return refuse(refusals::reason_missing, "reason");
    VECHE_CHECK(check_text(w, c.reason, "reason", max_text_bytes));
    VECHE_CHECK(check_correction(*of, *a, c));
    return events{make_event(settle_appeal(w.own, *of, *a, c, ctx.at))};
}

}  // namespace veche::calls
