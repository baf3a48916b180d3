// Routes of calls, and what a call needs of sealed texts.

#include <algorithm>

#include "calls/messages.hpp"
#include "calls/refusal.hpp"
#include "calls/views.hpp"
#include "office/backing.hpp"
#include "office/room_routes.hpp"
#include "registry/refusal.hpp"
#include "sealed/sealed.hpp"

namespace veche::office {
namespace {

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
    for (std::size_t i = 0; i < m.programmes.size(); ++i) {
        const auto& host = m.programmes[i].organisation;
        if (host && !s.registry.organisations.contains(registry::organisation_id{host->value}))
            return refuse(registry::refusals::organisation_unknown,
                          "programmes." + std::to_string(i) + ".organisation", host->value);
    }
    return check_backing(s, m, ctx);
}

template <>
result<void> check_across_rooms(const state& s, const calls::submit_application& m,
                                const context& ctx) {
    return check_seals(s, s.calls.find(m.call, ctx.actor), m.sealed);
}

/// Of a pair both lose what one gives back.
template <>
result<void> check_across_rooms(const state& s, const calls::withdraw_application& m,
                                const context& ctx) {
    VECHE_CHECK(check_no_contract(s, m.call, ctx.actor));
    const calls::application* a = s.calls.find(m.call, ctx.actor);
    const calls::offer* held = a ? a->held() : nullptr;
    if (!held || !held->paired || !a->asked.partner) return {};
    return check_no_contract(s, m.call, *a->asked.partner);
}

template <>
result<void> check_across_rooms(const state& s, const calls::answer_offer& m, const context& ctx) {
    if (m.answer == calls::offer_answer::decline) return {};
    return check_no_contract(s, m.call, ctx.actor);
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
