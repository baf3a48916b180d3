#include "calls/blockers.hpp"

#include "calls/internships.hpp"
#include "calls/run.hpp"
#include "calls/shares.hpp"
#include "calls/voting.hpp"

namespace veche::calls {
namespace {

void add_lot(const call& c, std::vector<blocker>& out) {
    if (!draws_lots(c.asked) || c.lot_over) return;
    if (by_party(c.asked) && c.lot.size() < least_custodians(c.asked)) {
        out.push_back({blocker_kind::lot_not_committed, {}, {}, {}, {}});
        return;
    }
    if (c.lot.empty()) {
        // Whoever applies needs a committed number, so this is a call to which nobody applied.
        if (c.applied_to) out.push_back({blocker_kind::lot_not_committed, {}, {}, {}, {}});
        return;
    }
    if (!c.settled) {
        out.push_back({blocker_kind::list_not_settled, {}, {}, {}, {}});
        return;
    }
    for (const lot_share& one : c.lot)
        if (one.number.empty())
            out.push_back({blocker_kind::lot_not_revealed, {}, {}, one.custodian, c.lot_until});
}

void add_assessment(const call& c, const application& a, std::vector<blocker>& out) {
    std::int32_t there = 0;
    for (const assessor_record& one : a.assessors) {
        if (!one.counts()) continue;
        ++there;
        if (!one.declared)
            out.push_back({blocker_kind::declaration_missing, a.applicant, one.assessor, {}, {}});
        else if (one.points.empty())
            out.push_back({blocker_kind::assessment_missing, a.applicant, one.assessor, {}, {}});
    }
    for (; there < c.asked.assessors.value_or(0); ++there)
        out.push_back({blocker_kind::assessor_missing, a.applicant, {}, {}, {}});
}

}  // namespace

std::vector<blocker> blockers_of(const state& s, const call& c) {
    std::vector<blocker> out;
    // Where offers roll there is one run; from then on time alone ends it.
    if (rolls(c.asked) && c.was_run()) return out;
    if (!c.closed) out.push_back({blocker_kind::not_closed, {}, {}, {}, c.asked.closes});
    bool any = false;
    each_application(s, c.asked.call, [&](const application& a) {
        if (a.withdrawn || a.set_aside) return;
        // What was not judged when the voting began is on no ballot, and stops nothing.
        const bool left_out = c.vote_open && !on_slate(c, a.applicant);
        any = any || a.eligible == eligibility::eligible;
        if (a.eligible == eligibility::unjudged && !left_out)
            out.push_back({blocker_kind::unjudged, a.applicant, {}, {}, judged_until(c)});
        if (a.eligible == eligibility::eligible && c.rounds.empty()) add_assessment(c, a, out);
        if (a.appeal && !a.appeal->upheld)
            out.push_back({blocker_kind::appeal_open, a.applicant, {}, {}, {}});
        const offer* one = a.current();
        if (one && one->status == offer_status::open)
            out.push_back({blocker_kind::answers_open, a.applicant, {}, {}, one->until});
    });
    if (by_party(c.asked)) {
        if (out.empty() && !c.shared && needs_lots(c)) add_lot(c, out);
        return out;
    }
    if (by_vote(c.asked) && !c.vote_over)
        out.push_back({blocker_kind::vote_not_over, {}, {}, {}, c.asked.voting->votes_until});
    if (any && by_vote(c.asked) && out.empty()) any = has_work(next_round(s, c));
    if (by_hosts(c.asked) && c.closed && c.rounds.empty() && !c.rankings_over)
        for (const place_id& one : unranked(s, c))
            out.push_back({blocker_kind::ranking_missing, {}, {}, {}, rankings_until(c), one});
    // When nothing else is left. Where nobody can win anything no lots are waited for.
    if (any && out.empty()) add_lot(c, out);
    return out;
}

}  // namespace veche::calls
