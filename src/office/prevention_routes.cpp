// Routes of the register of preventive measures, with what it needs of the places and the sessions.

#include "assembly/reactions.hpp"
#include "office/room_routes.hpp"
#include "prevention/refusal.hpp"
#include "prevention/views.hpp"
#include "registry/checks.hpp"

namespace veche::office {
namespace {

/// Regions that an order names are places of its member in the register.
result<void> check_regions(const state& s, const prevention::order_terms& says,
                           const std::string& field) {
    const auto check = [&](const std::string& region, const char* name) -> result<void> {
        if (registry::member_of(s.registry, registry::place_id{region}) == says.member) return {};
        return refuse(prevention::refusals::region_unknown, field + name, region,
                      says.member.value);
    };
    if (says.region) VECHE_CHECK(check(*says.region, "region"));
    for (const std::string& one : says.where) VECHE_CHECK(check(one, "where"));
    return {};
}

}  // namespace

template <>
result<void> check_across_rooms(const state& s, const prevention::order_measure& m,
                                const context&) {
    return check_regions(s, m.what, "what.");
}

template <>
result<void> check_across_rooms(const state& s, const prevention::amend_order& m, const context&) {
    return check_regions(s, m.what, "what.");
}

template <>
result<void> check_across_rooms(const state& s, const prevention::stage_orders& m, const context&) {
    for (std::size_t i = 0; i < m.orders.size(); ++i)
        VECHE_CHECK(check_regions(s, m.orders[i].what, "orders." + std::to_string(i) + ".what."));
    return {};
}

/// A session that is convened takes it, unless it is there or the agenda is full.
template <>
result<void> check_across_rooms(const state& s, const prevention::refer_clash& m, const context&) {
    const assembly::session* session = s.assembly.sessions.find(m.session);
    if (!session || session->status != assembly::session_status::convened)
        return refuse(prevention::refusals::session_unfit, "session", m.session.value);
    const std::string about = "prevention/clashes/" + m.clash.value;
    if (!assembly::place_case(s.assembly, m.session, about, {}))
        return refuse(prevention::refusals::agenda_full, "session", m.session.value, m.clash.value);
    return {};
}

namespace {

struct in_prevention : in_room<&state::prevention, prevention::world> {};

}  // namespace

void add_prevention_routes(route_list& all) {
    add_commands<in_prevention>(all, list_of<prevention::commands>());
    add_derived<in_prevention>(all, list_of<prevention::derived>());
}

void add_prevention_views(view_list& all) {
    add_views<in_prevention>(all, list_of<prevention::queries>());
}

}  // namespace veche::office
