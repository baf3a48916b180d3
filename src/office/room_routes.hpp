#pragma once
// How the messages and views of one room become routes. Included only by the files that list a
// room's routes, one per room that is large, so that none of them takes long to compile.

#include <iterator>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

#include "office/routes.hpp"

namespace veche::office {

using route_list = std::vector<route>;
using view_list = std::vector<view_route>;

// Each room's own list, put together by routes.cpp.
void add_assembly_routes(route_list&);
void add_assembly_views(view_list&);
void add_calls_routes(route_list&);
void add_calls_views(view_list&);
void add_beneficiary_routes(route_list&);
void add_beneficiary_views(view_list&);
void add_registry_routes(route_list&);
void add_registry_views(view_list&);
void add_barriers_routes(route_list&);
void add_barriers_views(view_list&);
void add_dose_routes(route_list&);
void add_dose_views(view_list&);
void add_prevention_routes(route_list&);
void add_prevention_views(view_list&);
void add_situation_routes(route_list&);
void add_situation_views(view_list&);
void add_other_routes(route_list&);
void add_other_views(view_list&);

/// How a room is reached in the state: its part, judged and folded beside the charter.
template <auto Part, class World>
struct in_room {
    static World world(const state& s) { return {s.charter, s.*Part}; }
    template <class M>
    static void fold(state& s, const M& m, const context& ctx) {
        apply(s.*Part, s.charter, m, ctx);
    }
};

/// What the office checks beyond the room's own decision, because it takes more than one room.
template <class M>
result<void> check_across_rooms(const state&, const M&, const context&) {
    return {};
}

/// `route::proofs` and `route::act_checked` of a command that carries costly proofs.
template <class M>
inline constexpr decltype(route::proofs) proofs_of = nullptr;
template <class M>
inline constexpr decltype(route::act_checked) act_checked_of = nullptr;

template <class Room, class M>
result<events> act_on(state& s, json::node body, const context& ctx) {
    M message{};
    VECHE_CHECK(read_json(body, message));
    events derived = VECHE_TRY(decide(Room::world(s), message, ctx));
    VECHE_CHECK(check_across_rooms(s, message, ctx));
    Room::fold(s, message, ctx);
    return derived;
}

template <class Room, class M>
void fold_on(state& s, const void* event, const context& ctx) {
    Room::fold(s, *static_cast<const M*>(event), ctx);
}

template <class Room, class... M>
void add_commands(route_list& list, std::tuple<M...>*) {
    static constexpr route all[] = {{M::wire, &describe<M>, true, &act_on<Room, M>, nullptr,
                                     proofs_of<M>, act_checked_of<M>}...};
    list.insert(list.end(), std::begin(all), std::end(all));
}
template <class Room, class... M>
void add_derived(route_list& list, std::tuple<M...>*) {
    static constexpr route all[] = {{M::wire, &describe<M>, false, nullptr, &fold_on<Room, M>}...};
    list.insert(list.end(), std::begin(all), std::end(all));
}

template <class T>
T* list_of() {
    return nullptr;
}

template <class Room, class Q>
result<answer> ask_on(const state& s, json::node query, const viewer& who) {
    Q q{};
    VECHE_CHECK(read_json(query, q));
    auto found = ask(Room::world(s), std::as_const(q), who);
    if (!found) return tl::unexpected(std::move(found).error());
    using value_type = typename decltype(found)::value_type;
    return answer{&describe<value_type>(), std::make_shared<const value_type>(*std::move(found))};
}

template <class Room, class... Q>
void add_views(view_list& list, std::tuple<Q...>*) {
    static constexpr view_route all[] = {
        {Q::wire, &describe<Q>,
         &describe<typename decltype(ask(Room::world(std::declval<const state&>()),
                                         std::declval<const Q&>(),
                                         std::declval<const viewer&>()))::value_type>,
         &ask_on<Room, Q>}...};
    list.insert(list.end(), std::begin(all), std::end(all));
}

}  // namespace veche::office
