#include "assembly/act_signatures.hpp"

#include <algorithm>

#include "assembly/checks.hpp"
#include "assembly/course_refusal.hpp"

namespace veche::assembly {

namespace {

/// What only waits for its day stands in the list of deadlines.
void wait_for_the_day(state& s, const decision& d) {
    const std::pair entry{start_of(*d.force_on), d.id};
    s.waiting_force.insert(std::lower_bound(s.waiting_force.begin(), s.waiting_force.end(), entry),
                           entry);
}

bool signed_enough(const decision& d) {
    return !d.signing.decides_force || d.signing.complete();
}

}  // namespace

const act_signature* act_signing::find(std::string_view as) const {
    const auto at = std::find_if(signatures.begin(), signatures.end(),
                                 [&](const act_signature& one) { return one.as == as; });
    return at == signatures.end() ? nullptr : &*at;
}

void state_signing(const charter::state& charter, const motion& m, decision_adopted& e) {
    e.force_on = m.force_on;
    e.repeals = m.repeals;
    const charter::body* body = charter.find_body(m.body);
    if (!body || !body->acts) return;
    e.signatories = body->acts->signatories;
    if (body->acts->in_force == charter::entry_into_force::last_signature)
        e.in_force = charter::entry_into_force::last_signature;
}

bool may_enter_into_force(const decision& d, date today) {
    return !d.repealed_by && signed_enough(d) && (!d.force_on || *d.force_on <= today);
}

std::optional<decision_id> next_into_force(const state& s, instant at) {
    if (s.waiting_force.empty() || at < s.waiting_force.front().first) return std::nullopt;
    return s.waiting_force.front().second;
}

result<events> decide(const world& w, const sign_act& c, const context& ctx) {
    const decision* d = w.own.decisions.find(c.decision);
    if (!d) return refuse(refusals::decision_unknown, "decision", c.decision.value);
    const auto& by = d->signing.signatories;
    if (std::find(by.begin(), by.end(), c.as) == by.end())
        return refuse(refusals::not_a_signatory, "as", c.as, d->id.value);
    const date today = date_of(ctx.at);
    if (!w.charter.holds_office(ctx.actor, office_id{c.as}, today) &&
        !w.charter.holds_seat(ctx.actor, c.as, today))
        return refuse(refusals::signatory_not_held, "as", c.as);
    if (d->signing.find(c.as)) return refuse(refusals::signed_already, "as", c.as);
    decision then = *d;
    then.signing.signatures.push_back({c.as, ctx.actor, ctx.at, ctx.seq});
    if (d->in_force || !may_enter_into_force(then, today)) return events{};
    return events{make_event(decision_in_force{c.decision})};
}

void apply(state& s, const charter::state&, const sign_act& c, const context& ctx) {
    decision& d = s.decisions.edit(c.decision);
    d.signing.signatures.push_back({c.as, ctx.actor, ctx.at, ctx.seq});
    const bool was_last = d.signing.complete() && d.signing.decides_force;
    if (was_last && !d.repealed_by && d.force_on && *d.force_on > date_of(ctx.at))
        wait_for_the_day(s, d);
}

void apply(state& s, const charter::state&, const decision_in_force& e, const context& ctx) {
    decision& d = s.decisions.edit(e.decision);
    d.in_force = ctx.at;
    d.force_seq = ctx.seq;
    const auto waiting = std::find_if(s.waiting_force.begin(), s.waiting_force.end(),
                                      [&](const auto& one) { return one.second == e.decision; });
    if (waiting != s.waiting_force.end()) {
        d.in_force = waiting->first;
        s.waiting_force.erase(waiting);
    }
    if (!d.enactments.empty()) d.attempts = 1;
}

void repeal(state& s, const decision_id& ended, const decision_id& by) {
    decision& d = s.decisions.edit(ended);
    if (!d.repealed_by) d.repealed_by = by;
    std::erase_if(s.waiting_force, [&](const auto& one) { return one.second == ended; });
}

void note_signing(state& s, decision& d, const decision_adopted& e, const context& ctx) {
    d.signing.signatories = e.signatories;
    d.signing.decides_force = e.in_force == charter::entry_into_force::last_signature;
    d.force_on = e.force_on;
    if (may_enter_into_force(d, date_of(ctx.at))) {
        d.in_force = ctx.at;
        d.force_seq = ctx.seq;
    } else {
        d.attempts = 0;
        if (signed_enough(d)) wait_for_the_day(s, d);
    }
}

}  // namespace veche::assembly
