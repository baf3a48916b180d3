// What offices do that rank for hosts.

#include <algorithm>

#include "calls/check_internships.hpp"
#include "calls/pairs.hpp"

namespace veche::calls {
namespace {

/// The office that the call names for the programme, held by the actor. A call without hosts has no
/// such office.
result<void> by_host(const world& w, const call& c, const place_id& programme, const context& ctx) {
    if (ctx.decision) return refuse(refusals::not_by_decision);
    if (c.asked.hosts)
        for (const host_plan& one : c.asked.hosts->programmes) {
            if (one.programme != programme) continue;
            if (one.office.value == ctx.auth &&
                w.charter.holds_office(ctx.actor, one.office, date_of(ctx.at)))
                return {};
            return refuse(refusals::not_host, "programme", one.office.value);
        }
    return refuse(refusals::no_host, "programme", programme.value);
}

bool names(const application& a, const place_id& programme) {
    const auto all = named_by(a.asked);
    return std::find(all.begin(), all.end(), programme) != all.end();
}

/// After a run a host may rank others behind those it ranked, so that they can get what is free;
/// whoever was ranked keeps the place in the order by which the run was made.
result<void> check_continued(const call& c, const rank_applicants& asked) {
    if (c.rounds.empty()) return {};
    if (c.asked.rules.unfilled == unfilled_rule::none)
        return refuse(refusals::allocated_already, "call");
    const host_ranking* before = c.ranking_of(asked.programme);
    if (!before) return {};
    const auto& all = asked.applicants;
    if (all.size() < before->applicants.size() ||
        !std::equal(before->applicants.begin(), before->applicants.end(), all.begin()))
        return refuse(refusals::ranking_fixed, "applicants");
    return {};
}

}  // namespace

result<events> decide(const world& w, const rank_applicants& c, const context& ctx) {
    const call* of = VECHE_TRY(find_call(w, c.call));
    VECHE_CHECK(by_host(w, *of, c.programme, ctx));
    const application* own = w.own.find(c.call, ctx.actor);
    if (own && !own->withdrawn && names(*own, c.programme))
        return refuse(refusals::own_case, "programme");
    VECHE_CHECK(check_closed(*of));
    VECHE_CHECK(check_not_concluded(*of));
    VECHE_CHECK(check_continued(*of, c));
    VECHE_CHECK(check_ids(c.applicants, "applicants", max_ranked));
    const host_ranking* before = of->rounds.empty() ? nullptr : of->ranking_of(c.programme);
    for (std::size_t i = before ? before->applicants.size() : 0; i < c.applicants.size(); ++i) {
        const application* a = w.own.find(c.call, c.applicants[i]);
        if (!a || !a->in_run() || !names(*a, c.programme))
            return refuse(refusals::not_rankable, "applicants." + std::to_string(i),
                          c.applicants[i].value);
    }
    return events{};
}

}  // namespace veche::calls
