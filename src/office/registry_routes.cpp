// Routes of the register.

#include "fund/fund.hpp"
#include "office/room_routes.hpp"
#include "registry/deadlines.hpp"
#include "registry/refusal.hpp"
#include "registry/views.hpp"

namespace veche::office {
namespace {

/// What the fund paid is named by a claim that was accepted.
result<void> check_paid(const state& s, const registry::report_activity& m,
                        const std::string& field) {
    if (!m.claim) return {};
    const fund::claim* of =
        is_identifier(*m.claim) ? s.fund.claims.find(fund::claim_id{*m.claim}) : nullptr;
    if (of && of->status == fund::claim_status::accepted) return {};
    return refuse(registry::refusals::claim_unknown, field, m.claim->substr(0, 64));
}

}  // namespace

template <>
result<void> check_across_rooms(const state& s, const registry::report_activity& m,
                                const context&) {
    return check_paid(s, m, "claim");
}

/// Before a part is laid ready, so that a batch that is sound in itself can be accepted.
template <>
result<void> check_across_rooms(const state& s, const registry::stage_rows& m, const context&) {
    for (std::size_t i = 0; i < m.rows.size(); ++i)
        if (m.rows[i].activity)
            VECHE_CHECK(check_paid(s, *m.rows[i].activity,
                                   "rows." + std::to_string(i) + ".activity.claim"));
    return {};
}

namespace {
using in_registry = in_room<&state::registry, registry::world>;
}

void add_registry_routes(route_list& all) {
    add_commands<in_registry>(all, list_of<registry::commands>());
    add_derived<in_registry>(all, list_of<registry::derived>());
}

void add_registry_views(view_list& all) {
    add_views<in_registry>(all, list_of<registry::queries>());
}

}  // namespace veche::office
