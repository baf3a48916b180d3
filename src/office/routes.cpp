#include "office/routes.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_map>

#include "assembly/assembly.hpp"
#include "assembly/views.hpp"
#include "charter/messages.hpp"
#include "charter/views.hpp"
#include "fund/fund.hpp"
#include "fund/views.hpp"
#include "journal/signed_note.hpp"
#include "kernel/check.hpp"
#include "office/office.hpp"
#include "office/reactions.hpp"
#include "people/people.hpp"
#include "people/views.hpp"
#include "programme/programme.hpp"
#include "programme/views.hpp"
#include "sealed/sealed.hpp"
#include "sealed/views.hpp"

namespace veche::office {
namespace {

// How each room is reached in the state.
struct in_charter {
    static charter::world world(const state& s) { return {s.charter}; }
    template <class M>
    static void fold(state& s, const M& m, const context& ctx) {
        apply(s.charter, m, ctx);
    }
};
template <auto Part, class World>
struct in_room {
    static World world(const state& s) { return {s.charter, s.*Part}; }
    template <class M>
    static void fold(state& s, const M& m, const context& ctx) {
        apply(s.*Part, s.charter, m, ctx);
    }
};
using in_people = in_room<&state::people, people::world>;
using in_assembly = in_room<&state::assembly, assembly::world>;
using in_programme = in_room<&state::programme, programme::world>;
using in_fund = in_room<&state::fund, fund::world>;
using in_sealed = in_room<&state::sealed, sealed::world>;

/// What the office checks beyond the room's own decision, because it takes more than one room.
template <class M>
result<void> check_across_rooms(const state&, const M&, const context&) {
    return {};
}
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
result<void> check_across_rooms(const state&, const people::enroll_key& m, const context&) {
    const auto key = from_base64(m.public_key);
    if (!key || !journal::is_acceptable_public_key(*key))
        return refuse(refusals::key_unacceptable, "public_key");
    return {};
}

template <class Room, class M>
result<events> act_on(state& s, json::node body, const context& ctx) {
    const M message = VECHE_TRY(from_json<M>(body));
    events derived = VECHE_TRY(decide(Room::world(s), message, ctx));
    VECHE_CHECK(check_across_rooms(s, message, ctx));
    Room::fold(s, message, ctx);
    return derived;
}

template <class Room, class M>
result<void> fold_on(state& s, json::node body, const context& ctx) {
    const M message = VECHE_TRY(from_json<M>(body));
    Room::fold(s, message, ctx);
    return {};
}

using route_list = std::vector<route>;

template <class Room, class... M>
void add_commands(route_list& list, std::tuple<M...>*) {
    (list.push_back({M::wire, &describe<M>, true, &act_on<Room, M>, nullptr}), ...);
}
template <class Room, class... M>
void add_derived(route_list& list, std::tuple<M...>*) {
    (list.push_back({M::wire, &describe<M>, false, nullptr, &fold_on<Room, M>}), ...);
}

template <class T>
T* list_of() {
    return nullptr;
}

const route_list& all_routes() {
    static const route_list list = [] {
        route_list all;
        add_commands<in_charter>(all, list_of<charter::commands>());
        add_commands<in_people>(all, list_of<people::commands>());
        add_commands<in_assembly>(all, list_of<assembly::commands>());
        add_derived<in_assembly>(all, list_of<assembly::derived>());
        add_commands<in_programme>(all, list_of<programme::commands>());
        add_derived<in_programme>(all, list_of<programme::derived>());
        add_commands<in_fund>(all, list_of<fund::commands>());
        add_commands<in_sealed>(all, list_of<sealed::commands>());
        add_derived<in_sealed>(all, list_of<sealed::derived>());
        return all;
    }();
    return list;
}

template <class Room, class Q>
result<answer> ask_on(const state& s, json::node query, const viewer& who) {
    const Q q = VECHE_TRY(from_json<Q>(query));
    auto value = VECHE_TRY(ask(Room::world(s), q, who));
    using value_type = decltype(value);
    return answer{&describe<value_type>(), std::make_shared<const value_type>(std::move(value))};
}

using view_list = std::vector<view_route>;

template <class Room, class... Q>
void add_views(view_list& list, std::tuple<Q...>*) {
    (list.push_back({Q::wire, &describe<Q>,
                     &describe<typename decltype(ask(Room::world(std::declval<const state&>()),
                                                     std::declval<const Q&>(),
                                                     std::declval<const viewer&>()))::value_type>,
                     &ask_on<Room, Q>}),
     ...);
}

const view_list& all_views() {
    static const view_list list = [] {
        view_list all;
        add_views<in_charter>(all, list_of<charter::queries>());
        add_views<in_people>(all, list_of<people::queries>());
        add_views<in_assembly>(all, list_of<assembly::queries>());
        add_views<in_programme>(all, list_of<programme::queries>());
        add_views<in_fund>(all, list_of<fund::queries>());
        add_views<in_sealed>(all, list_of<sealed::queries>());
        return all;
    }();
    return list;
}

/// Looked up for every entry; never iterated, so the hash order is nobody's business.
template <class T>
std::unordered_map<std::string_view, const T*> index(const std::vector<T>& list) {
    std::unordered_map<std::string_view, const T*> map;
    for (const T& one : list)
        VECHE_ENSURE(map.emplace(one.wire.type, &one).second, "message names are unique");
    return map;
}

template <class Map>
auto find_in(const Map& map, std::string_view name) -> typename Map::mapped_type {
    const auto found = map.find(name);
    return found == map.end() ? nullptr : found->second;
}

}  // namespace

std::span<const route> routes() {
    return all_routes();
}
const route* find_route(std::string_view type) {
    static const auto map = index(all_routes());
    return find_in(map, type);
}
std::span<const view_route> views() {
    return all_views();
}
const view_route* find_view(std::string_view name) {
    static const auto map = index(all_views());
    return find_in(map, name);
}

}  // namespace veche::office
