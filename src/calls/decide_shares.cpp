// Claims of parties, and what they and a run come to.

#include <algorithm>

#include "calls/checks.hpp"
#include "calls/shares.hpp"
#include "kernel/check.hpp"

namespace veche::calls {

result<events> decide(const world& w, const state_claim& c, const context& ctx) {
    if (ctx.decision) return refuse(refusals::not_by_decision);
    const call* of = VECHE_TRY(find_call(w, c.call));
    if (!by_party(of->asked)) return refuse(refusals::not_of_shares, "call", c.call.value);
    const share_party* party = find_party(*of->asked.shares, c.party);
    if (!party) return refuse(refusals::party_unknown, "party", c.party.value);
    if (!party->office) return refuse(refusals::claim_fixed, "party", c.party.value);
    if (party->office->value != ctx.auth ||
        !w.charter.holds_office(ctx.actor, *party->office, date_of(ctx.at)))
        return refuse(refusals::not_claimant, {}, c.party.value, party->office->value);
    if (ctx.at < of->asked.opens)
        return refuse(refusals::not_open_yet, "call", to_text(of->asked.opens));
    if (of->closed || ctx.at >= of->asked.closes)
        return refuse(refusals::closed_already, "call", to_text(of->asked.closes));
    if (draws_lots(of->asked) && of->lot.empty())
        return refuse(refusals::lot_not_committed, "call");
    if (blank(c.reason)) return refuse(refusals::reason_missing, "reason");
    VECHE_CHECK(check_text(w, c.reason, "reason", max_title_bytes));
    if (c.claim < 0 || c.claim > veche::shares::most_seats)
        return refuse(refusals::number_out_of_range, "claim", "0",
                      std::to_string(veche::shares::most_seats));
    return events{};
}

void apply(state& s, const charter::state&, const state_claim& c, const context& ctx) {
    call& of = s.calls.edit(c.call);
    of.applied_to = true;
    stated_claim made{c.party, c.claim, c.reason, ctx.actor, ctx.at, ctx.seq, 1};
    const auto before = std::find_if(of.claims.begin(), of.claims.end(),
                                     [&](const stated_claim& one) { return one.party == c.party; });
    if (before != of.claims.end()) {
        made.versions = before->versions + 1;
        *before = std::move(made);
        return;
    }
    of.claims.push_back(std::move(made));
    ++of.applications;
}

void apply(state& s, const charter::state&, const shared_out& e, const context& ctx) {
    // Computed again from the state: whoever folds the journal checks the result with it.
    call& c = s.calls.edit(e.call);
    const auto made = share_out(c);
    VECHE_ENSURE(made && summary_of(c, *made) == e, "a division comes out as its entry says");
    c.shared = sharing{e, ctx.at, ctx.seq};
}

}  // namespace veche::calls
