// Routes of the assembly: its commands and derived events, and what the office checks of them
// because it takes more than one room.

#include "assembly/secret_votes.hpp"
#include "kernel/check.hpp"
#include "office/reactions.hpp"
#include "office/room_routes.hpp"
#include "sealed/sealed.hpp"

namespace veche::office {

template <>
result<void> check_across_rooms(const state& s, const assembly::table_motion& m,
                                const context& ctx) {
    const body_id body = m.body ? *m.body : s.assembly.sessions.find(m.session)->body;
    const charter::body* deciding = s.charter.find_body(body);
    VECHE_ENSURE(deciding && !deciding->rules.empty(), "the room checked the body and its rules");
    const decision_authority as_if{{"trial"}, body, m.rule ? *m.rule : deciding->rules.front()};
    return rehearse_enactments(s, m.enactments, as_if, ctx.at);
}
/// The motion's orders with the one that the amendment would put in.
template <>
result<void> check_across_rooms(const state& s, const assembly::table_amendment& a,
                                const context& ctx) {
    if (!a.order) return {};
    const assembly::motion& m = *s.assembly.motions.find(a.motion);
    std::vector<assembly::enactment> orders = m.enactments;
    orders.at(static_cast<std::size_t>(a.paragraph) - 1) = *a.order;
    auto tried = rehearse_enactments(s, orders, {{"trial"}, m.body, m.rule}, ctx.at);
    if (!tried) tried.error().field = "order";
    return tried;
}
/// What the decision there would order, as if that body took it now.
template <>
result<void> check_across_rooms(const state& s, const assembly::forward_motion& m,
                                const context& ctx) {
    const decision_authority as_if{{"trial"}, m.to, assembly::forwarded_rule(s.charter, m)};
    return rehearse_enactments(s, m.enactments, as_if, ctx.at);
}
template <>
result<void> check_across_rooms(const state& s, const assembly::retry_enactments& m,
                                const context& ctx) {
    return rehearse_decision(s, m.decision, ctx.at);
}
template <>
result<void> check_across_rooms(const state& s, const assembly::add_sealed_paper& m,
                                const context&) {
    return sealed::check_new({s.charter, s.sealed}, m.sealed, "sealed");
}
template <>
result<void> check_across_rooms(const state& s, const assembly::add_internal_item& m,
                                const context&) {
    return sealed::check_new({s.charter, s.sealed}, m.sealed, "sealed");
}

/// Who is elected orders what the option says, after what the motion orders.
template <>
result<void> check_across_rooms(const state& s, const assembly::open_secret_vote& c,
                                const context& ctx) {
    const assembly::motion& m = *s.assembly.motions.find(c.motion);
    for (std::size_t n = 0; n < c.options.size(); ++n) {
        std::vector<assembly::enactment> orders = m.enactments;
        const auto& own = c.options[n].enactments;
        orders.insert(orders.end(), own.begin(), own.end());
        auto tried = rehearse_enactments(s, orders, {{"trial"}, m.body, m.rule}, ctx.at);
        if (tried) continue;
        tried.error().field = "options." + std::to_string(n) + ".enactments";
        return tried;
    }
    return {};
}

namespace {

std::function<result<void>()> ballot_proofs_on(const state& s, json::node body) {
    const auto message = from_json<assembly::cast_secret_ballot>(body);
    return message ? assembly::ballot_proofs(s.assembly, *message) : nullptr;
}

result<events> take_checked_ballot(state& s, json::node body, const context& ctx) {
    const auto message = VECHE_TRY(from_json<assembly::cast_secret_ballot>(body));
    events derived = VECHE_TRY(decide_checked({s.charter, s.assembly}, message, ctx));
    apply(s.assembly, s.charter, message, ctx);
    return derived;
}

}  // namespace

template <>
inline constexpr decltype(route::proofs) proofs_of<assembly::cast_secret_ballot> =
    &ballot_proofs_on;
template <>
inline constexpr decltype(route::act_checked) act_checked_of<assembly::cast_secret_ballot> =
    &take_checked_ballot;

void add_assembly_routes(route_list& all) {
    using in_assembly = in_room<&state::assembly, assembly::world>;
    add_commands<in_assembly>(all, list_of<assembly::commands>());
    add_derived<in_assembly>(all, list_of<assembly::derived>());
}

}  // namespace veche::office
