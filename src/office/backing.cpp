#include "office/backing.hpp"

#include "calls/refusal.hpp"
#include "fund/fund.hpp"
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

/// What a call takes of its commitment: all that it offers, and once it is over what it gave out.
int128 taken_by(const calls::call& c, const charter::unit& unit) {
    return c.concluded ? given_by(c.asked, *c.concluded, unit) : offered_by(c.asked, unit);
}

int128 taken_by_others(const state& s, const calls::open_call& c, const charter::unit& unit) {
    int128 minor = 0;
    for (const auto& [id, other] : s.calls.calls)
        if (id != c.call && other.asked.commitment == c.commitment) minor += taken_by(other, unit);
    return minor;
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
    return make_event(fund::release_backing(s.fund, id, e.call.value, offered_by(c, *unit),
                                            given_by(c, e, *unit), taken_by_others(s, c, *unit),
                                            ctx));
}

}  // namespace veche::office
