#include "office/routes.hpp"

#include <unordered_map>

#include "kernel/check.hpp"
#include "office/room_routes.hpp"

namespace veche::office {
namespace {

const route_list& all_routes() {
    static const route_list list = [] {
        route_list all;
        add_assembly_routes(all);
        add_other_routes(all);
        add_calls_routes(all);
        add_registry_routes(all);
        add_beneficiary_routes(all);
        add_barriers_routes(all);
        add_dose_routes(all);
        add_prevention_routes(all);
        add_situation_routes(all);
        return all;
    }();
    return list;
}

const view_list& all_views() {
    static const view_list list = [] {
        view_list all;
        add_assembly_views(all);
        add_other_views(all);
        add_calls_views(all);
        add_registry_views(all);
        add_beneficiary_views(all);
        add_barriers_views(all);
        add_dose_views(all);
        add_prevention_views(all);
        add_situation_views(all);
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
