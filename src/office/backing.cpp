#include "office/backing.hpp"

#include "calls/contracts.hpp"
#include "calls/refusal.hpp"
#include "fund/checks.hpp"
#include "fund/refusal.hpp"
#include "kernel/check.hpp"

namespace veche::office {
namespace {

/// The commitment stands: confirmed, and its decision in force. One that the same decision made a
/// moment before stands as well.
const fund::commitment* standing_commitment(const state& s, const fund::commitment_id& id,
                                            const context& ctx) {
    const fund::commitment* of = s.fund.commitments.find(id);
    const ledger::commitment* held = s.fund.book.commitments.find(id.value);
    if (!of || !held || held->stands != ledger::standing::open) return nullptr;
    if (ctx.decision && of->decision == ctx.decision->decision) return of;
    const assembly::decision* ordered = s.assembly.decisions.find(of->decision);
    return ordered && ordered->in_force && !ordered->repealed_by ? of : nullptr;
}

int128 whole(std::int64_t places, const charter::unit& unit) {
    int128 minor = places;
    for (std::int32_t i = 0; i < unit.scale; ++i) minor *= 10;
    return minor;
}

/// What so many places of a programme come to in minor units: the places themselves, or their
/// stipends.
int128 worth_of(const calls::programme_plan& plan, const charter::unit& unit, std::int64_t places) {
    if (unit.kind == charter::unit_kind::money)
        return int128{places} * (plan.stipend ? plan.stipend->minor : 0);
    return whole(places, unit);
}

/// What a call offers in a unit of the charter; nothing where it counts places.
const amount* amount_of(const calls::open_call& c) {
    if (c.shares && c.shares->of) return &*c.shares->of;
    return c.budget ? &*c.budget : nullptr;
}

/// Of a call that divides: so many of its smallest units, of the commitment's.
int128 shares_worth(const calls::share_terms& t, const charter::unit& unit, std::int64_t units) {
    if (t.of) return units;
    return unit.kind == charter::unit_kind::money ? int128{0} : whole(units, unit);
}

int128 offered_by(const calls::open_call& c, const charter::unit& unit) {
    if (c.shares)
        return shares_worth(*c.shares, unit,
                            c.shares->of ? c.shares->of->minor : c.shares->places.value_or(0));
    if (c.budget) return c.budget->minor;
    int128 minor = 0;
    for (const calls::programme_plan& one : c.programmes)
        minor += worth_of(one, unit, one.capacity);
    return minor;
}

/// What a call that is over gave out.
int128 given_by(const calls::open_call& c, const calls::call_concluded& e,
                const charter::unit& unit) {
    int128 minor = 0;
    if (c.shares)
        for (const calls::party_figures& row : e.parties)
            minor += shares_worth(*c.shares, unit, row.units);
    for (const calls::programme_figures& row : e.programmes) {
        if (!row.programme) return row.accepted;
        for (const calls::programme_plan& plan : c.programmes)
            if (plan.programme == *row.programme) minor += worth_of(plan, unit, row.accepted);
    }
    return minor;
}

/// What a call takes of its commitment: all that it offers, and once it is over what it gave out;
/// less what left it for contracts.
int128 taken_by(const state& s, const calls::call& c, const charter::unit& unit) {
    const int128 all =
        c.concluded ? given_by(c.asked, *c.concluded, unit) : offered_by(c.asked, unit);
    return std::max<int128>(all - fund::contracted_by(s.fund, c.asked.call.value), 0);
}

int128 taken_by_others(const state& s, const calls::open_call& c, const charter::unit& unit) {
    int128 minor = 0;
    for (const auto& [id, other] : s.calls.calls)
        if (id != c.call && other.asked.commitment == c.commitment)
            minor += taken_by(s, other, unit);
    return minor;
}

/// What calls on the commitment still need of it for contracts.
int128 held_for_contracts(const state& s, const fund::commitment_id& id,
                          const charter::unit& unit) {
    int128 minor = 0;
    for (const auto& [call, of] : s.calls.calls)
        if (of.asked.contracts && of.asked.commitment->value == id.value)
            minor += taken_by(s, of, unit);
    return minor;
}

fund::instalment_proof proof_of(calls::contract_proof shown) {
    switch (shown) {
        case calls::contract_proof::signing:
            return fund::instalment_proof::signing;
        case calls::contract_proof::interim_report:
            return fund::instalment_proof::interim_report;
        case calls::contract_proof::final_report:
            break;
    }
    return fund::instalment_proof::final_report;
}

bool pays_stipends(const calls::open_call& c) {
    for (const calls::programme_plan& one : c.programmes)
        if (one.stipend) return true;
    return false;
}

/// Whether the unit of the commitment can stand behind the call: the money of grants or stipends,
/// or things that are counted. Money may also stand behind places without stipends, which it cannot
/// be compared with.
bool counts_for(const calls::open_call& c, const charter::unit& unit) {
    if (const amount* of = amount_of(c)) return of->unit == unit.id;
    for (const calls::programme_plan& one : c.programmes)
        if (one.stipend && one.stipend->unit != unit.id) return false;
    return true;
}

bool comparable(const calls::open_call& c, const charter::unit& unit) {
    return amount_of(c) || unit.kind != charter::unit_kind::money || pays_stipends(c);
}

}  // namespace

result<void> check_backing(const state& s, const calls::open_call& c, const context& ctx) {
    if (!c.commitment) return {};
    const fund::commitment_id id{c.commitment->value};
    const fund::commitment* of = standing_commitment(s, id, ctx);
    if (!of) return refuse(calls::refusals::backing_unknown, "commitment", id.value);
    const charter::unit* unit = s.charter.find_unit(fund::unit_of(s.fund, *of));
    if (!unit || !counts_for(c, *unit))
        return refuse(calls::refusals::backing_unit, "commitment",
                      unit ? unit->id.value : std::string());
    if (!comparable(c, *unit)) return {};
    const ledger::commitment& held = *s.fund.book.commitments.find(id.value);
    // Claims of whoever a call gave something are part of what the call takes.
    const int128 free = held.amount - held.released -
                        std::max(held.accepted + held.advanced, taken_by_others(s, c, *unit));
    const int128 needed = offered_by(c, *unit);
    if (needed > free)
        return refuse(calls::refusals::backing_short, "commitment", to_text(needed),
                      to_text(free < 0 ? int128{0} : free));
    return {};
}

std::optional<event> after_concluded(const state& s, const calls::call_concluded& e,
                                     const context& ctx) {
    const calls::call* of = s.calls.calls.find(e.call);
    VECHE_ENSURE(of, "a call that was concluded is known");
    const calls::open_call& c = of->asked;
    if (!c.commitment) return std::nullopt;
    const fund::commitment_id id{c.commitment->value};
    const fund::commitment* behind = s.fund.commitments.find(id);
    VECHE_ENSURE(behind, "a call was ordered with a commitment that stands");
    const charter::unit* unit = s.charter.find_unit(fund::unit_of(s.fund, *behind));
    if (!unit || !comparable(c, *unit)) return std::nullopt;
    // What left the commitment for contracts of this call is needed there no more.
    const int128 needed = taken_by_others(s, c, *unit) - fund::contracted_by(s.fund, e.call.value);
    return make_event(fund::release_backing(s.fund, id, e.call.value, offered_by(c, *unit),
                                            given_by(c, e, *unit), needed, ctx));
}

result<fund::promise> call_promises::to(const fund::call_ref& call, const person_id& who) const {
    const calls::promised won =
        VECHE_TRY(calls::promised_to(of_.calls, calls::call_id{call.value}, who));
    fund::promise out{{won.from.value}, won.amount_, won.purpose, {}};
    for (const calls::promised_part& one : won.parts)
        out.parts.push_back({proof_of(one.shown), one.due_days, {one.minor, won.amount_.unit}});
    return out;
}

result<void> check_no_contract(const state& s, const calls::call_id& call, const person_id& who) {
    const fund::commitment_id* id = s.fund.won.find(fund::contract_key{{call.value}, who});
    if (!id || !s.fund.contracts.find(*id)->signed_on) return {};
    return refuse(calls::refusals::contract_stands, "call", who.value);
}

result<void> check_left_for_contracts(const state& s, const fund::commitment_id& id, int128 minor,
                                      backing_use use, const std::string& field) {
    const fund::commitment* of = s.fund.commitments.find(id);
    const charter::unit* unit = of ? s.charter.find_unit(fund::unit_of(s.fund, *of)) : nullptr;
    const int128 kept = unit ? held_for_contracts(s, id, *unit) : 0;
    if (kept == 0) return {};
    const ledger::commitment& held = *s.fund.book.commitments.find(id.value);
    int128 used = held.released + held.accepted;
    if (use == backing_use::advance) used = held.released + held.paid + held.advanced;
    if (use == backing_use::release) used += held.advanced;
    const int128 free = std::max<int128>(held.amount - used - kept, 0);
    if (minor <= free) return {};
    return refuse(fund::refusals::held_for_contracts, field,
                  fund::amount_words({s.charter, s.fund}, free, unit->id.value));
}

}  // namespace veche::office
