// Routes of calls, and what a call needs of the fund and of sealed texts.

#include <algorithm>

#include "calls/messages.hpp"
#include "calls/refusal.hpp"
#include "calls/views.hpp"
#include "fund/fund.hpp"
#include "office/room_routes.hpp"
#include "sealed/sealed.hpp"

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

/// What a call offers in minor units of the commitment.
int128 offered_by(const calls::open_call& c, const charter::unit& unit) {
    if (c.budget) return c.budget->minor;
    int128 places = 0;
    for (const calls::programme_plan& one : c.programmes) places += one.capacity;
    for (std::int32_t i = 0; i < unit.scale; ++i) places *= 10;
    return places;
}

/// Whether the unit of the commitment can stand behind the call: the money of grants, or things
/// that are counted. Money may also stand behind places, which it cannot be compared with.
bool counts_for(const calls::open_call& c, const charter::unit& unit) {
    return !c.budget || c.budget->unit == unit.id;
}

result<void> check_backing(const state& s, const calls::open_call& c, const context& ctx) {
    if (!c.commitment) return {};
    const fund::commitment_id id{c.commitment->value};
    const fund::commitment* of = standing_commitment(s, id, ctx);
    if (!of) return refuse(calls::refusals::backing_unknown, "commitment", id.value);
    const charter::unit* unit = s.charter.find_unit(fund::unit_of(s.fund, *of));
    if (!unit || !counts_for(c, *unit))
        return refuse(calls::refusals::backing_unit, "commitment",
                      unit ? unit->id.value : std::string());
    if (!c.budget && unit->kind == charter::unit_kind::money) return {};
    const ledger::commitment& held = *s.fund.book.commitments.find(id.value);
    int128 free = held.amount - held.released - held.accepted;
    // Other calls that still run stand on the same commitment.
    for (const auto& [other, call] : s.calls.calls)
        if (call.asked.commitment == c.commitment && !call.concluded)
            free -= offered_by(call.asked, *unit);
    const int128 needed = offered_by(c, *unit);
    if (needed > free)
        return refuse(calls::refusals::backing_short, "commitment", to_text(needed),
                      to_text(free < 0 ? int128{0} : free));
    return {};
}

/// Each seal is sound and new; one that the application carried before may come again.
result<void> check_seals(const state& s, const calls::application* before,
                         const std::vector<seal_ref>& seals) {
    const sealed::world w{s.charter, s.sealed};
    for (std::size_t i = 0; i < seals.size(); ++i) {
        const std::string field = "sealed." + std::to_string(i);
        if (before && std::find(before->asked.sealed.begin(), before->asked.sealed.end(),
                                seals[i]) != before->asked.sealed.end())
            continue;
        VECHE_CHECK(sealed::check_new(w, seals[i], field));
        // One text for each pseudonym, within the command too.
        for (std::size_t k = 0; k < i; ++k)
            if (seals[k].subject == seals[i].subject)
                return refuse(calls::refusals::id_repeated, field, seals[i].subject);
        if (seals[i].class_ != sealed_class::personal)
            return refuse(calls::refusals::seal_not_personal, field);
    }
    return {};
}

}  // namespace

template <>
result<void> check_across_rooms(const state& s, const calls::open_call& m, const context& ctx) {
    return check_backing(s, m, ctx);
}

template <>
result<void> check_across_rooms(const state& s, const calls::submit_application& m,
                                const context& ctx) {
    return check_seals(s, s.calls.find(m.call, ctx.actor), m.sealed);
}

template <>
result<void> check_across_rooms(const state& s, const calls::lodge_appeal& m, const context&) {
    return check_seals(s, nullptr, m.sealed);
}

namespace {
using in_calls = in_room<&state::calls, calls::world>;
}

void add_calls_routes(route_list& all) {
    add_commands<in_calls>(all, list_of<calls::commands>());
    add_derived<in_calls>(all, list_of<calls::derived>());
}

void add_calls_views(view_list& all) {
    add_views<in_calls>(all, list_of<calls::queries>());
}

}  // namespace veche::office
