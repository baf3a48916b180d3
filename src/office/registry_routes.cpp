// Routes of the register.

#include "fund/fund.hpp"
#include "office/registry_outlook.hpp"
#include "office/room_routes.hpp"
#include "registry/deadlines.hpp"
#include "registry/exchange_views.hpp"
#include "registry/partner_views.hpp"
#include "registry/refusal.hpp"
#include "sealed/sealed.hpp"

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

/// How to reach an organisation is sealed as personal data, and new.
template <>
result<void> check_across_rooms(const state& s, const registry::express_interest& m,
                                const context&) {
    const sealed::world w{s.charter, s.sealed};
    for (std::size_t i = 0; i < m.sealed.size(); ++i) {
        const std::string field = "sealed." + std::to_string(i);
        VECHE_CHECK(sealed::check_new(w, m.sealed[i], field));
        if (m.sealed[i].class_ != sealed_class::personal)
            return refuse(registry::refusals::contact_not_personal, field);
    }
    return {};
}

template <>
result<void> check_across_rooms(const state& s, const registry::record_season& m, const context&) {
    if (!m.call || s.calls.calls.contains(calls::call_id{m.call->value})) return {};
    return refuse(registry::refusals::call_unknown, "call", m.call->value);
}

/// Of a season with a call those who took part stand there by their number in it, or by a pseudonym
/// that is no word.
template <>
result<void> check_across_rooms(const state& s, const registry::report_season& m, const context&) {
    const registry::exchange& program = *s.registry.exchanges.find(m.exchange);
    const auto& call = registry::find_season(program, m.season)->what.call;
    if (!call) return {};
    for (std::size_t i = 0; i < m.participants.size(); ++i) {
        const person_id& who = m.participants[i].person;
        if (!registry::is_pseudonym(who.value) &&
            s.calls.find(calls::call_id{call->value}, who) == nullptr)
            return refuse(registry::refusals::pseudonym_malformed,
                          "participants." + std::to_string(i) + ".person");
    }
    return {};
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
/// Views also look at what was found on trade.
struct in_registry : in_room<&state::registry, registry::world> {
    static registry::world world(const state& s) {
        return {s.charter, s.registry, std::make_shared<register_outlook>(s)};
    }
};
}  // namespace

void add_registry_routes(route_list& all) {
    add_commands<in_registry>(all, list_of<registry::commands>());
    add_derived<in_registry>(all, list_of<registry::derived>());
}

void add_registry_views(view_list& all) {
    add_views<in_registry>(all, list_of<registry::queries>());
    add_views<in_registry>(all, list_of<registry::plan_queries>());
    add_views<in_registry>(all, list_of<registry::partner_queries>());
    add_views<in_registry>(all, list_of<registry::exchange_queries>());
}

}  // namespace veche::office
